#include "rank/models.h"

#include <string.h>

#define NET_SEED 1

const char *const model_word[MODEL_COUNT] = {
#define X(name, word) word,
	MODELS(X)
#undef X
};

void models_init(struct models *m, size_t d, const double *prior_mean, const double *prior_sd)
{
	*m = (struct models){ .used = MODEL_INTEREST, .learns = { [MODEL_INTEREST] = true } };
	interest_init(&m->interest, d, prior_mean, prior_sd);
}

void models_clear(struct models *m)
{
	interest_clear(&m->interest);
	if (m->learns[MODEL_NET])
		net_clear(&m->net);
	if (m->learns[MODEL_FTRL])
		ftrl_clear(&m->ftrl);
	*m = (struct models){ 0 };
}

void models_use(struct models *m, enum model_kind kind)
{
	const struct interest *i = &m->interest;

	m->used = kind;
	if (m->learns[kind])
		return;
	m->learns[kind] = true;
	if (kind == MODEL_NET)
		net_init(&m->net, i->d, i->prior_mean, i->prior_sd, NET_SEED);
	else
		ftrl_init(&m->ftrl, NULL);
}

void models_update(struct models *m, const double *x, const struct csr *t, size_t row, int y, double weight)
{
	(void)interest_update(&m->interest, x, y, weight);
	if (m->learns[MODEL_NET])
		(void)net_update(&m->net, x, y, weight);
	if (m->learns[MODEL_FTRL])
		(void)ftrl_update(&m->ftrl, t, row, y, weight);
}

double models_score(const struct models *m, const double *x, const struct csr *t, size_t row)
{
	double score = 0;

	switch (m->used) {
	case MODEL_NET:
		net_score(&m->net, x, 1, &score);
		return score;
	case MODEL_FTRL:
		return ftrl_score(&m->ftrl, t, row);
	case MODEL_INTEREST:
	case MODEL_COUNT:
		break;
	}
	return interest_mean(&m->interest, x);
}

double models_split(const struct models *m, const double *x, double *weight)
{
	switch (m->used) {
	case MODEL_NET:
		return net_weights(&m->net, x, weight);
	case MODEL_FTRL:
		memset(weight, 0, m->interest.d * sizeof *weight);
		return ftrl_base(&m->ftrl);
	case MODEL_INTEREST:
	case MODEL_COUNT:
		break;
	}
	memcpy(weight, m->interest.mean, m->interest.d * sizeof *weight);
	return 0;
}

double models_term(const struct models *m, uint32_t col)
{
	return m->used == MODEL_FTRL ? ftrl_weight(&m->ftrl, col) : 0;
}

bool models_find(const char *word, enum model_kind *out)
{
	for (int i = 0; i < MODEL_COUNT; i++)
		if (strcmp(word, model_word[i]) == 0) {
			*out = (enum model_kind)i;
			return true;
		}
	return false;
}
