#include "ui/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/edits.h"
#include "app/last_page.h"
#include "app/rhythm.h"
#include "base/log.h"
#include "feeds/url.h"
#include "ui/keys.h"
#include "ui/reader_state.h"

/* ---- saying things ---- */

void reader_say(struct reader *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->message, sizeof r->message, fmt, ap);
	va_end(ap);
	r->alarm = false;
}

void reader_fail(struct reader *r, const struct err_info *info)
{
	reader_say(r, "%.250s", info->text);
	r->alarm = true;
}

/* ---- what an action is about ---- */

struct page_entry *reader_entry(struct reader *r, int *row)
{
	struct screen *s = reader_top(r);

	*row = s->view->kind == SCREEN_PAGE ? s->at.cursor : s->row;
	if (s->view->kind == SCREEN_ARTICLE || s->view->kind == SCREEN_WHY)
		return &s->entry;
	return s->view->cursor ? reader_row(r, s, s->at.cursor) : NULL;
}

void reader_flags(struct reader *r, int64_t id, bool read, bool starred)
{
	for (int i = 0; i < r->depth; i++) {
		struct screen *s = r->stack[i];

		for (size_t k = 0; k < s->page.n; k++)
			if (s->page.entries[k].id == id) {
				s->page.entries[k].read = read;
				s->page.entries[k].starred = starred;
			}
		for (size_t k = 0; s->view->kind == SCREEN_TELLINGS && k < s->tellings.n; k++)
			if (s->tellings.told[k].id == id)
				s->tellings.told[k].read = read;
		if (s->view->kind == SCREEN_ARTICLE && s->entry.id == id) {
			s->entry.read = s->item.read = read;
			s->entry.starred = s->item.starred = starred;
		}
	}
}

/* ---- actions on one article ---- */

static void judge(struct reader *r, enum event_kind kind)
{
	int row;
	const struct page_entry *e = reader_entry(r, &row);

	if (e && log_event(r, kind, e, row, -1, -1))
		reader_say(r, kind == EVENT_LIKE ? "more like this; u takes it back" : "less like this; u takes it back");
}

static void toggle_star(struct reader *r)
{
	int row;
	const struct page_entry *e = reader_entry(r, &row);
	bool on;

	if (!e)
		return;
	on = !e->starred;
	/* That it is kept is a liking too, which a star alone is not. */
	if (!log_event(r, !on ? EVENT_UNSTAR : app_private(r->app) ? EVENT_STAR : EVENT_SAVE, e, row, -1, -1))
		return;
	reader_say(r, on ? "kept" : "no longer kept");
	reader_flags(r, e->id, e->read, on);
}

static void toggle_read(struct reader *r)
{
	int row;
	const struct page_entry *e = reader_entry(r, &row);
	bool on;

	if (!e)
		return;
	on = !e->read;
	if (!log_event(r, on ? EVENT_READ : EVENT_UNREAD, e, row, -1, -1))
		return;
	reader_say(r, on ? "marked as read" : "marked as unread");
	reader_flags(r, e->id, on, e->starred);
}

/* A mail with a subject, a text or a file in it is one that the feed has written: only the plain address is opened. */
static bool may_open(const char *link)
{
	return link && url_allowed(link, URL_LINK) && !(strncasecmp(link, "mailto:", 7) == 0 && strpbrk(link, "?&"));
}

static void open_browser(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	int row;
	const struct page_entry *e = reader_entry(r, &row);

	if (!e)
		return;
	if (!e->link)
		reader_say(r, "this article has no address");
	else if (!may_open(e->link))
		reader_say(r, "that address is not one to open: %.180s", url_shown(&a, e->link));
	else if (browser_open(r->app->config.browser ? r->app->config.browser : "", url_ascii(&a, e->link), &info) != OK)
		reader_fail(r, &info);
	else if (log_event(r, EVENT_BROWSER, e, row, -1, -1) || app_private(r->app))
		reader_say(r, "opened %.200s", url_shown(&a, e->link));
	arena_clear(&a);
}

static void undo(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *words = NULL;

	if (ranker_undo(r->ranker, &a, &words, &info) == OK) {
		reader_say(r, "%.250s", words ? words : "undone");
		why_undone(r);
		reader_reload(r);
	} else {
		reader_fail(r, &info);
	}
	arena_clear(&a);
}

/* ---- the page ---- */

static void rank(struct reader *r, bool keep)
{
	struct err_info info = ERR_INFO_INIT;

	if (reader_rank(r, keep, &info) != OK)
		reader_fail(r, &info);
}

/* ---- keys ---- */

static void next(struct reader *r, int by)
{
	struct screen *s = reader_top(r);
	int i = s->at.cursor + by;

	if (s->view->kind != SCREEN_FEEDS) {
		reader_next(r, by);
		return;
	}
	while (i >= 0 && i < (int)s->feeds.n && s->feeds.feed[i].unread == 0)
		i += by;
	if (i >= 0 && i < (int)s->feeds.n)
		s->at.cursor = i;
	else
		reader_say(r, "no feed with something unread there");
}

void reader_open_here(struct reader *r)
{
	struct screen *s = reader_top(r);

	switch (s->view->kind) {
	case SCREEN_FEEDS:    reader_open_feed(r); break;
	case SCREEN_PROFILE:  reader_open_readings(r); break;
	case SCREEN_WHY:      why_open_similar(r); break;
	case SCREEN_TELLINGS:
		if (s->page.n)
			reader_open_article(r, &s->page.entries[s->at.cursor], -1);
		break;
	default:              reader_open_row(r, s->at.cursor); break;
	}
}

static void back(struct reader *r)
{
	if (r->depth == 1)
		r->quit = true;
	else
		reader_pop(r);
}

static void act_on_page(struct reader *r, enum action a)
{
	switch (a) {
	case ACTION_SHOW_NEW:    watch_show_new(r); break;
	case ACTION_ORDER:
		r->order = r->order == PAGE_RANK ? PAGE_NEW : PAGE_RANK;
		rank(r, true);
		break;
	case ACTION_REFRESH:     fetch_some(r, false); break;
	case ACTION_REFRESH_ALL: fetch_some(r, true); break;
	case ACTION_ASK:         reader_open_ask(r); break;
	case ACTION_FEEDS:       reader_open_feeds(r); break;
	case ACTION_ALL:         reader_open_all(r); break;
	case ACTION_UNREAD_ONLY: list_unread(r); break;
	case ACTION_PROFILE:     reader_open_profile(r); break;
	case ACTION_BUBBLE:      reader_open_meter(r); break;
	case ACTION_HISTORY:     reader_open_history(r); break;
	case ACTION_FOLLOW:      reader_follow(r); break;
	case ACTION_HELP:        reader_open_help(r); break;
	case ACTION_REDRAW:      r->whole = true; break;
	case ACTION_BACK:
	case ACTION_CLOSE:       back(r); break;
	case ACTION_QUIT:        r->quit = true; break;
	default:                 break;
	}
}

static void act_on_part(struct reader *r, enum action a)
{
	switch (a) {
	case ACTION_NEXT_SECTION:     portrait_jump(r, 1); break;
	case ACTION_PREVIOUS_SECTION: portrait_jump(r, -1); break;
	case ACTION_PIN:
	case ACTION_BAN:
		if (reader_kind(r) == SCREEN_PROFILE)
			portrait_edit(r, a);
		else
			why_edit(r, a);
		break;
	case ACTION_WEIGH:            portrait_edit(r, a); break;
	case ACTION_WEIGH_MORE:
	case ACTION_WEIGH_LESS:
	case ACTION_WEIGH_CLEAR:      why_edit(r, a); break;
	case ACTION_FORGET:           portrait_forget(r); break;
	default:                      act_on_page(r, a); break;
	}
}

static void act(struct reader *r, enum action a)
{
	struct screen *s = reader_top(r);

	if (place_move(&s->at, a, s->view->cursor))
		return;
	switch (a) {
	case ACTION_OPEN:        reader_open_here(r); break;
	case ACTION_NEXT:        next(r, 1); break;
	case ACTION_PREVIOUS:    next(r, -1); break;
	case ACTION_WHY:         reader_open_why(r); break;
	case ACTION_TELLINGS:    reader_open_tellings(r); break;
	case ACTION_EARLIER:     reader_open_earlier(r); break;
	case ACTION_LIKE:        judge(r, EVENT_LIKE); break;
	case ACTION_DISLIKE:     judge(r, EVENT_DISLIKE); break;
	case ACTION_MORE_LIKE_THIS: edits_step(r, 1); break;
	case ACTION_NOT_THIS_KIND: edits_step(r, -1); break;
	case ACTION_PRIVATE:     edits_private(r); break;
	case ACTION_SAVE:        toggle_star(r); break;
	case ACTION_TOGGLE_READ: toggle_read(r); break;
	case ACTION_BROWSER:     open_browser(r); break;
	case ACTION_UNDO:        undo(r); break;
	case ACTION_WANT:        ask_answer(r, true); break;
	case ACTION_PASS:        ask_answer(r, false); break;
	default:                 act_on_part(r, a); break;
	}
}

static bool small(const struct reader *r)
{
	return r->grid.rows < VIEW_LEAST_ROWS || r->grid.cols < VIEW_LEAST_COLS;
}

static void on_key(struct reader *r, uint32_t key)
{
	enum action a = keymap_action(&r->keys, reader_kind(r), key);
	struct screen *s = reader_top(r);

	r->message[0] = '\0';
	watch_typed(r);
	if (s->view->kind == SCREEN_ARTICLE)
		log_attend(r, s);
	if (small(r)) {
		/* Nothing can be seen, so nothing is done but leaving. */
		r->quit = a == ACTION_QUIT || a == ACTION_BACK;
		return;
	}
	if (portrait_answer(r, key))
		return;
	if (r->input.prompt) {
		reader_type(r, key);
		return;
	}
	if (a == ACTION_NONE) {
		char name[KEYS_NAME], help[KEYS_NAME] = "?";
		uint32_t h = keymap_key(&r->keys, s->view->kind, ACTION_HELP);

		reader_say(r, "%s does nothing here; %s lists the keys", keys_name(key, name), h ? keys_name(h, help) : "eclose(1)");
		return;
	}
	if (slider_act(r, a, key))
		return;
	moves_clear(r);
	act(r, a);
}

static void on_mouse(struct reader *r)
{
	if (reader_kind(r) == SCREEN_ARTICLE)
		log_attend(r, reader_top(r));
	if (!small(r))
		reader_mouse(r, &r->term->mouse);
}

/* ---- drawing ---- */

static void draw(struct reader *r)
{
	struct screen *s = reader_top(r);
	struct chrome c;

	edits_follow(r);
	if (!small(r))
		list_show(r);
	watch_draw(r);
	c = (struct chrome){
		.keys = &r->keys, .message = *r->message ? r->message : NULL, .alarm = r->alarm,
		.progress = *r->progress ? r->progress : NULL, .fresh = *r->fresh ? r->fresh : NULL, .input = &r->input,
	};

	if (small(r)) {
		view_small(&r->grid);
	} else {
		s->view->draw(&r->grid, &s->data, &s->at, &c);
		if (s->view->kind == SCREEN_ARTICLE && s->at.count > 0) {
			double seen = (double)(s->at.top + s->at.shown) / s->at.count;

			seen = seen > 1 ? 1 : seen;
			s->attention.seen = seen > s->attention.seen ? seen : s->attention.seen;
		}
		if (app_private(r->app))
			view_private(&r->grid);
		log_look(r);
	}
	r->term->draw(r->term, &r->grid, r->whole);
	r->whole = false;
}

static void resize(struct reader *r)
{
	int rows, cols;

	r->term->size(r->term, &rows, &cols);
	if (rows == r->grid.rows && cols == r->grid.cols)
		return;
	grid_clear(&r->grid);
	grid_init(&r->grid, rows, cols, r->term->ascii || !r->app->config.unicode);
	r->whole = true;
}

/* ---- the loop ---- */

/* What happens by itself, and when. */
enum alarm { ALARM_NONE, ALARM_SHOWN, ALARM_LOOK, ALARM_QUIET, ALARM_COUNT };

static enum alarm next_alarm(const struct reader *r, double *at)
{
	const double due[ALARM_COUNT] = { [ALARM_SHOWN] = r->settles, [ALARM_LOOK] = r->look_at, [ALARM_QUIET] = r->quiet_at };
	enum alarm next = ALARM_NONE;

	for (int i = ALARM_NONE + 1; i < ALARM_COUNT; i++)
		if (due[i] > 0 && (next == ALARM_NONE || due[i] < *at)) {
			next = (enum alarm)i;
			*at = due[i];
		}
	return next;
}

/* What can't be recorded is said, and tried again when a key comes: no disk is asked once a second. */
static bool settled(struct reader *r)
{
	if (log_shown(r))
		return false;
	draw(r);
	r->settles = 0;
	return false;
}

/* Returns whether there is something else to be seen. */
static bool ring(struct reader *r, enum alarm which)
{
	switch (which) {
	case ALARM_SHOWN: return settled(r);
	case ALARM_LOOK:  return watch_now(r);
	case ALARM_QUIET: (void)watch_settle(r); return true;
	default:          return false;
	}
}

static void serve(struct reader *r)
{
	bool stale = true; /* the screen doesn't show the state */

	while (!r->quit) {
		uint32_t key = KEYS_NONE;
		enum alarm next;
		double at = 0;
		int wait_ms = -1;

		if (stale)
			draw(r);
		stale = true;
		next = next_alarm(r, &at);
		if (next != ALARM_NONE) {
			double left = at - log_monotonic();

			wait_ms = left > 0 ? (int)(left * 1000) + 1 : 0;
		}
		switch (r->term->wait(r->term, (const int[TERM_FDS]){ r->fetch.fd, watch_fd(r) }, wait_ms, &key)) {
		case TERM_KEY:     on_key(r, key); break;
		case TERM_MOUSE:   on_mouse(r); break;
		case TERM_RESIZE:  resize(r); r->whole = true; break;
		case TERM_FD:      stale = fetch_take(r); stale = watch_take(r) || stale; break;
		case TERM_TIMEOUT: stale = ring(r, next); break;
		case TERM_HANGUP:  r->quit = true; break;
		}
	}
}

/* The reader's own keys; a line that can't be followed is said, and the others hold. */
static void bind_keys(struct reader *r)
{
	const struct config *c = &r->app->config;

	keymap_init(&r->keys);
	for (size_t i = 0; i < c->n_bind; i++) {
		struct err_info info = ERR_INFO_INIT;

		if (keymap_bind(&r->keys, c->bind[i].key, c->bind[i].action, &info) == OK)
			continue;
		(void)err_at(&info, "config:%d", c->bind[i].line);
		reader_fail(r, &info);
	}
}

/* Losing the model's snapshot or the page costs the next start some time, nothing else. */
static void keep_for_next_time(struct reader *r)
{
	struct page_options o = reader_options(r);

	o.order = PAGE_RANK;
	(void)ranker_save(r->ranker, NULL);
	(void)last_page_keep(r->app, r->ranker, &o, NULL);
}

static enum err leave(struct reader *r, struct err_info *info)
{
	enum err e = log_end(r, info);

	fetch_stop(&r->fetch);
	if (r->ranker)
		keep_for_next_time(r);
	moves_clear(r);
	reader_pop(r);
	ranker_close(r->ranker);
	watch_close(&r->watch);
	keymap_clear(&r->keys);
	grid_clear(&r->grid);
	map_clear(&r->shown);
	map_clear(&r->skipped);
	return e;
}

/* The page of the last time, as a picture: keys wait until the one of now is ranked. */
static void draw_last(struct reader *r)
{
	struct screen *s = reader_top(r);

	if (small(r) || last_page_get(r->app, r->explore, &s->page, NULL) != OK)
		return;
	s->view->draw(&r->grid, &s->data, &s->at, &(struct chrome){ .keys = &r->keys, .input = &r->input });
	if (app_private(r->app))
		view_private(&r->grid);
	r->term->draw(r->term, &r->grid, true);
}

enum err reader_run(struct app *app, struct term *term, struct err_info *info)
{
	struct reader r = { .app = app, .term = term, .explore = app_explore(app), .order = PAGE_RANK, .fetch = FETCH_INIT, .watch = WATCH_INIT };
	enum err e, left;

	bind_keys(&r);
	resize(&r);
	reader_front(&r);
	draw_last(&r);
	e = watch_begin(&r, info);
	if (e == OK)
		e = reader_renew(&r, info);
	if (e == OK)
		r.known = r.loaded;
	if (e == OK)
		e = reader_rank(&r, false, info);
	if (e == OK && app->read_only) {
		reader_say(&r, "nothing can be saved: %.200s may not be written", app->store_path);
		r.alarm = true;
	}
	if (e == OK)
		serve(&r);
	left = leave(&r, e == OK ? info : NULL);
	return e == OK ? left : e;
}
