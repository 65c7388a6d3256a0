/* The slider: by steps, presets and numbers; what it moved; keeping it. */
#include <stdio.h>
#include <stdlib.h>

#include "app/rhythm.h"
#include "base/mem.h"
#include "ui/keys.h"
#include "ui/reader_state.h"
#include "ui/slider.h"

#define STEP 5

/* ---- what moved ---- */

void moves_clear(struct reader *r)
{
	struct view_page *v = &r->stack[0]->data.page;

	free(r->moves.before);
	free(r->moves.shift);
	r->moves = (struct moves){ 0 };
	v->shift = NULL;
	v->change = NULL;
}

static void remember(struct reader *r)
{
	const struct page *p = &r->stack[0]->page;

	if (r->moves.before)
		return;
	r->moves.before = mem_zero(p->n + 1, sizeof *r->moves.before);
	for (size_t i = 0; i < p->n; i++)
		r->moves.before[i] = p->entries[i].id;
	r->moves.n = p->n;
	r->moves.explore = p->explore;
}

/* By how many places the article in row i rose. */
static int shift_of(const struct moves *m, int64_t id, size_t row)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->before[i] == id)
			return (int)i - (int)row;
	return SHIFT_NEW;
}

static void say_moves(struct moves *m, int explore, size_t moved, size_t come, size_t gone)
{
	int n = 0;

	if (m->explore != explore)
		n = snprintf(m->words, sizeof m->words, "%d → %d: ", m->explore, explore);
	if (moved + come + gone == 0)
		snprintf(m->words + n, sizeof m->words - (size_t)n, "nothing moved");
	else
		snprintf(m->words + n, sizeof m->words - (size_t)n, "%zu moved, %zu new, %zu gone", moved, come, gone);
}

static void compare(struct reader *r)
{
	struct screen *s = r->stack[0];
	struct moves *m = &r->moves;
	size_t moved = 0, come = 0;

	free(m->shift);
	m->shift = mem_zero(s->page.n + 1, sizeof *m->shift);
	for (size_t i = 0; i < s->page.n; i++) {
		m->shift[i] = shift_of(m, s->page.entries[i].id, i);
		come += m->shift[i] == SHIFT_NEW;
		moved += m->shift[i] != SHIFT_NEW && m->shift[i] != 0;
	}
	say_moves(m, s->page.explore, moved, come, m->n - (s->page.n - come));
	s->data.page.shift = moved + come ? m->shift : NULL;
	s->data.page.change = m->words;
}

enum err reader_rank_moved(struct reader *r, struct err_info *info)
{
	enum err e;

	remember(r);
	e = reader_rank(r, true, info);
	if (e == OK)
		compare(r);
	return e;
}

/* ---- setting it ---- */

void slider_to(struct reader *r, int explore)
{
	struct err_info info = ERR_INFO_INIT;
	int to = explore < 0 ? 0 : explore > 100 ? 100 : explore;

	if (to == r->explore && r->order == PAGE_RANK)
		return;
	r->explore = to;
	r->order = PAGE_RANK;
	if (reader_rank_moved(r, &info) != OK)
		reader_fail(r, &info);
}

static void typed(struct reader *r, const char *text)
{
	int to = (int)strtol(text, NULL, 10); /* of three digits at most */

	if (!*text)
		return;
	if (to > 100) {
		reader_say(r, "the slider goes from 0 to 100, not to %d", to);
		r->alarm = true;
		return;
	}
	slider_to(r, to);
}

static void keep(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *words;

	if (app_keep_explore(r->app, r->explore, &a, &words, &info) == OK)
		reader_say(r, "%.250s", words);
	else
		reader_fail(r, &info);
	arena_clear(&a);
}

bool slider_act(struct reader *r, enum action a, uint32_t key)
{
	switch (a) {
	case ACTION_LESS:        slider_to(r, r->explore - STEP); break;
	case ACTION_MORE:        slider_to(r, r->explore + STEP); break;
	case ACTION_PRESET_LESS: slider_to(r, slider_next(r->explore, -1)); break;
	case ACTION_PRESET_MORE: slider_to(r, slider_next(r->explore, 1)); break;
	case ACTION_KEEP:        keep(r); break;
	case ACTION_SET:         reader_ask_line(r, "explore", "ENTER sets it, ESC leaves it", true, 3, key, typed); break;
	default:                 return false;
	}
	return true;
}
