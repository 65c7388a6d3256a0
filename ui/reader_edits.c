/* What the reader says of the model outright, and reading that is not recorded. */
#include "app/edits.h"
#include "ui/keys.h"
#include "ui/reader_state.h"

void edits_step(struct reader *r, int by)
{
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *words = NULL;
	int row;
	const struct page_entry *e = reader_entry(r, &row);

	if (e && ranker_step(r->ranker, e->id, by, &a, &words, &info) == OK)
		reader_say(r, "%.250s", words);
	else if (e)
		reader_fail(r, &info);
	arena_clear(&a);
}

/* Pages stay as they are below other screens, whose rows they own: it is ranked when it is looked at. */
void edits_follow(struct reader *r)
{
	struct screen *s = r->stack[0];
	struct err_info info = ERR_INFO_INIT;
	int64_t id = s->page.n ? s->page.entries[s->at.cursor].id : 0;

	if (r->depth != 1 || ranker_edited(r->ranker) == r->edited)
		return;
	r->edited = ranker_edited(r->ranker);
	if (reader_rank_moved(r, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	reader_find(s, id);
}

void edits_private(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	bool on = !app_private(r->app);
	uint32_t k = keymap_key(&r->keys, reader_kind(r), ACTION_PRIVATE);
	char key[KEYS_NAME];

	if (app_set_private(r->app, on, &info) != OK)
		reader_fail(r, &info);
	else if (!on)
		reader_say(r, "reading is recorded again");
	else
		reader_say(r, "private: nothing is recorded until %s switches back", k ? keys_name(k, key) : "eclose profile private off");
}
