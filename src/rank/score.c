#include "rank/score.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Of what was seen of its feed, the share that was read; half while nothing was. */
static double trust(const struct profile *p, const struct doc *d)
{
	const struct affinities *feeds = &p->taste.of[FACET_FEED];
	const struct affinity *a = taste_has(feeds, d->feed) ? &feeds->one[d->feed] : NULL;

	return a ? (a->yes + 1) / (a->yes + a->no + 2) : 0.5;
}

/* What speaks for an article whatever it is about. What isn't known counts half. */
static double quality(const struct profile *p, const struct doc *d, int64_t now)
{
	double age = features_age(d, now);
	double told = 1 - exp(-features_coverage(d, now));                       /* 0 alone .. 1 everywhere */
	double length = d->words > 0 ? d->words / (d->words + 150.0) : 0.5;      /* a note .. an essay */
	double fresh = age < 0 ? 0.5 : exp(-age / 3);

	return 0.3 * told + 0.2 * length + 0.2 * fresh + 0.3 * trust(p, d);
}

static bool foreign(const struct profile *p, const struct doc *d)
{
	const struct affinities *languages = &p->taste.of[FACET_LANGUAGE];

	return taste_has(languages, d->language) && languages->all.yes >= FOREIGN_AFTER && languages->one[d->language].yes <= 0;
}

static void score_row(const struct profile *p, size_t doc, int64_t now, const double *phi, struct score *out)
{
	double near = features_near(p, phi, now);

	out->doc = doc;
	out->offered = p->slot_day[doc] && p->slot_day[doc] < now / DATE_DAY;
	out->foreign = foreign(p, &p->corpus->doc[doc]);
	out->edit = edits_sum(&p->edits, doc, &out->banned);
	for (int k = 0; k < MODEL_COUNT; k++)
		out->by[k] = p->models.learns[k] ? models_score_by(&p->models, (enum model_kind)k, phi, &p->corpus->terms, doc) + out->edit : 0;
	out->mean = out->by[p->models.used];
	out->sd = sqrt(fmax(0, interest_var(&p->models.interest, phi)));
	out->distance = near < 0 ? 0.5 : 1 - near;
	out->quality = quality(p, &p->corpus->doc[doc], now);
}

void score_docs(struct profile *p, const size_t *docs, size_t n, int64_t now, struct score *out)
{
	double *phi = mem_zero(n + 1, FEATURE_COUNT * sizeof *phi);

	features_fill(p, docs, n, now, phi);
	for (size_t i = 0; i < n; i++)
		score_row(p, docs[i], now, phi + i * FEATURE_COUNT, &out[i]);
	free(phi);
}
