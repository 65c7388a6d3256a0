#include "app/topic_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/load.h"
#include "base/utf8.h"
#include "text/lang.h"

/* ---- what a topic's articles say of themselves ---- */

/* The words of the articles' categories, feeds and titles, and their languages. */
struct sayings {
	struct map languages;  /* -> articles */
	struct map categories; /* word -> articles */
	struct map titles;     /* word -> articles */
	struct map feeds;      /* word of a feed's title -> 1 */
	struct map sizes;      /* feed -> articles */
	size_t articles;
	const char *language;  /* the commonest */
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

static void count_title(struct map *m, struct words *words, const char *title)
{
	size_t n = strlen(title), at = 0, count;
	const struct word *word;

	while ((word = words_next(words, title, n, &at, &count)))
		for (size_t i = 0; i < count; i++) {
			char folded[WORD_MOST];
			size_t len = words_fold(words, title + word[i].from, word[i].to - word[i].from, folded);

			if (len)
				++*map_at(m, folded, len, 0, NULL);
		}
}

static const char *commonest(const struct map *languages)
{
	const struct map_slot *most = NULL;

	for (size_t i = 0; i < languages->cap; i++) {
		const struct map_slot *slot = &languages->slot[i];

		if (slot->key && (!most || slot->value > most->value))
			most = slot;
	}
	return most ? most->key : "";
}

static void listen(struct sayings *s, const struct topic_words *w, struct arena *scratch)
{
	for (size_t i = 0; i < w->day->items->n; i++) {
		const struct item *it = &w->day->items->item[i];

		if (w->topic[i] != w->which)
			continue;
		s->articles++;
		++*map_at(&s->languages, w->day->language[i], strlen(w->day->language[i]), 0, NULL);
		++*map_at(&s->sizes, (const char *)&it->feed_id, sizeof it->feed_id, 0, NULL);
		if (it->categories)
			count_words(&s->categories, it->categories, scratch);
		if (it->feed_title)
			count_words(&s->feeds, it->feed_title, scratch);
		if (it->title)
			count_title(&s->titles, w->words, it->title);
	}
	s->language = commonest(&s->languages);
}

static void sayings_clear(struct sayings *s)
{
	map_clear(&s->languages);
	map_clear(&s->categories);
	map_clear(&s->titles);
	map_clear(&s->feeds);
	map_clear(&s->sizes);
}

/* ---- who has the candidates ---- */

struct candidate {
	const char *name;
	uint32_t term;    /* the most telling of those that are written so */
	double weight;    /* of all of them: two languages, or what was taken for two, have terms of their own for one word */
	size_t in;        /* articles of the topic that have it, */
	size_t in_form;   /* of them those of feeds where nearly every article has it, */
	size_t around;    /* and those of the language */
	struct map feeds; /* feed -> articles of the topic that have it */
};

/* Candidates by their names, into c (n); place [out] (terms) is 1 more than the index of a term's candidate. Returns how many. */
static size_t gather(struct store *st, struct arena *a, const uint32_t *term, const double *weight, size_t n, struct candidate *c, uint16_t *place)
{
	struct map names = MAP_INIT;
	size_t found = 0;

	for (size_t k = 0; k < n && term[k] != UINT32_MAX; k++) {
		const char *name = terms_name(st, term[k], a);
		size_t at = (size_t)*map_at(&names, name, strlen(name), (int64_t)found, NULL);

		if (at == found)
			c[found++] = (struct candidate){ .name = name, .term = term[k] };
		c[at].weight += weight[k];
		place[term[k]] = (uint16_t)(at + 1);
	}
	map_clear(&names);
	return found;
}

static void count_row(const struct csr *m, size_t i, const uint16_t *place, bool inside, const struct item *it, struct candidate *c)
{
	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++) {
		struct candidate *x = place[m->col[k]] ? &c[place[m->col[k]] - 1] : NULL;

		if (!x)
			continue;
		x->around++;
		if (inside) {
			x->in++;
			++*map_at(&x->feeds, (const char *)&it->feed_id, sizeof it->feed_id, 0, NULL);
		}
	}
}

static void find_forms(struct candidate *c, const struct map *sizes)
{
	for (size_t i = 0; i < c->feeds.cap; i++) {
		const struct map_slot *slot = &c->feeds.slot[i];
		int64_t all = slot->key ? map_get(sizes, slot->key, slot->len, 0) : 0;

		if (all >= TOPIC_WORD_FEED && (double)slot->value >= TOPIC_WORD_FORM * (double)all)
			c->in_form += (size_t)slot->value;
	}
}

/* Returns how many articles there are in the topic's language. */
static size_t count_all(const struct topic_words *w, const struct sayings *s, const uint16_t *place, struct candidate *c, size_t n)
{
	const struct csr *m = w->day->rows;
	size_t around = 0;

	for (size_t i = 0; i < m->rows; i++) {
		bool inside = w->topic[i] == w->which, same = strcmp(w->day->language[i], s->language) == 0;

		around += inside || same;
		if (inside || same)
			count_row(m, i, place, inside, &w->day->items->item[i], c);
	}
	for (size_t k = 0; k < n; k++)
		find_forms(&c[k], &s->sizes);
	return around;
}

/* ---- which of them speak ---- */

/* Letters and nothing else about a point: the name of a host, or of a file. */
static bool is_host(const char *name)
{
	const char *point = strchr(name, '.');

	return point && point != name && point[1];
}

/* UTF-8 that was taken for Latin-1 has an "\u00C3" before what was an accent; few languages write such a letter. */
static bool is_garbled(const char *name, const char *language)
{
	static const char *const writes[] = { "pt", "gl", "vi", "" };

	for (size_t i = 0; i < sizeof writes / sizeof *writes; i++)
		if (strcmp(language, writes[i]) == 0)
			return strstr(name, "\xEF\xBF\xBD") != NULL;
	return strstr(name, "\xC3\xA3") || strstr(name, "\xEF\xBF\xBD");
}

/* What is left of markup that a feed escaped once too often, and of addresses. */
static bool is_markup(const char *name)
{
	static const char *const rest[] = { "amp", "apos", "div", "gt", "href", "http", "https", "img", "lt", "nbsp", "quot", "span", "src", "www" };

	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
		if (strcmp(name, rest[i]) == 0)
			return true;
	return strchr(name, '_') != NULL;
}

/* More than one character, and not digits alone. */
static bool has_letters(const char *name, size_t n)
{
	size_t letters = 0, at = 0;
	bool digits = true;

	while (at < n) {
		uint32_t cp;

		at += utf8_decode(name + at, n - at, &cp);
		letters++;
		digits = digits && (cp < 'A' || (cp >= '0' && cp <= '9'));
	}
	return letters >= 2 && !digits;
}

static bool is_word(const char *name, const struct sayings *s)
{
	size_t n = strlen(name);

	return has_letters(name, n) && !is_host(name) && !is_markup(name) && !is_garbled(name, s->language) && !lang_stop_word(s->language, name, n) && !lang_stop_word("en", name, n);
}

/* Is the word of a form that a feed fills in, or what it calls itself? What is a category too is what the articles are about. */
static bool is_feeds_own(const struct candidate *c, const struct sayings *s)
{
	size_t n = strlen(c->name);

	if (map_get(&s->categories, c->name, n, 0))
		return false;
	if ((double)c->in_form >= TOPIC_WORD_FORM * (double)c->in && (double)map_get(&s->titles, c->name, n, 0) < TOPIC_WORD_TITLES * (double)s->articles)
		return true;
	return map_get(&s->feeds, c->name, n, 0) > 0;
}

static int fault_of(const struct candidate *c, const struct sayings *s)
{
	if (s->articles >= TOPIC_WORD_FEED && (c->in < 3 || (double)c->in < TOPIC_WORD_LEAST * (double)s->articles))
		return 2;
	return is_feeds_own(c, s);
}

/* The words among the candidates into out (n). Returns how many. */
static size_t weigh(const struct candidate *c, size_t n, size_t around, const struct sayings *s, struct topic_word *out)
{
	size_t found = 0;

	for (size_t k = 0; k < n; k++) {
		double share = (double)map_get(&s->categories, c[k].name, strlen(c[k].name), 0) / (double)s->articles;
		double rarity = log1p((double)around / (double)c[k].around);

		if (is_word(c[k].name, s))
			out[found++] = (struct topic_word){ c[k].term, c[k].name, c[k].weight * rarity * (1 + fmin(1, sqrt(share / TOPIC_WORD_FULL))), fault_of(&c[k], s) };
	}
	return found;
}

static int by_weight(const void *a, const void *b)
{
	const struct topic_word *x = a, *y = b;

	if (x->fault != y->fault)
		return x->fault - y->fault;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->term > y->term) - (x->term < y->term);
}

/* Words with a fault are left out where there are two better ones. */
static size_t cut(const struct topic_word *word, size_t n)
{
	size_t k = n < 2 ? n : 2;

	while (k < n && word[k].fault <= word[1].fault)
		k++;
	return k;
}

size_t topic_words_choose(struct topic_words *w, struct store *st, struct arena *a, const uint32_t *term, const double *weight, size_t n, struct topic_word *out, size_t most)
{
	struct sayings s = { .articles = 0 };
	struct candidate *c = arena_zero(a, n + 1, sizeof *c);
	struct topic_word *all = arena_zero(a, n + 1, sizeof *all);
	uint16_t *place = mem_zero(w->day->rows->cols + 1, sizeof *place);
	size_t around, found;

	listen(&s, w, a);
	w->articles = s.articles;
	n = gather(st, a, term, weight, n, c, place);
	around = count_all(w, &s, place, c, n);
	found = weigh(c, n, around, &s, all);
	qsort(all, found, sizeof *all, by_weight);
	found = cut(all, found);
	found = found < most ? found : most;
	memcpy(out, all, found * sizeof *out);
	for (size_t k = 0; k < n; k++)
		map_clear(&c[k].feeds);
	sayings_clear(&s);
	free(place);
	return found;
}
