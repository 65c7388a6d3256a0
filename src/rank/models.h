/* models - which model gives the scores: the interest model, or one of its rivals, learned beside it from the same signals.
 *
 * A score is a sum whichever model gives it: a weight for each feature, one for each term, and a base. How uncertain it is, only the interest model knows; its
 * standard deviation is taken for that of the others.
 */
#ifndef ECLOSE_RANK_MODELS_H
#define ECLOSE_RANK_MODELS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/ftrl.h"
#include "model/interest.h"
#include "model/net.h"

/* X(NAME, "word") */
#define MODELS(X) \
	X(MODEL_INTEREST, "interest") /* Bayesian logistic regression over features: the default */ \
	X(MODEL_NET, "net")           /* a network over the same features */ \
	X(MODEL_FTRL, "ftrl")         /* follow the regularised leader over terms */

enum model_kind {
#define X(name, word) name,
	MODELS(X)
#undef X
	MODEL_COUNT
};

extern const char *const model_word[MODEL_COUNT];

struct models {
	enum model_kind used;
	bool learns[MODEL_COUNT]; /* the interest model always does */
	struct interest interest;
	struct net net;           /* where it learns */
	struct ftrl ftrl;
};

/* models_init - the interest model alone, in use. prior_mean, prior_sd (d) borrowed. Frees: models_clear. */
void models_init(struct models *m, size_t d, const double *prior_mean, const double *prior_sd);
void models_clear(struct models *m);
/* models_use - from here on this model gives the scores; it must learn from the first event on to know what the others do. */
void models_use(struct models *m, enum model_kind kind);
/* models_update - one signal for all that learn. x (d) features; row of t: the article's terms. */
void models_update(struct models *m, const double *x, const struct csr *t, size_t row, int y, double weight);
/* models_score_by - log-odds by one that learns. */
double models_score_by(const struct models *m, enum model_kind kind, const double *x, const struct csr *t, size_t row);
/* models_score - by the model in use. */
double models_score(const struct models *m, const double *x, const struct csr *t, size_t row);
/* models_split - the same as a sum: weight [out] (d) of each feature of this row, returned: the base. What terms add is models_term. */
double models_split(const struct models *m, const double *x, double *weight);
/* models_term - what a term adds for each unit of its weight in the article; 0 unless the model in use has terms. */
double models_term(const struct models *m, uint32_t col);
/* models_numbers - all that was learned, as numbers to be compared: mean and covariance of the interest model, then the weights of the others that learn, those of terms
 * last. out [out] that many, NULL: only counted. Returns how many. */
size_t models_numbers(const struct models *m, double *out);

/* models_rivals_size, models_rivals_save - the states of those that learn beside the interest model, as bytes of this machine's order. out (models_rivals_size) */
size_t models_rivals_size(const struct models *m);
void models_rivals_save(const struct models *m, void *out);
/* models_rivals_load - put saved states into models of which the same ones learn; they then go on as the saved ones would have.
 * Errors: ERR_CORRUPT (no such states; what m has learned is then of no use). */
enum err models_rivals_load(struct models *m, const void *state, size_t size, struct err_info *info);

/* models_find - the model of that name. Errors: ERR_USAGE, naming the nearest and all there are. */
enum err models_find(const char *word, enum model_kind *out, struct err_info *info);

#endif
