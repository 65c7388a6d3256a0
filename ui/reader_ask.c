/* Ten titles: what a new reader likes, asked instead of waited for. */
#include "ui/keys.h"
#include "ui/reader_state.h"

#define TITLES 10

void ask_hint(const struct reader *r, struct page *page)
{
	uint32_t key = keymap_key(&r->keys, SCREEN_PAGE, ACTION_ASK);
	char name[KEYS_NAME];

	if (key && page->n && page->learned_from == 0 && !r->app->samples && !r->app->demo && !page->note)
		page->note = arena_printf(&page->arena, "%s shows ten titles: tell eclose what you like", keys_name(key, name));
}

enum err ask_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	size_t n = s->asked.n;
	int64_t *ids = arena_alloc(&s->arena, (n + 1) * sizeof *ids);

	for (size_t i = 0; i < n; i++)
		ids[i] = s->asked.item[i].id;
	return ranker_answers(r->ranker, ids, n, s->answer, info);
}

void reader_open_ask(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_ask);
	enum err e;

	if (!s)
		return;
	e = ranker_ask(r->ranker, TITLES, &s->arena, &s->asked, &info);
	if (e == OK && !s->asked.n)
		e = err_set(&info, ERR_NOTFOUND, "there is nothing unread to ask about that would tell anything new");
	if (e != OK) {
		reader_drop(r, &info);
		return;
	}
	s->answer = arena_zero(&s->arena, s->asked.n, sizeof *s->answer);
	s->data.ask = (struct view_ask){ .item = s->asked.item, .answer = s->answer, .n = s->asked.n };
}

bool ask_answered(const struct screen *s)
{
	for (size_t i = 0; i < s->asked.n; i++)
		if (s->answer[i])
			return true;
	return false;
}

/* From the cursor on, and from the top again. */
static void go_on(struct screen *s)
{
	for (size_t i = 1; i < s->asked.n; i++) {
		size_t next = ((size_t)s->at.cursor + i) % s->asked.n;

		if (!s->answer[next]) {
			s->at.cursor = (int)next;
			return;
		}
	}
}

void ask_answer(struct reader *r, bool want)
{
	struct screen *s = reader_top(r);
	const struct item *it = &s->asked.item[s->at.cursor];
	struct page_entry e = { .id = it->id, .slot = SLOT_BUBBLE, .propensity = 1 };

	if (s->answer[s->at.cursor]) {
		reader_say(r, "answered already; u takes the last answer back");
		return;
	}
	if (!log_event(r, want ? EVENT_WANT : EVENT_PASS, &e, -1, -1, -1))
		return;
	s->answer[s->at.cursor] = want ? 1 : -1;
	go_on(s);
	if (s->answer[s->at.cursor])
		reader_say(r, "that was the last one; q goes back to your page");
}
