#include "rank/meter.h"

#include <math.h>
#include <stdlib.h>

#include "rank/diversity.h"

/* ---- openings ---- */

static bool opens(const struct event *e)
{
	return e->kind == EVENT_OPEN || e->kind == EVENT_BROWSER || e->kind == EVENT_CLOSE;
}

/* What one event adds to its opening. */
static void add_time(struct meter_open *o, const struct event *e, const struct meter_log *log)
{
	if (!(e->dwell >= 0) || !isfinite(e->dwell))
		return;
	o->seconds = fmax(o->seconds, 0) + e->dwell;
	o->finished |= habits_finished(log->habits, e, log->article[o->article].words);
}

/* A log that was put together from two isn't in the order of time. */
static int by_time(const void *a, const void *b)
{
	const struct meter_open *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

void meter_opens(struct meter_log *log, struct arena *a)
{
	size_t *last = arena_zero(a, log->articles + 1, sizeof *last); /* index of its last opening + 1 */
	bool *is_open = arena_zero(a, log->articles + 1, sizeof *is_open);

	log->open = arena_alloc(a, (log->n + 1) * sizeof *log->open);
	log->n_opens = 0;
	for (size_t i = 0; i < log->n; i++) {
		const struct event *e = &log->event[i];
		size_t at = (size_t)log->of[i];

		if (log->of[i] < 0 || !opens(e) || (e->kind == EVENT_BROWSER && is_open[at]))
			continue;
		if (e->kind != EVENT_CLOSE || !last[at]) {
			log->open[log->n_opens] = (struct meter_open){ at, e->at, -1, false, e->slot == SLOT_SERENDIPITY, log->n_opens };
			log->n_opens++;
			last[at] = log->n_opens;
		}
		add_time(&log->open[last[at] - 1], e, log);
		is_open[at] = e->kind == EVENT_OPEN && !(e->dwell >= 0);
	}
	qsort(log->open, log->n_opens, sizeof *log->open, by_time);
}

static bool within(int64_t at, int64_t from, int64_t to)
{
	return at > from && at <= to;
}

/* Openings of a span put together by article. */
struct stretch { struct meter_open *one; size_t n; };

static struct stretch stretch_of(const struct meter_log *log, struct arena *a, int64_t from, int64_t to)
{
	struct stretch s = { arena_alloc(a, (log->n_opens + 1) * sizeof *s.one), 0 };
	size_t *at = arena_zero(a, log->articles + 1, sizeof *at); /* index in s + 1 */

	for (size_t i = 0; i < log->n_opens; i++) {
		const struct meter_open *o = &log->open[i];
		struct meter_open *one;

		if (!within(o->at, from, to))
			continue;
		if (!at[o->article]) {
			s.one[s.n++] = *o;
			at[o->article] = s.n;
			continue;
		}
		one = &s.one[at[o->article] - 1];
		if (o->seconds >= 0)
			one->seconds = fmax(one->seconds, 0) + o->seconds;
		one->finished |= o->finished;
	}
	return s;
}

int64_t meter_opened(const struct meter_log *log, int64_t from, int64_t to)
{
	struct arena a = ARENA_INIT;
	int64_t n = (int64_t)stretch_of(log, &a, from, to).n;

	arena_clear(&a);
	return n;
}

/* What another program read says nothing of when this one was first used. */
int64_t meter_since(const struct meter_log *log)
{
	int64_t since = DATE_NONE;

	for (size_t i = 0; i < log->n; i++)
		if (log->event[i].kind != EVENT_IMPORTED && (since == DATE_NONE || log->event[i].at < since))
			since = log->event[i].at;
	return since;
}

/* ---- counting by topic or feed ---- */

static bool below(int which, size_t n)
{
	return which >= 0 && (size_t)which < n;
}

/* count (topics or feeds) of what was opened; returns the sum. */
static double count_opened(const struct meter_log *log, const struct stretch *s, bool topics, double *count)
{
	size_t n = topics ? log->topics : log->feeds;
	double total = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct meter_article *art = &log->article[s->one[i].article];
		int which = topics ? art->topic : art->feed;

		if (!below(which, n))
			continue;
		count[which]++;
		total++;
	}
	return total;
}

static double count_published(const struct meter_log *log, int64_t from, int64_t to, bool topics, double *count)
{
	size_t n = topics ? log->topics : log->feeds;
	double total = 0;

	for (size_t i = 0; i < log->n_published; i++) {
		const struct meter_published *p = &log->published[i];
		int which = topics ? p->topic : p->feed;

		if (!within(p->at, from, to) || !below(which, n))
			continue;
		count[which]++;
		total++;
	}
	return total;
}

/* ---- the three mixes ---- */

static int by_opened(const void *a, const void *b)
{
	const struct meter_share *x = a, *y = b;
	double dx = fmax(x->this_week, 0) + fmax(x->before, 0) - fmax(y->this_week, 0) - fmax(y->before, 0);

	if (dx != 0)
		return dx > 0 ? -1 : 1;
	if (x->feeds != y->feeds)
		return x->feeds > y->feeds ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

static double share(double count, double total)
{
	return total > 0 ? count / total : -1;
}

static void mix(const struct meter_log *log, struct arena *a, bool topics, struct meter_mix *out)
{
	size_t n = topics ? log->topics : log->feeds;
	double *week = arena_zero(a, 3 * n + 1, sizeof *week), *before = week + n, *feeds = before + n, all_week, all_before, all_feeds;
	struct stretch s = stretch_of(log, a, log->now - METER_WEEK, log->now);

	all_week = count_opened(log, &s, topics, week);
	s = stretch_of(log, a, log->now - METER_WEEK - METER_BEFORE, log->now - METER_WEEK);
	all_before = count_opened(log, &s, topics, before);
	all_feeds = count_published(log, log->now - METER_WEEK - METER_BEFORE, log->now, topics, feeds);
	*out = (struct meter_mix){
		.share = arena_zero(a, n + 1, sizeof *out->share), .this_week = (int64_t)all_week, .before = (int64_t)all_before, .feeds = (int64_t)all_feeds,
	};
	for (size_t i = 0; i < n; i++)
		if (week[i] + before[i] + feeds[i] > 0)
			out->share[out->n++] = (struct meter_share){
				.which = (int)i, .this_week = share(week[i], all_week), .before = share(before[i], all_before), .feeds = share(feeds[i], all_feeds),
			};
	qsort(out->share, out->n, sizeof *out->share, by_opened);
}

void meter_mix_topics(const struct meter_log *log, struct arena *a, struct meter_mix *out)
{
	mix(log, a, true, out);
}

void meter_mix_feeds(const struct meter_log *log, struct arena *a, struct meter_mix *out)
{
	mix(log, a, false, out);
}

/* ---- entropy and distance of counts ---- */

/* out (n) sums to 1. Returns false where there is nothing. */
static bool shares_of(const double *count, size_t n, double *out)
{
	double total = 0;

	for (size_t i = 0; i < n; i++)
		total += count[i];
	for (size_t i = 0; total > 0 && i < n; i++)
		out[i] = count[i] / total;
	return total > 0;
}

double meter_entropy(const double *count, size_t n)
{
	double *p = mem_zero(n + 1, sizeof *p), h = shares_of(count, n, p) ? fmax(mix_entropy(p, n), 0) : -1;

	free(p);
	return h;
}

double meter_distance(const double *x, const double *y, size_t n)
{
	double *p = mem_zero(2 * n + 1, sizeof *p), *q = p + n, d = -1;

	if (shares_of(x, n, p) && shares_of(y, n, q))
		d = sqrt(fmin(fmax(mix_divergence(p, q, n), 0), 1));
	free(p);
	return d;
}

/* ---- weeks ---- */

static double completion(const struct meter_log *log, const struct stretch *s)
{
	double sum = 0, n = 0;

	for (size_t i = 0; i < s->n; i++) {
		int words = log->article[s->one[i].article].words;

		if (s->one[i].seconds < 0 || words <= 0)
			continue;
		sum += fmin(1, s->one[i].seconds / habits_expected(log->habits, words));
		n++;
	}
	return share(sum, n);
}

struct counted { double n; size_t which; };

static int most_first(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

/* The fewest topics that hold METER_USUAL of what was opened in the 60 days up to `to`. Returns false where that was too little. */
static bool usual_topics(const struct meter_log *log, struct arena *a, int64_t to, bool *usual)
{
	struct counted *c = arena_zero(a, log->topics + 1, sizeof *c);
	double *count = arena_zero(a, log->topics + 1, sizeof *count), total, held = 0;
	struct stretch s = stretch_of(log, a, to - METER_LONG, to);

	total = count_opened(log, &s, true, count);
	if (total < METER_KNOWN)
		return false;
	for (size_t t = 0; t < log->topics; t++)
		c[t] = (struct counted){ count[t], t };
	qsort(c, log->topics, sizeof *c, most_first);
	for (size_t i = 0; i < log->topics && held < METER_USUAL * total; i++) {
		usual[c[i].which] = true;
		held += c[i].n;
	}
	return true;
}

/* Share of the topics counted that isn't usual. */
static double outside(const struct meter_log *log, struct arena *a, int64_t from, const double *count, double total)
{
	bool *usual = arena_zero(a, log->topics + 1, sizeof *usual);
	double sum = 0;

	if (!usual_topics(log, a, from, usual))
		return -1;
	for (size_t t = 0; t < log->topics; t++)
		sum += usual[t] ? 0 : count[t];
	return share(sum, total);
}

double meter_entropy_share(double entropy, size_t living)
{
	return entropy >= 0 && living > 1 ? fmin(entropy / log2((double)living), 1) : -1;
}

static void fill_week(const struct meter_log *log, struct arena *a, struct meter_week *w)
{
	double *count = arena_zero(a, 2 * log->topics + 1, sizeof *count), *published = count + log->topics, total;
	struct stretch s = stretch_of(log, a, w->from, w->from + METER_WEEK);

	w->opened = (int64_t)s.n;
	total = count_opened(log, &s, true, count);
	(void)count_published(log, w->from, w->from + METER_WEEK, true, published);
	w->entropy = meter_entropy(count, log->topics);
	w->entropy_share = meter_entropy_share(w->entropy, log->living);
	w->distance = meter_distance(count, published, log->topics);
	w->completion = completion(log, &s);
	w->outside = outside(log, a, w->from, count, total);
}

/* The slider of each page in the week in which it began; a page is a run of events with one slider and no long gap. */
static void fill_sliders(const struct meter_log *log, struct meter_week *week, size_t n)
{
	double sum[METER_WEEKS] = { 0 }, pages[METER_WEEKS] = { 0 };
	int64_t last = DATE_NONE;
	int explore = -1;

	for (size_t i = 0; i < log->n; i++) {
		const struct event *e = &log->event[i];
		bool same = e->explore == explore && last != DATE_NONE && e->at - last < METER_PAGE_GAP;

		if (e->explore < 0)
			continue;
		explore = e->explore;
		last = e->at;
		for (size_t w = 0; !same && w < n; w++)
			if (within(e->at, week[w].from, week[w].from + METER_WEEK)) {
				sum[w] += e->explore;
				pages[w]++;
			}
	}
	for (size_t w = 0; w < n; w++)
		week[w].explore = share(sum[w], pages[w]);
}

size_t meter_weeks(const struct meter_log *log, struct meter_week *out)
{
	int64_t since = meter_since(log), age = since == DATE_NONE ? 0 : log->now - since;
	size_t n = since == DATE_NONE ? 0 : age < 0 ? 1 : (size_t)(age / METER_WEEK) + 1;

	n = n < METER_WEEKS ? n : METER_WEEKS;
	for (size_t w = 0; w < n; w++) {
		struct arena scratch = ARENA_INIT;

		out[w] = (struct meter_week){ .from = log->now - (int64_t)(n - w) * METER_WEEK };
		fill_week(log, &scratch, &out[w]);
		arena_clear(&scratch);
	}
	fill_sliders(log, out, n);
	return n;
}

/* ---- feeds, and what is never opened ---- */

static bool in_front(enum event_kind kind)
{
	return kind == EVENT_SHOWN || kind == EVENT_SKIP || kind == EVENT_OPEN || kind == EVENT_BROWSER || kind == EVENT_CLOSE;
}

/* Articles that stood in front of the reader in 60 days, by feed. */
static void count_shown(const struct meter_log *log, struct arena *a, struct meter_feed *out)
{
	bool *seen = arena_zero(a, log->articles + 1, sizeof *seen);

	for (size_t i = 0; i < log->n; i++) {
		const struct event *e = &log->event[i];
		int64_t at = log->of[i];

		if (at < 0 || seen[at] || !in_front(e->kind) || !within(e->at, log->now - METER_LONG, log->now))
			continue;
		seen[at] = true;
		if (below(log->article[at].feed, log->feeds))
			out[log->article[at].feed].shown++;
	}
}

static void count_read(const struct meter_log *log, const struct stretch *s, struct meter_feed *out, double *read, double *timed)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct meter_article *art = &log->article[s->one[i].article];
		struct meter_feed *f = below(art->feed, log->feeds) ? &out[art->feed] : NULL;

		if (!f)
			continue;
		f->opened++;
		f->finished += s->one[i].finished;
		if (s->one[i].seconds < 0)
			continue;
		f->minutes += s->one[i].seconds / 60;
		if (art->words <= 0)
			continue;
		read[art->feed] += fmin(1, s->one[i].seconds / habits_expected(log->habits, art->words));
		timed[art->feed]++;
	}
}

void meter_feeds(const struct meter_log *log, struct arena *a, struct meter_feed *out)
{
	double *published = arena_zero(a, 3 * log->feeds + 1, sizeof *published), *read = published + log->feeds, *timed = read + log->feeds;
	struct stretch s = stretch_of(log, a, log->now - METER_LONG, log->now);

	for (size_t f = 0; f < log->feeds; f++)
		out[f] = (struct meter_feed){ .which = (int)f };
	(void)count_published(log, log->now - METER_LONG, log->now, false, published);
	count_shown(log, a, out);
	count_read(log, &s, out, read, timed);
	for (size_t f = 0; f < log->feeds; f++) {
		out[f].published = (int64_t)published[f];
		out[f].completion = share(read[f], timed[f]);
		out[f].open_rate = share((double)out[f].opened, (double)out[f].shown);
	}
}

size_t meter_never_topics(const struct meter_log *log, struct arena *a, struct meter_never **out)
{
	double *published = arena_zero(a, 2 * log->topics + 1, sizeof *published), *opened = published + log->topics;
	struct counted *c = arena_zero(a, log->topics + 1, sizeof *c);
	struct stretch s = stretch_of(log, a, log->now - METER_LONG, log->now);
	size_t n = 0;

	(void)count_published(log, log->now - METER_LONG, log->now, true, published);
	(void)count_opened(log, &s, true, opened);
	for (size_t t = 0; t < log->topics; t++)
		if (published[t] >= METER_NEVER && opened[t] == 0)
			c[n++] = (struct counted){ published[t], t };
	qsort(c, n, sizeof *c, most_first);
	*out = arena_zero(a, n + 1, sizeof **out);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct meter_never){ .which = (int)c[i].which, .published = (int64_t)c[i].n };
	return n;
}
