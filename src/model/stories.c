#include "model/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NONE SIZE_MAX
#define HALF_LIFE (12.0 * 3600)

void stories_rare(const struct csr *m, unsigned char *rare)
{
	size_t *df = mem_zero(m->cols, sizeof *df);
	double share = STORY_RARE_SHARE * (double)m->rows, most = share > STORY_RARE ? share : STORY_RARE;

	for (size_t p = 0; m->rows > 0 && p < m->ptr[m->rows]; p++)
		df[m->col[p]]++;
	for (size_t c = 0; c < m->cols; c++)
		rare[c] = (double)df[c] <= most;
	free(df);
}

/* The next rare term that both rows have from places p and q on; false at the end. */
static bool next_shared(const struct csr *m, size_t i, size_t j, const unsigned char *rare, size_t *p, size_t *q, uint32_t *col)
{
	while (*p < m->ptr[i + 1] && *q < m->ptr[j + 1]) {
		uint32_t a = m->col[*p], b = m->col[*q];

		*p += a <= b;
		*q += b <= a;
		if (a == b && rare[a]) {
			*col = a;
			return true;
		}
	}
	return false;
}

static int count_terms(const struct csr *m, size_t i, size_t j, const unsigned char *rare)
{
	size_t p = m->ptr[i], q = m->ptr[j];
	uint32_t col;
	int n = 0;

	while (next_shared(m, i, j, rare, &p, &q, &col))
		n++;
	return n;
}

/* Are at least STORY_NAMES of the shared rare terms names? */
static bool enough_names(const struct story_corpus *c, size_t i, size_t j, const unsigned char *rare)
{
	size_t p = c->m->ptr[i], q = c->m->ptr[j];
	uint32_t col;
	int names = 0;

	while (names < STORY_NAMES && next_shared(c->m, i, j, rare, &p, &q, &col))
		names += !c->name || c->name(c->user, i, j, col);
	return names >= STORY_NAMES;
}

static bool foreign(const struct story_corpus *c, size_t i, size_t j)
{
	return c->language && c->language[i] >= 0 && c->language[j] >= 0 && c->language[i] != c->language[j];
}

int stories_near(const struct story_corpus *c, size_t i, size_t j, const unsigned char *rare, double *cosine)
{
	bool same_feed = c->feed && c->feed[i] == c->feed[j];
	int shared = count_terms(c->m, i, j, rare);

	*cosine = (double)csr_dot(c->m, i, c->m, j);
	if (shared < 1)
		return 0;
	if (same_feed)
		return *cosine >= STORY_SAME_FEED;
	if (*cosine >= STORY_ALIKE)
		return 1;
	if (shared < STORY_TERMS || (*cosine < STORY_COSINE && !foreign(c, i, j)))
		return 0;
	return enough_names(c, i, j, rare); /* last, because names are costly to find */
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

/* One place of a term in an article that has been seen; a term's places are a list, latest first. */
struct place {
	size_t row, next;
};

struct pass {
	const struct story_corpus *c;
	const struct csr *m;
	const int64_t *at;
	int64_t *story;
	unsigned char *rare;  /* (cols) */
	size_t *latest;       /* (cols) -> place, NONE */
	struct place *place;
	size_t n, cap;
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
			sum += (double)csr_dot(p->m, i, p->m, j);
			n++;
		}
	return n ? sum / (double)n : STORY_MEAN;
}

/* The candidate j for row i; best and story so far. Ties go to the story that began with the lower row. */
static void consider(struct pass *p, size_t i, size_t j, double *best, size_t *first)
{
	size_t candidate = (size_t)p->story[j];
	double cosine;

	if (p->seen[j] == i)
		return;
	p->seen[j] = i;
	if (!stories_near(p->c, i, j, p->rare, &cosine) || cosine < *best || (cosine == *best && candidate >= *first))
		return;
	if (candidate != *first && mean_cosine(p, i, candidate) < STORY_MEAN)
		return;
	*best = cosine;
	*first = candidate;
}

/* Is the earlier row j still within the window of row i? */
static int within(const struct pass *p, size_t i, size_t j)
{
	int64_t apart;

	return !__builtin_sub_overflow(p->at[i], p->at[j], &apart) && apart <= STORY_WINDOW;
}

/* The first article of the story that row i joins, or NONE. */
static size_t story_of(struct pass *p, size_t i)
{
	double best = 0;
	size_t first = NONE;

	for (size_t k = p->m->ptr[i]; k < p->m->ptr[i + 1]; k++) {
		uint32_t c = p->m->col[k];

		for (size_t at = p->rare[c] ? p->latest[c] : NONE; at != NONE; at = p->place[at].next) {
			if (!within(p, i, p->place[at].row))
				break;
			consider(p, i, p->place[at].row, &best, &first);
		}
	}
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
	for (size_t k = p->m->ptr[i]; k < p->m->ptr[i + 1]; k++) {
		uint32_t c = p->m->col[k];

		if (!p->rare[c])
			continue;
		MEM_GROW(p->place, p->n, p->cap);
		p->place[p->n] = (struct place){ i, p->latest[c] };
		p->latest[c] = p->n++;
	}
}

void stories_group(const struct story_corpus *c, int64_t *story)
{
	const struct csr *m = c->m;
	struct pass p = { .c = c, .m = m, .at = c->at, .story = story };
	struct dated *order = in_order(c->at, m->rows);

	p.rare = mem_zero(m->cols, sizeof *p.rare);
	p.latest = mem_alloc((m->cols + 1) * sizeof *p.latest);
	p.next_told = mem_zero(m->rows, sizeof *p.next_told);
	p.last_told = mem_zero(m->rows, sizeof *p.last_told);
	p.seen = mem_alloc((m->rows + 1) * sizeof *p.seen);
	memset(p.latest, 0xFF, m->cols * sizeof *p.latest);
	memset(p.seen, 0xFF, m->rows * sizeof *p.seen);
	stories_rare(m, p.rare);
	for (size_t i = 0; i < m->rows; i++)
		tell(&p, order[i].row, story_of(&p, order[i].row));
	free(order);
	free(p.rare);
	free(p.latest);
	free(p.place);
	free(p.next_told);
	free(p.last_told);
	free(p.seen);
}

void stories_among(const struct csr *m, const int64_t *at, const int *feed, int64_t *story)
{
	const struct story_corpus c = { .m = m, .at = at, .feed = feed };

	stories_group(&c, story);
}

void stories_find(const struct csr *m, const int64_t *at, int64_t *story)
{
	stories_among(m, at, NULL, story);
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
