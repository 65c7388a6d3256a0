/* How other feeds tell what one article tells. */
#include "app/story.h"
#include "ui/reader_state.h"

static struct page_entry row_of(const struct told *t)
{
	return (struct page_entry){
		.id = t->id, .title = t->title, .link = t->link, .feed = t->feed, .topic = "", .topic_id = -1, .published = t->at,
		.feeds_telling = 1, .propensity = 1, .read = t->read, .starred = t->starred,
	};
}

/* Its tellings are rows like any other: they open, and say why. */
static void keep_rows(struct screen *s)
{
	s->page.n = s->tellings.n;
	s->page.entries = arena_zero(&s->page.arena, s->page.n + 1, sizeof *s->page.entries);
	for (size_t i = 0; i < s->page.n; i++)
		s->page.entries[i] = row_of(&s->tellings.told[i]);
}

void reader_open_tellings(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s;
	int64_t id;
	int row;

	if (!reader_entry(r, &row))
		return;
	id = reader_entry(r, &row)->id;
	s = reader_push(r, &view_tellings);
	if (!s)
		return;
	if (story_tellings(r->ranker, id, &s->arena, &s->tellings, &info) != OK) {
		reader_drop(r, &info);
		return;
	}
	keep_rows(s);
	s->data.tellings = (struct view_tellings){ .tellings = &s->tellings, .now = app_now(r->app) };
}
