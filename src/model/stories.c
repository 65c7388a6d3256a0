#include "model/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NONE SIZE_MAX
#define HALF_LIFE (12.0 * 3600)

/* ---- an inverted index over rare terms ---- */

/* One place of a term in an article that has been seen; a term's places are a list, latest first. */
struct place {
	size_t row, next;
};

struct index {
	const struct csr *m;
	unsigned char *rare;  /* (cols) */
	size_t *latest;       /* (cols) -> place, NONE */
	struct place *place;
	size_t n, cap;
};

static void find_rare(const struct csr *m, unsigned char *rare)
{
	size_t *df = mem_zero(m->cols, sizeof *df);
	double share = STORY_RARE_SHARE * (double)m->rows, most = share > STORY_RARE ? share : STORY_RARE;

	for (size_t p = 0; m->rows > 0 && p < m->ptr[m->rows]; p++)
		df[m->col[p]]++;
	for (size_t c = 0; c < m->cols; c++)
		rare[c] = (double)df[c] <= most;
	free(df);
}

static void index_init(struct index *x, const struct csr *m)
{
	*x = (struct index){ .m = m, .rare = mem_zero(m->cols, sizeof *x->rare), .latest = mem_alloc((m->cols + 1) * sizeof *x->latest) };
	memset(x->latest, 0xFF, m->cols * sizeof *x->latest);
	find_rare(m, x->rare);
}

static void index_add(struct index *x, size_t row)
{
	for (size_t k = x->m->ptr[row]; k < x->m->ptr[row + 1]; k++) {
		uint32_t c = x->m->col[k];

		if (!x->rare[c])
			continue;
		MEM_GROW(x->place, x->n, x->cap);
		x->place[x->n] = (struct place){ row, x->latest[c] };
		x->latest[c] = x->n++;
	}
}

static void index_clear(struct index *x)
{
	free(x->rare);
	free(x->latest);
	free(x->place);
}

/* ---- are two articles near enough? ---- */

/* The next rare term that both rows have from places p and q on; false at the end. */
static bool next_shared(const struct index *x, size_t i, size_t j, size_t *p, size_t *q, uint32_t *col)
{
	const struct csr *m = x->m;

	while (*p < m->ptr[i + 1] && *q < m->ptr[j + 1]) {
		uint32_t a = m->col[*p], b = m->col[*q];

		*p += a <= b;
		*q += b <= a;
		if (a == b && x->rare[a]) {
			*col = a;
			return true;
		}
	}
	return false;
}

static int count_terms(const struct index *x, size_t i, size_t j)
{
	size_t p = x->m->ptr[i], q = x->m->ptr[j];
	uint32_t col;
	int n = 0;

	while (next_shared(x, i, j, &p, &q, &col))
		n++;
	return n;
}

/* How many of the shared rare terms are names, up to STORY_NAMES; how many before that are unsure. */
static int count_names(const struct story_corpus *c, const struct index *x, size_t i, size_t j, int *unsure)
{
	size_t p = x->m->ptr[i], q = x->m->ptr[j];
	uint32_t col;
	int names = 0;

	*unsure = 0;
	while (names < STORY_NAMES && next_shared(x, i, j, &p, &q, &col)) {
		enum story_term is = c->name ? c->name(c->user, i, j, col) : STORY_NAME;

		names += is == STORY_NAME;
		*unsure += is == STORY_UNSURE;
	}
	return names;
}

double stories_asked(int names, int unsure, int64_t apart)
{
	double least = names >= STORY_NAMES ? STORY_COSINE : names || unsure >= STORY_TERMS ? STORY_ONE_NAME : STORY_ALIKE;

	return least + (STORY_ALIKE - least) * (double)apart / (double)STORY_WINDOW;
}

static bool foreign(const struct story_corpus *c, size_t i, size_t j)
{
	return c->language && c->language[i] >= 0 && c->language[j] >= 0 && c->language[i] != c->language[j];
}

/* In different languages: by the names that are spelt alike. */
static bool near_abroad(const struct story_corpus *c, const struct index *spelt, size_t i, size_t j, int64_t apart)
{
	int unsure;

	return apart <= STORY_FOREIGN && count_terms(spelt, i, j) >= STORY_TERMS && count_names(c, spelt, i, j, &unsure) >= STORY_NAMES;
}

/* Rows i and j, `apart` seconds from each other. cosine [out]. */
static bool near(const struct story_corpus *c, const struct index *terms, const struct index *spelt, size_t i, size_t j, int64_t apart, double *cosine)
{
	int shared = count_terms(terms, i, j), names, unsure;

	*cosine = (double)csr_dot(c->m, i, c->m, j);
	if (c->feed && c->feed[i] == c->feed[j])
		return shared && apart <= STORY_AGAIN && *cosine >= STORY_SAME_FEED;
	if (shared && *cosine >= STORY_ALIKE)
		return true;
	if (foreign(c, i, j))
		return near_abroad(c, spelt, i, j, apart);
	if (shared < STORY_TERMS || *cosine < stories_asked(STORY_NAMES, 0, apart))
		return false;
	names = count_names(c, terms, i, j, &unsure); /* last, because names are costly to find */
	return *cosine >= stories_asked(names, unsure, apart);
}

/* ---- the order of time ---- */

struct dated {
	int64_t at;
	size_t row;
};

static int by_time(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static struct dated *in_order(const int64_t *at, size_t n)
{
	struct dated *order = mem_zero(n, sizeof *order);

	for (size_t i = 0; i < n; i++)
		order[i] = (struct dated){ at[i], i };
	qsort(order, n, sizeof *order, by_time);
	return order;
}

/* ---- the pass ---- */

struct pass {
	const struct story_corpus *c;
	struct index terms, spelt; /* spelt: empty where it would be the same */
	bool abroad;          /* are spellings something else than terms? */
	int64_t *story;
	size_t *next_told;    /* (rows) next article of the same story, NONE at its end */
	size_t *last_told;    /* (rows) of a story's first article: its last */
	size_t *seen;         /* (rows) the row that last met this one as a candidate, NONE */
};

/* Mean cosine of row i with the articles of a story that aren't in another language; STORY_MEAN where there are none. */
static double mean_cosine(const struct pass *p, size_t i, size_t first)
{
	double sum = 0;
	size_t n = 0;

	for (size_t j = first; j != NONE; j = p->next_told[j])
		if (!foreign(p->c, i, j)) {
			sum += (double)csr_dot(p->c->m, i, p->c->m, j);
			n++;
		}
	return n ? sum / (double)n : STORY_MEAN;
}

/* The candidate j for row i; best and story so far. Ties go to the story that began with the lower row. */
static void consider(struct pass *p, size_t i, size_t j, int64_t apart, double *best, size_t *first)
{
	size_t candidate = (size_t)p->story[j];
	double cosine;

	if (p->seen[j] == i)
		return;
	p->seen[j] = i;
	if (!near(p->c, &p->terms, p->abroad ? &p->spelt : &p->terms, i, j, apart, &cosine) || cosine < *best || (cosine == *best && candidate >= *first))
		return;
	if (candidate != *first && mean_cosine(p, i, candidate) < STORY_MEAN)
		return;
	*best = cosine;
	*first = candidate;
}

/* All that an index has on row i, within the window. */
static void consider_all(struct pass *p, const struct index *x, size_t i, double *best, size_t *first)
{
	for (size_t k = x->m->ptr[i]; k < x->m->ptr[i + 1]; k++) {
		uint32_t c = x->m->col[k];

		for (size_t at = x->rare[c] ? x->latest[c] : NONE; at != NONE; at = x->place[at].next) {
			size_t j = x->place[at].row;
			int64_t apart;

			if (__builtin_sub_overflow(p->c->at[i], p->c->at[j], &apart) || apart > STORY_WINDOW)
				break;
			consider(p, i, j, apart, best, first);
		}
	}
}

/* The first article of the story that row i joins, or NONE. */
static size_t story_of(struct pass *p, size_t i)
{
	double best = 0;
	size_t first = NONE;

	consider_all(p, &p->terms, i, &best, &first);
	if (p->abroad)
		consider_all(p, &p->spelt, i, &best, &first);
	return first;
}

static void tell(struct pass *p, size_t i, size_t first)
{
	p->next_told[i] = NONE;
	if (first == NONE)
		first = i;
	else
		p->next_told[p->last_told[first]] = i;
	p->last_told[first] = i;
	p->story[i] = (int64_t)first;
	index_add(&p->terms, i);
	if (p->abroad)
		index_add(&p->spelt, i);
}

void stories_group(const struct story_corpus *c, int64_t *story)
{
	size_t n = c->m->rows;
	struct pass p = { .c = c, .abroad = c->spelt && c->language, .story = story };
	struct dated *order = in_order(c->at, n);

	index_init(&p.terms, c->m);
	if (p.abroad)
		index_init(&p.spelt, c->spelt);
	p.next_told = mem_zero(n, sizeof *p.next_told);
	p.last_told = mem_zero(n, sizeof *p.last_told);
	p.seen = mem_alloc((n + 1) * sizeof *p.seen);
	memset(p.seen, 0xFF, n * sizeof *p.seen);
	for (size_t i = 0; i < n; i++)
		tell(&p, order[i].row, story_of(&p, order[i].row));
	free(order);
	index_clear(&p.terms);
	index_clear(&p.spelt);
	free(p.next_told);
	free(p.last_told);
	free(p.seen);
}

/* ---- coverage ---- */

/* A telling: sorted, the tellings of one story by one feed stand together, latest first. */
struct telling {
	int64_t story;
	int feed;
	int64_t at;
	size_t row;
};

static int by_story_feed(const void *a, const void *b)
{
	const struct telling *x = a, *y = b;

	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	if (x->feed != y->feed)
		return x->feed < y->feed ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

/* What the feeds of one story, t (n), say together at `now`: each feed by its latest telling. */
static double told(const struct telling *t, size_t n, int64_t now, int *feeds)
{
	double sum = 0;

	*feeds = 0;
	for (size_t i = 0; i < n; i++) {
		double age = now > t[i].at ? (double)now - (double)t[i].at : 0;

		if (i > 0 && t[i].feed == t[i - 1].feed)
			continue;
		++*feeds;
		sum += exp2(-age / HALF_LIFE);
	}
	return log1p(sum);
}

void stories_coverage(const int64_t *story, const int *feed, const int64_t *at, size_t n, int64_t now, double *coverage, int *feeds)
{
	struct telling *t = mem_zero(n, sizeof *t);
	size_t end;

	for (size_t i = 0; i < n; i++)
		t[i] = (struct telling){ story[i], feed[i], at[i], i };
	qsort(t, n, sizeof *t, by_story_feed);
	for (size_t from = 0; from < n; from = end) {
		double together;
		int count;

		for (end = from; end < n && t[end].story == t[from].story; end++)
			;
		together = told(t + from, end - from, now, &count);
		for (size_t i = from; i < end; i++) {
			coverage[t[i].row] = together;
			feeds[t[i].row] = count;
		}
	}
	free(t);
}
