#include "model/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
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
	const unsigned char *rare; /* (cols) */
	size_t *first, *end;  /* (cols) its postings so far, oldest first */
	struct posting *post;
};

/* rare [out] (cols) */
static void find_rare(const struct csr *m, unsigned char *rare)
{
	double share = STORY_RARE_SHARE * (double)m->rows, most = share > STORY_RARE ? share : STORY_RARE;
	size_t *df = mem_zero(m->cols + 1, sizeof *df);

	for (size_t p = 0; m->rows > 0 && p < m->ptr[m->rows]; p++)
		df[m->col[p]]++;
	for (size_t c = 0; c < m->cols; c++)
		rare[c] = (double)df[c] <= most;
	free(df);
}

/* Room for the postings of all rows. */
static void index_init(struct index *x, const struct csr *m, const unsigned char *rare)
{
	size_t n = 0;

	*x = (struct index){ .m = m, .rare = rare, .first = mem_zero(m->cols + 1, sizeof *x->first), .end = mem_zero(m->cols + 1, sizeof *x->end) };
	for (size_t p = 0; m->rows > 0 && p < m->ptr[m->rows]; p++)
		x->first[m->col[p]] += rare[m->col[p]];
	for (size_t c = 0; c < m->cols; c++) {
		size_t count = x->first[c];

		x->first[c] = x->end[c] = n;
		n += count;
	}
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

/* Terms of the articles so far, or of some of them; spelt: empty where it would be the same. */
struct indexes { struct index terms, spelt; };

struct pass {
	const struct story_corpus *c;
	const struct dated *order; /* (rows) */
	const unsigned char *rare, *rare_spelt; /* (cols) */
	struct indexes all;
	struct indexes moved; /* those whose story was found in this pass; empty where all are */
	bool abroad;          /* are spellings something else than terms? */
	int64_t *story;
	struct map first;     /* number of a story that articles stay in -> the first of them */
	struct map open;      /* numbers of stories that an article was taken out of, to find its story anew */
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

/* All of an index that share a rare term with row i within the window. */
static void meet_terms(struct pass *p, const struct index *x, size_t i)
{
	const struct csr *m = x->m;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++) {
		size_t first = x->first[m->col[k]];

		for (size_t at = x->end[m->col[k]]; at > first && x->post[at - 1].place >= p->oldest; at--) {
			struct met *met = meet(p, x->post[at - 1].place);

			met->shared++;
			met->dot += m->val[k] * x->post[at - 1].val;
		}
	}
}

static void meet_abroad(struct pass *p, const struct index *x, size_t i)
{
	const struct csr *m = x->m;

	for (size_t k = m->ptr[i]; k < m->ptr[i + 1]; k++) {
		size_t first = x->first[m->col[k]];

		for (size_t at = x->end[m->col[k]]; at > first && x->post[at - 1].place >= p->oldest; at--)
			meet(p, x->post[at - 1].place)->spelt++;
	}
}

/* Row i comes into hand, with all that it meets. */
static void meet_all(struct pass *p, const struct indexes *x, size_t i)
{
	p->n_met = 0;
	meet_terms(p, &x->terms, i);
	if (p->abroad)
		meet_abroad(p, &x->spelt, i);
	for (size_t k = 0; k < p->n_met && !p->abroad; k++)
		p->met[p->place[k]].spelt = p->met[p->place[k]].shared;
	spread(p, i, true);
}

static void leave_all(struct pass *p, size_t i)
{
	for (size_t k = 0; k < p->n_met; k++)
		p->met[p->place[k]] = (struct met){ 0, 0, 0 };
	spread(p, i, false);
}

/* Is the earlier article at a place near enough to row i, with a cosine of `best` at least, and where it is no more than that, in a story that began with a lower row than `first`?
 * cosine [out] */
static bool near_enough(struct pass *p, size_t i, size_t here, uint32_t place, double best, size_t first, double *cosine)
{
	const struct met met = p->met[place];
	size_t j = p->order[place].row;
	int64_t apart = p->order[here].at - p->order[place].at;
	double least = least_cosine(p->c, i, j, &met, apart);

	/* no more than the rare terms and the lengths of the others allow; the margin is for rounding */
	if ((double)(met.dot + p->common[here] * p->common[place]) + 1e-4 < fmax(least, best))
		return false;
	*cosine = dot(p, j);
	if (*cosine < least || *cosine < best || (*cosine == best && (size_t)p->story[j] >= first))
		return false;
	return near(p->c, &p->all.terms, p->abroad ? &p->all.spelt : &p->all.terms, i, j, &met, apart, *cosine);
}

/* The earlier article at a place for row i; best and story so far. Ties go to the story that began with the lower row. */
static void consider(struct pass *p, size_t i, size_t here, uint32_t place, double *best, size_t *first)
{
	size_t candidate = (size_t)p->story[p->order[place].row];
	double cosine;

	if (!near_enough(p, i, here, place, *best, *first, &cosine))
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

	meet_all(p, &p->all, i);
	for (size_t k = 0; k < p->n_met; k++)
		consider(p, i, here, p->place[k], &best, &first);
	leave_all(p, i);
	return first;
}

static void index_both(struct pass *p, struct indexes *x, size_t i, size_t here)
{
	index_add(&x->terms, i, here);
	if (p->abroad)
		index_add(&x->spelt, i, here);
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
	index_both(p, &p->all, i, here);
}

/* ---- articles that have a story ---- */

/* Would an article whose story was found just now be one for the article at this place to join? */
static bool meets_moved(struct pass *p, size_t here)
{
	size_t i = p->order[here].row;
	bool meets = false;
	double cosine;

	meet_all(p, &p->moved, i);
	for (size_t k = 0; k < p->n_met && !meets; k++)
		meets = near_enough(p, i, here, p->place[k], 0, NONE, &cosine);
	leave_all(p, i);
	return meets;
}

/* Does the article at this place stay in the story that it tells? */
static bool stays(struct pass *p, size_t here)
{
	const struct story_corpus *c = p->c;
	size_t i = p->order[here].row;
	const char *number = (const char *)&c->told[i];

	if (!c->loose[i] && !map_get(&p->open, number, sizeof *c->told, 0) && !meets_moved(p, here))
		return true;
	(void)map_at(&p->open, number, sizeof *c->told, 1, NULL);
	c->loose[i] = true;
	return false;
}

/* Its story is found. What it joins has another mean than before for those that come later. */
static void move(struct pass *p, size_t here)
{
	size_t first = story_of(p, here);

	if (first != NONE)
		(void)map_at(&p->open, (const char *)&p->c->told[first], sizeof *p->c->told, 1, NULL);
	tell(p, here, first);
	index_both(p, &p->moved, p->order[here].row, here);
}

static void group(struct pass *p, size_t here)
{
	size_t i = p->order[here].row;
	bool added = true;
	int64_t first;

	move_window(p, here);
	p->common[here] = common_length(&p->all.terms, i);
	if (!p->c->told) {
		tell(p, here, story_of(p, here));
	} else if (stays(p, here)) {
		first = *map_at(&p->first, (const char *)&p->c->told[i], sizeof *p->c->told, (int64_t)i, &added);
		tell(p, here, added ? NONE : (size_t)first);
	} else {
		move(p, here);
	}
}

/* ---- the whole ---- */

static void indexes_init(struct indexes *x, const struct pass *p)
{
	index_init(&x->terms, p->c->m, p->rare);
	if (p->abroad)
		index_init(&x->spelt, p->c->spelt, p->rare_spelt);
}

static void indexes_clear(struct indexes *x)
{
	index_clear(&x->terms);
	index_clear(&x->spelt);
}

static void pass_init(struct pass *p, size_t n)
{
	const struct story_corpus *c = p->c;

	indexes_init(&p->all, p);
	if (c->told)
		indexes_init(&p->moved, p);
	p->next_told = mem_zero(n, sizeof *p->next_told);
	p->last_told = mem_zero(n, sizeof *p->last_told);
	p->common = mem_zero(n + 1, sizeof *p->common);
	p->met = mem_zero(n + 1, sizeof *p->met);
	p->place = mem_zero(n + 1, sizeof *p->place);
	p->row = mem_zero(c->m->cols + 1, sizeof *p->row);
}

static void pass_clear(struct pass *p)
{
	indexes_clear(&p->all);
	indexes_clear(&p->moved);
	map_clear(&p->first);
	map_clear(&p->open);
	free(p->next_told);
	free(p->last_told);
	free(p->common);
	free(p->met);
	free(p->place);
	free(p->row);
}

void stories_group(const struct story_corpus *c, int64_t *story)
{
	size_t n = c->m->rows;
	bool abroad = c->spelt && c->language;
	unsigned char *rare = mem_zero(c->m->cols + 1, sizeof *rare), *spelt = mem_zero(abroad ? c->spelt->cols + 1 : 1, sizeof *spelt);
	struct dated *order = in_order(c->at, n);
	struct pass p = { .c = c, .order = order, .abroad = abroad, .story = story, .rare = c->rare ? c->rare : rare, .rare_spelt = spelt };

	if (!c->rare)
		find_rare(c->m, rare);
	if (abroad)
		find_rare(c->spelt, spelt);
	pass_init(&p, n);
	for (size_t i = 0; i < n; i++)
		group(&p, i);
	pass_clear(&p);
	free(order);
	free(rare);
	free(spelt);
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
