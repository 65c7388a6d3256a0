#include "rank/eval_page.h"

#include <math.h>
#include <stdlib.h>

#include "rank/diversity.h"

static void mean_add_if(struct mean *m, bool known, double x)
{
	if (known)
		mean_add(m, x);
}

static void measure_categories(struct page_means *m, const struct news *news, const struct arm_pool *pool, const struct impression *im, const size_t *doc, size_t n,
			       struct arena *a)
{
	size_t values = news->category.n + 1, most = n + im->n_history + pool->n + 1, covered = 0, there = 0, shown, read;
	double *page = arena_zero(a, 3 * values, sizeof *page), *history = page + values, *all = history + values;
	int *value = arena_zero(a, most, sizeof *value);

	for (size_t i = 0; i < pool->n; i++)
		value[i] = news->top[pool->score[i].doc];
	(void)mix_count(value, pool->n, values, false, all);
	for (size_t i = 0; i < im->n_history; i++)
		value[i] = news->top[im->history[i]];
	read = mix_count(value, im->n_history, values, false, history);
	for (size_t i = 0; i < n; i++)
		value[i] = news->top[doc[i]];
	shown = mix_count(value, n, values, false, page);
	for (size_t v = 0; v < values; v++) {
		covered += page[v] > 0;
		there += all[v] > 0;
	}
	mean_add_if(&m->category_entropy, shown, mix_entropy(page, values));
	mean_add_if(&m->category_history, shown && read, mix_divergence(page, history, values));
	mean_add_if(&m->coverage, there, (double)covered / (double)there);
}

static void measure_topics(struct page_means *m, const struct news *news, const struct arm_pool *pool, const size_t *doc, size_t n, struct arena *a)
{
	size_t values = (size_t)pool->in.topics + 1;
	double *mix = arena_zero(a, values, sizeof *mix);
	int *value = arena_zero(a, n + 1, sizeof *value);

	for (size_t i = 0; i < n; i++)
		value[i] = news->corpus.doc[doc[i]].topic < 0 ? pool->in.topics : news->corpus.doc[doc[i]].topic;
	if (!mix_count(value, n, values, false, mix))
		return;
	mean_add(&m->topic_entropy, mix_entropy(mix, values));
	mean_add(&m->js_reader, mix_divergence(mix, pool->in.p_reader, values));
	mean_add(&m->js_pool, mix_divergence(mix, pool->in.p_feeds, values));
	mean_add(&m->outside, mix_variation(mix, pool->in.p_reader, values));
	(void)mix_count(value, n, values, true, mix);
	mean_add(&m->radio_reader, mix_divergence(mix, pool->in.p_reader, values));
	mean_add(&m->radio_pool, mix_divergence(mix, pool->in.p_feeds, values));
}

void page_measure(struct page_means *m, const struct news *news, const struct arm_pool *pool, const struct impression *im, const size_t *doc, size_t n)
{
	struct arena a = ARENA_INIT;
	double ild = list_ild(&news->corpus, doc, n);

	if (!m->exposure) {
		m->articles = news->corpus.n;
		m->exposure = mem_zero(m->articles + 1, sizeof *m->exposure);
	}
	for (size_t i = 0; i < n; i++)
		m->exposure[doc[i]] += 1 / log2((double)i + 2);
	mean_add_if(&m->ild, ild >= 0, ild);
	measure_categories(m, news, pool, im, doc, n, &a);
	measure_topics(m, news, pool, doc, n, &a);
	arena_clear(&a);
}

struct page_diversity page_diversity(const struct page_means *m)
{
	return (struct page_diversity){
		.ild = mean_of(&m->ild), .category_entropy = mean_of(&m->category_entropy), .topic_entropy = mean_of(&m->topic_entropy),
		.category_history = mean_of(&m->category_history), .js_reader = mean_of(&m->js_reader), .js_pool = mean_of(&m->js_pool),
		.radio_reader = mean_of(&m->radio_reader), .radio_pool = mean_of(&m->radio_pool), .outside = mean_of(&m->outside),
		.coverage = mean_of(&m->coverage), .gini = m->exposure ? gini(m->exposure, m->articles) : 0,
	};
}

void page_means_clear(struct page_means *m)
{
	free(m->exposure);
	*m = (struct page_means){ 0 };
}
