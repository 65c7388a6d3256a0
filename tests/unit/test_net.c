/* net - the network against finite differences, against the linear prior that it starts as, and against the linear model at what that can't learn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/interest.h"
#include "model/net.h"

#define D ((size_t)9)

static const double prior_mean[D] = { -1, 1, 1, 0.5, 0, 0.4, -0.3, 1, 0 };
static const double prior_sd[D] = { 1, 1, 0.5, 0.5, 2, 0.3, 0.3, 1, 1 };

static double chance(double a)
{
	return 1 / (1 + exp(-a));
}

static double dot(const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < D; i++)
		sum += a[i] * b[i];
	return sum;
}

static void random_rows(struct rng *r, double *x, size_t rows)
{
	for (size_t i = 0; i < rows * D; i++)
		x[i] = i % D == 0 ? 1 : rng_normal(r);
}

static double score_one(const struct net *n, const double *x)
{
	double out;

	net_score(n, x, 1, &out);
	return out;
}

/* A net that has learned something of all its weights. */
static void make_trained(struct net *n, uint64_t seed, int events)
{
	struct rng r;
	double x[D];

	rng_seed(&r, seed);
	net_init(n, D, prior_mean, prior_sd, 11);
	for (int i = 0; i < events; i++) {
		random_rows(&r, x, 1);
		net_update(n, x, x[1] * x[2] > 0, 0.1 + rng_uniform(&r));
	}
}

/* The definition, one unit at a time. */
static double naive_score(const struct net *n, const double *x)
{
	double score = dot(n->theta, x);

	for (size_t h = 0; h < NET_HIDDEN; h++)
		score += n->theta[(1 + NET_HIDDEN) * D + h] * tanh(dot(n->theta + (1 + h) * D, x));
	return score;
}

static void before_any_training_it_scores_as_the_linear_prior(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct net n;
		double x[70 * D], score[70], weight[D];

		net_init(&n, D, prior_mean, prior_sd, seed);
		random_rows(&r, x, 70);
		net_score(&n, x, 70, score);
		for (size_t i = 0; i < 70; i++)
			assert_true(fabs(score[i] - dot(prior_mean, x + i * D)) < 1e-12);
		assert_true(fabs(net_weights(&n, x, weight)) < 1e-12);
		assert_memory_equal(weight, prior_mean, sizeof prior_mean);
		net_clear(&n);
	}
}

static void the_prior_of_the_units_is_the_one_they_were_drawn_from(void **state)
{
	struct net n;
	double squares = 0, count = NET_HIDDEN * D;

	(void)state;
	net_init(&n, D, prior_mean, prior_sd, 1);
	for (size_t j = D; j < (1 + NET_HIDDEN) * D; j++) {
		assert_true(fabs(n.sd[j] - 1 / sqrt((double)D)) < 1e-12);
		squares += n.start[j] * n.start[j];
	}
	/* 144 draws: their variance is within a third of 1 / D but for one seed in two hundred */
	assert_true(fabs(squares / count * D - 1) < 1.0 / 3);
	assert_memory_equal(n.sd, prior_sd, sizeof prior_sd);
	net_clear(&n);
}

static void many_rows_score_as_the_definition_says_of_each(void **state)
{
	struct net n;
	struct rng r;
	double x[101 * D], score[101];

	(void)state;
	make_trained(&n, 2, 500);
	rng_seed(&r, 3);
	random_rows(&r, x, 101);
	net_score(&n, x, 101, score);
	for (size_t i = 0; i < 101; i++) {
		assert_true(fabs(score[i] - naive_score(&n, x + i * D)) < 1e-12);
		assert_true(fabs(score[i] - score_one(&n, x + i * D)) < 1e-12);
	}
	/* the units do take part */
	assert_true(fabs(score[0] - dot(n.theta, x)) > 1e-3);
	net_clear(&n);
}

static void the_gradient_is_that_of_finite_differences(void **state)
{
	struct net n;
	struct rng r;
	double x[NET_BATCH * D], weight[NET_BATCH], *grad, *other;
	unsigned char y[NET_BATCH];

	(void)state;
	make_trained(&n, 4, 300);
	grad = calloc(n.params, sizeof *grad);
	other = calloc(n.params, sizeof *other);
	assert_non_null(grad);
	assert_non_null(other);
	rng_seed(&r, 5);
	for (size_t rows = 1; rows <= NET_BATCH; rows += 31) {
		random_rows(&r, x, rows);
		for (size_t i = 0; i < rows; i++)
			y[i] = rng_below(&r, 2) != 0, weight[i] = 2 * rng_uniform(&r);
		net_gradient(&n, x, y, weight, rows, grad);
		for (size_t j = 0; j < n.params; j++) {
			double h = 1e-5, kept = n.theta[j], up, down;

			n.theta[j] = kept + h;
			up = net_gradient(&n, x, y, weight, rows, other);
			n.theta[j] = kept - h;
			down = net_gradient(&n, x, y, weight, rows, other);
			n.theta[j] = kept;
			assert_true(fabs((up - down) / (2 * h) - grad[j]) < 1e-8);
		}
	}
	free(grad);
	free(other);
	net_clear(&n);
}

static void the_weights_of_a_row_add_up_to_its_score(void **state)
{
	struct net n;
	struct rng r;
	double x[D] = { 0 }, weight[D], other[D] = { 0 }, apart = 0;

	(void)state;
	make_trained(&n, 6, 2000);
	/* at 0 the weights are the slope there, and the score is 0 */
	assert_true(fabs(net_weights(&n, x, weight)) < 1e-12 && fabs(score_one(&n, x)) < 1e-12);
	rng_seed(&r, 7);
	for (int i = 0; i < 1000; i++) {
		double base, far = i % 3 == 0 ? 30 : 1;

		random_rows(&r, x, 1);
		for (size_t k = 1; k < D; k++)
			x[k] *= far;
		base = net_weights(&n, x, weight);
		assert_true(fabs(base + dot(weight, x) - score_one(&n, x)) < 1e-9);
		assert_true(fabs(base) < 1e-9);
		if (i > 0)
			apart = fmax(apart, fabs(weight[1] - other[1]));
		memcpy(other, weight, sizeof other);
	}
	assert_true(apart > 0.1);
	net_clear(&n);
}

/* Riemann's sum of the slope along the line from 0, by the midpoint rule: what the closed form stands for. */
static void the_weights_of_a_row_are_integrated_gradients(void **state)
{
	enum { POINTS = 2000 };
	struct net n;
	struct rng r;
	double x[D], weight[D];

	(void)state;
	make_trained(&n, 8, 1000);
	rng_seed(&r, 9);
	for (int i = 0; i < 5; i++) {
		random_rows(&r, x, 1);
		net_weights(&n, x, weight);
		for (size_t k = 0; k < D; k++) {
			double sum = 0, h = 1e-4;

			for (int t = 0; t < POINTS; t++) {
				double up[D], down[D];

				for (size_t j = 0; j < D; j++)
					up[j] = down[j] = (t + 0.5) / POINTS * x[j];
				up[k] += h;
				down[k] -= h;
				sum += (naive_score(&n, up) - naive_score(&n, down)) / (2 * h);
			}
			assert_true(fabs(sum / POINTS - weight[k]) < 1e-5);
		}
	}
	net_clear(&n);
}

/* Interest where two features agree in sign, none where they don't: the four corners of XOR, blurred, with one label in twenty wrong. */
static int corner(struct rng *r, double *x)
{
	memset(x, 0, D * sizeof *x);
	x[0] = 1;
	x[1] = (rng_below(r, 2) ? 1 : -1) + 0.2 * rng_normal(r);
	x[2] = (rng_below(r, 2) ? 1 : -1) + 0.2 * rng_normal(r);
	return (x[1] * x[2] > 0) != (rng_below(r, 20) == 0);
}

static void it_learns_what_two_features_say_together_and_the_linear_model_cannot(void **state)
{
	static const double flat[D] = { 0 };
	struct net n;
	struct interest m;
	struct rng r;
	double x[D];
	int right = 0, linear = 0;

	(void)state;
	rng_seed(&r, 10);
	net_init(&n, D, flat, prior_sd, 1);
	interest_init(&m, D, flat, prior_sd);
	for (int i = 0; i < 3000; i++) {
		int y = corner(&r, x);

		net_update(&n, x, y, 1);
		interest_update(&m, x, y, 1);
	}
	for (int i = 0; i < 2000; i++) {
		int y;

		(void)corner(&r, x);
		y = x[1] * x[2] > 0;
		right += (score_one(&n, x) > 0) == y;
		linear += (interest_mean(&m, x) > 0) == y;
	}
	assert_true(right > 1900);
	/* no line has more than three corners of four on its right side */
	assert_true(linear < 1550);
	net_clear(&n);
	interest_clear(&m);
}

/* Where the truth is linear and the data few, the units are in the way as little as may be. */
static void on_few_data_of_a_linear_truth_it_beats_the_prior_and_keeps_near_the_linear_model(void **state)
{
	double net_loss = 0, prior_loss = 0, linear_loss = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 12);
	for (int reader = 0; reader < 20; reader++) {
		struct net n;
		struct interest m;
		double truth[D];

		net_init(&n, D, prior_mean, prior_sd, 1);
		interest_init(&m, D, prior_mean, prior_sd);
		for (size_t i = 0; i < D; i++)
			truth[i] = prior_mean[i] + prior_sd[i] * rng_normal(&r);
		for (int i = 0; i < 100; i++) {
			double x[D];
			int y;

			random_rows(&r, x, 1);
			y = rng_uniform(&r) < chance(dot(truth, x));
			prior_loss += log1p(exp(y ? -dot(prior_mean, x) : dot(prior_mean, x)));
			net_loss += net_update(&n, x, y, 1);
			linear_loss += interest_update(&m, x, y, 1);
		}
		net_clear(&n);
		interest_clear(&m);
	}
	assert_true(net_loss < 0.9 * prior_loss);
	assert_true(net_loss < 1.15 * linear_loss);
}

static void the_loss_is_that_before_the_update_and_falls_on_repetition(void **state)
{
	struct net n;
	double x[D] = { 1, 0.5, -0.5, 1 }, a, before = INFINITY;

	(void)state;
	net_init(&n, D, prior_mean, prior_sd, 1);
	a = score_one(&n, x);
	assert_true(fabs(net_update(&n, x, 1, 1) - log1p(exp(-a))) < 1e-12);
	for (int i = 0; i < 20; i++) {
		double loss = net_update(&n, x, 1, 1);

		assert_true(loss < before);
		before = loss;
	}
	assert_int_equal(n.rows, 21);
	net_clear(&n);
}

static void a_weaker_signal_moves_it_less(void **state)
{
	double x[D] = { 1, 0.5, -0.5, 1 }, moved[2];

	(void)state;
	for (int strong = 0; strong < 2; strong++) {
		struct net n;

		net_init(&n, D, prior_mean, prior_sd, 1);
		moved[strong] = -score_one(&n, x);
		net_update(&n, x, 1, strong ? 2 : 0.03);
		moved[strong] += score_one(&n, x);
		net_clear(&n);
	}
	/* the weights are as 1 to 67 */
	assert_true(moved[0] > 0 && moved[1] > 10 * moved[0] && moved[1] < 100 * moved[0]);
}

/* Whatever is drawn, the newest event takes part: what a reader has just said is seen at once. */
static void every_event_moves_the_score_its_own_way(void **state)
{
	struct net n;
	struct rng r;

	(void)state;
	make_trained(&n, 20, 1000);
	rng_seed(&r, 21);
	for (int i = 0; i < 40; i++) {
		double x[D], before;

		random_rows(&r, x, 1);
		before = score_one(&n, x);
		net_update(&n, x, before < 0, 20);
		assert_true((score_one(&n, x) > before) == (before < 0));
	}
	net_clear(&n);
}

/* How far the net is from where it began, in prior standard deviations. */
static double away(const struct net *n)
{
	double squares = 0;

	for (size_t j = 0; j < n->params; j++)
		squares += pow((n->theta[j] - n->start[j]) / n->sd[j], 2);
	return sqrt(squares);
}

static void what_no_event_speaks_for_any_more_goes_back_to_the_start(void **state)
{
	struct net n;
	struct rng r;
	double x[D], far;

	(void)state;
	make_trained(&n, 18, 2000);
	far = away(&n);
	rng_seed(&r, 19);
	for (int i = 0; i < 6000; i++) {
		random_rows(&r, x, 1);
		net_update(&n, x, i % 2, 1e-9);
	}
	assert_true(far > 3 && away(&n) < 0.7 * far);
	net_clear(&n);
}

static void what_has_no_weight_teaches_nothing(void **state)
{
	static const double none[] = { 0, -1, NAN, -INFINITY };
	struct net n;
	double x[D] = { 1, 1 };

	(void)state;
	net_init(&n, D, prior_mean, prior_sd, 1);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		net_update(&n, x, 1, none[i]);
	assert_int_equal(n.rows, 0);
	assert_memory_equal(n.theta, n.start, n.params * sizeof *n.theta);
	net_clear(&n);
}

static void the_same_events_give_the_same_numbers_and_another_seed_others(void **state)
{
	struct net a, b, c;
	struct rng r;
	double x[D];

	(void)state;
	net_init(&a, D, prior_mean, prior_sd, 5);
	net_init(&b, D, prior_mean, prior_sd, 5);
	net_init(&c, D, prior_mean, prior_sd, 6);
	rng_seed(&r, 13);
	for (int i = 0; i < 1500; i++) {
		int y = (int)rng_below(&r, 2);

		random_rows(&r, x, 1);
		net_update(&a, x, y, 1);
		net_update(&b, x, y, 1);
		net_update(&c, x, y, 1);
	}
	assert_memory_equal(a.theta, b.theta, a.params * sizeof *a.theta);
	assert_memory_not_equal(a.theta, c.theta, a.params * sizeof *a.theta);
	net_clear(&a);
	net_clear(&b);
	net_clear(&c);
}

static void extreme_data_give_numbers_and_leave_it_able_to_learn(void **state)
{
	static const double odd[] = { 0, 1e300, -1e300, 1e-300, 1e18, -1e9, INFINITY, -INFINITY, NAN, 1, -1, 50 };
	static const double weights[] = { 0, 1, 1e-300, 1e300, INFINITY, NAN, -5, 1e6 };
	struct net n;
	struct rng r;
	double x[D], weight[D], late = 0;

	(void)state;
	rng_seed(&r, 14);
	net_init(&n, D, prior_mean, prior_sd, 1);
	for (int i = 0; i < 20000; i++) {
		double loss;

		for (size_t k = 0; k < D; k++)
			x[k] = rng_below(&r, 3) ? rng_normal(&r) : odd[rng_below(&r, sizeof odd / sizeof odd[0])];
		loss = net_update(&n, x, (int)rng_below(&r, 2), weights[rng_below(&r, sizeof weights / sizeof weights[0])]);
		assert_true(isfinite(loss) && loss >= 0);
		assert_true(isfinite(score_one(&n, x)) && isfinite(net_weights(&n, x, weight)));
	}
	for (size_t j = 0; j < n.params; j++)
		assert_true(isfinite(n.theta[j]) && fabs(n.theta[j]) < 1e3);
	for (int i = 0; i < 6000; i++) {
		double loss;

		random_rows(&r, x, 1);
		loss = net_update(&n, x, x[3] > 0, 1);
		late += i >= 5000 ? loss / 1000 : 0;
	}
	assert_true(late < 0.4);
	net_clear(&n);
}

static void a_saved_net_goes_on_as_if_it_had_never_stopped(void **state)
{
	struct net a, b;
	struct rng r;
	double x[D];
	void *bytes;

	(void)state;
	/* once before the ring is full and once after */
	for (int events = 40; events < 2000; events *= 17) {
		make_trained(&a, 15, events);
		bytes = malloc(net_state_size(&a));
		assert_non_null(bytes);
		net_save(&a, bytes);
		net_init(&b, D, prior_mean, prior_sd, 11);
		assert_int_equal(net_load(&b, bytes, net_state_size(&b), NULL), OK);
		rng_seed(&r, 16);
		for (int i = 0; i < 100; i++) {
			random_rows(&r, x, 1);
			assert_true(net_update(&a, x, i % 2, 1) == net_update(&b, x, i % 2, 1));
		}
		assert_memory_equal(a.theta, b.theta, a.params * sizeof *a.theta);
		assert_int_equal(a.rows, b.rows);
		free(bytes);
		net_clear(&a);
		net_clear(&b);
	}
}

/* Loading must fail and leave the net alone. */
static void assert_refused(struct net *n, const void *bytes, size_t size)
{
	struct err_info info = ERR_INFO_INIT;
	double first = n->theta[1];
	int64_t rows = n->rows;

	assert_int_equal(net_load(n, bytes, size, &info), ERR_CORRUPT);
	assert_true(info.text[0] && n->theta[1] == first && n->rows == rows);
}

static void a_damaged_or_foreign_state_is_refused(void **state)
{
	struct net a, other;
	size_t size, params;
	char *bytes;
	const double bad[] = { NAN, INFINITY, 1e300 };

	(void)state;
	make_trained(&a, 17, 100);
	size = net_state_size(&a), params = a.params * sizeof(double);
	bytes = malloc(size);
	assert_non_null(bytes);
	net_save(&a, bytes);
	assert_refused(&a, bytes, size - 1);
	assert_refused(&a, bytes, 0);
	net_init(&other, D, prior_mean, prior_sd, 12);
	assert_refused(&other, bytes, size);
	net_clear(&other);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		size_t head = size - NET_REPLAY - NET_REPLAY * (D + 1) * sizeof(double) - 2 * params;

		net_save(&a, bytes);
		memcpy(bytes + head + 5 * sizeof(double), &bad[i], sizeof bad[i]);
		assert_refused(&a, bytes, size);
		net_save(&a, bytes);
		memcpy(bytes + head + 2 * params, &bad[i], sizeof bad[i]);
		assert_refused(&a, bytes, size);
	}
	net_save(&a, bytes);
	bytes[size - 1] = 2;
	assert_refused(&a, bytes, size);
	net_save(&a, bytes);
	bytes[0] ^= 1;
	assert_refused(&a, bytes, size);
	free(bytes);
	net_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_any_training_it_scores_as_the_linear_prior),
		cmocka_unit_test(the_prior_of_the_units_is_the_one_they_were_drawn_from),
		cmocka_unit_test(many_rows_score_as_the_definition_says_of_each),
		cmocka_unit_test(the_gradient_is_that_of_finite_differences),
		cmocka_unit_test(the_weights_of_a_row_add_up_to_its_score),
		cmocka_unit_test(the_weights_of_a_row_are_integrated_gradients),
		cmocka_unit_test(it_learns_what_two_features_say_together_and_the_linear_model_cannot),
		cmocka_unit_test(on_few_data_of_a_linear_truth_it_beats_the_prior_and_keeps_near_the_linear_model),
		cmocka_unit_test(the_loss_is_that_before_the_update_and_falls_on_repetition),
		cmocka_unit_test(a_weaker_signal_moves_it_less),
		cmocka_unit_test(every_event_moves_the_score_its_own_way),
		cmocka_unit_test(what_no_event_speaks_for_any_more_goes_back_to_the_start),
		cmocka_unit_test(what_has_no_weight_teaches_nothing),
		cmocka_unit_test(the_same_events_give_the_same_numbers_and_another_seed_others),
		cmocka_unit_test(extreme_data_give_numbers_and_leave_it_able_to_learn),
		cmocka_unit_test(a_saved_net_goes_on_as_if_it_had_never_stopped),
		cmocka_unit_test(a_damaged_or_foreign_state_is_refused),
	};

	return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
