/* Why an article stands where it does, and what the reader makes of the parts. */
#include "app/explain.h"
#include "ui/reader_state.h"

/* The marks of the row stay: they are those of the page that is shown. */
static enum err load(struct reader *r, struct screen *s, struct err_info *info)
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

enum err why_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	return load(r, s, info);
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
	if (load(r, s, &info) != OK)
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
