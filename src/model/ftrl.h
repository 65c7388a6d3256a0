/* ftrl - follow the regularised leader over terms: a linear model with a weight for every word, most of them exactly 0.
 *
 * Beside the interest model, which sees an article through a handful of likenesses, this one learns on the term rows themselves. Each column has its
 * own step length, so that rare terms learn fast and common ones slowly, and l1 keeps a term at 0 until enough speaks for it. An intercept of its own,
 * held to nothing, takes up how often the answer is yes.
 */
#ifndef ECLOSE_MODEL_FTRL_H
#define ECLOSE_MODEL_FTRL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "text/tfidf.h"

#define FTRL_ALPHA 0.5 /* rate of a step */
#define FTRL_BETA 1.0  /* holds the first steps of a column short */
#define FTRL_L1 0.01   /* what a column's slopes must sum up to before its weight leaves 0 */
#define FTRL_L2 0.1
#define FTRL_COLUMNS_MOST ((size_t)1 << 22) /* columns from here on count for nothing */

struct ftrl_rates { double alpha, beta, l1, l2; }; /* alpha > 0, the others >= 0 */

/* What is known of one column: the sum of slopes less what the steps already took, and the sum of squared slopes. */
struct ftrl_column { double z, n; };

struct ftrl {
	struct ftrl_rates rates;
	size_t cols;                /* room in column; what lies beyond was never seen */
	struct ftrl_column *column; /* (cols) by column of the term rows */
	struct ftrl_column intercept;
	int64_t updates;
};

/* ftrl_init - all weights 0. rates are copied; NULL takes the constants above. Frees: ftrl_clear. */
void ftrl_init(struct ftrl *f, const struct ftrl_rates *rates);
void ftrl_clear(struct ftrl *f);

/* ftrl_update - learn one event on row `row` of x.
 *   y in {0,1};  weight >= 0, what is 0 teaches nothing
 * The table grows to the row's last column. Numbers outside any sense are cut: |value| and weight to 1e6, NaN to 0. Returns the log-loss before the
 * update, nats. Cannot fail; O(values of the row); deterministic.
 * Source: McMahan et al., KDD 2013, algorithm 1. */
double ftrl_update(struct ftrl *f, const struct csr *x, size_t row, int y, double weight);

/* ftrl_score - log-odds of a row: ftrl_base + sum of ftrl_weight(column) * value, values bounded as above. */
double ftrl_score(const struct ftrl *f, const struct csr *x, size_t row);
/* ftrl_weight - of one column, exactly 0 where it was never seen or l1 holds it there. */
double ftrl_weight(const struct ftrl *f, uint32_t col);
/* ftrl_base - the intercept: the score of a row without terms. */
double ftrl_base(const struct ftrl *f);

/* ftrl_state_size, ftrl_save - what was learned, as bytes of this machine's order: the columns seen only. out (ftrl_state_size) */
size_t ftrl_state_size(const struct ftrl *f);
void ftrl_save(const struct ftrl *f, void *out);
/* ftrl_load - put a saved state into a model that was made with the same rates, in place of what it had learned; it then goes on as the saved one would have.
 * Errors: ERR_CORRUPT (not such a state, or numbers that can't be; f is left as it was). */
enum err ftrl_load(struct ftrl *f, const void *state, size_t size, struct err_info *info);

#endif
