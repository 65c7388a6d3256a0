#include "model/ftrl.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/logistic.h"

/* No learning comes near this; a state that is beyond it is damaged. */
#define STATE_NUMBER_MOST 1e30
#define STATE_MAGIC UINT64_C(0x65636c6f66747201)

struct state_head {
	uint64_t magic;
	struct ftrl_rates rates;
	struct ftrl_column intercept;
	int64_t updates;
	uint64_t columns; /* that follow, ascending */
};

struct state_column {
	uint64_t col;
	struct ftrl_column at;
};

void ftrl_init(struct ftrl *f, const struct ftrl_rates *rates)
{
	static const struct ftrl_rates shipped = { FTRL_ALPHA, FTRL_BETA, FTRL_L1, FTRL_L2 };

	*f = (struct ftrl){ .rates = rates ? *rates : shipped };
	assert(f->rates.alpha > 0 && f->rates.beta >= 0 && f->rates.l1 >= 0 && f->rates.l2 >= 0);
}

void ftrl_clear(struct ftrl *f)
{
	free(f->column);
	*f = (struct ftrl){ 0 };
}

/* The weight that a column's sums stand for: where the sum of slopes, squared steps and both norms is least. */
static double solve(const struct ftrl_rates *r, const struct ftrl_column *at, double l1, double l2)
{
	if (fabs(at->z) <= l1)
		return 0;
	return -(at->z - copysign(l1, at->z)) / ((r->beta + sqrt(at->n)) / r->alpha + l2);
}

double ftrl_weight(const struct ftrl *f, uint32_t col)
{
	return col < f->cols ? solve(&f->rates, &f->column[col], f->rates.l1, f->rates.l2) : 0;
}

double ftrl_base(const struct ftrl *f)
{
	return solve(&f->rates, &f->intercept, 0, 0);
}

double ftrl_score(const struct ftrl *f, const struct csr *x, size_t row)
{
	double score = ftrl_base(f);

	assert(row < x->rows);
	for (size_t p = x->ptr[row]; p < x->ptr[row + 1]; p++)
		score += ftrl_weight(f, x->col[p]) * logistic_cut(x->val[p], LOGISTIC_X_MOST);
	return score;
}

static void grow(struct ftrl *f, size_t cols)
{
	size_t room = f->cols ? f->cols : 1024;

	if (cols <= f->cols)
		return;
	while (room < cols)
		room *= 2;
	f->column = mem_resize(f->column, room, sizeof *f->column);
	memset(f->column + f->cols, 0, (room - f->cols) * sizeof *f->column);
	f->cols = room;
}

/* One slope into one column, whose weight is still that which the score was made with. */
static void learn(const struct ftrl_rates *r, struct ftrl_column *at, double weight, double slope)
{
	double sigma = (sqrt(at->n + slope * slope) - sqrt(at->n)) / r->alpha;

	at->z += slope - sigma * weight;
	at->n += slope * slope;
}

double ftrl_update(struct ftrl *f, const struct csr *x, size_t row, int y, double weight)
{
	double score = ftrl_score(f, x, row), slope;

	weight = logistic_weight(weight, LOGISTIC_WEIGHT_MOST);
	slope = weight * (logistic_chance(score) - (y ? 1 : 0));
	f->updates++;
	for (size_t p = x->ptr[row]; p < x->ptr[row + 1]; p++) {
		uint32_t col = x->col[p];

		if (col >= FTRL_COLUMNS_MOST)
			break; /* columns ascend */
		grow(f, (size_t)col + 1);
		learn(&f->rates, &f->column[col], ftrl_weight(f, col), slope * logistic_cut(x->val[p], LOGISTIC_X_MOST));
	}
	learn(&f->rates, &f->intercept, ftrl_base(f), slope);
	return logistic_loss(y, score);
}

/* ---- the state as bytes ---- */

static size_t columns_seen(const struct ftrl *f)
{
	size_t seen = 0;

	for (size_t col = 0; col < f->cols; col++)
		seen += f->column[col].n > 0;
	return seen;
}

size_t ftrl_state_size(const struct ftrl *f)
{
	return sizeof(struct state_head) + columns_seen(f) * sizeof(struct state_column);
}

void ftrl_save(const struct ftrl *f, void *out)
{
	struct state_head head = { STATE_MAGIC, f->rates, f->intercept, f->updates, columns_seen(f) };
	char *at = out;

	memcpy(at, &head, sizeof head);
	at += sizeof head;
	for (size_t col = 0; col < f->cols; col++) {
		struct state_column one = { col, f->column[col] };

		if (one.at.n > 0) {
			memcpy(at, &one, sizeof one);
			at += sizeof one;
		}
	}
}

static bool same_rates(const struct ftrl_rates *a, const struct ftrl_rates *b)
{
	return a->alpha == b->alpha && a->beta == b->beta && a->l1 == b->l1 && a->l2 == b->l2;
}

static bool sound(const struct ftrl_column *c)
{
	return fabs(c->z) <= STATE_NUMBER_MOST && c->n >= 0 && c->n <= STATE_NUMBER_MOST;
}

/* The columns of a saved state into f. False where they don't ascend, are too high, or have numbers that can't be. */
static bool take_columns(struct ftrl *f, const char *at, size_t n)
{
	struct state_column one;
	uint64_t least = 0;

	for (size_t i = 0; i < n; i++, least = one.col + 1) {
		memcpy(&one, at + i * sizeof one, sizeof one);
		if (one.col < least || one.col >= FTRL_COLUMNS_MOST || !sound(&one.at))
			return false;
		grow(f, (size_t)one.col + 1);
		f->column[one.col] = one.at;
	}
	return true;
}

enum err ftrl_load(struct ftrl *f, const void *state, size_t size, struct err_info *info)
{
	struct state_head head;
	struct ftrl fresh;
	size_t n;

	if (size < sizeof head || (size - sizeof head) % sizeof(struct state_column) != 0)
		return err_set(info, ERR_CORRUPT, "the saved term weights have a length that can't be, %zu bytes", size);
	memcpy(&head, state, sizeof head);
	n = (size - sizeof head) / sizeof(struct state_column);
	if (head.magic != STATE_MAGIC || !same_rates(&head.rates, &f->rates))
		return err_set(info, ERR_CORRUPT, "the saved term weights are of other rates");
	ftrl_init(&fresh, &f->rates);
	fresh.intercept = head.intercept;
	fresh.updates = head.updates;
	if (head.columns != n || head.updates < 0 || !sound(&head.intercept) || !take_columns(&fresh, (const char *)state + sizeof head, n)) {
		ftrl_clear(&fresh);
		return err_set(info, ERR_CORRUPT, "the saved term weights have numbers that can't be");
	}
	ftrl_clear(f);
	*f = fresh;
	return OK;
}
