#include "app/retell.h"

#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "app/names.h"
#include "app/spelling.h"
#include "app/story.h"
#include "app/vectorise.h"
#include "model/stories.h"
#include "model/tellings.h"

/* ---- the window ---- */

struct window {
	const struct retelling *r;
	struct arena *a;
	struct story_articles list;
	size_t n;
	int64_t *id, *at, *told, *story; /* (n) story: index of its first article */
	int *feed, *language;            /* (n) -1 unknown */
	bool *loose;
	unsigned char *rare;             /* (terms) */
	struct csr rows;
	struct map feeds;                /* feed -> number */
};

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int feed_number(struct window *w, int64_t feed)
{
	return (int)*map_at(&w->feeds, (const char *)&feed, sizeof feed, (int64_t)w->feeds.n, NULL);
}

static enum err note_articles(struct window *w, struct err_info *info)
{
	const struct retelling *r = w->r;
	enum err e = OK;

	for (size_t i = 0; i < w->n && e == OK; i++) {
		const struct story_article *s = &w->list.one[i];
		int language = 0;

		w->id[i] = s->id;
		w->at[i] = s->at;
		w->told[i] = s->story;
		w->feed[i] = feed_number(w, s->feed_id);
		w->loose[i] = s->at >= r->newest - STORY_WINDOW && bsearch(&s->id, r->fresh, r->n, sizeof *r->fresh, compare);
		e = languages_of(r->languages, r->st, s->feed_id, s->language, &language, info);
		w->language[i] = languages_known(r->languages, language);
	}
	return e;
}

/* As stories_group counts it over all that is recent, of which the window is a part. */
static void find_rare(struct window *w)
{
	const struct term_stats *t = w->r->stats;
	double recent = t->docs < RECENT_MOST ? (double)t->docs : RECENT_MOST, share = t->docs ? recent / (double)t->docs : 1;
	double most = STORY_RARE_SHARE * recent > STORY_RARE ? STORY_RARE_SHARE * recent : STORY_RARE;

	w->rare = arena_zero(w->a, w->rows.cols + 1, sizeof *w->rare);
	for (size_t c = 0; c < w->rows.cols; c++)
		w->rare[c] = c >= t->n || t->df[c] * share <= most;
}

static enum err load_window(struct window *w, struct err_info *info)
{
	enum err e = stories_window(w->r->st, w->r->from, w->a, &w->list, info);

	if (e != OK)
		return e;
	w->n = w->list.n;
	w->id = arena_zero(w->a, w->n + 1, sizeof *w->id);
	w->at = arena_zero(w->a, w->n + 1, sizeof *w->at);
	w->told = arena_zero(w->a, w->n + 1, sizeof *w->told);
	w->story = arena_zero(w->a, w->n + 1, sizeof *w->story);
	w->feed = arena_zero(w->a, w->n + 1, sizeof *w->feed);
	w->language = arena_zero(w->a, w->n + 1, sizeof *w->language);
	w->loose = arena_zero(w->a, w->n + 1, sizeof *w->loose);
	e = note_articles(w, info);
	if (e == OK)
		e = load_rows_by(w->r->st, w->r->stats, w->id, w->n, &w->rows, info);
	if (e == OK)
		find_rare(w);
	return e;
}

/* ---- grouping ---- */

static bool two_languages(const struct window *w)
{
	int one = -1;

	for (size_t i = 0; i < w->n; i++) {
		if (one >= 0 && w->language[i] >= 0 && w->language[i] != one)
			return true;
		one = w->language[i] >= 0 ? w->language[i] : one;
	}
	return false;
}

static enum err group(struct window *w, struct err_info *info)
{
	struct csr spelt = CSR_INIT;
	struct names names;
	struct story_corpus c = {
		.m = &w->rows, .at = w->at, .feed = w->feed, .language = w->language, .rare = w->rare, .told = w->told, .loose = w->loose,
		.name = names_shared, .user = &names,
	};
	enum err e = names_init(&names, w->r->st, w->id, w->n, info);

	if (e == OK && two_languages(w)) {
		e = spelling_rows(w->r->st, &w->rows, &spelt, info);
		c.spelt = &spelt;
	}
	if (e == OK)
		stories_group(&c, w->story);
	csr_clear(&spelt);
	names_clear(&names);
	return e;
}

/* The number of the story that article i tells now: that of its first article, unless that one stayed in a story which began before the window. */
static int64_t number_of(const struct window *w, size_t i)
{
	size_t first = (size_t)w->story[i];

	return w->loose[first] ? w->id[first] : w->told[first];
}

/* ---- what has changed ---- */

/* The articles of the stories that changed. */
struct members {
	int64_t *id, *at, *number, *story;
	int *feed;
	size_t n, cap;
	struct map first; /* number of a story that changed -> 1 + index of its first article here; 0 none yet */
};

static int64_t *changed(struct members *m, int64_t number)
{
	return map_at(&m->first, (const char *)&number, sizeof number, 0, NULL);
}

static void find_changed(const struct window *w, struct members *m)
{
	for (size_t i = 0; i < w->n; i++) {
		int64_t now = number_of(w, i);
		bool fresh = bsearch(&w->id[i], w->r->fresh, w->r->n, sizeof w->id[i], compare) != NULL;

		if (!fresh && now == w->told[i])
			continue;
		(void)changed(m, now);
		(void)changed(m, w->told[i]);
	}
}

static void add_member(struct window *w, struct members *m, size_t most, const struct story_article *s, int64_t number)
{
	int64_t *first = changed(m, number);
	size_t k = m->n++;

	if (m->n > m->cap) {
		m->cap = 2 * m->n + most;
		m->id = mem_resize(m->id, m->cap, sizeof *m->id);
		m->at = mem_resize(m->at, m->cap, sizeof *m->at);
		m->number = mem_resize(m->number, m->cap, sizeof *m->number);
		m->story = mem_resize(m->story, m->cap, sizeof *m->story);
		m->feed = mem_resize(m->feed, m->cap, sizeof *m->feed);
	}
	*first = *first ? *first : (int64_t)k + 1;
	m->id[k] = s->id;
	m->at[k] = s->at;
	m->number[k] = number;
	m->story[k] = *first - 1;
	m->feed[k] = feed_number(w, s->feed_id);
}

static void members_clear(struct members *m)
{
	free(m->id);
	free(m->at);
	free(m->number);
	free(m->story);
	free(m->feed);
	map_clear(&m->first);
}

static bool is_changed(const struct members *m, int64_t number)
{
	return map_get(&m->first, (const char *)&number, sizeof number, -1) >= 0;
}

/* Those of the window by what was found; those of before it as they are stored. */
static enum err gather(struct window *w, struct members *m, struct err_info *info)
{
	size_t n = m->first.n, k = 0;
	int64_t *number = arena_zero(w->a, n + 1, sizeof *number);
	enum err e = OK;

	for (size_t i = 0; i < m->first.cap; i++)
		if (m->first.slot[i].key)
			memcpy(&number[k++], m->first.slot[i].key, sizeof *number);
	qsort(number, n, sizeof *number, compare);
	for (size_t i = 0; i < w->n; i++)
		if (is_changed(m, number_of(w, i)))
			add_member(w, m, n, &w->list.one[i], number_of(w, i));
	for (size_t i = 0; i < n && e == OK; i++) {
		struct story_articles s = { 0 };

		e = stories_articles(w->r->st, number[i], w->a, &s, info);
		for (size_t j = 0; e == OK && j < s.n; j++)
			if (s.one[j].at < w->r->from)
				add_member(w, m, n, &s.one[j], number[i]);
	}
	return e;
}

static int by_article(const void *a, const void *b)
{
	const struct retold *x = a, *y = b;

	return (x->article > y->article) - (x->article < y->article);
}

/* Copies count once, and coverage is as of the newest article, as in a whole run. */
static enum err weigh(const struct window *w, const struct members *m, struct retold_list *out, struct err_info *info)
{
	struct last_run now = *w->r->run;
	uint64_t *hash = arena_zero(w->a, m->n + 1, sizeof *hash);
	int *voice = arena_zero(w->a, m->n + 1, sizeof *voice), *feeds = arena_zero(w->a, m->n + 1, sizeof *feeds);
	double *coverage = arena_zero(w->a, m->n + 1, sizeof *coverage);
	enum err e = story_hashes(w->r->st, m->id, m->story, m->n, hash, info);

	if (e != OK)
		return e;
	now.newest = w->r->newest;
	tellings_voices(m->story, m->feed, m->at, hash, m->n, voice);
	stories_coverage(m->story, voice, m->at, m->n, w->r->newest, coverage, feeds);
	out->one = arena_zero(w->a, m->n + 1, sizeof *out->one);
	out->n = m->n;
	for (size_t i = 0; i < m->n; i++)
		out->one[i] = (struct retold){ m->id[i], m->number[i], feeds[i], run_stored(&now, coverage[i]) };
	qsort(out->one, out->n, sizeof *out->one, by_article);
	return OK;
}

enum err retell_stories(const struct retelling *r, struct arena *a, struct retold_list *out, struct err_info *info)
{
	struct window w = { .r = r, .a = a, .feeds = MAP_INIT };
	struct members m = { .first = MAP_INIT };
	enum err e = load_window(&w, info);

	if (e == OK)
		e = group(&w, info);
	if (e == OK) {
		find_changed(&w, &m);
		e = gather(&w, &m, info);
	}
	if (e == OK)
		e = weigh(&w, &m, out, info);
	members_clear(&m);
	map_clear(&w.feeds);
	csr_clear(&w.rows);
	return e;
}
