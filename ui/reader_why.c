/* Why an article stands where it does, and what the reader makes of the parts. */
#include "app/edits.h"
#include "app/explain.h"
#include "ui/reader_state.h"

/* The marks of the row stay: they are those of the page that is shown. */
enum err why_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct page_options o = reader_options(r);
	struct arena fresh = ARENA_INIT;
	struct why why;
	enum err e = ranker_explain(r->ranker, s->entry.id, &o, &fresh, &why, info);

	if (e != OK) {
		arena_clear(&fresh);
		return e;
	}
	why.entry.slot = s->entry.slot;
	why.entry.slot_reason = arena_strdup(&fresh, s->entry.slot_reason);
	arena_clear(&s->arena);
	s->arena = fresh;
	s->why = why;
	s->data.why.why = &s->why;
	s->data.why.now = app_now(r->app);
	return OK;
}

void reader_open_why(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	const struct page_entry *row;
	struct screen *s;
	int at;

	row = reader_entry(r, &at);
	s = row ? reader_push(r, &view_why) : NULL;
	if (!s)
		return;
	s->entry = reader_keep(&s->page.arena, row); /* s->arena is renewed with every sum */
	if (why_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

/* What the line under the cursor is about. */
static struct why_line line_here(const struct screen *s)
{
	const struct view_why *v = &s->data.why;

	return s->at.cursor < (int)v->n ? v->line[s->at.cursor] : (struct why_line){ WHY_NOTHING, 0 };
}

void why_open_similar(struct reader *r)
{
	struct screen *s = reader_top(r);
	struct why_line l = line_here(s);
	const struct alike *x;
	struct page_entry e;

	if (l.what != WHY_SIMILAR) {
		reader_say(r, "there is no article on this line");
		return;
	}
	x = &s->why.similar[l.index];
	e = (struct page_entry){ .id = x->id, .title = x->title, .feed = x->feed, .topic = "", .topic_id = -1, .feeds_telling = 1, .propensity = 1, .read = true };
	reader_open_article(r, &e, -1);
}

/* ---- what the reader makes of a part ---- */

#define FIRST_PLACES 10 /* that are compared before and after */
#define WEIGHT_STEP 0.5
#define WEIGHT_LAST (EDIT_MOST - WEIGHT_STEP) /* as far as steps go: beyond lie the pin and the ban */

/* The why screen at hand, and the subject: that of the part under its cursor, or what was edited last. NULL where there is none. */
static struct screen *why_here(struct reader *r, const char **subject)
{
	struct screen *top = reader_top(r), *s = top->view->kind == SCREEN_MOVED && r->depth > 1 ? r->stack[r->depth - 2] : top;
	struct why_line l = line_here(s);

	*subject = NULL;
	if (top->view->kind == SCREEN_MOVED)
		*subject = top->subject;
	else if (l.what == WHY_PART)
		*subject = s->why.entry.reasons[l.index].subject;
	return s;
}

/* What the action makes of a weight that holds. Returns false, having said so, where there is nothing to do. */
static bool new_weight(struct reader *r, enum action a, double held, double *weight)
{
	double by = a == ACTION_WEIGH_MORE ? WEIGHT_STEP : -WEIGHT_STEP;

	switch (a) {
	case ACTION_PIN:         *weight = EDIT_MOST; break;
	case ACTION_BAN:         *weight = -EDIT_MOST; break;
	case ACTION_WEIGH_CLEAR: *weight = 0; break;
	default:
		*weight = held + by;
		*weight = *weight > WEIGHT_LAST ? WEIGHT_LAST : *weight < -WEIGHT_LAST ? -WEIGHT_LAST : *weight;
		break;
	}
	if (*weight != held && (a != ACTION_WEIGH_MORE || *weight > held) && (a != ACTION_WEIGH_LESS || *weight < held))
		return true;
	reader_say(r, held == 0 ? "no edit of this part holds" : "it stands at %+.1f already", held);
	return false;
}

/* The first places before and after, as a screen: a new one, or the one that is on top. */
static void show_moved(struct reader *r, const struct page *before, const struct page *after, const char *subject, const char *what)
{
	struct screen *s = reader_kind(r) == SCREEN_MOVED ? reader_top(r) : reader_push(r, &view_moved);
	struct arena fresh = ARENA_INIT;
	struct moved *moved;
	size_t n;

	if (!s)
		return;
	n = pages_compare(before, after, FIRST_PLACES, &fresh, &moved);
	s->subject = arena_strdup(&fresh, subject);
	s->data.moved = (struct view_moved){ .what = arena_strdup(&fresh, what), .moved = moved, .n = n, .places = FIRST_PLACES };
	arena_clear(&s->arena);
	s->arena = fresh;
	s->at = (struct place){ 0 };
}

static enum err edit_and_compare(struct reader *r, const char *subject, double weight, int64_t article, struct page *before, struct page *after, struct err_info *info)
{
	struct page_options o = reader_options(r);
	enum err e;

	o.order = PAGE_RANK;
	e = ranker_page(r->ranker, &o, before, info);
	if (e == OK)
		e = ranker_edit(r->ranker, subject, weight, article, info);
	if (e == OK)
		e = ranker_page(r->ranker, &o, after, info);
	return e;
}

static const char *words_of(struct reader *r, struct arena *a, const char *subject, double weight)
{
	const char *name = edit_name(r->ranker, a, subject);

	return weight == 0 ? arena_printf(a, "%s counts as it was learned", name) : edit_words(a, weight, name);
}

void why_edit(struct reader *r, enum action a)
{
	struct page before = { 0 }, after = { 0 };
	struct err_info info = ERR_INFO_INIT;
	struct arena scratch = ARENA_INIT;
	const char *subject, *what;
	struct screen *s = why_here(r, &subject);
	double weight;

	if (!subject) {
		reader_say(r, "this line can't be weighed");
		return;
	}
	if (!new_weight(r, a, edit_weight(r->ranker, subject), &weight))
		return;
	subject = arena_strdup(&scratch, subject); /* the sum that it is of is renewed below */
	what = words_of(r, &scratch, subject, weight);
	if (edit_and_compare(r, subject, weight, s->entry.id, &before, &after, &info) != OK || why_reload(r, s, &info) != OK) {
		reader_fail(r, &info);
	} else {
		s->data.why.seek = arena_strdup(&s->page.arena, subject);
		show_moved(r, &before, &after, subject, what);
	}
	page_clear(&before);
	page_clear(&after);
	arena_clear(&scratch);
}

void why_undone(struct reader *r)
{
	struct screen *s;

	if (reader_kind(r) != SCREEN_MOVED)
		return;
	s = r->stack[r->depth - 2]; /* its edits come from a why screen */
	s->data.why.seek = arena_strdup(&s->page.arena, reader_top(r)->subject);
	reader_pop(r);
}
