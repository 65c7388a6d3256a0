/* What the model holds of its reader: looked at, edited and forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/forget.h"
#include "app/portrait.h"
#include "ui/reader_state.h"

/* ---- opening ---- */

/* In place of what was there; the cursor stays on its row, by section and name. */
enum err portrait_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = view_profile_row(&s->portrait, s->at.cursor, &kind);
	struct portrait fresh = { 0 };
	enum err e = ranker_portrait(r->ranker, &fresh, info);
	int at;

	if (e != OK)
		return e;
	at = row ? view_profile_find(&fresh, kind, row->name) : 0;
	portrait_clear(&s->portrait);
	s->portrait = fresh;
	s->data.profile = (struct view_profile){ &s->portrait };
	if (at >= 0)
		s->at.cursor = at;
	return OK;
}

void reader_open_profile(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_profile);

	if (s && portrait_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

static const struct portrait_row *row_here(struct reader *r, enum portrait_kind *kind)
{
	const struct screen *s = reader_top(r);

	return view_profile_row(&s->portrait, s->at.cursor, kind);
}

/* ---- what a row came from ---- */

static enum err load_readings(struct reader *r, struct screen *s, const struct portrait *p, const struct portrait_row *row, struct err_info *info)
{
	int64_t *ids = arena_zero(&s->arena, row->n + 1, sizeof *ids);
	struct portrait_reading *reading = arena_zero(&s->arena, row->n + 1, sizeof *reading);
	struct item_list items;
	enum err e;

	for (size_t i = 0; i < row->n; i++)
		ids[i] = p->reading[row->reading[i]].article;
	s->page.now = app_now(r->app);
	e = articles_brief(&r->app->store, ids, row->n, &s->page.arena, &items, info);
	if (e != OK)
		return e;
	s->page.entries = arena_zero(&s->page.arena, items.n + 1, sizeof *s->page.entries);
	s->page.n = items.n;
	for (size_t i = 0, k = 0; i < items.n; i++, k++) {
		while (ids[k] != items.item[i].id) /* an article that is gone by now is left out */
			k++;
		s->page.entries[i] = reader_row_of(&items.item[i]);
		reading[i] = p->reading[row->reading[k]];
		reading[i].title = reading[i].feed = NULL; /* the rows have them */
	}
	s->data.readings = (struct view_readings){ .page = &s->page, .reading = reading, .name = arena_strdup(&s->arena, row->name) };
	return OK;
}

void reader_open_readings(struct reader *r)
{
	const struct portrait *p = &reader_top(r)->portrait;
	struct err_info info = ERR_INFO_INIT;
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = row_here(r, &kind);
	struct screen *s;

	if (!row || kind == PORTRAIT_PARTS) {
		reader_say(r, "a part of the score came from all that you read");
		return;
	}
	if (row->n == 0) {
		reader_say(r, "nothing of it was read");
		return;
	}
	s = reader_push(r, &view_readings);
	if (s && load_readings(r, s, p, row, &info) != OK)
		reader_drop(r, &info);
}

void portrait_jump(struct reader *r, int by)
{
	struct screen *s = reader_top(r);
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = view_profile_row(&s->portrait, s->at.cursor, &kind);
	int to = (int)kind + by;

	if (row && by < 0 && row != s->portrait.section[kind].row)
		to = (int)kind; /* to its own beginning first */
	while (to >= 0 && to < PORTRAIT_COUNT && s->portrait.section[to].n == 0)
		to += by;
	if (to >= 0 && to < PORTRAIT_COUNT)
		s->at.cursor = view_profile_find(&s->portrait, (enum portrait_kind)to, NULL);
}

/* ---- editing ---- */

static void say_edit(struct reader *r, double weight, const char *name)
{
	struct arena a = ARENA_INIT;

	if (weight == 0)
		reader_say(r, "cleared: %.150s; u takes it back", name);
	else
		reader_say(r, "%.200s; u takes it back", edit_words(&a, weight, name));
	arena_clear(&a);
}

static void set_weight(struct reader *r, const struct portrait_row *row, double weight)
{
	struct screen *s = reader_top(r);
	struct err_info info = ERR_INFO_INIT;
	char name[160];

	snprintf(name, sizeof name, "%.150s", row->name);
	if (row->edit == weight) {
		reader_say(r, "%.200s is %s already", name, weight > 0 ? "pinned" : "banned");
		return;
	}
	if (ranker_edit(r->ranker, row->subject, weight, 0, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	say_edit(r, weight, name);
	if (portrait_reload(r, s, &info) != OK)
		reader_fail(r, &info);
}

/* What the key for weighing makes of a weight: a pin, a ban and what stands between the steps are cleared. */
static double next_weight(double w)
{
	static const double turn[] = { 0, EDIT_STEP, 2 * EDIT_STEP, -EDIT_STEP, -2 * EDIT_STEP, 0 };

	for (size_t i = 0; i + 1 < sizeof turn / sizeof *turn; i++)
		if (w == turn[i])
			return turn[i + 1];
	return 0;
}

void portrait_edit(struct reader *r, enum action how)
{
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = row_here(r, &kind);

	if (!row || !row->subject)
		reader_say(r, "only words, feeds, topics and what else an article has can be edited");
	else
		set_weight(r, row, how == ACTION_PIN ? EDIT_MOST : how == ACTION_BAN ? -EDIT_MOST : next_weight(row->edit));
}

/* ---- forgetting ---- */

/* Words, feeds and topics alone; name is the word's. false: it can't be. */
static bool request_of(const struct portrait_row *row, struct forget_request *out)
{
	const char *key;
	enum facet f;

	*out = (struct forget_request){ .topic = -1, .since = DATE_NONE, .until = DATE_NONE };
	if (!row || !row->subject || !edit_facet(row->subject, &f, &key))
		return false;
	if (f == FACET_COUNT)
		out->term = strncmp(row->name, "word: ", 6) == 0 ? row->name + 6 : row->name; /* of an edit, the kind stands in front */
	else if (f == FACET_FEED)
		out->feed = key;
	else if (f == FACET_TOPIC)
		out->topic = strtoll(key, NULL, 10);
	return out->term || out->feed || out->topic >= 0;
}

void portrait_forget(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct forget_request request;
	struct forgotten plan = { 0 };
	enum portrait_kind kind = PORTRAIT_TOPICS;
	const struct portrait_row *row = row_here(r, &kind);

	if (!request_of(row, &request)) {
		reader_say(r, "words, feeds and topics can be forgotten here; eclose profile forget takes spans of time too");
		return;
	}
	if (forget_plan(r->app, &request, &plan, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	if (plan.events == 0) {
		reader_say(r, "there is nothing of it to forget");
		return;
	}
	r->asking = true;
	reader_say(r, "forget %lld action%s, %lld article%s read, for good? y: yes, any other key: no", (long long)plan.events, plan.events == 1 ? "" : "s",
		   (long long)plan.readings, plan.readings == 1 ? "" : "s");
}

static void forget(struct reader *r)
{
	struct screen *s = reader_top(r);
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	struct forget_request request;
	struct forgotten gone = { 0 };
	const char *residue = NULL;
	enum portrait_kind kind = PORTRAIT_TOPICS;
	enum err e = OK;

	if (request_of(row_here(r, &kind), &request)) {
		e = app_forget(r->app, &request, &a, &gone, &residue, &info);
		if (e == OK)
			e = ranker_rebuild(r->ranker, &info);
		if (e == OK)
			e = portrait_reload(r, s, &info);
	}
	r->edited = ranker_edited(r->ranker) + 1; /* the page goes by another model now */
	if (e != OK)
		reader_fail(r, &info);
	else if (residue)
		reader_say(r, "forgotten; the files may hold traces until it is done once more: %.150s", residue);
	else
		reader_say(r, "forgotten: %lld action%s", (long long)gone.events, gone.events == 1 ? "" : "s");
	arena_clear(&a);
}

bool portrait_answer(struct reader *r, uint32_t key)
{
	if (!r->asking)
		return false;
	r->asking = false;
	if (key == 'y' || key == 'Y')
		forget(r);
	else
		reader_say(r, "nothing was forgotten");
	return true;
}
