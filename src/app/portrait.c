#include "app/portrait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/ranker.h"

struct painter {
	struct ranker *r;
	const struct profile *p;
	struct portrait *out;
	struct arena *a;      /* of out */
	size_t *doc;          /* (out->n_readings) the corpus index of each reading */
	struct arena scratch;
};

/* ---- the readings ---- */

static int newest_first(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* Seconds in front of each article (corpus->n), by the log; < 0 unknown. */
static enum err dwells(struct painter *w, double **out, struct err_info *info)
{
	const struct corpus *c = w->p->corpus;
	double *dwell = arena_alloc(&w->scratch, (c->n + 1) * sizeof *dwell);
	struct log_copy log;
	enum err e = log_read(&w->r->app->store, &log, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < c->n; i++)
		dwell[i] = -1;
	for (size_t i = 0; i < log.n; i++) {
		int64_t doc = corpus_find(c, log.event[i].article);

		if (doc >= 0 && log.event[i].dwell >= 0)
			dwell[doc] = fmax(dwell[doc], 0) + log.event[i].dwell;
	}
	log_free(&log);
	*out = dwell;
	return OK;
}

static enum err take_readings(struct painter *w, struct err_info *info)
{
	struct reading *kept = arena_zero(&w->scratch, w->p->n + 1, sizeof *kept);
	struct portrait *out = w->out;
	double *dwell;
	enum err e = dwells(w, &dwell, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < w->p->n; i++)
		if (w->p->reading[i].weight > 0)
			kept[out->n_readings++] = w->p->reading[i];
	qsort(kept, out->n_readings, sizeof *kept, newest_first);
	out->reading = arena_zero(w->a, out->n_readings + 1, sizeof *out->reading);
	w->doc = arena_zero(&w->scratch, out->n_readings + 1, sizeof *w->doc);
	for (size_t i = 0; i < out->n_readings; i++) {
		const struct item *it = &w->r->loaded.items.item[kept[i].doc];

		w->doc[i] = kept[i].doc;
		out->reading[i] = (struct portrait_reading){ it->id, kept[i].at, arena_strdup(w->a, it->title ? it->title : ""),
			arena_strdup(w->a, it->feed_title ? it->feed_title : ""), dwell[kept[i].doc] };
	}
	return OK;
}

/* Which readings a row came from: those of which `is` says so. */
typedef bool of_row(const struct painter *w, size_t reading, int64_t which);

static void attach(const struct painter *w, struct portrait_row *row, of_row *is, int64_t which)
{
	size_t *of, n = 0;

	for (size_t i = 0; i < w->out->n_readings; i++)
		n += is(w, i, which);
	of = arena_alloc(w->a, (n + 1) * sizeof *of);
	for (size_t i = 0; row->n < n; i++)
		if (is(w, i, which))
			of[row->n++] = i;
	row->reading = of;
}

/* ---- rows ---- */

static int by_weight(const void *a, const void *b)
{
	const struct portrait_row *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int by_size(const void *a, const void *b)
{
	const struct portrait_row *x = a, *y = b;
	double u = fabs(x->weight), v = fabs(y->weight);

	if (u != v)
		return u < v ? 1 : -1;
	return strcmp(x->name, y->name);
}

static struct portrait_section *begin(struct painter *w, enum portrait_kind kind, size_t most)
{
	struct portrait_section *s = &w->out->section[kind];

	s->row = arena_zero(w->a, most + 1, sizeof *s->row);
	return s;
}

static const char *subject_of(const struct painter *w, enum facet f, size_t which)
{
	const struct corpus_names *names = &w->p->corpus->names;
	const char *key = names->key(names->user, f, which);

	return key ? arena_printf(w->a, "%s:%s", f == FACET_COUNT ? "term" : facet_word[f], key) : NULL;
}

/* Which readings have each value of a facet, newest first: those of value v stand from from[v] to before from[v + 1]. */
struct by_value { size_t *from, *reading; };

/* An article may name a category twice. */
static bool named_before(const int *value, int at)
{
	for (int i = 0; i < at; i++)
		if (value[i] == value[at])
			return true;
	return false;
}

/* Readings and values are many: they are gone through twice, to count and to place, and not once for each other. */
static struct by_value sort_readings(struct painter *w, enum facet f)
{
	const struct affinities *af = &w->p->taste.of[f];
	struct by_value by = { arena_zero(&w->scratch, af->n + 2, sizeof *by.from), NULL };

	for (int placing = 0; placing < 2; placing++) {
		for (size_t i = 0; i < w->out->n_readings; i++) {
			int one, n;
			const int *value = doc_facet(&w->p->corpus->doc[w->doc[i]], f, &one, &n);

			for (int k = 0; k < n; k++)
				if (!taste_has(af, value[k]) || named_before(value, k))
					continue;
				else if (placing)
					by.reading[by.from[value[k] + 1]++] = i;
				else
					by.from[value[k] + 2]++;
		}
		for (size_t v = 0; !placing && v < af->n; v++)
			by.from[v + 2] += by.from[v + 1];
		if (!placing)
			by.reading = arena_alloc(w->a, (by.from[af->n + 1] + 1) * sizeof *by.reading);
	}
	return by;
}

static void paint_facet(struct painter *w, enum portrait_kind kind, enum facet f)
{
	const struct affinities *af = &w->p->taste.of[f];
	const struct corpus_names *names = &w->p->corpus->names;
	struct portrait_section *s = begin(w, kind, af->n);
	struct by_value by = sort_readings(w, f);

	for (size_t i = 0; i < af->n; i++) {
		const char *name = f == FACET_LENGTH ? length_name((int)i) : names->facet(names->user, f, (int)i);
		struct portrait_row *row = &s->row[s->n];

		*row = (struct portrait_row){ .name = arena_strdup(w->a, name && *name ? name : "?"), .subject = subject_of(w, f, i) };
		row->edit = row->subject ? edit_weight(w->r, row->subject) : 0;
		if (af->one[i].yes <= 0 && af->one[i].no <= 0 && row->edit == 0)
			continue;
		row->weight = w->p->models.interest.mean[F_FEED + f] * taste_lift(af, (int)i);
		row->reading = by.reading + by.from[i];
		row->n = by.from[i + 1] - by.from[i];
		s->n++;
	}
	s->of = s->n;
	qsort(s->row, s->n, sizeof *s->row, by_weight);
}

/* ---- words ---- */

struct word { uint32_t col; double weight; };

static int heaviest_first(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x->col < y->col ? -1 : x->col > y->col;
}

/* Every word that was read, by how much of the readings it is. Returns how many. */
static size_t find_words(const struct painter *w, struct word *out)
{
	const struct memory *m = w->p->memory;
	size_t n = 0;

	for (uint32_t col = 0; col < w->p->corpus->terms.cols; col++) {
		struct word *x = &out[n];

		*x = (struct word){ col, 0 };
		for (int32_t at = m->head[col]; at >= 0; at = m->posting[at].next)
			x->weight += m->weight[HORIZON_LONG][m->posting[at].row] * (double)m->posting[at].val;
		n += m->head[col] >= 0;
	}
	qsort(out, n, sizeof *out, heaviest_first);
	return n;
}

/* What an article that consists of this word alone gets for its words: its likenesses to the readings and its lift, against one that shares no word with them. */
static double weigh_word(const struct painter *w, uint32_t col)
{
	const struct memory *m = w->p->memory;
	const double *by = w->p->models.interest.mean;
	double all = memory_total(m, HORIZON_LONG, -1, w->out->now), read = 0, sum = 0;
	struct likeness like[HORIZON_LIKE];

	memset(m->cosine, 0, m->h * sizeof *m->cosine);
	for (int32_t at = m->head[col]; at >= 0; at = m->posting[at].next) {
		m->cosine[m->posting[at].row] = (double)m->posting[at].val;
		read += m->weight[HORIZON_LONG][m->posting[at].row];
	}
	memory_like(m, MEMORY_TERMS, m->cosine, ATTENTION_TERMS, -1, w->out->now, like, NULL);
	for (int i = 0; i < 3 * HORIZON_LIKE; i++) {
		const double raw[] = { like[i / 3].mean, like[i / 3].max, like[i / 3].attention };

		sum += by[F_TERM_MEAN + i] * features_evidence(i / 3, like[i / 3].total) * raw[i % 3] / feature_scale[F_TERM_MEAN + i].unit;
	}
	read *= memory_fade(m, HORIZON_LONG, w->out->now);
	return sum + by[F_TERM_LIFT] * features_evidence(HORIZON_LONG, all) * log((read + 1) / (all * corpus_term_share(w->p->corpus, col) + 1)) /
		     feature_scale[F_TERM_LIFT].unit;
}

static bool has_word(const struct painter *w, size_t reading, int64_t which)
{
	const struct edit_row as = { .facet = FACET_COUNT, .value = which };

	return edits_touch(&w->p->edits, &as, w->doc[reading]);
}

static bool is_edited(const struct painter *w, uint32_t col)
{
	const struct edits *ed = &w->p->edits;

	for (size_t i = 0; i < ed->n; i++)
		if (ed->row[i].facet == FACET_COUNT && ed->row[i].value == col)
			return true;
	return false;
}

static void add_word(struct painter *w, struct portrait_section *s, const struct word *x)
{
	const struct corpus_names *names = &w->p->corpus->names;
	struct portrait_row *row = &s->row[s->n++];

	*row = (struct portrait_row){ .name = arena_strdup(w->a, names->term(names->user, x->col)), .subject = subject_of(w, FACET_COUNT, x->col), .weight = x->weight };
	row->edit = row->subject ? edit_weight(w->r, row->subject) : 0;
	attach(w, row, has_word, x->col);
}

/* Those that speak most for an article and most against it, and those that are edited. */
static void paint_words(struct painter *w)
{
	struct word *word = arena_zero(&w->scratch, w->p->corpus->terms.cols + 1, sizeof *word);
	size_t all = find_words(w, word), n = all < PORTRAIT_LOOKED_AT ? all : PORTRAIT_LOOKED_AT;
	struct portrait_section *s = begin(w, PORTRAIT_WORDS, PORTRAIT_LIKED + PORTRAIT_SHUNNED + w->p->edits.n);

	for (size_t i = 0; i < n; i++)
		word[i].weight = weigh_word(w, word[i].col);
	qsort(word, n, sizeof *word, heaviest_first);
	for (size_t i = 0; i < n; i++)
		if (i < PORTRAIT_LIKED || (i + PORTRAIT_SHUNNED >= n && word[i].weight < 0) || is_edited(w, word[i].col))
			add_word(w, s, &word[i]);
	for (size_t i = n; i < all; i++)
		if (is_edited(w, word[i].col))
			add_word(w, s, &(struct word){ word[i].col, weigh_word(w, word[i].col) });
	qsort(s->row, s->n, sizeof *s->row, by_weight);
	s->of = all;
}

/* ---- when ---- */

static int64_t floor_mod(int64_t a, int64_t b)
{
	return (a % b + b) % b;
}

static bool at_hour(const struct painter *w, size_t reading, int64_t which)
{
	return floor_mod(w->out->reading[reading].at, DATE_DAY) * CROSS_HOURS / DATE_DAY == which;
}

/* 0 is Monday; 1 January 1970 was a Thursday. */
static bool on_weekday(const struct painter *w, size_t reading, int64_t which)
{
	int64_t at = w->out->reading[reading].at;

	return floor_mod((at - floor_mod(at, DATE_DAY)) / DATE_DAY + 3, 7) == which;
}

static void add_share(struct painter *w, struct portrait_section *s, const char *name, of_row *is, int64_t which)
{
	struct portrait_row *row = &s->row[s->n];

	*row = (struct portrait_row){ .name = name };
	attach(w, row, is, which);
	row->weight = w->out->n_readings ? (double)row->n / (double)w->out->n_readings : 0;
	s->n += row->n > 0;
	s->of = s->n;
}

static void paint_times(struct painter *w)
{
	static const char *const day[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	struct portrait_section *hours = begin(w, PORTRAIT_HOURS, CROSS_HOURS), *days = begin(w, PORTRAIT_WEEKDAYS, 7);

	for (int i = 0; i < CROSS_HOURS; i++)
		add_share(w, hours, arena_printf(w->a, "%02d to %02d", i * 24 / CROSS_HOURS, (i + 1) * 24 / CROSS_HOURS), at_hour, i);
	for (int i = 0; i < 7; i++)
		add_share(w, days, day[i], on_weekday, i);
}

/* ---- edits, parts ---- */

static bool by_edit(const struct painter *w, size_t reading, int64_t which)
{
	return edits_touch(&w->p->edits, &w->p->edits.row[which], w->doc[reading]);
}

/* A term is a word to people. */
static const char *kind_word(const struct painter *w, const char *subject)
{
	enum facet f;
	const char *key;

	return edit_facet(subject, &f, &key) && f == FACET_COUNT ? "word" : arena_strndup(w->a, subject, strcspn(subject, ":"));
}

static enum err paint_edits(struct painter *w, struct err_info *info)
{
	struct portrait_section *s = begin(w, PORTRAIT_EDITS, w->p->edits.n);
	struct edit_list edits;
	enum err e = ranker_edits(w->r, w->a, &edits, info);

	for (size_t i = 0; e == OK && i < edits.n; i++) {
		const struct edit *ed = &edits.edit[i];
		struct portrait_row *row = &s->row[s->n++];

		*row = (struct portrait_row){ .name = arena_printf(w->a, "%s: %s", kind_word(w, ed->subject), ed->name), .subject = ed->subject, .weight = ed->weight,
			.edit = ed->weight };
		attach(w, row, by_edit, edits_find(&w->p->edits, ed->subject) - w->p->edits.row);
	}
	s->of = s->n;
	return e;
}

static void paint_parts(struct painter *w)
{
	struct portrait_section *s = begin(w, PORTRAIT_PARTS, FEATURE_COUNT);
	const struct interest *m = &w->p->models.interest;

	for (size_t i = 0; i < FEATURE_COUNT; i++)
		s->row[s->n++] = (struct portrait_row){ .name = feature_word[i], .weight = m->mean[i], .sd = sqrt(fmax(0, m->cov[i * FEATURE_COUNT + i])) };
	s->of = s->n;
	qsort(s->row, s->n, sizeof *s->row, by_size);
}

static enum err paint(struct painter *w, struct err_info *info)
{
	static const struct { enum portrait_kind kind; enum facet facet; } facets[] = {
		{ PORTRAIT_TOPICS, FACET_TOPIC }, { PORTRAIT_FEEDS, FACET_FEED }, { PORTRAIT_CATEGORIES, FACET_CATEGORY }, { PORTRAIT_AUTHORS, FACET_AUTHOR },
		{ PORTRAIT_LENGTHS, FACET_LENGTH }, { PORTRAIT_LANGUAGES, FACET_LANGUAGE }, { PORTRAIT_TAGS, FACET_TAG },
	};
	enum err e = take_readings(w, info);

	if (e != OK)
		return e;
	for (size_t i = 0; i < sizeof facets / sizeof *facets; i++)
		paint_facet(w, facets[i].kind, facets[i].facet);
	paint_words(w);
	paint_times(w);
	paint_parts(w);
	return paint_edits(w, info);
}

enum err ranker_portrait(struct ranker *r, struct portrait *out, struct err_info *info)
{
	struct portrait made = { .now = app_now(r->app) };
	struct painter w = { .r = r, .p = &r->profile, .out = &made, .a = &made.arena };
	enum err e = ranker_ready(r, info);

	if (e != OK)
		return e;
	made.events = r->profile.events;
	made.words_a_minute = r->profile.habits.signals.words_a_minute / exp(r->profile.habits.pace);
	made.paced = r->profile.habits.paced;
	made.model = r->profile.models.used == MODEL_INTEREST ? NULL : model_word[r->profile.models.used];
	e = paint(&w, info);
	arena_clear(&w.scratch);
	if (e == OK)
		*out = made;
	else
		arena_clear(&made.arena);
	return e;
}
