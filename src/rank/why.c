#include "rank/why.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rank/profile.h"

/* A part before it has its name: names are asked for only where the part is kept, because each may cost a look into the store. */
struct piece {
	const char *kind;
	const char *name;   /* NULL: number tells */
	size_t number;      /* of the term, article, feed, category or topic */
	size_t order;       /* in which it was found; decides among equals */
	size_t more;        /* how many of its kind were folded into it */
	bool folded;        /* it stands for several, or for none in particular */
	double weight;
};

/* What is being taken apart, and the parts so far. */
struct split {
	struct arena *a;
	struct profile *p;
	struct memory *m;
	size_t doc;
	int64_t now, self;
	double phi[FEATURE_COUNT];
	double w[FEATURE_COUNT]; /* what each feature of this article weighs */
	double base, edit;       /* where it starts; what the edits add */
	struct piece *part;
	size_t n, cap;
};

static void part_add(struct split *s, const char *kind, const char *name, size_t number, double weight)
{
	if (weight == 0)
		return;
	MEM_GROW(s->part, s->n, s->cap);
	s->part[s->n] = (struct piece){ .kind = kind, .name = name, .number = number, .order = s->n, .weight = weight };
	s->n++;
}

static const char *facet_name(const struct split *s, enum facet f, int which)
{
	const struct corpus_names *names = &s->p->corpus->names;

	if (f == FACET_LENGTH)
		return length_name(which);
	return names->facet ? names->facet(names->user, f, which) : NULL;
}

/* Out of the corpus' tables; NULL where there is none. */
static const char *name_known(const struct split *s, const char *kind, size_t number)
{
	const struct corpus_names *names = &s->p->corpus->names;

	if (strcmp(kind, "term") == 0)
		return names->term ? names->term(names->user, (uint32_t)number) : NULL;
	if (strcmp(kind, "similar") == 0 || strcmp(kind, "today") == 0)
		return names->title ? names->title(names->user, number) : NULL;
	for (int f = 0; f < FACET_COUNT; f++)
		if (strcmp(kind, facet_word[f]) == 0)
			return facet_name(s, (enum facet)f, (int)number);
	return NULL;
}

static const char *name_of(struct split *s, const struct piece *x)
{
	const char *name = x->name ? x->name : name_known(s, x->kind, x->number);

	name = name && *name ? arena_strdup(s->a, name) : arena_printf(s->a, "%s %zu", x->kind, x->number);
	return x->more ? arena_printf(s->a, "%s and %zu more", name, x->more) : name;
}

/* What an edit would call it; NULL where it can't be edited. Of an edit, number is its row. */
static const char *subject_of(struct split *s, const struct piece *x)
{
	const struct corpus_names *names = &s->p->corpus->names;
	enum facet f = FACET_COUNT;
	const char *key;

	if (x->folded)
		return NULL;
	if (strcmp(x->kind, "edit") == 0)
		return arena_strdup(s->a, s->p->edits.row[x->number].subject);
	for (int i = 0; i < FACET_COUNT; i++)
		if (strcmp(x->kind, facet_word[i]) == 0)
			f = (enum facet)i;
	if ((f == FACET_COUNT && strcmp(x->kind, "term") != 0) || !names->key)
		return NULL;
	key = names->key(names->user, f, x->number);
	return key ? arena_printf(s->a, "%s:%s", x->kind, key) : NULL;
}

/* Coefficient (h) of each reading's cosine in the score, for the six likenesses of a kind; their centres go to the base. NULL without readings. */
static double *coefficients(struct split *s, enum memory_kind kind, const double *cosine)
{
	size_t h = s->m->h;
	double *all = arena_zero(s->a, (3 * HORIZON_LIKE + 1) * (h + 1), sizeof *all), *out = all + 3 * HORIZON_LIKE * (h + 1);
	struct likeness_parts parts[HORIZON_LIKE];
	struct likeness like[HORIZON_LIKE];

	if (!h)
		return NULL;
	for (size_t hz = 0; hz < HORIZON_LIKE; hz++)
		parts[hz] = (struct likeness_parts){ all + 3 * hz * (h + 1), all + (3 * hz + 1) * (h + 1), all + (3 * hz + 2) * (h + 1) };
	memory_like(s->m, kind, cosine, attention_of_kind[kind], s->self, s->now, like, parts);
	for (int i = 0; i < 3 * HORIZON_LIKE; i++) {
		enum feature f = feature_of_kind[kind] + i;
		const double *part = all + (size_t)i * (h + 1);
		double w = s->w[f] * features_evidence(i / 3, like[i / 3].total) / feature_scale[f].unit;

		s->base -= w * feature_scale[f].centre;
		for (size_t j = 0; j < h; j++)
			out[j] += w * part[j];
	}
	return out;
}

/* What the lift of each of its terms adds; the centre goes to the base. */
static const double *lifts(struct split *s)
{
	const struct csr *t = &s->p->corpus->terms;
	size_t n = t->ptr[s->doc + 1] - t->ptr[s->doc];
	double *part = arena_zero(s->a, n + 1, sizeof *part);
	double total = memory_total(s->m, HORIZON_LONG, s->self, s->now);
	double w = s->w[F_TERM_LIFT] * features_evidence(HORIZON_LONG, total) / feature_scale[F_TERM_LIFT].unit;

	(void)memory_lift(s->m, s->doc, s->self, s->now, part);
	s->base -= w * feature_scale[F_TERM_LIFT].centre;
	for (size_t i = 0; i < n; i++)
		part[i] *= w;
	return part;
}

static void split_terms(struct split *s)
{
	const struct memory *m = s->m;
	const struct csr *t = &s->p->corpus->terms;
	const double *c = NULL, *lift;

	if (t->ptr[s->doc] == t->ptr[s->doc + 1])
		return;
	if (s->p->mask & FEATURE_TFIDF) {
		memory_terms(m, s->doc, m->cosine);
		c = coefficients(s, MEMORY_TERMS, m->cosine);
	}
	lift = c ? lifts(s) : NULL;
	for (size_t i = t->ptr[s->doc]; i < t->ptr[s->doc + 1]; i++) {
		double weight = models_term(&s->p->models, t->col[i]) * (double)t->val[i] + (lift ? lift[i - t->ptr[s->doc]] : 0);

		for (int32_t at = c ? m->head[t->col[i]] : -1; at >= 0; at = m->posting[at].next)
			weight += c[m->posting[at].row] * (double)t->val[i] * (double)m->posting[at].val;
		part_add(s, "term", NULL, t->col[i], weight);
	}
}

static void split_today(struct split *s)
{
	size_t h = s->m->h;
	double *part = arena_zero(s->a, h + 1, sizeof *part), w = s->w[F_TODAY] / feature_scale[F_TODAY].unit;

	(void)memory_today(s->m, s->m->cosine, s->self, s->now, part);
	for (size_t i = 0; i < h; i++)
		part_add(s, "today", NULL, s->m->doc[i], w * part[i]);
}

/* What each reading (h) adds by the vectors of one side. */
static void add_side(struct split *s, enum corpus_side side, double *by_reading)
{
	struct memory *m = s->m;
	enum memory_kind kind = MEMORY_WORDS + side;
	const double *c;

	if (!(s->p->mask & feature_group[feature_of_kind[kind]]) || !corpus_has_vector(s->p->corpus, side, s->doc))
		return;
	memory_vectors(m, side, &s->doc, 1);
	for (size_t i = 0; i < m->h; i++)
		m->cosine[i] = (double)m->product[side][i];
	c = coefficients(s, kind, m->cosine);
	for (size_t i = 0; c && i < m->h; i++)
		by_reading[i] += c[i] * m->cosine[i];
	if (s->p->mask & FEATURE_TODAY && features_tell_today(s->p->corpus, s->doc, side))
		split_today(s);
}

/* Both sides are one part a reading: to the reader they are the same likeness. */
static void split_vectors(struct split *s)
{
	double *by_reading = arena_zero(s->a, s->m->h + 1, sizeof *by_reading);

	for (int side = 0; side < SIDE_COUNT && s->m->h; side++)
		add_side(s, side, by_reading);
	for (size_t i = 0; i < s->m->h; i++)
		part_add(s, "similar", NULL, s->m->doc[i], by_reading[i]);
}

/* What happened to articles like this one. */
static void split_around(struct split *s)
{
	double weight = s->w[F_AROUND] * s->phi[F_AROUND] + s->w[F_AROUND_SHORT] * s->phi[F_AROUND_SHORT];
	struct around a[HORIZON_LIKE];

	if (weight != 0 && features_neighbours(s->p, s->doc, s->now, a))
		part_add(s, "around", arena_printf(s->a, "like it: %.1f read, %.1f passed over", a[HORIZON_LONG].yes, a[HORIZON_LONG].no), 0, weight);
	part_add(s, "unknown", "little is known of its like", 0, s->w[F_UNKNOWN] * s->phi[F_UNKNOWN]);
}

static void split_taste(struct split *s)
{
	const struct doc *d = &s->p->corpus->doc[s->doc];

	for (int f = 0; f < FACET_COUNT; f++) {
		double w = s->p->mask & feature_group[F_FEED + f] ? s->w[F_FEED + f] : 0;
		int one, n;
		const int *which = doc_facet(d, (enum facet)f, &one, &n);

		for (int i = 0; i < n; i++)
			part_add(s, facet_word[f], NULL, (size_t)which[i], w * taste_lift(&s->p->taste.of[f], which[i]) / sqrt(n));
	}
}

/* One of a pair in words. */
static const char *cross_name(const struct split *s, enum cross_field f, int value)
{
	const char *name = f == CROSS_FEED ? facet_name(s, FACET_FEED, value) : f == CROSS_TOPIC ? facet_name(s, FACET_TOPIC, value) :
			   f == CROSS_LENGTH ? length_name(value) : cross_context(f, value);

	return name && *name ? name : "?";
}

static void split_crosses(struct split *s)
{
	struct cross_values v = crosses_values(&s->p->corpus->doc[s->doc], s->now, s->p->width);

	for (int i = 0; i < CROSS_COUNT; i++) {
		enum cross_field one = cross_pair[i].one, other = cross_pair[i].other;
		double weight = s->w[F_FEED_TOPIC + i] * s->phi[F_FEED_TOPIC + i];

		if (weight != 0)
			part_add(s, "habit", arena_printf(s->a, "%s, %s", cross_name(s, one, v.of[one]), cross_name(s, other, v.of[other])), 0, weight);
	}
}

static const char *age_words(struct split *s, double days)
{
	if (days < 1.0 / 24)
		return "less than an hour old";
	if (days < 2)
		return arena_printf(s->a, "%.0f hour%s old", floor(24 * days), 24 * days < 2 ? "" : "s");
	if (days >= 730)
		return arena_printf(s->a, "%.0f years old", floor(days / 365.25));
	return arena_printf(s->a, "%.0f days old", floor(days));
}

static void split_facts(struct split *s)
{
	const struct doc *d = &s->p->corpus->doc[s->doc];
	const double *w = s->w;

	if (s->phi[F_AGE] != 0)
		part_add(s, "age", age_words(s, features_age(d, s->now)), 0, w[F_AGE] * s->phi[F_AGE]);
	if (s->phi[F_VOLUME] != 0)
		part_add(s, "volume", s->phi[F_VOLUME] > 0 ? "its feed publishes much" : "its feed publishes little", 0, w[F_VOLUME] * s->phi[F_VOLUME]);
	if (s->phi[F_COVERAGE] != 0)
		part_add(s, "coverage", arena_printf(s->a, "told by %d feeds", d->feeds_telling), 0, w[F_COVERAGE] * s->phi[F_COVERAGE]);
	part_add(s, "base", "starting point", 0, s->base);
}

/* As the corpus calls it, else as the edit does. */
static const char *edit_name(struct split *s, const struct edit_row *row)
{
	const char *key, *name;
	enum facet f;

	if (!edit_facet(row->subject, &f, &key))
		return row->subject;
	name = name_known(s, f == FACET_COUNT ? "term" : facet_word[f], (size_t)row->value);
	return name && *name ? name : key;
}

static void split_edits(struct split *s)
{
	const struct edits *ed = &s->p->edits;
	double *part = arena_zero(s->a, ed->n + 1, sizeof *part);

	s->edit = edits_share(ed, s->doc, part);
	for (size_t i = 0; i < ed->n; i++)
		if (part[i] != 0)
			part_add(s, "edit", edit_words(s->a, ed->row[i].weight, edit_name(s, &ed->row[i])), i, part[i]);
}

static int by_weight(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	double u = fabs(x->weight), v = fabs(y->weight);

	if (u != v)
		return u > v ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

#define KINDS (11 + FACET_COUNT) /* as listed in why.h */

static size_t kinds_from(const struct split *s, size_t from)
{
	const char *seen[KINDS];
	size_t kinds = 0;

	for (size_t i = from; i < s->n; i++) {
		size_t j = 0;

		while (j < kinds && strcmp(seen[j], s->part[i].kind) != 0)
			j++;
		if (j == kinds)
			seen[kinds++] = s->part[i].kind;
	}
	return kinds;
}

static bool kind_before(const struct split *s, size_t before, const char *kind)
{
	for (size_t i = 0; i < before; i++)
		if (strcmp(s->part[i].kind, kind) == 0)
			return true;
	return false;
}

/* Parts from `from` on, one of each kind; "others" where the kind has a part before, else the first with the number of the rest. */
static void fold_kinds(struct split *s, size_t from)
{
	size_t n = from;

	for (size_t i = from; i < s->n; i++) {
		size_t j = from;

		while (j < n && strcmp(s->part[j].kind, s->part[i].kind) != 0)
			j++;
		if (j == n) {
			s->part[n++] = s->part[i];
			continue;
		}
		s->part[j].more++;
		s->part[j].folded = true;
		s->part[j].weight += s->part[i].weight;
	}
	s->n = n;
	for (size_t j = from; j < n; j++)
		if (s->part[j].more && kind_before(s, from, s->part[j].kind)) {
			s->part[j].name = "others";
			s->part[j].more = 0;
		}
}

/* The smallest, from `from` on, as one. */
static void fold_rest(struct split *s, size_t from)
{
	struct piece rest = { .kind = "base", .name = "all else", .order = from };

	for (size_t i = from; i < s->n; i++)
		rest.weight += s->part[i].weight;
	s->part[from] = rest;
	s->n = from + 1;
}

static void fold(struct split *s, size_t most)
{
	size_t keep = most;

	if (!most || s->n <= most)
		return;
	while (keep > 0 && keep + kinds_from(s, keep) > most)
		keep--;
	fold_kinds(s, keep);
	qsort(s->part, s->n, sizeof *s->part, by_weight);
	if (s->n <= most)
		return;
	fold_rest(s, most - 1);
	qsort(s->part, s->n, sizeof *s->part, by_weight);
}

static void split_begin(struct split *s, struct arena *a, struct profile *p, size_t doc, int64_t now)
{
	*s = (struct split){ .a = a, .p = p, .m = p->memory, .doc = doc, .now = now, .self = memory_row(p->memory, doc) };
	features_fill(p, &doc, 1, now, s->phi);
	s->base = models_split(&p->models, s->phi, s->w);
	s->base += s->w[F_BASE] * s->phi[F_BASE];
}

size_t why_terms(struct arena *a, struct profile *p, size_t doc, int64_t now, double **weight)
{
	const struct csr *t = &p->corpus->terms;
	size_t from = t->ptr[doc], n = t->ptr[doc + 1] - from, at = 0;
	struct split s;

	split_begin(&s, a, p, doc, now);
	split_terms(&s);
	*weight = arena_zero(a, n + 1, sizeof **weight);
	for (size_t i = 0; i < s.n; i++) {
		while (t->col[from + at] != s.part[i].number)
			at++;
		(*weight)[at] = s.part[i].weight;
	}
	free(s.part);
	return n;
}

size_t why_split(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, struct reason **out, double *score)
{
	struct split s;
	size_t n;

	split_begin(&s, a, p, doc, now);
	split_terms(&s);
	split_vectors(&s);
	split_around(&s);
	split_taste(&s);
	split_crosses(&s);
	split_facts(&s);
	split_edits(&s);
	if (s.n)
		qsort(s.part, s.n, sizeof *s.part, by_weight);
	fold(&s, most);
	*out = arena_alloc(a, (s.n + 1) * sizeof **out);
	for (n = 0; n < s.n; n++)
		(*out)[n] = (struct reason){ s.part[n].kind, name_of(&s, &s.part[n]), s.part[n].weight, subject_of(&s, &s.part[n]) };
	free(s.part);
	if (score)
		*score = models_score(&p->models, s.phi, &p->corpus->terms, doc) + s.edit;
	return n;
}

/* "without ...": what the world would be without this part; NULL where nobody can change it. */
static const char *without(struct arena *a, const struct reason *r)
{
	if (strcmp(r->kind, "term") == 0)
		return arena_printf(a, "without \"%s\"", r->name);
	if (strcmp(r->kind, "similar") == 0)
		return arena_printf(a, "without having read \"%s\"", r->name);
	if (strcmp(r->kind, "feed") == 0)
		return arena_printf(a, "from a feed read no more than others (this is %s)", r->name);
	if (strcmp(r->kind, "category") == 0 || strcmp(r->kind, "topic") == 0 || strcmp(r->kind, "author") == 0 || strcmp(r->kind, "language") == 0 || strcmp(r->kind, "tag") == 0)
		return arena_printf(a, "if the %s \"%s\" were read no more or less than others", r->kind, r->name);
	if (strcmp(r->kind, "length") == 0)
		return arena_printf(a, "if %s were read no more or less than others", r->name);
	if (strcmp(r->kind, "habit") == 0)
		return arena_printf(a, "without this combination (%s)", r->name);
	if (strcmp(r->kind, "edit") == 0)
		return arena_printf(a, "without your edit (%s)", r->name);
	if (strcmp(r->kind, "today") == 0)
		return arena_printf(a, "without having read \"%s\" today", r->name);
	if (strcmp(r->kind, "age") == 0)
		return "if it were two days old";
	if (strcmp(r->kind, "around") == 0)
		return "if articles like it were read as often as others";
	if (strcmp(r->kind, "unknown") == 0)
		return "if you had seen much like it";
	if (strcmp(r->kind, "volume") == 0)
		return "if its feed published as much as others";
	if (strcmp(r->kind, "coverage") == 0)
		return "if no other feed told it";
	return NULL;
}

size_t why_change(struct arena *a, struct profile *p, size_t doc, int64_t now, size_t most, const char ***out)
{
	struct reason *part;
	size_t parts = why_split(a, p, doc, now, 0, &part, NULL), n = 0;

	*out = arena_alloc(a, (most + 1) * sizeof **out);
	for (size_t i = 0; i < parts && n < most; i++) {
		const char *words = fabs(part[i].weight) >= 0.005 ? without(a, &part[i]) : NULL;

		if (words)
			(*out)[n++] = arena_printf(a, "%s: %.2f %s", words, fabs(part[i].weight), part[i].weight > 0 ? "lower" : "higher");
	}
	return n;
}
