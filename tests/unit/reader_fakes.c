#include "reader_fakes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/editions.h"
#include "app/edits.h"
#include "app/explain.h"
#include "app/follow.h"
#include "app/forget.h"
#include "app/last_page.h"
#include "app/meter.h"
#include "app/portrait.h"
#include "app/story.h"
#include "app/window.h"
#include "ui_values.h"

struct fakes fakes;

struct ranker { int unused; };
static struct ranker the_ranker;

void fakes_app(struct app *app)
{
	memset(&fakes, 0, sizeof fakes);
	*app = (struct app){ .program = "/bin/false", .config_dir = "/nowhere", .data_dir = "/nowhere", .frozen = VALUES_NOW };
	app->config = (struct config){ .explore = 30, .page_size = 24, .idle = 60, .text_width = 72, .browser = "true", .color = true, .unicode = true };
}

size_t fakes_count(enum event_kind kind, int64_t article)
{
	size_t n = 0;

	for (size_t i = 0; i < fakes.n; i++)
		n += fakes.event[i].kind == kind && (article == 0 || fakes.event[i].article == article);
	return n;
}

/* ---- ranker ---- */

enum err ranker_open(struct app *app, struct ranker **out, struct err_info *info)
{
	(void)app;
	(void)info;
	fakes.opened++;
	fakes.behind = false;
	if (fakes.screen)
		snprintf(fakes.at_open, sizeof fakes.at_open, "%s", fakes.screen->s ? fakes.screen->s : "");
	*out = &the_ranker;
	return OK;
}

bool ranker_behind(const struct ranker *r)
{
	(void)r;
	return fakes.behind;
}

void ranker_close(struct ranker *r)
{
	(void)r;
}

/* The fixed page, turned round by one entry for every 5 of the slider, so that articles move and the first ones leave. */
enum err ranker_page(struct ranker *r, const struct page_options *o, struct page *page, struct err_info *info)
{
	struct page whole;
	size_t from = (size_t)o->explore / 5 + (size_t)fabs(2 * fakes.weight[fakes.n_edits]);

	(void)r;
	if (fakes.fail)
		return err_set(info, ERR_IO, "%s", fakes.fail);
	fakes.pages++;
	values_page(&whole);
	*page = whole;
	page->arena = (struct arena)ARENA_INIT;
	page->explore = o->explore;
	page->learned_from = fakes.new_reader ? 0 : whole.learned_from;
	page->entries = arena_zero(&page->arena, whole.n, sizeof *page->entries);
	page->n = 0;
	for (size_t i = from; i < whole.n; i++) {
		struct page_entry e = whole.entries[i];

		e.read = fakes.read[e.id];
		e.starred = fakes.starred[e.id];
		e.link = fakes.link ? fakes.link : e.link;
		e.pair = o->swaps && e.id == 8 ? 4 : 0; /* as if a coin had put it and the fourth in order */
		page->entries[page->n++] = e;
	}
	return OK;
}

enum err ranker_record(struct ranker *r, struct event *e, struct err_info *info)
{
	(void)r;
	if (fakes.private && e->kind != EVENT_READ && e->kind != EVENT_UNREAD && e->kind != EVENT_STAR && e->kind != EVENT_UNSTAR)
		return OK;
	if (fakes.n == FAKES_MOST)
		return err_set(info, ERR_LIMIT, "too many events for a test");
	if (fakes.full || fakes.full_for-- > 0)
		return err_set(info, ERR_FULL, "the store: the disk is full");
	e->id = (int64_t)fakes.n + 1;
	fakes.event[fakes.n++] = *e;
	if (e->kind == EVENT_OPEN || e->kind == EVENT_READ)
		fakes.read[e->article] = true;
	if (e->kind == EVENT_UNREAD)
		fakes.read[e->article] = false;
	if (e->kind == EVENT_SAVE || e->kind == EVENT_STAR)
		fakes.starred[e->article] = true;
	if (e->kind == EVENT_UNSTAR)
		fakes.starred[e->article] = false;
	return OK;
}

enum err ranker_record_all(struct ranker *r, struct event *e, size_t n, struct err_info *info)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < n; i++)
		err = ranker_record(r, &e[i], info);
	return err;
}

enum err ranker_step(struct ranker *r, int64_t article, int by, struct arena *a, const char **words, struct err_info *info)
{
	(void)r;
	if (fakes.fail)
		return err_set(info, ERR_IO, "%s", fakes.fail);
	fakes.stepped[fakes.n_stepped++] = by > 0 ? article : -article;
	*words = arena_printf(a, "%s of article %lld; u takes it back", by > 0 ? "more" : "less", (long long)article);
	return OK;
}

/* One subject at a time: the last one. Its weight turns the page by an entry for every half. */
enum err ranker_edit(struct ranker *r, const char *subject, double weight, int64_t article, struct err_info *info)
{
	(void)r;
	(void)info;
	snprintf(fakes.subject, sizeof fakes.subject, "%s", subject);
	snprintf(fakes.edited, sizeof fakes.edited, "%s %+g", subject, weight);
	fakes.weight[++fakes.n_edits] = weight;
	fakes.edited_from = article;
	return OK;
}

double edit_weight(const struct ranker *r, const char *subject)
{
	(void)r;
	return strcmp(fakes.subject, subject) == 0 ? fakes.weight[fakes.n_edits] : 0;
}

const char *edit_name(const struct ranker *r, struct arena *a, const char *subject)
{
	(void)r;
	return arena_strdup(a, strchr(subject, ':') + 1);
}

uint64_t ranker_edited(const struct ranker *r)
{
	(void)r;
	return fakes.n_stepped + 1000 * (uint64_t)fakes.n_edits;
}

bool app_private(const struct app *app)
{
	(void)app;
	return fakes.private;
}

enum err app_set_private(struct app *app, bool on, struct err_info *info)
{
	(void)app;
	(void)info;
	fakes.private = on;
	return OK;
}

enum err ranker_rebuild(struct ranker *r, struct err_info *info)
{
	(void)r;
	(void)info;
	fakes.rebuilt++;
	return OK;
}

enum err ranker_portrait(struct ranker *r, struct portrait *out, struct err_info *info)
{
	if (fakes.fail)
		return err_set(info, ERR_IO, "%s", fakes.fail);
	values_portrait(out);
	out->section[PORTRAIT_TOPICS].row[0].edit = edit_weight(r, "topic:1");
	return OK;
}

static const char *request_words(const struct forget_request *q)
{
	static char words[200];

	snprintf(words, sizeof words, "%s%s topic %d", q->term ? q->term : "", q->feed ? q->feed : "", (int)q->topic);
	return words;
}

enum err forget_plan(struct app *app, const struct forget_request *q, struct forgotten *out, struct err_info *info)
{
	(void)app;
	(void)info;
	snprintf(fakes.planned, sizeof fakes.planned, "%s", request_words(q));
	*out = (struct forgotten){ 12, 5, 4 };
	return OK;
}

enum err app_forget(struct app *app, const struct forget_request *q, struct arena *a, struct forgotten *out, const char **residue, struct err_info *info)
{
	(void)app;
	(void)a;
	(void)info;
	snprintf(fakes.forgotten, sizeof fakes.forgotten, "%s", request_words(q));
	*out = (struct forgotten){ 12, 5, 4 };
	*residue = NULL;
	return OK;
}

/* Takes back the last edit, star or answer. */
enum err ranker_undo(struct ranker *r, struct arena *a, const char **words, struct err_info *info)
{
	(void)r;
	if (fakes.n_edits) {
		fakes.n_edits--;
		*words = arena_strdup(a, "taken back: edit");
		return OK;
	}
	for (size_t i = fakes.n; i-- > 0;)
		if (fakes.event[i].kind == EVENT_SAVE) {
			fakes.starred[fakes.event[i].article] = false;
			*words = arena_strdup(a, "taken back: save");
			return OK;
		} else if (fakes.event[i].kind == EVENT_WANT || fakes.event[i].kind == EVENT_PASS) {
			fakes.n = i;
			*words = arena_strdup(a, "taken back: answer");
			return OK;
		}
	return err_set(info, ERR_NOTFOUND, "nothing to undo");
}

enum err ranker_explain(struct ranker *r, int64_t id, const struct page_options *o, struct arena *a, struct why *out, struct err_info *info)
{
	(void)r;
	(void)a;
	(void)info;
	fakes.explained++;
	values_why(out);
	out->entry.id = id;
	out->explore = o->explore;
	return OK;
}

enum err story_tellings(struct ranker *r, int64_t article, struct arena *a, struct tellings *out, struct err_info *info)
{
	struct tellings t;

	(void)r;
	(void)info;
	values_tellings(&t, true);
	*out = t;
	out->from.id = article;
	out->told = arena_zero(a, t.n, sizeof *t.told);
	memcpy(out->told, t.told, t.n * sizeof *t.told);
	return OK;
}

/* The first three of the page. */
enum err ranker_ask(struct ranker *r, size_t m, struct arena *a, struct item_list *out, struct err_info *info)
{
	static const int64_t ids[] = { 1, 2, 3 };

	(void)r;
	return articles_brief(NULL, ids, m < 3 ? m : 3, a, out, info);
}

enum err ranker_answers(struct ranker *r, const int64_t *ids, size_t n, signed char *answer, struct err_info *info)
{
	(void)r;
	(void)info;
	for (size_t i = 0; i < n; i++)
		answer[i] = (signed char)((int)fakes_count(EVENT_WANT, ids[i]) - (int)fakes_count(EVENT_PASS, ids[i]));
	return OK;
}

enum err ranker_meter(struct ranker *r, const struct page *page, struct meter *out, struct err_info *info)
{
	(void)r;
	if (fakes.fail)
		return err_set(info, ERR_IO, "%s", fakes.fail);
	values_meter(out);
	out->page.explore = page->explore;
	out->page.places = page->n;
	out->opened = (int64_t)fakes_count(EVENT_OPEN, 0);
	return OK;
}

enum err last_page_keep(struct app *app, struct ranker *r, const struct page_options *o, struct err_info *info)
{
	(void)app, (void)r, (void)o, (void)info;
	return OK;
}

enum err last_page_get(struct app *app, int explore, struct page *page, struct err_info *info)
{
	(void)app;
	if (!fakes.kept)
		return err_set(info, ERR_NOTFOUND, "no page is kept");
	*page = (struct page){ .explore = explore, .n = 1 };
	page->entries = arena_zero(&page->arena, 1, sizeof *page->entries);
	page->entries[0] = (struct page_entry){ .id = 99, .title = fakes.kept, .feed = "", .topic = "" };
	return OK;
}

enum err ranker_save(struct ranker *r, struct err_info *info)
{
	(void)r;
	(void)info;
	fakes.saved++;
	return OK;
}

/* ---- app and store ---- */

int64_t app_now(const struct app *app)
{
	return app->frozen;
}

enum err app_editions(struct app *app, const struct item *it, struct arena *a, struct editions *out, struct err_info *info)
{
	(void)app;
	(void)it;
	(void)a;
	(void)info;
	values_editions(out);
	return OK;
}

enum err app_article(struct app *app, int64_t id, struct arena *a, struct item *item, struct blocks *blocks, struct err_info *info)
{
	struct page page;

	(void)app;
	(void)a;
	values_article(item, blocks);
	if (fakes.was_edited)
		values_edited(item);
	values_page(&page);
	item->id = id;
	if (id < 1 || id > (int64_t)page.n)
		return err_set(info, ERR_NOTFOUND, "no article %lld", (long long)id);
	item->title = page.entries[id - 1].title;
	item->read = fakes.read[id];
	item->starred = fakes.starred[id];
	return OK;
}

enum err feeds_load(struct store *st, bool all, struct arena *a, struct feed_list *out, struct err_info *info)
{
	const struct feed *f;

	(void)st;
	(void)all;
	(void)info;
	fakes.shown_feeds++;
	f = values_feeds(&out->n);
	out->feed = arena_zero(a, out->n, sizeof *out->feed);
	memcpy(out->feed, f, out->n * sizeof *f);
	return OK;
}

enum err feeds_history(struct store *st, int64_t feed_id, struct arena *a, struct fetch_list *out, struct err_info *info)
{
	const struct feed_fetch *x;

	(void)st;
	(void)info;
	x = values_history(&out->n);
	if (feed_id != 2)
		out->n = 0;
	out->fetch = arena_zero(a, out->n + 1, sizeof *out->fetch);
	memcpy(out->fetch, x, out->n * sizeof *x);
	return OK;
}

enum err app_follow(struct app *app, const char *url, const char **to, struct err_info *info)
{
	(void)app;
	if (fakes.fail)
		return err_set(info, ERR_USAGE, "%s", fakes.fail);
	snprintf(fakes.followed, sizeof fakes.followed, "%s", url);
	*to = "https://systems-weekly.example/feed.atom";
	return OK;
}

const char *note_shown(struct arena *a, const char *note)
{
	(void)a;
	return note;
}

static struct item item_of(const struct page_entry *e)
{
	return (struct item){ .id = e->id, .title = e->title, .link = e->link, .feed_title = e->feed, .published = e->published,
		.read = fakes.read[e->id], .starred = fakes.starred[e->id] };
}

enum err articles_newest_id(struct store *st, int64_t *id, struct err_info *info)
{
	(void)st;
	(void)info;
	*id = FAKES_ALL;
	return OK;
}

enum err articles_came(struct store *st, int64_t feed_id, int64_t after, int64_t *n, struct err_info *info)
{
	(void)st;
	(void)info;
	*n = after < FAKES_ALL ? 0 : feed_id ? fakes.arrived / 2 : fakes.arrived;
	return OK;
}

/* ---- what others change ---- */

enum err watch_open(struct watch *w, struct app *app, struct err_info *info)
{
	(void)info;
	*w = (struct watch){ .app = app, .fd = -1 };
	return OK;
}

void watch_close(struct watch *w)
{
	*w = (struct watch)WATCH_INIT;
}

bool watch_told(struct watch *w)
{
	bool told = fakes.told;

	(void)w;
	fakes.told = false;
	return told;
}

enum err watch_look(struct watch *w, struct changes *out, struct err_info *info)
{
	(void)w;
	fakes.looks++;
	if (fakes.look_fails)
		return err_set(info, ERR_IO, "%s", fakes.look_fails);
	*out = fakes.change;
	fakes.change = (struct changes){ 0 };
	return OK;
}

/* ---- windows ---- */

/* A feed has the articles 1 to 3; all together have FAKES_ALL: those of the page again and again, so that place i is article i % 24 + 1 and its id says the place too. */
static const struct page_entry *entry_at(int64_t id)
{
	static struct page page;

	values_page(&page);
	return &page.entries[(id - 1) % (int64_t)page.n];
}

static bool is_read(int64_t id)
{
	return id < 100 && fakes.read[id];
}

enum err window_open(struct window *w, struct store *st, int64_t feed_id, bool unread, struct err_info *info)
{
	struct window fresh = { .store = st, .feed_id = feed_id, .unread = unread, .newest = FAKES_ALL };
	size_t all = feed_id ? 3 : FAKES_ALL + fakes.came;

	if (fakes.windows_fail)
		return err_set(info, ERR_IO, "%s", fakes.windows_fail);
	fresh.id = arena_zero(&fresh.arena, all, sizeof *fresh.id);
	for (size_t i = 0; i < all; i++) {
		int64_t id = feed_id || !fakes.came ? (int64_t)i + 1 : i < fakes.came ? (int64_t)(FAKES_ALL + fakes.came - i) : (int64_t)(i - fakes.came) + 1;

		if (!unread || !is_read(id))
			fresh.id[fresh.n++] = id;
	}
	window_clear(w);
	*w = fresh;
	fakes.windows++;
	return OK;
}

void window_clear(struct window *w)
{
	arena_clear(&w->arena);
	*w = (struct window){ 0 };
}

enum err window_rows(const struct window *w, size_t from, size_t n, struct arena *a, struct item *it, struct err_info *info)
{
	(void)info;
	fakes.rows += n;
	for (size_t i = 0; i < n; i++) {
		const struct page_entry *e = entry_at(w->id[from + i]);

		it[i] = item_of(e);
		it[i].id = w->id[from + i];
		it[i].title = w->feed_id ? e->title : arena_printf(a, "%d. %s", (int)it[i].id, e->title);
		it[i].read = is_read(it[i].id);
		it[i].starred = it[i].id < 100 && fakes.starred[it[i].id];
	}
	return OK;
}

enum err window_find(const struct window *w, int64_t id, size_t *place, bool *there, struct err_info *info)
{
	(void)info;
	*there = false;
	for (*place = 0; *place < w->n && !*there; ++*place)
		if (w->id[*place] == id) {
			*there = true;
			return OK;
		}
	for (*place = 0; *place < w->n && w->id[*place] < id; ++*place)
		;
	return OK;
}

enum err window_next_unread(const struct window *w, size_t place, int by, size_t *next, bool *found, struct err_info *info)
{
	(void)info;
	*found = false;
	for (int64_t i = (int64_t)place + by; i >= 0 && i < (int64_t)w->n && !*found; i += by)
		if (!is_read(w->id[i])) {
			*found = true;
			*next = (size_t)i;
		}
	return OK;
}

/* An id above those of the page is a row of the list of all. */
enum err articles_brief(struct store *st, const int64_t *ids, size_t n, struct arena *a, struct item_list *out, struct err_info *info)
{
	(void)st;
	(void)info;
	out->n = n;
	out->item = arena_zero(a, n + 1, sizeof *out->item);
	for (size_t i = 0; i < n; i++) {
		out->item[i] = item_of(entry_at(ids[i]));
		out->item[i].id = ids[i];
		out->item[i].read = is_read(ids[i]);
		out->item[i].starred = ids[i] < 100 && fakes.starred[ids[i]];
	}
	return OK;
}
