/* view - what all screens share. A view is one file that ends in a const table of this type; it turns values into cells and knows nothing else:
 * no store, no terminal, no keys beyond the hints at the bottom.
 */
#ifndef ECLOSE_UI_VIEW_H
#define ECLOSE_UI_VIEW_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "item.h"
#include "ui/action.h"
#include "ui/grid.h"
#include "ui/input.h"
#include "ui/layout.h"

#define VIEW_LEAST_ROWS 10
#define VIEW_LEAST_COLS 40

/* Where a reader is on a screen. Lists have a cursor; texts only scroll. */
struct place {
	int cursor; /* entry under the cursor, 0.. */
	int top;    /* first entry or line that is shown */
	int count;  /* entries or lines in all, as last drawn */
	int shown;  /* of these on the screen, as last drawn */
};

/* What stands around a view: the status line. Strings may be NULL. */
struct chrome {
	const struct keymap *keys;
	const char *message;  /* in place of the key hints */
	bool alarm;           /* the message is of something that failed */
	const char *progress; /* "fetching 12/40 · 31 new", at the right */
	const char *fresh;    /* "31 new · press . to show" */
	const struct input *input; /* in place of everything else while something is being typed; NULL or without a prompt: nothing is */
};

/* A key and its word for the bottom line. */
struct hint {
	enum action action;
	const char *word;
};

struct view {
	enum screen_kind kind;
	bool cursor;
	/* draw - the whole grid, from the view's own data (a struct of the same name); keeps the cursor on the screen by moving at->top. */
	void (*draw)(struct grid *g, void *data, struct place *at, const struct chrome *c);
};

extern const struct view view_page, view_list, view_article, view_feeds, view_why, view_help, view_ask, view_profile, view_readings, view_meter, view_tellings, view_moved, view_earlier, view_history;

/* ---- the data of each view: values, borrowed ---- */

struct view_page {
	const struct page *page;
	bool by_date;         /* the front page in order of time */
	bool samples;         /* no subscriptions yet */
	const int *shift;     /* (page->n) by how many places each row rose (fell, below 0) when the page was last ranked, SHIFT_NEW where it has come; NULL: not shown */
	const char *change;   /* what that did, a sentence above the rows; NULL: nothing to say */
};
#define SHIFT_NEW INT_MAX

/* view_list: articles by time */
struct view_list {
	const struct page *page; /* the rows that are there ... */
	int first, count;        /* ... from the list's place `first` on, of so many in all; those on the screen and around it */
	const char *feed;        /* whose they are; NULL: of all feeds */
	bool unread;             /* only those that were unread when the list was opened */
};

struct view_article {
	const struct item *item;
	const struct blocks *blocks;
	int64_t now;
	int text_width;       /* cells, at most */
	/* as last laid out; view_article_clear gives it back */
	struct arena arena;
	struct line *line;
	size_t n;
	size_t notes, n_notes; /* first of the lines of the head that are beside the point, and how many */
	int width;
	bool ascii;
};
void view_article_clear(struct view_article *v);

struct view_feeds {
	const struct feed *feed;
	size_t n;
	int64_t now;
	bool samples;
};

/* What a line of the why screen is about: a part of the score, an article that it resembles, or nothing that can be done anything with. */
enum why_target { WHY_NOTHING, WHY_PART, WHY_SIMILAR };
struct why_line {
	enum why_target what;
	size_t index; /* of entry.reasons, of similar */
};

struct view_why {
	const struct why *why;
	int64_t now;
	bool lit;       /* the cursor has a place: false before the first drawing */
	int last;       /* cursor as last drawn */
	const char *seek; /* subject of the part that the cursor goes to with the next drawing; NULL: it stays */
	/* what is on each line, as last drawn; view_why_clear gives it back */
	struct why_line *line;
	size_t n, cap;
};
void view_why_clear(struct view_why *v);

struct view_tellings {
	const struct tellings *tellings;
	int64_t now;
};

/* What an article said before it was edited. */
struct view_earlier {
	const struct editions *editions;
	int64_t now;
};

/* One feed, and how it was doing. */
struct view_history {
	const struct feed *feed;
	const char *address, *moved; /* as they are shown; moved NULL: it didn't */
	const char *asks;            /* in words, what it asks of its readers; NULL nothing */
	const struct feed_fetch *fetch; /* (n) the newest first */
	size_t n;
	int64_t now;
};

/* What an edit did to the first places of the page. */
struct view_moved {
	const char *what;           /* was done: "+0.50 for the word comet" */
	const struct moved *moved;
	size_t n;
	int places;                 /* that were compared */
};

struct view_ask {
	const struct item *item;
	const signed char *answer; /* (n) 1 would read it, -1 wouldn't, 0 not said */
	size_t n;
};

struct view_profile {
	const struct portrait *portrait;
};
/* view_profile_row - the row at a cursor, counted through the sections; NULL where there is none. view_profile_find - where the row of that name is, -1 nowhere; name NULL:
 * where its section begins. */
const struct portrait_row *view_profile_row(const struct portrait *p, int i, enum portrait_kind *kind);
int view_profile_find(const struct portrait *p, enum portrait_kind kind, const char *name);

/* view_readings: the articles that a row of the profile came from */
struct view_readings {
	const struct page *page;  /* a row an article ... */
	const struct portrait_reading *reading; /* (page->n) ... and how it was read */
	const char *name;
};

struct view_meter {
	const struct meter *meter;
};

struct view_help {
	const struct keymap *keys;
	enum screen_kind from; /* the screen that help was asked on: its keys first */
};

/* ---- helpers that views share ---- */

/* place_move - a motion on a list (cursor) or a text. Returns false where the action is no motion. */
bool place_move(struct place *p, enum action a, bool cursor);
/* place_clamp - into what there is: count entries, `shown` of them on the screen. */
void place_clamp(struct place *p, bool cursor);

/* place_keep - set top so that the cursor's entry stands whole on a screen of so many rows, and no row stays empty below while there are entries above.
 *   height  rows that entry i takes; NULL: one each */
typedef int height_fn(const void *data, int i);
void place_keep(struct place *p, int rows, height_fn *height, const void *data);
/* place_scroll - by so many entries or lines, as a wheel does: the cursor stays unless its entry leaves the screen. */
void place_scroll(struct place *p, int by, bool cursor);

/* view_rows - a list of `count` entries, `each` rows high, from a row on down to the footer: sets the place, draws what fits, notes it for a mouse and marks the cursor. */
typedef void row_fn(struct grid *g, int row, const void *data, int i);
void view_rows(struct grid *g, struct place *at, int from, int each, int count, row_fn *draw, const void *data);
/* view_header - the first line: the program's name, what is shown, something at the right. */
void view_header(struct grid *g, const char *what, const char *right);
/* view_private - over a screen that is drawn, in place of the program's name: reading is private. */
void view_private(struct grid *g);
/* view_footer - the last line: what is being typed, a message or hints; progress at the right. */
void view_footer(struct grid *g, enum screen_kind screen, const struct hint *hint, size_t n, const char *left, const struct chrome *c);
/* view_signed - a bar to the right of its axis for what is above 0, to the left for what is below; share within +-1. */
void view_signed(struct grid *g, int row, int col, int width, double share);
/* view_signed_width - cells for it beside a name and a number; 0 on a narrow screen, where the number and its colour must do. */
int view_signed_width(const struct grid *g);
/* view_number - "12,304". Returns out. */
#define VIEW_NUMBER 32
const char *view_number(int64_t n, char out[VIEW_NUMBER]);
/* view_health - how a feed is doing, in words that out may be needed for. view_ailing - is anything wrong with it? */
const char *view_health(const struct feed *f, char *out, size_t size);
bool view_ailing(const struct feed *f);
/* view_bar - share 0..1 of so many cells, in eighths; at least one of them. */
void view_bar(struct grid *g, int row, int col, int width, double share, unsigned style);
/* view_small - the screen where there is no room for any other. Any size. */
void view_small(struct grid *g);
/* view_paragraph - text wrapped into lines from (row, col) on, at most `rows`. Returns the rows used. */
int view_paragraph(struct grid *g, int row, int col, int width, int rows, unsigned style, const char *text);

#endif
