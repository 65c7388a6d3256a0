#include "rank/models.h"

#include <string.h>

#include "base/spell.h"

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

double models_score_by(const struct models *m, enum model_kind kind, const double *x, const struct csr *t, size_t row)
{
	double score = 0;

	switch (kind) {
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

double models_score(const struct models *m, const double *x, const struct csr *t, size_t row)
{
	return models_score_by(m, m->used, x, t, row);
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

size_t models_numbers(const struct models *m, double *out)
{
	const struct interest *i = &m->interest;
	size_t n = i->d + i->d * i->d, params = m->learns[MODEL_NET] ? m->net.params : 0, cols = m->learns[MODEL_FTRL] ? m->ftrl.cols : 0;

	if (!out)
		return n + params + cols;
	memcpy(out, i->mean, i->d * sizeof *out);
	memcpy(out + i->d, i->cov, i->d * i->d * sizeof *out);
	if (params)
		memcpy(out + n, m->net.theta, params * sizeof *out);
	for (size_t col = 0; col < cols; col++)
		out[n + params + col] = ftrl_weight(&m->ftrl, (uint32_t)col);
	return n + params + cols;
}

/* ---- states: the net's, whose size is known, then that of the term weights ---- */

static size_t net_size(const struct models *m)
{
	return m->learns[MODEL_NET] ? net_state_size(&m->net) : 0;
}

size_t models_rivals_size(const struct models *m)
{
	return net_size(m) + (m->learns[MODEL_FTRL] ? ftrl_state_size(&m->ftrl) : 0);
}

void models_rivals_save(const struct models *m, void *out)
{
	if (m->learns[MODEL_NET])
		net_save(&m->net, out);
	if (m->learns[MODEL_FTRL])
		ftrl_save(&m->ftrl, (char *)out + net_size(m));
}

enum err models_rivals_load(struct models *m, const void *state, size_t size, struct err_info *info)
{
	size_t net = net_size(m);
	enum err e = OK;

	if (size < net || (!m->learns[MODEL_FTRL] && size != net))
		return err_set(info, ERR_CORRUPT, "the saved models have %zu bytes, not %zu", size, net);
	if (m->learns[MODEL_NET])
		e = net_load(&m->net, state, net, info);
	if (e == OK && m->learns[MODEL_FTRL])
		e = ftrl_load(&m->ftrl, (const char *)state + net, size - net, info);
	return e;
}

/* ---- names ---- */

/* The one that is written most like it, NULL where none is. */
static const char *nearest(const char *word)
{
	const char *best = model_word[0];

	for (int i = 1; i < MODEL_COUNT; i++)
		if (spell_distance(word, model_word[i]) < spell_distance(word, best))
			best = model_word[i];
	return *word && spell_near(word, best) ? best : NULL;
}

enum err models_find(const char *word, enum model_kind *out, struct err_info *info)
{
	const char *like;

	for (int i = 0; i < MODEL_COUNT; i++)
		if (strcmp(word, model_word[i]) == 0) {
			*out = (enum model_kind)i;
			return OK;
		}
	like = nearest(word);
	if (like)
		return err_set(info, ERR_USAGE, "there is no model '%.60s', did you mean '%s'? There are interest, net and ftrl", word, like);
	return err_set(info, ERR_USAGE, "there is no model '%.60s'; there are interest, net and ftrl", word);
}
