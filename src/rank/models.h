/* models - which model gives the scores: the interest model, or one of its rivals, learned beside it from the same signals.
 *
 * A score is a sum whichever model gives it: a weight for each feature, one for each term, and a base.
 */
#ifndef ECLOSE_RANK_MODELS_H
#define ECLOSE_RANK_MODELS_H

#include <stdbool.h>

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
/* models_score - log-odds by the model in use. */
double models_score(const struct models *m, const double *x, const struct csr *t, size_t row);
/* models_split - the same as a sum: weight [out] (d) of each feature of this row, returned: the base. What terms add is models_term. */
double models_split(const struct models *m, const double *x, double *weight);
/* models_term - what a term adds for each unit of its weight in the article; 0 unless the model in use has terms. */
double models_term(const struct models *m, uint32_t col);
/* models_find - false where there is no model of that name. */
bool models_find(const char *word, enum model_kind *out);

#endif
