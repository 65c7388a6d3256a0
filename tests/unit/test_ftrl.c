/* ftrl - against a naive dense implementation of the paper's objective, and what each of its norms is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/ftrl.h"

#define V 50 /* columns */

static const struct ftrl_rates rates = { 0.7, 1.3, 0.15, 0.4 };

static double chance(double a)
{
	return 1 / (1 + exp(-a));
}

/* Rows of a few columns, at unit length. */
static void add_row(struct rng *r, struct csr *x)
{
	uint32_t col[V];
	float val[V];
	size_t n = 0;
	double squares = 0;

	for (uint32_t c = 0; c < V; c++)
		if (rng_below(r, c < 5 ? 2 : 10) == 0) {
			col[n] = c;
			val[n] = (float)(0.1 + rng_uniform(r));
			squares += (double)val[n] * val[n];
			n++;
		}
	for (size_t i = 0; i < n; i++)
		val[i] = (float)(val[i] / sqrt(squares));
	csr_add_row(x, col, val, n);
}

static struct csr random_rows(uint64_t seed, size_t n)
{
	struct csr x = CSR_INIT;
	struct rng r;

	rng_seed(&r, seed);
	for (size_t i = 0; i < n; i++)
		add_row(&r, &x);
	return x;
}

static struct csr single(uint32_t col, float val)
{
	struct csr x = CSR_INIT;

	csr_add_row(&x, &col, &val, 1);
	return x;
}

/* ---- the naive one: the whole past is kept, and each weight is found where the paper's objective is least ---- */

struct past { size_t t; double slope[400], sigma[400], weight[400]; };

/* d/dw of sum(g) w + sum(sigma (w - w_s)^2) / 2 + l2 w^2 / 2 + beta w^2 / (2 alpha), the l1 left out. */
static double slope_at(const struct past *p, const struct ftrl_rates *r, double l2, double w)
{
	double sum = w * (l2 + r->beta / r->alpha);

	for (size_t s = 0; s < p->t; s++)
		sum += p->slope[s] + p->sigma[s] * (w - p->weight[s]);
	return sum;
}

/* Bisection on the subgradient. */
static double naive_weight(const struct past *p, const struct ftrl_rates *r, double l1, double l2)
{
	double low = -100, high = 100;

	if (fabs(slope_at(p, r, l2, 0)) <= l1)
		return 0;
	for (int i = 0; i < 100; i++) {
		double mid = low + (high - low) / 2;

		if (slope_at(p, r, l2, mid) + copysign(l1, mid) > 0)
			high = mid;
		else
			low = mid;
	}
	return low + (high - low) / 2;
}

static void naive_learn(struct past *p, const struct ftrl_rates *r, double weight, double slope)
{
	double squares = 0;

	for (size_t s = 0; s < p->t; s++)
		squares += p->slope[s] * p->slope[s];
	p->sigma[p->t] = (sqrt(squares + slope * slope) - sqrt(squares)) / r->alpha;
	p->slope[p->t] = slope;
	p->weight[p->t++] = weight;
}

/* All columns are gone through at every row, those without a value too. The last past is the intercept's. */
static void naive_update(struct past *past, const double *x, int y, double importance)
{
	double w[V + 1], a = 0, slope;

	for (size_t c = 0; c <= V; c++) {
		w[c] = c < V ? naive_weight(&past[c], &rates, rates.l1, rates.l2) : naive_weight(&past[c], &rates, 0, 0);
		a += w[c] * x[c];
	}
	slope = importance * (chance(a) - y);
	for (size_t c = 0; c <= V; c++)
		naive_learn(&past[c], &rates, w[c], slope * x[c]);
}

static void it_is_the_leader_that_a_naive_dense_one_finds(void **state)
{
	struct csr x = random_rows(1, 400);
	struct past *past = calloc(V + 1, sizeof *past);
	struct ftrl f;
	struct rng r;
	size_t zeros = 0;

	(void)state;
	assert_non_null(past);
	rng_seed(&r, 2);
	ftrl_init(&f, &rates);
	for (size_t i = 0; i < x.rows; i++) {
		double dense[V + 1] = { [V] = 1 }, weight = 2 * rng_uniform(&r), a;
		int y = rng_below(&r, 3) == 0;

		csr_axpy(&x, i, 1, dense);
		a = ftrl_score(&f, &x, i);
		assert_true(fabs(ftrl_update(&f, &x, i, y, weight) - log1p(exp(y ? -a : a))) < 1e-12);
		naive_update(past, dense, y, weight);
	}
	for (uint32_t c = 0; c < V; c++) {
		assert_true(fabs(ftrl_weight(&f, c) - naive_weight(&past[c], &rates, rates.l1, rates.l2)) < 1e-9);
		zeros += ftrl_weight(&f, c) == 0;
	}
	assert_true(zeros > 0 && zeros < V);
	assert_true(fabs(ftrl_base(&f) - naive_weight(&past[V], &rates, 0, 0)) < 1e-9);
	assert_int_equal(f.updates, 400);
	free(past);
	csr_clear(&x);
	ftrl_clear(&f);
}

static void a_score_is_the_base_and_the_weights_of_its_terms(void **state)
{
	struct csr x = random_rows(3, 300), none = CSR_INIT;
	struct ftrl f;

	(void)state;
	ftrl_init(&f, NULL);
	for (size_t i = 0; i < x.rows; i++)
		ftrl_update(&f, &x, i, i % 3 == 0, 1);
	for (size_t i = 0; i < x.rows; i++) {
		double sum = ftrl_base(&f);

		for (size_t p = x.ptr[i]; p < x.ptr[i + 1]; p++)
			sum += ftrl_weight(&f, x.col[p]) * x.val[p];
		assert_true(fabs(sum - ftrl_score(&f, &x, i)) < 1e-12);
	}
	csr_add_row(&none, NULL, NULL, 0);
	assert_true(ftrl_base(&f) < 0 && ftrl_score(&f, &none, 0) == ftrl_base(&f));
	csr_clear(&x);
	csr_clear(&none);
	ftrl_clear(&f);
}

/* Columns 0 and 1 decide, the other 48 are noise. Returns how many of the noise have a weight. */
static size_t noise_weights(double l1, double *liked, double *disliked)
{
	struct csr x = random_rows(4, 2000);
	struct ftrl_rates r = { 1, 1, l1, 0 };
	struct ftrl f;
	struct rng rng;
	size_t n = 0;

	rng_seed(&rng, 5);
	ftrl_init(&f, &r);
	for (size_t i = 0; i < x.rows; i++) {
		double dense[V] = { 0 };

		csr_axpy(&x, i, 1, dense);
		ftrl_update(&f, &x, i, rng_uniform(&rng) < chance(6 * (dense[0] - dense[1])), 1);
	}
	for (uint32_t c = 2; c < V; c++)
		n += ftrl_weight(&f, c) != 0;
	*liked = ftrl_weight(&f, 0);
	*disliked = ftrl_weight(&f, 1);
	csr_clear(&x);
	ftrl_clear(&f);
	return n;
}

static void l1_leaves_nought_where_nothing_speaks(void **state)
{
	double liked, disliked;

	(void)state;
	assert_int_equal(noise_weights(0, &liked, &disliked), V - 2);
	assert_true(liked > 1 && disliked < -1);
	assert_true(noise_weights(5, &liked, &disliked) < V / 4);
	assert_true(liked > 1 && disliked < -1);
}

static void l2_holds_weights_short(void **state)
{
	struct csr x = single(3, 1);
	double weight[2];

	(void)state;
	for (int held = 0; held < 2; held++) {
		struct ftrl_rates r = { 1, 1, 0, held ? 5 : 0 };
		struct ftrl f;

		ftrl_init(&f, &r);
		for (int i = 0; i < 50; i++)
			ftrl_update(&f, &x, 0, 1, 1);
		weight[held] = ftrl_weight(&f, 3);
		ftrl_clear(&f);
	}
	assert_true(weight[1] > 0 && weight[0] > 2 * weight[1]);
	csr_clear(&x);
}

static void what_was_never_seen_has_no_weight_and_takes_no_room(void **state)
{
	struct csr x = single(70000, 1), far = single((uint32_t)FTRL_COLUMNS_MOST, 1), last = single(UINT32_MAX, 1);
	struct ftrl f;

	(void)state;
	ftrl_init(&f, NULL);
	assert_true(ftrl_weight(&f, 0) == 0 && ftrl_weight(&f, UINT32_MAX) == 0 && ftrl_score(&f, &x, 0) == 0);
	assert_int_equal(f.cols, 0);
	ftrl_update(&f, &far, 0, 1, 1);
	ftrl_update(&f, &last, 0, 1, 1);
	assert_int_equal(f.cols, 0);
	assert_true(ftrl_score(&f, &last, 0) == ftrl_base(&f) && ftrl_base(&f) > 0);
	ftrl_update(&f, &x, 0, 1, 1);
	assert_true(ftrl_weight(&f, 70000) > 0 && ftrl_weight(&f, 69999) == 0);
	csr_clear(&x);
	csr_clear(&far);
	csr_clear(&last);
	ftrl_clear(&f);
}

static void what_has_no_weight_teaches_nothing(void **state)
{
	static const double none[] = { 0, -1, NAN, -INFINITY };
	struct csr x = single(3, 1);
	struct ftrl f;

	(void)state;
	ftrl_init(&f, NULL);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		ftrl_update(&f, &x, 0, 1, none[i]);
	assert_true(ftrl_weight(&f, 3) == 0 && ftrl_base(&f) == 0);
	csr_clear(&x);
	ftrl_clear(&f);
}

static void extreme_data_give_numbers(void **state)
{
	static const float odd[] = { 0, 1e38f, -1e38f, 1e-38f, INFINITY, -INFINITY, NAN, 1, -1, 50 };
	static const double weights[] = { 0, 1, 1e-300, 1e300, INFINITY, NAN, -5, 1e6 };
	struct ftrl f;
	struct rng r;

	(void)state;
	rng_seed(&r, 6);
	ftrl_init(&f, NULL);
	for (int i = 0; i < 100000; i++) {
		uint32_t col[] = { rng_below(&r, 10), 10 + rng_below(&r, 10) };
		float val[] = { odd[rng_below(&r, 10)], rng_below(&r, 2) ? (float)rng_normal(&r) : odd[rng_below(&r, 10)] };
		struct csr x = CSR_INIT;
		double loss;

		csr_add_row(&x, col, val, 2);
		loss = ftrl_update(&f, &x, 0, (int)rng_below(&r, 2), weights[rng_below(&r, 8)]);
		assert_true(isfinite(loss) && loss >= 0 && isfinite(ftrl_score(&f, &x, 0)));
		csr_clear(&x);
	}
	for (uint32_t c = 0; c < 20; c++)
		assert_true(isfinite(ftrl_weight(&f, c)));
	ftrl_clear(&f);
}

static void a_saved_model_goes_on_as_if_it_had_never_stopped(void **state)
{
	struct csr x = random_rows(7, 300);
	struct ftrl a, b;
	size_t size;
	void *bytes;

	(void)state;
	ftrl_init(&a, &rates);
	ftrl_init(&b, &rates);
	ftrl_update(&b, &x, 299, 1, 1); /* what was learned before gives way */
	for (size_t i = 0; i < 200; i++)
		ftrl_update(&a, &x, i, i % 3 == 0, 1);
	size = ftrl_state_size(&a);
	bytes = malloc(size);
	assert_non_null(bytes);
	ftrl_save(&a, bytes);
	assert_int_equal(ftrl_load(&b, bytes, size, NULL), OK);
	for (size_t i = 200; i < 300; i++)
		assert_true(ftrl_update(&a, &x, i, i % 2, 1) == ftrl_update(&b, &x, i, i % 2, 1));
	for (uint32_t c = 0; c < V; c++)
		assert_true(ftrl_weight(&a, c) == ftrl_weight(&b, c));
	assert_true(ftrl_base(&a) == ftrl_base(&b));
	assert_int_equal(a.updates, b.updates);
	free(bytes);
	csr_clear(&x);
	ftrl_clear(&a);
	ftrl_clear(&b);
}

static void assert_refused(struct ftrl *f, const void *bytes, size_t size)
{
	struct err_info info = ERR_INFO_INIT;
	double base = ftrl_base(f), weight = ftrl_weight(f, 3);

	assert_int_equal(ftrl_load(f, bytes, size, &info), ERR_CORRUPT);
	assert_true(info.text[0] && ftrl_base(f) == base && ftrl_weight(f, 3) == weight);
}

static void a_damaged_or_foreign_state_is_refused(void **state)
{
	const double bad[] = { NAN, INFINITY, -1 };
	const uint64_t too_high = FTRL_COLUMNS_MOST, first = 0;
	struct csr x = random_rows(8, 50);
	struct ftrl f, other;
	size_t size, last;
	char *bytes;

	(void)state;
	ftrl_init(&f, &rates);
	ftrl_init(&other, NULL);
	for (size_t i = 0; i < x.rows; i++)
		ftrl_update(&f, &x, i, i % 3 == 0, 1);
	size = ftrl_state_size(&f), last = size - sizeof(uint64_t) - sizeof(struct ftrl_column);
	bytes = malloc(size);
	assert_non_null(bytes);
	ftrl_save(&f, bytes);
	assert_refused(&f, bytes, 0);
	assert_refused(&f, bytes, size - 1);
	assert_refused(&f, bytes, last); /* one column less than it says */
	assert_refused(&other, bytes, size);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ftrl_save(&f, bytes);
		memcpy(bytes + size - sizeof(double), &bad[i], sizeof(double));
		assert_refused(&f, bytes, size);
	}
	ftrl_save(&f, bytes);
	memcpy(bytes + last, &too_high, sizeof too_high);
	assert_refused(&f, bytes, size);
	memcpy(bytes + last, &first, sizeof first);
	assert_refused(&f, bytes, size);
	free(bytes);
	csr_clear(&x);
	ftrl_clear(&f);
	ftrl_clear(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_leader_that_a_naive_dense_one_finds),
		cmocka_unit_test(a_score_is_the_base_and_the_weights_of_its_terms),
		cmocka_unit_test(l1_leaves_nought_where_nothing_speaks),
		cmocka_unit_test(l2_holds_weights_short),
		cmocka_unit_test(what_was_never_seen_has_no_weight_and_takes_no_room),
		cmocka_unit_test(what_has_no_weight_teaches_nothing),
		cmocka_unit_test(extreme_data_give_numbers),
		cmocka_unit_test(a_saved_model_goes_on_as_if_it_had_never_stopped),
		cmocka_unit_test(a_damaged_or_foreign_state_is_refused),
	};

	return cmocka_run_group_tests_name("ftrl", tests, NULL, NULL);
}
