#include "app/topics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "base/map.h"
#include "base/utf8.h"
#include "model/lineage.h"
#include "model/topics.h"
#include "text/lang.h"

#define SEED 20260401u
#define CANDIDATES 40    /* telling terms that are looked at for a name */
#define FULL_SHARE 0.25  /* a category that a quarter of the articles have counts in full */

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

/* ---- what a topic's articles say of themselves ---- */

/* One topic: its articles' languages, and the words of their categories and feeds. */
struct sayings {
	struct map languages;  /* -> articles */
	struct map categories; /* word -> articles */
	struct map feeds;      /* word of a feed's title -> 1 */
	size_t articles;
};

static void count_words(struct map *m, const char *text, struct arena *scratch)
{
	const char *key = category_key(scratch, text, strlen(text));

	while (*key) {
		size_t n = strcspn(key, " \n\t,;:/&()-");

		if (n)
			++*map_at(m, key, n, 0, NULL);
		key += n + (key[n] != '\0');
	}
}

static void listen(struct sayings *s, const struct topic_day *day, const int *topic, int which, struct arena *scratch)
{
	for (size_t i = 0; i < day->items->n; i++) {
		const struct item *it = &day->items->item[i];
		const char *language = it->language ? it->language : "";

		if (topic[i] != which)
			continue;
		s->articles++;
		++*map_at(&s->languages, language, strcspn(language, "-_"), 0, NULL);
		if (it->categories)
			count_words(&s->categories, it->categories, scratch);
		if (it->feed_title)
			count_words(&s->feeds, it->feed_title, scratch);
	}
}

static void sayings_clear(struct sayings *s)
{
	map_clear(&s->languages);
	map_clear(&s->categories);
	map_clear(&s->feeds);
}

static const char *language_of(const struct sayings *s)
{
	const struct map_slot *most = NULL;

	for (size_t i = 0; i < s->languages.cap; i++) {
		const struct map_slot *slot = &s->languages.slot[i];

		if (slot->key && (!most || slot->value > most->value))
			most = slot;
	}
	return most ? most->key : "";
}

/* ---- the terms that tell a topic ---- */

struct telling {
	uint32_t term;
	const char *name;
	double weight;
};

/* A name for people: no single character, no number, no stop word, nothing that a feed calls itself. */
static bool speaks(const char *name, const struct sayings *s, const char *language)
{
	size_t n = strlen(name), letters = 0, at = 0;
	bool digits = true;

	while (at < n) {
		uint32_t cp;

		at += utf8_decode(name + at, n - at, &cp);
		letters++;
		digits = digits && (cp < 'A' || (cp >= '0' && cp <= '9'));
	}
	if (letters < 2 || digits || lang_stop_word(language, name, n) || lang_stop_word("en", name, n))
		return false;
	/* what feed and category both say is what it is about */
	return !map_get(&s->feeds, name, n, 0) || map_get(&s->categories, name, n, 0);
}

static int by_weight(const void *a, const void *b)
{
	const struct telling *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->term > y->term) - (x->term < y->term);
}

/* The TOPIC_LASTS best of the candidates; a word that many articles have as their category weighs up to twice. Returns how many. */
static size_t choose_terms(struct store *st, struct arena *a, const struct sayings *s, const uint32_t *term, const double *weight, struct telling *out)
{
	const char *language = language_of(s);
	struct telling all[CANDIDATES];
	size_t n = 0;

	for (size_t i = 0; i < CANDIDATES && term[i] != UINT32_MAX; i++) {
		const char *name = terms_name(st, term[i], a);
		double share = (double)map_get(&s->categories, name, strlen(name), 0) / (double)s->articles;

		if (speaks(name, s, language))
			all[n++] = (struct telling){ term[i], name, weight[i] * (1 + fmin(1, sqrt(share / FULL_SHARE))) };
	}
	qsort(all, n, sizeof *all, by_weight);
	n = n < TOPIC_LASTS ? n : TOPIC_LASTS;
	memcpy(out, all, n * sizeof *out);
	return n;
}

/* ---- names ---- */

static bool alike(const char *a, const char *b)
{
	return strstr(a, b) || strstr(b, a);
}

static const char *coin(struct arena *a, const struct telling *t, size_t n)
{
	if (!n)
		return "mixed";
	for (size_t i = 1; i < n; i++)
		if (!alike(t[0].name, t[i].name))
			return arena_printf(a, "%s, %s", t[0].name, t[i].name);
	return t[0].name;
}

/* Are more than half of the terms that a topic was named for no more among its telling terms? */
static bool has_changed(const struct topic_row *old, const struct telling *t, size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < old->n_named_for; i++)
		for (size_t j = 0; j < n; j++)
			left += old->named_for[i] == t[j].term;
	return 2 * left < old->n_named_for;
}

static void fill_row(struct arena *a, const struct topic_row *old, const struct telling *t, size_t n, struct topic_row *row)
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
static void name_all(struct store *st, struct arena *a, const struct topic_day *day, const int *topic, const struct topic_row *old, size_t n_old, struct topic_row *rows,
		     int numbers)
{
	uint32_t *term = arena_alloc(a, ((size_t)numbers + 1) * CANDIDATES * sizeof *term);
	double *weight = arena_zero(a, ((size_t)numbers + 1) * CANDIDATES, sizeof *weight);

	topics_telling(day->rows, topic, numbers, CANDIDATES, term, weight);
	for (int t = 0; t < numbers; t++) {
		struct sayings s = { .articles = 0 };
		struct telling telling[TOPIC_LASTS];
		size_t n;

		listen(&s, day, topic, t, a);
		if (s.articles) {
			n = choose_terms(st, a, &s, term + (size_t)t * CANDIDATES, weight + (size_t)t * CANDIDATES, telling);
			rows[t].articles = (int64_t)s.articles;
			fill_row(a, find_row(old, n_old, t), telling, n, &rows[t]);
		}
		sayings_clear(&s);
	}
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
		name_all(st, &a, day, topic, old, n_old, rows, numbers);
		e = topics_put(st, rows, (size_t)most, info);
	}
	arena_clear(&a);
	return e;
}
