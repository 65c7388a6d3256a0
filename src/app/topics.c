#include "app/topics.h"

#include <stdlib.h>
#include <string.h>

#include "app/languages.h"
#include "app/topic_words.h"
#include "model/blas.h"
#include "model/lineage.h"
#include "model/topics.h"

#define SEED 20260401u
#define FEED_WEIGHT 0.5f /* of the mean of a feed's articles, beside the article's own vector */
#define CANDIDATES 100   /* telling terms that are looked at for a name */

/* ---- what they are made of ---- */

size_t topic_dims(int n_words, int n_text)
{
	return (size_t)n_words + (size_t)n_text + LANGUAGES_MOST;
}

void topic_row(const float *words, size_t n_words, const float *text, size_t n_text, const float *mean, int language, float *out)
{
	const float half = 0.70710678f;
	float *drawn = out + n_words; /* the text, drawn towards what its feed is about */

	memset(out, 0, (n_words + n_text + LANGUAGES_MOST) * sizeof *out);
	if (n_text) {
		memcpy(drawn, text, n_text * sizeof *drawn);
		blas_axpy(n_text, FEED_WEIGHT, mean, drawn);
		blas_unit(n_text, drawn);
	}
	topics_row(words, n_words, drawn, n_text, out);
	for (size_t k = 0; k < n_words + n_text; k++)
		out[k] *= half;
	out[n_words + n_text + (size_t)language] = half;
}

/* ---- numbers ---- */

/* Yesterday's topics of the articles. living [out]: how many there were. */
static enum err yesterday(struct store *st, const struct item_list *items, int *topic, int *living, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	bool seen[LINEAGE_MOST] = { false };
	enum err e = OK;

	*living = 0;
	for (size_t i = 0; i < items->n && e == OK; i++) {
		struct derived der = { .topic = -1 };

		e = derived_get(st, items->item[i].id, &a, &der, info);
		topic[i] = e == OK && der.topic < LINEAGE_MOST ? der.topic : -1;
		if (topic[i] >= 0 && !seen[topic[i]]) {
			seen[topic[i]] = true;
			++*living;
		}
		if (e == ERR_NOTFOUND)
			e = OK;
		arena_clear(&a);
	}
	return e;
}

enum err topics_follow(struct store *st, const struct topic_day *day, int *topic, int *numbers, struct err_info *info)
{
	bool given[LINEAGE_MOST];
	size_t n = day->items->n;
	int living = 0, k;
	enum err e = yesterday(st, day->items, topic, &living, info);

	if (e == OK)
		e = topics_given(st, given, LINEAGE_MOST, info);
	if (e != OK)
		return e;
	k = day->d ? lineage_count(living, n) : 0;
	*numbers = lineage_fit(day->vec, n, (size_t)day->d, k, SEED, given, day->afresh, topic);
	return OK;
}

/* ---- names ---- */

static bool alike(const char *a, const char *b)
{
	return strstr(a, b) || strstr(b, a);
}

static const char *coin(struct arena *a, const struct topic_word *t, size_t n)
{
	if (!n)
		return "mixed";
	for (size_t i = 1; i < n; i++)
		if (!alike(t[0].name, t[i].name))
			return arena_printf(a, "%s, %s", t[0].name, t[i].name);
	return t[0].name;
}

/* Are more than half of the terms that a topic was named for no more among its telling terms? */
static bool has_changed(const struct topic_row *old, const struct topic_word *t, size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < old->n_named_for; i++)
		for (size_t j = 0; j < n; j++)
			left += old->named_for[i] == t[j].term;
	return 2 * left < old->n_named_for;
}

static void fill_row(struct arena *a, const struct topic_row *old, const struct topic_word *t, size_t n, struct topic_row *row)
{
	struct buf terms = BUF_INIT;
	size_t shown = n < TOPIC_TERMS ? n : TOPIC_TERMS;
	uint32_t *named_for;

	for (size_t i = 0; i < shown; i++)
		buf_printf(&terms, "%s%s", i ? "\n" : "", t[i].name);
	row->terms = arena_strdup(a, buf_str(&terms));
	buf_clear(&terms);
	if (old && old->articles && old->n_named_for && !has_changed(old, t, n)) {
		row->name = old->coined;
		row->named_for = old->named_for;
		row->n_named_for = old->n_named_for;
		return;
	}
	named_for = arena_alloc(a, (n + 1) * sizeof *named_for);
	for (size_t i = 0; i < shown; i++)
		named_for[i] = t[i].term;
	row->name = coin(a, t, n);
	row->named_for = named_for;
	row->n_named_for = shown;
}

static const struct topic_row *find_row(const struct topic_row *rows, size_t n, int id)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id)
			return &rows[i];
	return NULL;
}

/* rows (numbers) come with id alone. */
static enum err name_all(struct store *st, struct arena *a, const struct topic_day *day, const int *topic, const struct topic_row *old, size_t n_old, struct topic_row *rows,
			 int numbers, struct err_info *info)
{
	uint32_t *term = arena_alloc(a, ((size_t)numbers + 1) * CANDIDATES * sizeof *term);
	double *weight = arena_zero(a, ((size_t)numbers + 1) * CANDIDATES, sizeof *weight);
	struct words *words;
	enum err e = words_new(&words, info);

	if (e != OK)
		return e;
	topics_telling(day->rows, topic, numbers, CANDIDATES, term, weight);
	for (int t = 0; t < numbers; t++) {
		struct topic_words w = { .day = day, .topic = topic, .which = t, .words = words };
		struct topic_word found[TOPIC_LASTS];
		size_t n = topic_words_choose(&w, st, a, term + (size_t)t * CANDIDATES, weight + (size_t)t * CANDIDATES, CANDIDATES, found, TOPIC_LASTS);

		rows[t].articles = (int64_t)w.articles;
		if (w.articles)
			fill_row(a, find_row(old, n_old, t), found, n, &rows[t]);
	}
	words_free(words);
	return OK;
}

enum err topics_keep(struct store *st, const struct topic_day *day, const int *topic, int numbers, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	bool given[LINEAGE_MOST];
	struct topic_row *old, *rows;
	size_t n_old;
	int most = numbers;
	enum err e = topics_load(st, &a, &old, &n_old, info);

	if (e == OK)
		e = topics_given(st, given, LINEAGE_MOST, info);
	if (e == OK) {
		for (int t = most; t < LINEAGE_MOST; t++)
			most = given[t] ? t + 1 : most;
		rows = arena_zero(&a, (size_t)most + 1, sizeof *rows);
		for (int t = 0; t < most; t++)
			rows[t].id = t;
		e = name_all(st, &a, day, topic, old, n_old, rows, numbers, info);
		if (e == OK)
			e = topics_put(st, rows, (size_t)most, info);
	}
	arena_clear(&a);
	return e;
}
