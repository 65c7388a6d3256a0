#include "model/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NONE SIZE_MAX
#define HALF_LIFE (12.0 * 3600)

/* ---- an inverted index over rare terms ---- */

/* A term in an article, which is told by its place in the order of time. */
struct posting {
	uint32_t place;
	float val;
};

struct index {
	const struct csr *m;
	unsigned char *rare;  /* (cols) */
	size_t *first, *end;  /* (cols) its postings so far, oldest first */
	struct posting *post;
};

/* Fills rare and first, whose room is for all postings that there will be. Returns how many. */
static size_t find_rare(struct index *x)
{
	const struct csr *m = x->m;
	double share = STORY_RARE_SHARE * (double)m->rows, most = share > STORY_RARE ? share : STORY_RARE;
	size_t *df = mem_zero(m->cols + 1, sizeof *df), n = 0;

	for (size_t p = 0; m->rows > 0 && p < m->ptr[m->rows]; p++)
		df[m->col[p]]++;
	for (size_t c = 0; c < m->cols; c++) {
		x->rare[c] = (double)df[c] <= most;
		x->first[c] = x->end[c] = n;
		n += x->rare[c] ? df[c] : 0;
	}
	free(df);
	return n;
}

static void index_init(struct index *x, const struct csr *m)
{
	size_t n;

	*x = (struct index){ .m = m, .rare = mem_zero(m->cols + 1, sizeof *x->rare) };
	x->first = mem_zero(m->cols + 1, sizeof *x->first);
	x->end = mem_zero(m->cols + 1, sizeof *x->end);
	n = find_rare(x);
	x->post = mem_alloc((n + 1) * sizeof *x->post);
}

static void index_add(struct index *x, size_t row, size_t place)
{
	for (size_t k = x->m->ptr[row]; k < x->m->ptr[row + 1]; k++) {
		uint32_t c = x->m->col[k];

		if (x->rare[c])
			x->post[x->end[c]++] = (struct posting){ (uint32_t)place, x->m->val[k] };
	}
}

static void index_clear(struct index *x)
{
	free(x->rare);
	free(x->first);
	free(x->end);
	free(x->post);
}

/* The length of what isn't rare in a row: it bounds what such terms add to a cosine. */
static float common_length(const struct index *x, size_t row)
{
	double squares = 0;

	for (size_t k = x->m->ptr[row]; k < x->m->ptr[row + 1]; k++)
		squares += x->rare[x->m->col[k]] ? 0 : (double)x->m->val[k] * x->m->val[k];
	return (float)sqrt(squares);
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

/* What two rows share: rare terms, and of those their part of the cosine; rare terms by their spelling. */
struct met {
	uint32_t shared, spelt;
	float dot;
};

/* The least cosine with which rows i and j can be near at all; 0 where it says nothing, because they are in different languages. */
static double least_cosine(const struct story_corpus *c, size_t i, size_t j, const struct met *met, int64_t apart)
{
	if (c->feed && c->feed[i] == c->feed[j])
		return met->shared && apart <= STORY_AGAIN ? STORY_SAME_FEED : INFINITY;
	if (foreign(c, i, j))
		return apart <= STORY_FOREIGN && met->spelt >= STORY_TERMS ? 0 : met->shared ? STORY_ALIKE : INFINITY;
	return met->shared >= STORY_TERMS ? stories_asked(STORY_NAMES, 0, apart) : met->shared ? STORY_ALIKE : INFINITY;
}

/* Rows i and j, `apart` seconds from each other, whose cosine is at least the least. */
static bool near(const struct story_corpus *c, const struct index *terms, const struct index *spelt, size_t i, size_t j, const struct met *met,
		 int64_t apart, double cosine)
{
	int names, unsure;

	if ((c->feed && c->feed[i] == c->feed[j]) || (met->shared && cosine >= STORY_ALIKE))
		return true;
	if (foreign(c, i, j)) /* by the names that are spelt alike */
		return count_names(c, spelt, i, j, &unsure) >= STORY_NAMES;
	names = count_names(c, terms, i, j, &unsure); /* last, because names are costly to find */
	return cosine >= stories_asked(names, unsure, apart);
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
	const struct dated *order; /* (rows) */
	struct index terms, spelt; /* spelt: empty where it would be the same */
	bool abroad;          /* are spellings something else than terms? */
	int64_t *story;
	size_t *next_told;    /* (rows) next article of the same story, NONE at its end */
	size_t *last_told;    /* (rows) of a story's first article: its last */
	float *common;        /* (rows by place) length of the terms that aren't rare */
	size_t oldest;        /* the first place within the window */
	struct met *met;      /* (rows by place) of the article in hand with earlier ones; all zero between two */
	uint32_t *place;      /* (rows) those that it met ... */
	size_t n_met;
	float *row;           /* (cols) the article in hand, terms that it hasn't are 0 */
};

static void spread(struct pass *p, size_t i, bool on)
{
	const struct csr *m = p->c->m;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++)
		p->row[m->col[k]] = on ? m->val[k] : 0;
}

/* csr_dot of the article in hand and row j, to the last bit. */
static double dot(const struct pass *p, size_t j)
{
	const struct csr *m = p->c->m;
	double sum = 0;

	for (size_t k = m->ptr[j]; k < m->ptr[j + 1]; k++)
		sum += (double)p->row[m->col[k]] * m->val[k];
	return (double)(float)sum;
}

/* Mean cosine of row i, the one in hand, with the articles of a story that aren't in another language; STORY_MEAN where there are none. */
static double mean_cosine(const struct pass *p, size_t i, size_t first)
{
	double sum = 0;
	size_t n = 0;

	for (size_t j = first; j != NONE; j = p->next_told[j])
		if (!foreign(p->c, i, j)) {
			sum += dot(p, j);
			n++;
		}
	return n ? sum / (double)n : STORY_MEAN;
}

static struct met *meet(struct pass *p, uint32_t place)
{
	struct met *met = &p->met[place];

	if (!met->shared && !met->spelt)
		p->place[p->n_met++] = place;
	return met;
}

/* All that share a rare term with row i within the window. */
static void meet_all(struct pass *p, size_t i)
{
	const struct csr *m = p->terms.m;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++) {
		size_t first = p->terms.first[m->col[k]];

		for (size_t at = p->terms.end[m->col[k]]; at > first && p->terms.post[at - 1].place >= p->oldest; at--) {
			struct met *met = meet(p, p->terms.post[at - 1].place);

			met->shared++;
			met->dot += m->val[k] * p->terms.post[at - 1].val;
		}
	}
}

static void meet_abroad(struct pass *p, size_t i)
{
	const struct csr *m = p->spelt.m;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++) {
		size_t first = p->spelt.first[m->col[k]];

		for (size_t at = p->spelt.end[m->col[k]]; at > first && p->spelt.post[at - 1].place >= p->oldest; at--)
			meet(p, p->spelt.post[at - 1].place)->spelt++;
	}
}

/* The earlier article at a place for row i; best and story so far. Ties go to the story that began with the lower row. */
static void consider(struct pass *p, size_t i, size_t here, uint32_t place, double *best, size_t *first)
{
	const struct met met = p->met[place];
	size_t j = p->order[place].row, candidate = (size_t)p->story[j];
	int64_t apart = p->order[here].at - p->order[place].at;
	double least = least_cosine(p->c, i, j, &met, apart), cosine;

	/* no more than the rare terms and the lengths of the others allow; the margin is for rounding */
	if ((double)(met.dot + p->common[here] * p->common[place]) + 1e-4 < fmax(least, *best))
		return;
	cosine = dot(p, j);
	if (cosine < least || cosine < *best || (cosine == *best && candidate >= *first))
		return;
	if (!near(p->c, &p->terms, p->abroad ? &p->spelt : &p->terms, i, j, &met, apart, cosine))
		return;
	if (candidate != *first && mean_cosine(p, i, candidate) < STORY_MEAN)
		return;
	*best = cosine;
	*first = candidate;
}

/* The window ends at the article `here`. What lies so far back that the difference overflows lies outside. */
static void move_window(struct pass *p, size_t here)
{
	int64_t apart;

	while (__builtin_sub_overflow(p->order[here].at, p->order[p->oldest].at, &apart) || apart > STORY_WINDOW)
		p->oldest++;
}

/* The first article of the story that the article at this place joins, or NONE. */
static size_t story_of(struct pass *p, size_t here)
{
	size_t first = NONE, i = p->order[here].row;
	double best = 0;

	move_window(p, here);
	p->common[here] = common_length(&p->terms, i);
	p->n_met = 0;
	meet_all(p, i);
	if (p->abroad)
		meet_abroad(p, i);
	spread(p, i, true);
	for (size_t k = 0; k < p->n_met; k++) {
		struct met *met = &p->met[p->place[k]];

		if (!p->abroad)
			met->spelt = met->shared;
		consider(p, i, here, p->place[k], &best, &first);
		*met = (struct met){ 0, 0, 0 };
	}
	spread(p, i, false);
	return first;
}

static void tell(struct pass *p, size_t here, size_t first)
{
	size_t i = p->order[here].row;

	p->next_told[i] = NONE;
	if (first == NONE)
		first = i;
	else
		p->next_told[p->last_told[first]] = i;
	p->last_told[first] = i;
	p->story[i] = (int64_t)first;
	index_add(&p->terms, i, here);
	if (p->abroad)
		index_add(&p->spelt, i, here);
}

void stories_group(const struct story_corpus *c, int64_t *story)
{
	size_t n = c->m->rows;
	struct dated *order = in_order(c->at, n);
	struct pass p = { .c = c, .order = order, .abroad = c->spelt && c->language, .story = story };

	index_init(&p.terms, c->m);
	if (p.abroad)
		index_init(&p.spelt, c->spelt);
	p.next_told = mem_zero(n, sizeof *p.next_told);
	p.last_told = mem_zero(n, sizeof *p.last_told);
	p.common = mem_zero(n + 1, sizeof *p.common);
	p.met = mem_zero(n + 1, sizeof *p.met);
	p.place = mem_zero(n + 1, sizeof *p.place);
	p.row = mem_zero(c->m->cols + 1, sizeof *p.row);
	for (size_t i = 0; i < n; i++)
		tell(&p, i, story_of(&p, i));
	free(order);
	index_clear(&p.terms);
	index_clear(&p.spelt);
	free(p.next_told);
	free(p.last_told);
	free(p.common);
	free(p.met);
	free(p.place);
	free(p.row);
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

double stories_fade(double coverage, double seconds)
{
	return log1p(expm1(coverage) * exp2(-seconds / HALF_LIFE));
}
