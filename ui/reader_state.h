/* reader_state - what the files of the reader share: the stack of screens and what belongs to each. For ui/reader*.c alone.
 *
 *   reader.c          the loop and the actions      reader_screens.c  opening and closing screens
 *   reader_log.c      what is recorded, and when    reader_child.c    the programs that are started
 *   reader_profile.c  what the model holds           reader_slider.c   the slider, and what it moved
 *   reader_input.c    a line that is being typed     reader_mouse.c    clicks, drags and the wheel
 *   reader_ask.c      ten titles                     reader_edits.c    what is said outright, and private reading
 *   reader_why.c      why, and edits of its parts    reader_tellings.c how other feeds tell it
 *   reader_meter.c    the bubble meter               reader_earlier.c  what an article said before
 *   reader_history.c  how a feed is doing, and feeds that moved
 *   reader_list.c     articles by time, of a feed or of all    reader_fetch.c  fetching beside us
 *   reader_watch.c    what others change, and what is new
 */
#ifndef ECLOSE_UI_READER_STATE_H
#define ECLOSE_UI_READER_STATE_H

#include "app/app.h"
#include "app/page.h"
#include "app/watch.h"
#include "app/window.h"
#include "base/map.h"
#include "ui/action.h"
#include "ui/grid.h"
#include "ui/input.h"
#include "ui/reader_child.h"
#include "ui/term.h"
#include "ui/view.h"

/* An article in front of the reader. */
struct attention {
	double last;  /* log_monotonic() at the last key */
	double dwell; /* seconds so far, idle taken out */
	double seen;  /* 0..1 of the text */
};

struct screen {
	const struct view *view;
	struct place at;
	struct arena arena;       /* owns what `data` borrows */
	union {
		struct view_page page;
		struct view_list list;
		struct view_article article;
		struct view_feeds feeds;
		struct view_why why;
		struct view_help help;
		struct view_ask ask;
		struct view_profile profile;
		struct view_readings readings;
		struct view_tellings tellings;
		struct view_moved moved;
		struct view_earlier earlier;
		struct view_history history;
		struct view_meter meter;
	} data;
	struct page page;         /* PAGE, LIST: the rows, or where there is a window those around the cursor ... */
	size_t first;             /* ... from this one on */
	struct window window;     /* LIST: where it is by time ... */
	long came;                /* ... and what came since it was opened, as far as that was seen */
	struct feed_list feeds;   /* FEEDS */
	struct item_list asked;   /* ASK */
	signed char *answer;      /* ASK: (asked.n) */
	struct meter meter;       /* METER */
	int64_t feed_id;          /* HISTORY, LIST; 0 where it is of all feeds, or of a row of the profile */
	struct item item;         /* ARTICLE */
	struct blocks blocks;
	struct page_entry entry;  /* ARTICLE: the row it was opened from; WHY: the row that was asked about */
	int row;                  /* ARTICLE: that row's index, -1 none */
	struct portrait portrait; /* PROFILE */
	struct why why;           /* WHY; its arena is renewed when it is asked again */
	const char *subject;      /* MOVED: what was edited */
	struct editions editions; /* EARLIER */
	struct tellings tellings; /* TELLINGS; the rows of page are the same articles */
	struct attention attention;
};

/* The front page as it stood before the slider, or an edit, moved it: kept until a key comes that has nothing to do with either. */
struct moves {
	int64_t *before;  /* (n) the articles in their order; NULL: nothing is kept */
	size_t n;
	int explore;
	int *shift;       /* (rows of the page now) for view_page */
	char words[120];
};

struct reader;
typedef void typed_fn(struct reader *r, const char *text);

#define SCREENS_MOST 12

struct reader {
	struct app *app;
	struct term *term;
	struct ranker *ranker;
	struct keymap keys;
	struct grid grid;
	struct screen *stack[SCREENS_MOST]; /* stack[0] is the front page */
	int depth;                          /* screens on the stack */
	int explore;
	enum page_order order;
	struct moves moves;
	struct input input; /* what is being typed ... */
	typed_fn *typed;    /* ... and what is done with it */
	struct spot grip;   /* the slider's track while the mouse holds the knob; cols 0: it doesn't */
	struct fetch fetch;
	struct watch watch;
	double looked, look_at; /* log_monotonic() of the last look at what others changed, and of the next; 0: when the watch tells */
	bool behind;            /* others wrote what the ranker doesn't know ... */
	double quiet_at;        /* ... and it is loaded anew then; 0: it isn't */
	int64_t loaded, known;  /* the newest article when the ranker was loaded, and when the page was ranked */
	uint64_t edited;    /* ranker_edited() when the page was ranked */
	long waiting;       /* articles that came since the page was ranked, as far as that was seen */
	char message[256], progress[96], fresh[96];
	bool alarm, whole, quit;
	bool asking;        /* the message is a question: is it to be forgotten? */
	/* what has been recorded in this session */
	struct map shown, skipped; /* article and place; article */
	int passed;                /* highest row of this front page that the cursor has stood on */
	double settles;            /* log_monotonic() at which the rows on the screen count as shown; 0: they do, or no rows */
};

static inline struct screen *reader_top(const struct reader *r)
{
	return r->stack[r->depth - 1];
}

static inline enum screen_kind reader_kind(const struct reader *r)
{
	return reader_top(r)->view->kind;
}

/* reader_say - a line for the bottom of the next screen, until the next key. */
void reader_say(struct reader *r, const char *fmt, ...) ERR_FORMAT(2, 3);
void reader_fail(struct reader *r, const struct err_info *info);
/* reader_entry - the row or article that an action is about; NULL where there is none. *row [out] its 0-based row, -1 none. */
struct page_entry *reader_entry(struct reader *r, int *row);
/* reader_flags - an article's flags changed: every screen that shows it follows. */
void reader_flags(struct reader *r, int64_t id, bool read, bool starred);

/* reader_open_here - what the cursor stands on. */
void reader_open_here(struct reader *r);

/* ---- reader_input.c ---- */

/* reader_ask_line - let a line be typed at the bottom; the keys are its own until ENTER, which gives its text to `typed`, or ESC.
 *   as input_begin;  first  its first key, KEYS_NONE none */
void reader_ask_line(struct reader *r, const char *prompt, const char *hint, bool digits, size_t most, uint32_t first, typed_fn *typed);
/* reader_type - a key for the line that is open. */
void reader_type(struct reader *r, uint32_t key);

/* ---- reader_slider.c ---- */

/* slider_to - put it there (ends at 0 and 100) and rank anew. */
void slider_to(struct reader *r, int explore);
/* slider_act - an action of the slider; key: that called it. Returns false where it is none. */
bool slider_act(struct reader *r, enum action a, uint32_t key);
/* moves_clear - the rows no longer say how they moved. */
void moves_clear(struct reader *r);

/* ---- reader_mouse.c ---- */

void reader_mouse(struct reader *r, const struct mouse *m);

/* ---- reader_ask.c ---- */

/* reader_open_ask - choose titles to ask about, and show them. */
void reader_open_ask(struct reader *r);
/* ask_answer - the title under the cursor would be read, or not; the cursor goes on to the next that isn't answered. */
void ask_answer(struct reader *r, bool want);
bool ask_answered(const struct screen *s); /* any of them? */
/* ask_reload - the answers as the log has them, after an undo. */
enum err ask_reload(struct reader *r, struct screen *s, struct err_info *info);
/* ask_hint - the sentence that offers it above a front page that nothing was learned for yet, in the page's arena. */
void ask_hint(const struct reader *r, struct page *page);

/* ---- reader_edits.c ---- */

/* edits_step - more (by > 0) or less of the kind of the row or article at hand. edits_private - switch private reading on or off. */
void edits_step(struct reader *r, int by);
void edits_private(struct reader *r);
/* edits_follow - where the front page is looked at and what is said outright has changed since: rank it again, the cursor on its article. */
void edits_follow(struct reader *r);

/* ---- reader_why.c ---- */

void reader_open_why(struct reader *r);
/* why_reload - the sum anew, after an undo or an edit; the cursor stays on its line. */
enum err why_reload(struct reader *r, struct screen *s, struct err_info *info);
/* why_open_similar - the article under the cursor, where it is one that was read. */
void why_open_similar(struct reader *r);
/* why_edit - pin, ban, weigh or clear the part under the cursor, and show what that did to the page. why_undone - an edit was taken back: that is shown no more. */
void why_edit(struct reader *r, enum action a);
void why_undone(struct reader *r);

/* ---- reader_tellings.c ---- */

void reader_open_tellings(struct reader *r);

/* ---- reader_earlier.c ---- */

/* reader_open_earlier - of the article that is open, or a word that there is nothing. */
void reader_open_earlier(struct reader *r);

/* ---- reader_history.c ---- */

/* reader_open_history - of the feed under the cursor. history_reload - as it is now. */
void reader_open_history(struct reader *r);
enum err history_reload(struct reader *r, struct screen *s, struct err_info *info);
/* reader_follow - the feed at hand has moved: its subscription goes along. */
void reader_follow(struct reader *r);

/* ---- reader_profile.c ---- */

/* reader_open_profile - what the model holds of the reader. reader_open_readings - the articles that the row at hand came from. */
void reader_open_profile(struct reader *r);
void reader_open_readings(struct reader *r);
/* portrait_reload - as it is now, after an undo or an edit; the cursor stays on its row. portrait_jump - the cursor to the next (by 1) or previous (by -1) section. */
enum err portrait_reload(struct reader *r, struct screen *s, struct err_info *info);
void portrait_jump(struct reader *r, int by);
/* portrait_edit - pin, ban or weigh the row at hand. */
void portrait_edit(struct reader *r, enum action how);
/* portrait_forget - ask whether what was read of the row at hand is to be forgotten. portrait_answer - the key that answers; false where nothing was asked. */
void portrait_forget(struct reader *r);
bool portrait_answer(struct reader *r, uint32_t key);

/* ---- reader_meter.c ---- */

void reader_open_meter(struct reader *r);
/* meter_reload - measured anew, after an undo or a fetch. */
enum err meter_reload(struct reader *r, struct screen *s, struct err_info *info);

/* ---- reader_screens.c ---- */

/* reader_push - a screen on top; NULL, having said so, where there are too many. reader_drop - nothing came of it: off again, unrecorded. */
struct screen *reader_push(struct reader *r, const struct view *view);
void reader_drop(struct reader *r, const struct err_info *info);

/* reader_rank - a new front page. keep: the cursor stays on its article if that is still there, else on its row; otherwise it goes to the top. */
enum err reader_rank(struct reader *r, bool keep, struct err_info *info);
/* reader_rank_moved - the same with keep, after the slider or an edit: until moves_clear the rows say how they moved since before the first of these. */
enum err reader_rank_moved(struct reader *r, struct err_info *info);
/* reader_front - put the empty front page on the stack. */
void reader_front(struct reader *r);
/* reader_find - the cursor to the row of that article, if there is one. */
void reader_find(struct screen *s, int64_t id);
/* reader_options - what the front page is made by. */
struct page_options reader_options(const struct reader *r);
void reader_open_row(struct reader *r, int row);
/* reader_keep - a row without its reasons, its strings copied: the page that it stands on may be replaced meanwhile. */
struct page_entry reader_keep(struct arena *a, const struct page_entry *e);
/* reader_open_article - any article; row: its 0-based row on the front page, -1 none. e is copied. */
void reader_open_article(struct reader *r, const struct page_entry *e, int row);
/* reader_next - from an article to the next (by 1) or previous (by -1) unread row of the list it was opened from. */
void reader_next(struct reader *r, int by);
void reader_open_feeds(struct reader *r);
void reader_open_help(struct reader *r);
void reader_pop(struct reader *r);
/* reader_reload - flags and counts anew from the store, after an undo or a fetch. */
void reader_reload(struct reader *r);
/* reader_follow_store - the cheap part of it, after others wrote: flags of the rows that are there, and counts and health of feeds on the screen. */
void reader_follow_store(struct reader *r);

/* ---- reader_fetch.c ---- */

/* fetch_some - start what ACTION_REFRESH and (all) ACTION_REFRESH_ALL mean here. fetch_take - take in what it has said; returns whether there was anything to say. */
void fetch_some(struct reader *r, bool all);
bool fetch_take(struct reader *r);

/* ---- reader_watch.c ---- */

/* watch_begin - from now on. Errors: as the store. */
enum err watch_begin(struct reader *r, struct err_info *info);
/* watch_fd - what the terminal is to watch for it, -1 nothing now. watch_take - it can be read. watch_now - look; both return whether there is something else to be seen. */
int watch_fd(const struct reader *r);
bool watch_take(struct reader *r);
bool watch_now(struct reader *r);
/* watch_typed - a key came: what may wait, waits. watch_draw - before a screen is drawn: r->fresh is what it says is new. */
void watch_typed(struct reader *r);
void watch_draw(struct reader *r);
/* watch_settle - look, and let the ranker and all screens know what others did. Returns false, having said so, where that failed. */
bool watch_settle(struct reader *r);
/* watch_show_new - rank or list again, with what is new. reader_renew - a ranker that knows all that is stored; the page stays. */
void watch_show_new(struct reader *r);
enum err reader_renew(struct reader *r, struct err_info *info);

/* ---- reader_list.c ---- */

/* reader_row_of - an article as a row of a list; strings borrowed. */
struct page_entry reader_row_of(const struct item *it);
/* reader_rows - how many rows a page or list has. reader_row - one of them; NULL where there is none, or, having said so, where the store fails. Good until another is asked for. */
size_t reader_rows(const struct screen *s);
struct page_entry *reader_row(struct reader *r, struct screen *s, int i);
/* reader_open_feed - the articles of the feed under the cursor. reader_open_all - those of all feeds. */
void reader_open_feed(struct reader *r);
void reader_open_all(struct reader *r);
/* list_show - before it is drawn: the rows around the cursor are there. */
void list_show(struct reader *r);
/* list_unread - only what is unread, or all again. list_renew - with what came. What stands under the cursor stays there. */
void list_unread(struct reader *r);
void list_renew(struct reader *r, struct screen *s);
/* list_next - the next unread row behind the cursor (by 1) or in front of it (by -1), -1 none. Errors: as the store. */
enum err list_next(const struct screen *s, int by, int *row, struct err_info *info);

/* ---- reader_log.c ---- */

/* log_event - record one action on an entry; fills in place, slot and slider where it stands on the front page. Returns false, having said so, where
 * it failed, and where reading is private: then what the reader means to be learned from says that it isn't recorded. */
bool log_event(struct reader *r, enum event_kind kind, const struct page_entry *e, int row, double dwell, double scroll);
/* log_look - the front page is on the screen: note how far the cursor got, and from when on its rows count as shown. */
void log_look(struct reader *r);
/* log_shown - the rows on the screen have stood there long enough. Returns whether that was recorded; the message says why not. */
bool log_shown(struct reader *r);
/* log_leave - the page goes away: what the cursor passed over and nobody opened was skipped. */
void log_leave(struct reader *r);
/* log_end - the reader ends: all screens but the page are closed, and what is left to be recorded is. Errors: what couldn't be saved; nobody would see a message any more. */
enum err log_end(struct reader *r, struct err_info *info);
/* log_attend - a key was pressed in front of an article: the time since the last counts, up to config.idle. */
void log_attend(struct reader *r, struct screen *s);
/* log_close - the article goes away: dwell and scroll. */
void log_close(struct reader *r, struct screen *s);

#endif
