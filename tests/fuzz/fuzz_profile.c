/* fuzz_profile - bytes as a log of events on a few articles, folded in once for each model: every feature, score and chance stays a number within its bounds, parts add
 * up to scores, and memories and tastes are those that are kept without a model; edits add to scores and are learned from nowhere; and pages of any length and slider
 * hold each story once, and what they promise of slots. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "rank/explore.h"
#include "rank/profile.h"
#include "rank/score.h"
#include "rank/why.h"

#define DOCS 14
#define WORD_DIMS 3
#define LSA_DIMS 4
#define START ((int64_t)20000 * DATE_DAY)
#define EVENTS_MOST 300 /* an input */
#define TIME_MOST ((int64_t)9000 * 366 * DATE_DAY) /* times of a log are those of four-digit years */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int holds)
{
	if (!holds)
		abort();
}

static int within(double x, double least, double most)
{
	return isfinite(x) && x >= least && x <= most;
}

/* ---- the articles: alike and opposite, and such as lack one thing or all ---- */

static struct doc_vectors vectors_of(int i, float *words, float *title, float *lsa)
{
	struct doc_vectors v = { { i % 7 == 3 ? NULL : words, i % 5 == 2 ? NULL : title, i % 6 == 4 ? NULL : lsa } };

	for (int k = 0; k < WORD_DIMS; k++) {
		words[k] = k == i % WORD_DIMS ? (i % 2 ? -1 : 1) : 0;
		title[k] = (float)sqrt(1.0 / WORD_DIMS);
	}
	for (int k = 0; k < LSA_DIMS; k++)
		lsa[k] = k == i % LSA_DIMS ? 0.8F : k == (i + 1) % LSA_DIMS ? -0.6F : 0;
	return v;
}

static void add_article(struct corpus *c, int i)
{
	static const int words_of[] = { 300, 0, 1, 5000, 90, 2000000000, 650 };
	float words[WORD_DIMS], title[WORD_DIMS], lsa[LSA_DIMS], val[] = { 0.6F, 0.8F };
	uint32_t col[] = { (uint32_t)i / 2, (uint32_t)(i / 2 + 1 + i % 4) };
	int cat[] = { i % 3, i % 4 };
	struct doc d = { .id = i + 1, .at = START - i * DATE_HOUR * 7, .story = i % 6 == 5 ? i : i + 1, .feed = i % 3, .topic = i % 5 - 1, .author = i % 4 - 1, .language = i % 2, .cat = cat,
			 .n_cat = i % 3, .words = words_of[i % 7], .feeds_telling = 1 + i % 3, .coverage = 0.7 * (1 + i % 3) };

	if (i % 7 == 6)
		d.at = i == 6 ? TIME_MOST : -TIME_MOST;
	if (i == DOCS - 2)
		d = (struct doc){ .id = i + 1, .at = DATE_NONE, .feed = -1, .topic = -1, .author = -1, .language = -1, .feeds_telling = 1 };
	(void)corpus_add(c, &d, col, val, i == DOCS - 2 ? 0 : 2, i == DOCS - 2 ? (struct doc_vectors){ 0 } : vectors_of(i, words, title, lsa));
}

/* By their numbers. */
static int64_t find_number(void *user, enum facet f, const char *key)
{
	(void)user;
	return f == FACET_AUTHOR ? -1 : atoi(key);
}

static void make_corpus(struct corpus *c)
{
	corpus_init(c, WORD_DIMS, LSA_DIMS);
	for (int i = 0; i < DOCS; i++)
		add_article(c, i);
	c->values[FACET_FEED] = 3;
	c->values[FACET_CATEGORY] = 4;
	c->values[FACET_TOPIC] = 3; /* one is beyond what the corpus says it has */
	c->values[FACET_AUTHOR] = 3;
	c->values[FACET_LANGUAGE] = 2;
	c->values[FACET_LENGTH] = LENGTHS;
	c->names.find = find_number;
}

/* ---- bytes as events ---- */

struct input { const uint8_t *at, *end; };

static uint8_t byte(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

/* A duration or share: unknown, an odd one, or up to a quarter of an hour. */
static double number(struct input *in)
{
	static const double odd[] = { -1, 0, 0.5, 1, 1e-300, 1e9, 1e300, INFINITY, -INFINITY, NAN };
	uint8_t b = byte(in);

	return b < sizeof odd / sizeof *odd ? odd[b] : (b - 9) * (b - 9) / 66.0;
}

static int small(struct input *in)
{
	static const int odd[] = { 0, -1, 2147483647, -2147483647 - 1, 1000000 };
	uint8_t b = byte(in);

	return b >= 250 ? odd[b % 5] : b;
}

/* Seconds to days on, seconds back within what clocks do, hours to days back, or years either way. */
static int64_t later(struct input *in, int64_t at)
{
	uint8_t b = byte(in);
	int64_t by = byte(in);

	if (b < 200)
		by = b < 100 ? by : by * by * 60;
	else if (b < 225)
		by *= -14;
	else if (b < 240)
		by *= -by * 30;
	else
		by *= (b % 2 ? -1 : 1) * (b < 252 ? 40 * DATE_DAY : 9000 * DATE_DAY);
	at += by;
	return at < -TIME_MOST ? -TIME_MOST : at > TIME_MOST ? TIME_MOST : at;
}

static size_t read_log(struct input in, struct event *log)
{
	int64_t at = START;
	size_t n = 0;

	while (n < EVENTS_MOST && in.at < in.end) {
		struct event *e = &log[n++];
		uint8_t kind = byte(&in);

		*e = (struct event){ .id = (int64_t)n, .article = byte(&in) % (DOCS + 3), .kind = kind % EVENT_KIND_COUNT, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };
		if (e->kind == EVENT_EDIT) {
			static const char *const subjects[] = { NULL, "", "feed:0", "feed:1", "topic:-1", "topic:99999", "term:2", "term:-7", "category:1", "author:1", "tag:0", "no:thing" };

			e->subject = subjects[byte(&in) % (sizeof subjects / sizeof *subjects)];
			e->value = number(&in);
		}
		at = later(&in, at);
		e->at = at;
		if (kind & 64) {
			e->dwell = number(&in);
			e->scroll = number(&in) / 100;
		}
		if (kind & 128) {
			e->place = small(&in);
			e->pair = small(&in);
			e->width = small(&in);
			e->undoes = small(&in);
			e->slot = e->place % 3;
		}
	}
	return n;
}

/* ---- what must hold ---- */

static void check_covariance(const struct interest *m)
{
	for (size_t i = 0; i < m->d; i++)
		need(isfinite(m->mean[i]) && within(m->cov[i * m->d + i], 5e-324, 1e6));
}

static void check_parts(struct profile *p, size_t doc, int64_t now, size_t most, double mean)
{
	struct arena a = ARENA_INIT;
	struct reason *part;
	double score, sum = 0, size = 1;
	size_t n = why_split(&a, p, doc, now, most, &part, &score);

	for (size_t i = 0; i < n; i++) {
		sum += part[i].weight;
		size += fabs(part[i].weight);
	}
	need(!most || n <= most);
	need(isfinite(sum) && fabs(score - mean) <= 1e-6 * size && fabs(sum - score) <= 1e-6 * size);
	arena_clear(&a);
}

static void check_scores(struct profile *p, int64_t now)
{
	double phi[DOCS * FEATURE_COUNT];
	struct score score[DOCS];
	size_t docs[DOCS];

	for (size_t i = 0; i < DOCS; i++)
		docs[i] = i;
	features_fill(p, docs, DOCS, now, phi);
	for (size_t i = 0; i < DOCS * (size_t)FEATURE_COUNT; i++)
		need(isfinite(phi[i]));
	score_docs(p, docs, DOCS, now, score);
	for (size_t i = 0; i < DOCS; i++) {
		need(within(score[i].edit, -EDITS_MOST, EDITS_MOST));
		need(isfinite(score[i].mean) && within(score[i].sd, 0, 1e9));
		need(within(score[i].distance, 0, 1) && within(score[i].quality, 0, 1));
		need(within(profile_chance(p, score[i].mean, score[i].sd), 0, 1));
		check_parts(p, i, now, i % 3 ? 0 : 5, score[i].mean);
	}
}

static void check_mixes(const struct profile *p, int64_t now)
{
	int topic[DOCS];
	double reader[4], feeds[4], sum[2] = { 0 };

	for (size_t i = 0; i < DOCS; i++)
		topic[i] = p->corpus->doc[i].topic;
	profile_mixes(p, FACET_TOPIC, topic, DOCS, now, reader, feeds);
	for (int t = 0; t < 4; t++) {
		need(within(reader[t], 0, 1) && within(feeds[t], 0, 1));
		sum[0] += reader[t];
		sum[1] += feeds[t];
	}
	need(fabs(sum[0] - 1) < 1e-9 && fabs(sum[1] - 1) < 1e-9);
}

static int equal(const void *a, const void *b, size_t n, size_t size)
{
	return n == 0 || memcmp(a, b, n * size) == 0;
}

static void same_memory(const struct memory *a, const struct memory *b)
{
	const size_t width[MEMORY_KINDS] = { a->terms ? a->corpus->terms.cols : 0, WORD_DIMS, WORD_DIMS, LSA_DIMS };

	need(a->h == b->h && a->base == b->base && a->latest == b->latest && a->turns == b->turns);
	need(equal(a->doc, b->doc, a->h, sizeof *a->doc) && equal(a->kept, b->kept, a->h, sizeof *a->kept) && equal(a->at, b->at, a->h, sizeof *a->at));
	for (int hz = 0; hz < HORIZON_COUNT; hz++)
		need(equal(a->weight[hz], b->weight[hz], a->h, sizeof(double)) && a->total[hz] == b->total[hz]);
	for (int kind = 0; kind < MEMORY_KINDS; kind++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++)
			need(equal(a->sum[kind][hz], b->sum[kind][hz], width[kind], sizeof(double)) && a->norm2[kind][hz] == b->norm2[kind][hz]);
}

static void same_taste(const struct profile *a, const struct profile *b)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		const struct affinities *x = &a->taste.of[f], *y = &b->taste.of[f];

		need(x->n == y->n && equal(x->one, y->one, x->n, sizeof *x->one) && equal(&x->all, &y->all, 1, sizeof x->all));
	}
	for (int f = 0; f < CROSS_FIELDS; f++) {
		const struct crosses *x = &a->crosses, *y = &b->crosses;

		need(equal(x->moved[f], y->moved[f], x->n[f] * CROSS_RANK, sizeof(double)) && equal(x->alone[f], y->alone[f], x->n[f], sizeof(double)));
	}
	need(a->taste.day == b->taste.day && a->crosses.day == b->crosses.day && a->crosses.base == b->crosses.base);
	need(a->habits.pace == b->habits.pace && a->habits.paced == b->habits.paced && a->habits.place.mean[0] == b->habits.place.mean[0]);
}

static void check_remembered(const struct profile *p, const struct event *log, size_t n)
{
	struct profile q;

	profile_init(&q, p->corpus, ~0u);
	for (size_t i = 0; i < n; i++)
		profile_remember(&q, &log[i]);
	need(q.n == p->n && q.events == p->events && q.last_event == p->last_event);
	for (size_t i = 0; i < q.n; i++)
		need(q.reading[i].doc == p->reading[i].doc && q.reading[i].at == p->reading[i].at && q.reading[i].weight == p->reading[i].weight);
	same_memory(p->memory, q.memory);
	same_memory(p->passed, q.passed);
	same_taste(p, &q);
	profile_clear(&q);
}

/* Without its edits a log gives the same model to the last bit, and scores that lack what the edits add and nothing else. */
static void check_edits(struct profile *p, const struct event *log, size_t n, enum model_kind kind, int64_t now)
{
	struct profile q;

	profile_init(&q, p->corpus, ~0u);
	models_use(&q.models, kind);
	for (size_t i = 0; i < n; i++)
		if (log[i].kind != EVENT_EDIT)
			profile_apply(&q, &log[i]);
	q.width = p->width;
	need(q.n == p->n && equal(p->models.interest.mean, q.models.interest.mean, FEATURE_COUNT, sizeof(double)));
	for (size_t i = 0; i < DOCS; i++) {
		struct score with, without;

		score_docs(p, &i, 1, now, &with);
		score_docs(&q, &i, 1, now, &without);
		need(with.mean == without.mean + with.edit && without.edit == 0 && !without.banned);
		need(with.sd == without.sd && with.distance == without.distance && with.quality == without.quality);
	}
	profile_clear(&q);
}

static size_t stories_of(const struct explore_input *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++) {
		size_t j = 0;

		while (in->story[j] != in->story[i])
			j++;
		n += j == i;
	}
	return n;
}

static double check_page(const struct explore_input *in)
{
	struct pick pick[DOCS + 3];
	size_t stories = stories_of(in), n, slots = 0;
	double outside = -1;

	n = explore_page(in, pick, &outside);
	need(n == (in->k < stories ? in->k : stories) && within(outside, 0, 1 + 1e-9));
	for (size_t i = 0; i < n; i++) {
		const struct score *s = &in->score[pick[i].at];

		need(pick[i].at < in->n && within(pick[i].propensity, 0.01, 1));
		need(pick[i].slot == SLOT_SERENDIPITY ? i > 0 && s->edit >= 0 && !s->foreign && !s->offered : pick[i].propensity == 1);
		slots += pick[i].slot == SLOT_SERENDIPITY;
		for (size_t j = 0; j < i; j++)
			need(in->story[pick[j].at] != in->story[pick[i].at]);
		need(i == 0 || pick[i].slot != SLOT_SERENDIPITY || pick[i - 1].slot != SLOT_SERENDIPITY);
	}
	need((double)slots <= SLOT_SHARE * (double)n + 0.5);
	return outside;
}

/* Of all articles, of none, and of more places than there are articles; the slider is moved up and beyond its end. */
static void check_pages(struct profile *p, int64_t now)
{
	static const size_t places[] = { 0, 1, 2, 5, 10, DOCS + 3 };
	struct arena a = ARENA_INIT;
	struct explore_input in;
	struct score score[DOCS];
	size_t docs[DOCS];

	for (size_t i = 0; i < DOCS; i++)
		docs[i] = i;
	score_docs(p, docs, DOCS, now, score);
	explore_gather(p, score, 0, now, &a, &in);
	in.k = 5;
	in.explore = 50;
	(void)check_page(&in);
	explore_gather(p, score, DOCS, now, &a, &in);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		double before = 0;

		in.k = places[i];
		in.seed = (uint64_t)now + i;
		for (in.explore = 0; in.explore <= 120; in.explore += 20) {
			double outside = check_page(&in);

			need(outside >= before - 1e-9 || in.explore == 0);
			before = outside;
		}
	}
	arena_clear(&a);
}

/* One log through one model; at the end it is asked for the moment of the last event, and for moments long before and after. */
static void fold(const struct corpus *c, const struct event *log, size_t n, enum model_kind kind)
{
	int64_t now = n ? log[n - 1].at : START;
	struct profile p;

	profile_init(&p, c, ~0u);
	models_use(&p.models, kind);
	for (size_t i = 0; i < n; i++)
		profile_apply(&p, &log[i]);
	p.width = n ? log[n - 1].width : 0;
	check_covariance(&p.models.interest);
	check_covariance(&p.chance);
	check_covariance(&p.habits.place);
	check_scores(&p, now);
	check_scores(&p, now + DATE_HOUR);
	check_scores(&p, START);
	check_scores(&p, TIME_MOST);
	check_mixes(&p, now);
	check_edits(&p, log, n, kind, now);
	check_pages(&p, now);
	check_pages(&p, TIME_MOST);
	if (kind == MODEL_INTEREST)
		check_remembered(&p, log, n);
	profile_clear(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, data + size };
	struct event log[EVENTS_MOST];
	size_t n = read_log(in, log);
	struct corpus c;

	make_corpus(&c);
	for (int kind = 0; kind < MODEL_COUNT; kind++)
		fold(&c, log, n, (enum model_kind)kind);
	corpus_clear(&c);
	return 0;
}
