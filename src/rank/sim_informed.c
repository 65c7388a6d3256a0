#include "rank/sim_informed.h"

#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"

/* How readers differ, as sim_reader_make draws them. The deviation of a topic is that of liked, disliked and other ones together. */
#define MEAN_BASE (-2.5)
#define SD_BASE 1.0
#define SD_TOPIC 1.2
#define SD_STRAND 0.6
#define SD_FEED 0.4
#define SD_LENGTH 0.25
#define SD_TOLD 0.3

static double prior_sd_of(int i)
{
	if (i < INFORMED_TOPIC)
		return SD_BASE;
	if (i < INFORMED_STRAND)
		return SD_TOPIC;
	if (i < INFORMED_FEED)
		return SD_STRAND;
	return i < INFORMED_LENGTH ? SD_FEED : i < INFORMED_TOLD ? SD_LENGTH : SD_TOLD;
}

struct sim_informed *sim_informed_new(const struct sim_world *world)
{
	struct sim_informed *f = mem_zero(1, sizeof *f);

	f->world = world;
	f->prior_mean[0] = MEAN_BASE;
	for (int i = 0; i < INFORMED_COUNT; i++)
		f->prior_sd[i] = prior_sd_of(i);
	interest_init(&f->model, INFORMED_COUNT, f->prior_mean, f->prior_sd);
	return f;
}

void sim_informed_free(struct sim_informed *f)
{
	if (!f)
		return;
	interest_clear(&f->model);
	free(f);
}

/* What is told of an article.
 *   x [out] (INFORMED_COUNT): 1, the mixture of topics, the share of its strand, its feed, its length as standard score, ln of how many tell it */
static void sim_informed_features(const struct sim_world *world, size_t doc, double *x)
{
	const struct sim_article *a = &world->article[doc];
	const struct doc *d = &world->corpus.doc[doc];

	for (int i = 0; i < INFORMED_COUNT; i++)
		x[i] = 0;
	x[0] = 1;
	x[INFORMED_TOPIC + a->topic] += a->share;
	x[INFORMED_TOPIC + a->second] += 1 - a->share;
	x[INFORMED_STRAND + a->topic * SIM_STRANDS + a->strand] = a->share;
	x[INFORMED_FEED + d->feed] = 1;
	x[INFORMED_LENGTH] = a->length;
	x[INFORMED_TOLD] = d->feeds_telling > 1 ? log(d->feeds_telling) : 0;
}

void sim_informed_learn(struct sim_informed *f, size_t doc, int64_t now, bool opened)
{
	double x[INFORMED_COUNT];

	interest_inflate(&f->model, now / DATE_DAY);
	sim_informed_features(f->world, doc, x);
	(void)interest_update(&f->model, x, opened, 1);
}

double sim_informed_score(const struct sim_informed *f, size_t doc)
{
	double x[INFORMED_COUNT];

	sim_informed_features(f->world, doc, x);
	return interest_mean(&f->model, x);
}
