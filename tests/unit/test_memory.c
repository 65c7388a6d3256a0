/* memory - whatever is put, dropped and however the clock jumps, what is kept beside the rows is what the rows say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/rng.h"
#include "rank/memory.h"

#define DOCS 700 /* more than there are rows */
#define TERMS 90
#define TERMS_EACH 6
#define START ((int64_t)20000 * DATE_DAY)
#define YEAR (366 * DATE_DAY)

static struct corpus corpus;

static void unit(float *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (double)x[i] * (double)x[i];
	for (size_t i = 0; i < n; i++)
		x[i] = (float)((double)x[i] / sqrt(sum));
}

static void add_article(struct rng *r, size_t i)
{
	float val[TERMS_EACH], words[3], title[3], lsa[5];
	struct doc d = { .id = (int64_t)i + 1, .at = START, .feed = -1, .topic = -1, .author = -1, .language = -1, .feeds_telling = 1 };
	uint32_t col[TERMS_EACH];

	for (uint32_t k = 0; k < TERMS_EACH; k++) {
		col[k] = k * (TERMS / TERMS_EACH) + rng_below(r, TERMS / TERMS_EACH);
		val[k] = (float)(0.1 + rng_uniform(r));
	}
	for (int k = 0; k < 5; k++)
		lsa[k] = (float)rng_normal(r);
	for (int k = 0; k < 3; k++) {
		words[k] = (float)rng_normal(r);
		title[k] = (float)rng_normal(r);
	}
	unit(val, TERMS_EACH);
	unit(words, 3);
	unit(title, 3);
	unit(lsa, 5);
	(void)corpus_add(&corpus, &d, col, val, i % 9 ? TERMS_EACH : 0, (struct doc_vectors){ { i % 4 ? words : NULL, i % 3 ? title : NULL, lsa } });
}

static int make_corpus(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	corpus_init(&corpus, 3, 5);
	for (size_t i = 0; i < DOCS; i++)
		add_article(&r, i);
	return 0;
}

static int clear_corpus(void **state)
{
	(void)state;
	corpus_clear(&corpus);
	return 0;
}

/* ---- what the rows say ---- */

static void assert_close(double is, double should, double scale)
{
	assert_true(isfinite(is));
	if (fabs(is - should) > 1e-6 * scale)
		fail_msg("%.17g is not %.17g within a millionth of %g", is, should, scale);
}

/* Weighted sum of the rows by one kind, and the sum of their weights; sum (at least TERMS). */
static double count_anew(const struct memory *m, int kind, int hz, double *sum)
{
	const struct csr *t = &corpus.terms;
	double total = 0;

	for (size_t i = 0; i < TERMS; i++)
		sum[i] = 0;
	for (size_t row = 0; row < m->h; row++) {
		double w = m->weight[hz][row];
		size_t doc = m->doc[row];

		total += w;
		for (size_t i = t->ptr[doc]; kind == MEMORY_TERMS && i < t->ptr[doc + 1]; i++)
			sum[t->col[i]] += w * (double)t->val[i];
		for (int k = 0; kind != MEMORY_TERMS && k < corpus.side[kind - MEMORY_WORDS].d; k++)
			sum[k] += w * (double)corpus_vector(&corpus, (enum corpus_side)(kind - MEMORY_WORDS), doc)[k];
	}
	return total;
}

/* Relative to the weights that are there, because cosines may cancel each other out. */
static void check_sums(const struct memory *m)
{
	double sum[TERMS];

	for (int kind = m->terms ? MEMORY_TERMS : MEMORY_WORDS; kind < MEMORY_KINDS; kind++)
		for (int hz = 0; hz < HORIZON_LIKE; hz++) {
			double total = count_anew(m, kind, hz, sum), square = 0;
			size_t n = kind == MEMORY_TERMS ? TERMS : (size_t)corpus.side[kind - MEMORY_WORDS].d;

			for (size_t i = 0; i < n; i++) {
				assert_close(m->sum[kind][hz][i], sum[i], total);
				square += sum[i] * sum[i];
			}
			assert_close(m->norm2[kind][hz], square, total * total);
		}
	for (int hz = 0; hz < HORIZON_COUNT; hz++) {
		double total = count_anew(m, MEMORY_LSA, hz, sum);

		assert_close(m->total[hz], total, total);
	}
}

static void check_rows(const struct memory *m)
{
	size_t found = 0;

	assert_true(m->h <= MEMORY_MOST);
	for (size_t doc = 0; doc < DOCS; doc++) {
		int64_t row = memory_row(m, doc);

		if (row < 0)
			continue;
		found++;
		assert_true((size_t)row < m->h);
		assert_int_equal(m->doc[row], doc);
	}
	assert_int_equal(found, m->h);
	for (size_t row = 0; row < m->h; row++)
		for (int s = 0; s < SIDE_COUNT; s++)
			assert_memory_equal(m->vec[s] + row * (size_t)corpus.side[s].d, corpus_vector(&corpus, (enum corpus_side)s, m->doc[row]),
					    (size_t)corpus.side[s].d * sizeof(float));
}

/* Each posting is a term of its row, each term of a row has one, and what is neither is spare. */
static void check_postings(const struct memory *m)
{
	const struct csr *t = &corpus.terms;
	size_t listed = 0, terms = 0, spare = 0;

	for (size_t row = 0; row < m->h; row++)
		terms += t->ptr[m->doc[row] + 1] - t->ptr[m->doc[row]];
	for (uint32_t col = 0; col < TERMS; col++)
		for (int32_t at = m->head[col]; at >= 0; at = m->posting[at].next) {
			size_t i;

			assert_true(++listed <= terms && m->posting[at].row < m->h);
			i = t->ptr[m->doc[m->posting[at].row]];
			while (i < t->ptr[m->doc[m->posting[at].row] + 1] && t->col[i] != col)
				i++;
			assert_true(i < t->ptr[m->doc[m->posting[at].row] + 1] && t->val[i] == m->posting[at].val);
		}
	for (int32_t at = m->spare; at >= 0; at = m->posting[at].next)
		assert_true(++spare <= m->n_postings);
	assert_int_equal(listed, terms);
	assert_int_equal(listed + spare, m->n_postings);
}

static void check_memory(const struct memory *m)
{
	check_rows(m);
	check_sums(m);
	if (m->terms)
		check_postings(m);
}

/* ---- what happens to it ---- */

/* Mostly a little on; at times long on, a little back, back beyond what counts as in order, or far into the future and out of it. */
static int64_t later(struct rng *r, int64_t at)
{
	switch (rng_below(r, 40)) {
	case 0: return at + (int64_t)rng_below(r, 30) * DATE_DAY;
	case 1: return at - (int64_t)rng_below(r, 3600);
	case 2: return at - 3601 - (int64_t)rng_below(r, 90 * DATE_DAY);
	case 3: return rng_below(r, 4) ? at : at + (int64_t)rng_below(r, 1000) * YEAR;
	case 4: return START;
	default: return at + (int64_t)rng_below(r, 7200);
	}
}

static void live(struct memory *m, uint64_t seed, int steps, uint32_t docs, uint32_t drops)
{
	int64_t at = START;
	struct rng r;

	rng_seed(&r, seed);
	for (int i = 0; i < steps; i++) {
		size_t doc = rng_below(&r, docs);

		if (rng_below(&r, 100) < drops) {
			memory_drop(m, doc);
		} else {
			at = later(&r, at);
			memory_put(m, doc, at, 0.05 + 0.95 * rng_uniform(&r));
		}
		if (i % 16 == 0 || i + 1 == steps)
			check_memory(m);
	}
}

static void what_is_kept_beside_the_rows_is_what_the_rows_say(void **state)
{
	static const struct { uint32_t docs, drops; int steps; } lives[] = { { 5, 40, 600 }, { 40, 45, 1500 }, { DOCS, 10, 2500 }, { DOCS, 60, 1500 }, { 1, 50, 300 } };

	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++)
		for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
			struct memory *m = memory_new(&corpus, seed % 4 != 0);

			live(m, seed, lives[i].steps, lives[i].docs, lives[i].drops);
			memory_free(m);
		}
}

static void the_longest_not_put_goes_where_there_are_too_many(void **state)
{
	struct memory *m = memory_new(&corpus, true);

	(void)state;
	for (size_t doc = 0; doc < MEMORY_MOST; doc++)
		memory_put(m, doc, START + (int64_t)doc, 1);
	memory_put(m, 0, START, 0.5); /* an earlier time makes no difference: it was put last */
	memory_put(m, MEMORY_MOST, START + MEMORY_MOST, 1);
	assert_int_equal(m->h, MEMORY_MOST);
	assert_true(memory_row(m, 0) >= 0 && memory_row(m, MEMORY_MOST) >= 0);
	assert_int_equal(memory_row(m, 1), -1);
	check_memory(m);
	memory_free(m);
}

/* While the clock goes on, a weight at a moment is what it was without decay, faded by its age, whatever base it is kept as of. */
static void weights_fade_by_their_age_alone(void **state)
{
	struct memory *m = memory_new(&corpus, true);
	int64_t now = START;
	struct rng r;

	(void)state;
	rng_seed(&r, 3);
	for (int i = 0; i < 2000; i++) {
		now += (int64_t)rng_below(&r, rng_below(&r, 50) ? 3000 : 2 * DATE_DAY);
		memory_put(m, rng_below(&r, DOCS), now, 0.05 + rng_uniform(&r));
		for (size_t row = 0; row < m->h; row++)
			for (int hz = 0; hz < HORIZON_COUNT; hz++) {
				double is = m->weight[hz][row] * memory_fade(m, (enum horizon)hz, now + 600);

				assert_close(is, m->kept[row] * exp(-(double)(now + 600 - m->at[row]) / horizon_tau[hz]), m->kept[row]);
			}
	}
	memory_free(m);
}

/* Each step is within what counts as in order; together they are a clock put back. */
static void a_clock_that_creeps_back_lets_no_weight_grow(void **state)
{
	struct memory *m = memory_new(&corpus, true);
	int64_t now = START;

	(void)state;
	for (size_t i = 0; i < 8000; i++) {
		now -= 3600;
		memory_put(m, i % 10, now, 1);
		for (int hz = 0; hz < HORIZON_COUNT; hz++) {
			double all = m->total[hz] * memory_fade(m, (enum horizon)hz, now);

			assert_true(isfinite(all) && all <= 10 * exp(3 * 3600 / horizon_tau[hz]));
		}
	}
	check_memory(m);
	memory_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_beside_the_rows_is_what_the_rows_say),
		cmocka_unit_test(the_longest_not_put_goes_where_there_are_too_many),
		cmocka_unit_test(weights_fade_by_their_age_alone),
		cmocka_unit_test(a_clock_that_creeps_back_lets_no_weight_grow),
	};

	return cmocka_run_group_tests_name("memory", tests, make_corpus, clear_corpus);
}
