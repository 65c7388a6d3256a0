#include "rank/explore.h"

/* The first value of a facet for each article. */
static const int *values_of(const struct profile *p, enum facet f, const struct score *score, size_t n, struct arena *a)
{
	int *out = arena_zero(a, n + 1, sizeof *out);

	for (size_t i = 0; i < n; i++)
		out[i] = doc_first(&p->corpus->doc[score[i].doc], f);
	return out;
}

static void facet_add(struct explore_input *in, const int *value, int values, const double *p_reader, const double *p_feeds)
{
	in->facet[in->n_facets++] = (struct explore_facet){ value, values, p_reader, p_feeds };
}

struct mixes { double *p_reader, *p_feeds; };

static struct mixes mixes_of(const struct profile *p, enum facet f, const int *value, size_t n, int64_t now, struct arena *a)
{
	size_t values = (size_t)p->corpus->values[f] + 1;
	struct mixes m = { arena_zero(a, values, sizeof *m.p_reader), arena_zero(a, values, sizeof *m.p_feeds) };

	profile_mixes(p, f, value, n, now, m.p_reader, m.p_feeds);
	return m;
}

void explore_gather_among(const struct profile *p, const struct score *score, size_t n, const struct explore_all *all, int64_t now, struct arena *a, struct explore_input *out)
{
	const int *topic = values_of(p, FACET_TOPIC, score, n, a), *feed = values_of(p, FACET_FEED, score, n, a);
	const struct explore_all these = { topic, feed, n }, *shown = all ? all : &these;
	struct mixes topics = mixes_of(p, FACET_TOPIC, shown->topic, shown->n, now, a), feeds = mixes_of(p, FACET_FEED, shown->feed, shown->n, now, a);
	int64_t *story = arena_zero(a, n + 1, sizeof *story);

	for (size_t i = 0; i < n; i++)
		story[i] = p->corpus->doc[score[i].doc].story;
	*out = (struct explore_input){ .score = score, .topic = topic, .story = story, .n = n, .topics = p->corpus->values[FACET_TOPIC], .p_reader = topics.p_reader,
				       .p_feeds = topics.p_feeds };
	facet_add(out, topic, p->corpus->values[FACET_TOPIC], NULL, NULL);
	facet_add(out, values_of(p, FACET_CATEGORY, score, n, a), p->corpus->values[FACET_CATEGORY], NULL, NULL);
	facet_add(out, feed, p->corpus->values[FACET_FEED], feeds.p_reader, feeds.p_feeds);
}

void explore_gather(const struct profile *p, const struct score *score, size_t n, int64_t now, struct arena *a, struct explore_input *out)
{
	explore_gather_among(p, score, n, NULL, now, a, out);
}
