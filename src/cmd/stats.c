/* eclose stats - the bubble meter as a report or JSON. */
#include <stdio.h>

#include "app/meter.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

/* ---- JSON ---- */

/* What is unknown is null. */
static json_t *json_known(double v)
{
	return v < 0 ? json_null() : json_real(v);
}

static json_t *json_weeks(const struct meter *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_weeks; i++) {
		const struct meter_week *w = &m->week[i];

		json_array_append_new(array, json_pack("{s:o,s:I,s:o,s:o,s:o,s:o,s:o,s:o}", "from", json_time(w->from), "opened", (json_int_t)w->opened,
						       "entropy", json_known(w->entropy), "entropy_share", json_known(w->entropy_share), "distance", json_known(w->distance),
						       "completion", json_known(w->completion), "explore", json_known(w->explore), "outside", json_known(w->outside)));
	}
	return array;
}

static json_t *json_shares(const struct meter_mix *mix)
{
	json_t *array = json_array();

	for (size_t i = 0; i < mix->n; i++) {
		const struct meter_share *s = &mix->share[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:o,s:o}", "name", json_text(s->name), "this_week", json_known(s->this_week), "before",
						       json_known(s->before), "feeds", json_known(s->feeds)));
	}
	return array;
}

static json_t *json_never(const struct meter_never *never, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_pack("{s:o,s:I}", "name", json_text(never[i].name), "published", (json_int_t)never[i].published));
	return array;
}

static json_t *json_feeds(const struct meter *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_feeds; i++) {
		const struct meter_feed *f = &m->feed[i];

		json_array_append_new(array, json_pack("{s:o,s:I,s:I,s:I,s:I,s:o,s:f,s:o}", "feed", json_text(f->name), "published", (json_int_t)f->published, "shown",
						       (json_int_t)f->shown, "opened", (json_int_t)f->opened, "finished", (json_int_t)f->finished, "completion",
						       json_known(f->completion), "minutes", f->minutes, "open_rate", json_known(f->open_rate)));
	}
	return array;
}

static json_t *json_slots(const struct meter_slots *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->n_interests; i++) {
		const struct meter_interest *x = &s->interest[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:o,s:I}", "topic", json_text(x->name), "met", json_time(x->met), "became", json_time(x->became),
						       "readings", (json_int_t)x->readings));
	}
	return json_pack("{s:I,s:I,s:I,s:o,s:o,s:o,s:I,s:I,s:o,s:I,s:o}", "shown", (json_int_t)s->shown, "opened", (json_int_t)s->opened, "finished",
			 (json_int_t)s->finished, "rate", json_known(s->rate), "estimate", json_known(s->estimate), "estimate_sd", json_known(s->estimate_sd), "rests_on",
			 (json_int_t)s->rests_on, "ordinary_shown", (json_int_t)s->ordinary_shown, "ordinary_rate", json_known(s->ordinary), "topics_met",
			 (json_int_t)s->met, "interests", array);
}

static json_t *json_same(const struct meter *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_same; i++)
		json_array_append_new(array, json_pack("{s:o,s:o,s:f,s:I,s:I}", "feed", json_text(m->same[i].feed), "other", json_text(m->same[i].other), "share",
						       m->same[i].share, "stories", (json_int_t)m->same[i].stories, "shared", (json_int_t)m->same[i].shared));
	return array;
}

static json_t *json_page(const struct meter_page *p)
{
	return json_pack("{s:i,s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:I,s:o,s:o}", "explore", p->explore, "places", (json_int_t)p->places, "entropy", json_known(p->entropy),
			 "entropy_share", json_known(p->entropy_share), "ild", json_known(p->ild), "js_reader", json_known(p->to_reader), "js_pool", json_known(p->to_pool),
			 "feed_coverage", json_known(p->coverage), "feeds", (json_int_t)p->feeds, "gini", json_known(p->gini), "outside", json_known(p->outside));
}

static enum err print_json(const struct meter *m, struct err_info *info)
{
	json_t *counts = json_pack("{s:I,s:I,s:I}", "this_week", (json_int_t)m->feeds_mix.this_week, "before", (json_int_t)m->feeds_mix.before, "feeds",
				   (json_int_t)m->feeds_mix.feeds);

	return json_print(json_pack("{s:o,s:o,s:I,s:o,s:{s:o,s:o,s:o},s:{s:b,s:o,s:o},s:o,s:o,s:o,s:o}", "now", json_time(m->now), "since", json_time(m->since), "opened",
				    (json_int_t)m->opened, "weeks", json_weeks(m), "mix", "topics", json_shares(&m->topics), "feeds", json_shares(&m->feeds_mix), "articles",
				    counts, "never", "known", m->opened_60 >= m->never_needs, "feeds", json_never(m->never_feed, m->n_never_feeds), "topics",
				    json_never(m->never_topic, m->n_never_topics), "feeds", json_feeds(m), "slots", json_slots(&m->slots), "same", json_same(m), "page",
				    json_page(&m->page)), 2, info);
}

/* ---- text ---- */

#define TEXT 16
#define ROWS_MOST 15 /* of a list; --json has all */

static const char *percent(double v, char out[TEXT])
{
	if (v < 0)
		snprintf(out, TEXT, "-");
	else
		snprintf(out, TEXT, "%.0f %%", 100 * v);
	return out;
}

static const char *number(double v, const char *format, char out[TEXT])
{
	if (v < 0)
		snprintf(out, TEXT, "-");
	else
		snprintf(out, TEXT, *format == 'i' ? "%.0f" : "%.2f", v);
	return out;
}

static void print_more(size_t n)
{
	if (n > ROWS_MOST)
		printf("  and %zu more; --json has them\n", n - ROWS_MOST);
}

static void print_mix(const char *head, const struct meter_mix *mix)
{
	char a[TEXT], b[TEXT], c[TEXT];

	printf("\n%s\n  this week    before     feeds   (%lld, %lld and %lld articles)\n", head, (long long)mix->this_week, (long long)mix->before, (long long)mix->feeds);
	for (size_t i = 0; i < mix->n && i < ROWS_MOST; i++)
		printf("  %9s %9s %9s   %s\n", percent(mix->share[i].this_week, a), percent(mix->share[i].before, b), percent(mix->share[i].feeds, c), mix->share[i].name);
	print_more(mix->n);
}

static void print_weeks(const struct meter *m)
{
	char t[6][TEXT], date[DATE_TEXT];

	printf("\nWeek by week (entropy of topics in bits and of the most there could be; distance of their mix to the feeds'; how much of each article was read; slider; from\n"
	       "outside your usual topics)\n  from        opened   bits  of most  distance    read  slider  outside\n");
	for (size_t i = 0; i < m->n_weeks; i++) {
		const struct meter_week *w = &m->week[i];

		printf("  %.10s  %6lld  %5s  %7s  %8s  %6s  %6s  %7s\n", date_rfc3339(w->from, date), (long long)w->opened, number(w->entropy, "f", t[0]),
		       percent(w->entropy_share, t[1]), number(w->distance, "f", t[2]), percent(w->completion, t[3]), number(w->explore, "i", t[4]), percent(w->outside, t[5]));
	}
}

static void print_never(const struct meter *m)
{
	printf("\nNothing opened in 60 days, of ten articles or more\n");
	if (m->opened_60 < m->never_needs) {
		printf("  That takes %lld opened articles; so far: %lld.\n", (long long)m->never_needs, (long long)m->opened_60);
		return;
	}
	for (size_t i = 0; i < m->n_never_feeds && i < ROWS_MOST; i++)
		printf("  feed   %5lld articles   %s\n", (long long)m->never_feed[i].published, m->never_feed[i].name);
	print_more(m->n_never_feeds);
	for (size_t i = 0; i < m->n_never_topics && i < ROWS_MOST; i++)
		printf("  topic  %5lld articles   %s\n", (long long)m->never_topic[i].published, m->never_topic[i].name);
	print_more(m->n_never_topics);
	if (m->n_never_feeds + m->n_never_topics == 0)
		printf("  There is no such feed or topic.\n");
}

static void print_feeds(const struct meter *m)
{
	char a[TEXT], b[TEXT];

	printf("\nFeeds in 60 days\n  published  shown  opened  finished  opened of shown    read  minutes\n");
	for (size_t i = 0; i < m->n_feeds && i < ROWS_MOST; i++) {
		const struct meter_feed *f = &m->feed[i];

		printf("  %9lld  %5lld  %6lld  %8lld  %15s  %6s  %7.0f   %s\n", (long long)f->published, (long long)f->shown, (long long)f->opened, (long long)f->finished,
		       percent(f->open_rate, a), percent(f->completion, b), f->minutes, f->name);
	}
	print_more(m->n_feeds);
}

static void print_slots(const struct meter_slots *s)
{
	char a[TEXT], b[TEXT], c[TEXT];

	printf("\nSerendipity slots\n  %lld shown, %lld opened, %lld finished\n", (long long)s->shown, (long long)s->opened, (long long)s->finished);
	if (s->shown)
		printf("  Opened of shown: %s; in ordinary places %s of %lld\n", percent(s->rate, a), percent(s->ordinary, b), (long long)s->ordinary_shown);
	if (s->estimate >= 0)
		printf("  Of all that could have stood there: about %s, give or take %s; by %lld slots with a known chance\n", percent(s->estimate, a), percent(s->estimate_sd, c),
		       (long long)s->rests_on);
	else
		printf("  An estimate for all that could have stood there takes %lld slots with a known chance; so far: %lld.\n", (long long)s->needs,
		       (long long)s->rests_on);
	printf("  Topics first read in a slot: %lld; read on elsewhere: %zu\n", (long long)s->met, s->n_interests);
	for (size_t i = 0; i < s->n_interests; i++) {
		char met[DATE_TEXT], became[DATE_TEXT];

		printf("    met %.10s, third reading elsewhere %.10s, %lld since: %s\n", date_rfc3339(s->interest[i].met, met), date_rfc3339(s->interest[i].became, became),
		       (long long)s->interest[i].readings, s->interest[i].name);
	}
}

static void print_same(const struct meter *m)
{
	printf("\nFeeds that tell the same as another\n");
	for (size_t i = 0; i < m->n_same && i < ROWS_MOST; i++)
		printf("  %3.0f %% of the %lld stories of %s are also told by %s\n", 100 * m->same[i].share, (long long)m->same[i].stories, m->same[i].feed, m->same[i].other);
	print_more(m->n_same);
	if (!m->n_same)
		printf("  There are none with more than 30 %% in common.\n");
}

static void print_page_measures(const struct meter_page *p)
{
	char a[TEXT], b[TEXT], c[TEXT];

	printf("\nThe page with the slider at %d: %zu places\n", p->explore, p->places);
	printf("  entropy of topics          %s bits, %s of the most there could be\n", number(p->entropy, "f", a), percent(p->entropy_share, b));
	printf("  distance within            %s (mean of 1 - cosine)\n", number(p->ild, "f", a));
	printf("  distance of topics         %s to yours, %s to all that is unread\n", number(p->to_reader, "f", a), number(p->to_pool, "f", b));
	printf("  feeds on it                %s of %lld with something unread; Gini of attention %s\n", percent(p->coverage, a), (long long)p->feeds, number(p->gini, "f", b));
	printf("  outside your bubble        %s\n", percent(p->outside, c));
}

static void print_text(const struct meter *m)
{
	char date[DATE_TEXT];

	if (m->opened)
		printf("%lld articles opened since %.10s. What is unknown, or rests on too little, is -.\n", (long long)m->opened, date_rfc3339(m->since, date));
	else
		printf("Nothing was opened yet: what you read is measured from the first article on.\n");
	if (m->opened) {
		print_mix("Topics: of what you opened in 7 days, in the 30 before, and of what your feeds published", &m->topics);
		print_mix("Feeds: likewise", &m->feeds_mix);
		print_weeks(m);
		print_never(m);
		print_feeds(m);
		print_slots(&m->slots);
	}
	print_same(m);
	print_page_measures(&m->page);
}

enum err cmd_stats(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct ranker *r = NULL;
	struct page page = { 0 };
	struct meter m = { 0 };
	struct app app;
	enum err e = cmd_open(&app, o, table, 0, "", argc, argv, info);

	if (e != OK)
		return e;
	e = ranker_open(&app, &r, info);
	if (e == OK)
		e = ranker_page(r, &(struct page_options){ .explore = app_explore(&app) }, &page, info);
	if (e == OK)
		e = ranker_meter(r, &page, &m, info);
	if (e == OK && json)
		e = print_json(&m, info);
	else if (e == OK)
		print_text(&m);
	meter_clear(&m);
	page_clear(&page);
	ranker_close(r);
	app_close(&app);
	return e;
}
