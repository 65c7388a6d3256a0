#include "rank/corpus.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *const facet_word[FACET_COUNT] = {
#define X(name, word) word,
	FACETS(X)
#undef X
};

static const struct { int below; const char *name; } lengths[LENGTHS] = { { 120, "notes" }, { 400, "short articles" }, { 1000, "articles" }, { INT_MAX, "long reads" } };

void corpus_init(struct corpus *c, int words, int lsa)
{
	*c = (struct corpus){ .side = { [SIDE_WORDS] = { NULL, words }, [SIDE_TITLE] = { NULL, words }, [SIDE_LSA] = { NULL, lsa } }, .by_id = MAP_INIT, .terms = CSR_INIT, .arena = ARENA_INIT,
			      .values = { [FACET_LENGTH] = LENGTHS } };
}

void corpus_clear(struct corpus *c)
{
	free(c->doc);
	free(c->df);
	for (int s = 0; s < SIDE_COUNT; s++)
		free(c->side[s].vec);
	csr_clear(&c->terms);
	map_clear(&c->by_id);
	arena_clear(&c->arena);
	*c = (struct corpus){ 0 };
}

static void grow(struct corpus *c)
{
	if (c->n < c->cap)
		return;
	c->cap = c->cap ? 2 * c->cap : 64;
	c->doc = mem_resize(c->doc, c->cap, sizeof *c->doc);
	for (int s = 0; s < SIDE_COUNT; s++)
		if (c->side[s].d)
			c->side[s].vec = mem_resize(c->side[s].vec, c->cap * (size_t)c->side[s].d, sizeof(float));
}

static void put_row(struct dense *side, size_t at, const float *vec)
{
	size_t d = (size_t)side->d;

	if (d && vec)
		memcpy(side->vec + at * d, vec, d * sizeof *vec);
	else if (d)
		memset(side->vec + at * d, 0, d * sizeof *vec);
}

static void count_terms(struct corpus *c, const uint32_t *col, size_t n)
{
	size_t cap = n ? col[n - 1] + (size_t)1 : 0;

	if (cap > c->df_cap) {
		cap = cap > 2 * c->df_cap ? cap : 2 * c->df_cap;
		c->df = mem_resize(c->df, cap, sizeof *c->df);
		memset(c->df + c->df_cap, 0, (cap - c->df_cap) * sizeof *c->df);
		c->df_cap = cap;
	}
	for (size_t i = 0; i < n; i++)
		c->df[col[i]]++;
}

/* A copy of the values in the arena; NULL with *n = 0 where there are none. */
static const int *keep(struct corpus *c, const int *value, int *n)
{
	if (*n <= 0) {
		*n = 0;
		return NULL;
	}
	return memcpy(arena_alloc(&c->arena, (size_t)*n * sizeof *value), value, (size_t)*n * sizeof *value);
}

size_t corpus_add(struct corpus *c, const struct doc *doc, const uint32_t *col, const float *val, size_t n, struct doc_vectors vec)
{
	size_t at = c->n;
	struct doc *mine;

	grow(c);
	mine = &c->doc[at];
	*mine = *doc;
	mine->cat = keep(c, doc->cat, &mine->n_cat);
	mine->tag = keep(c, doc->tag, &mine->n_tag);
	csr_add_row(&c->terms, col, val, n);
	count_terms(c, col, n);
	for (int s = 0; s < SIDE_COUNT; s++)
		put_row(&c->side[s], at, vec.of[s]);
	*map_at(&c->by_id, (const char *)&mine->id, sizeof mine->id, 0, NULL) = (int64_t)at;
	c->n++;
	return at;
}

double corpus_term_share(const struct corpus *c, uint32_t col)
{
	if (c->term_share)
		return (double)c->term_share[col];
	return col < c->df_cap && c->n ? (double)c->df[col] / (double)c->n : 0;
}

int64_t corpus_find(const struct corpus *c, int64_t id)
{
	return map_get(&c->by_id, (const char *)&id, sizeof id, -1);
}

const float *corpus_vector(const struct corpus *c, enum corpus_side side, size_t doc)
{
	return c->side[side].d ? c->side[side].vec + doc * (size_t)c->side[side].d : NULL;
}

bool corpus_has_vector(const struct corpus *c, enum corpus_side side, size_t doc)
{
	const float *x = corpus_vector(c, side, doc);

	for (int i = 0; i < c->side[side].d; i++)
		if (x[i] != 0)
			return true;
	return false;
}

int doc_first(const struct doc *d, enum facet f)
{
	int one, n;
	const int *value = doc_facet(d, f, &one, &n);

	return n ? value[0] : -1;
}

int doc_length(const struct doc *d)
{
	int i = 0;

	if (d->words <= 0)
		return -1;
	while (d->words >= lengths[i].below && i + 1 < LENGTHS)
		i++;
	return i;
}

const char *length_name(int length)
{
	return length >= 0 && length < LENGTHS ? lengths[length].name : NULL;
}

const int *doc_facet(const struct doc *d, enum facet f, int *one, int *n)
{
	switch (f) {
	case FACET_CATEGORY:
		*n = d->n_cat;
		return d->n_cat ? d->cat : NULL;
	case FACET_TAG:
		*n = d->n_tag;
		return d->n_tag ? d->tag : NULL;
	case FACET_FEED:
		*one = d->feed;
		break;
	case FACET_TOPIC:
		*one = d->topic;
		break;
	case FACET_AUTHOR:
		*one = d->author;
		break;
	case FACET_LANGUAGE:
		*one = d->language;
		break;
	case FACET_LENGTH:
	case FACET_COUNT:
		*one = doc_length(d);
		break;
	}
	*n = *one >= 0;
	return *n ? one : NULL;
}
