#include "rank/sim_loop.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rank/diversity.h"

/* What a ratio of means and its standard error are made of; with y always 1 that is a plain mean. */
struct sums { double n, x, y, xx, xy, yy; };

struct window_sums { struct sums entropy, share, satisfied, outside, topics; };

struct line_sums {
	struct window_sums window[LOOP_WINDOWS];
	struct sums share, satisfied, against, outside, topics, found, by_slot, lost;
};

/* One window of one life. */
struct window {
	double entropy, drawn, outside; /* outside summed over days */
	int satisfied, topics, days;
};

/* One life as it goes on. */
struct lived {
	double start[SIM_TOPICS];      /* mix, sums to 1 */
	double topic[SIM_TOPICS];      /* log-odds on the first morning */
	struct window window[LOOP_WINDOWS];
	int satisfied, found, by_slot, lost;
	bool read[SIM_TOPICS], from_slot[SIM_TOPICS]; /* at all; the first time from a slot */
	int reading[SIM_TOPICS];       /* of the window */
	bool met[SIM_TOPICS];          /* likewise */
	int now;                       /* index of the window */
};

struct study {
	const struct loop_options *o;
	struct sim_world world;
	int windows, lines;
	double start;
	struct line_sums line[LOOP_LINES];
};

/* ---- sums ---- */

static void add(struct sums *s, double x, double y)
{
	s->n++;
	s->x += x;
	s->y += y;
	s->xx += x * x;
	s->xy += x * y;
	s->yy += y * y;
}

/* Mean of x over mean of y, with the standard error by linearisation (Cochran 1977, 6.4); 0 of nothing. */
static struct loop_mean ratio(const struct sums *s)
{
	struct loop_mean r = { 0, 0 };
	double left;

	if (s->y <= 0)
		return r;
	r.mean = s->x / s->y;
	left = fmax(s->xx - 2 * r.mean * s->xy + r.mean * r.mean * s->yy, 0);
	r.se = s->n > 1 ? sqrt(left / (s->n * (s->n - 1))) / (s->y / s->n) : 0;
	return r;
}

/* ---- entropy ---- */

double loop_entropy(const int *count, size_t n)
{
	double *p = mem_zero(n + 1, sizeof *p), sum = 0, bits;

	for (size_t i = 0; i < n; i++)
		sum += count[i];
	for (size_t i = 0; i < n && sum > 0; i++)
		p[i] = count[i] / sum;
	bits = mix_entropy(p, n);
	free(p);
	return bits;
}

double loop_entropy_drawn(const double *p, size_t n, int draws)
{
	double bits = 0;

	for (size_t i = 0; i < n; i++) {
		double chance; /* of k among the draws */

		if (p[i] <= 0 || p[i] >= 1)
			continue;
		chance = pow(1 - p[i], draws);
		for (int k = 1; k < draws; k++) { /* all draws alike: no bits */
			double share = (double)k / draws;

			chance *= p[i] / (1 - p[i]) * (draws - k + 1) / k;
			bits -= chance * share * log2(share);
		}
	}
	return bits;
}

void loop_start(const struct sim_reader *r, double *mix)
{
	double sum = 0;

	memset(mix, 0, SIM_TOPICS * sizeof *mix);
	for (size_t doc = 0; doc < r->world->corpus.n; doc++) {
		double chance = sim_reader_chance(r, doc);

		mix[r->world->article[doc].topic] += chance;
		sum += chance;
	}
	for (int t = 0; t < SIM_TOPICS; t++)
		mix[t] /= sum;
}

/* ---- one life ---- */

/* How far the page lies from the reader's mix, before it is read. */
static void on_page(void *user, struct sim_life *l)
{
	const struct corpus *c = l->profile.corpus;
	double p_reader[SIM_TOPICS + 1], p_feeds[SIM_TOPICS + 1], page[SIM_TOPICS + 1] = { 0 }, apart = 0;
	struct lived *life = user;
	int topic[SIM_OFFERED];

	for (size_t i = 0; i < SIM_OFFERED; i++)
		topic[i] = c->doc[sim_offered(l->day) + i].topic;
	profile_mixes(&l->profile, FACET_TOPIC, topic, SIM_OFFERED, sim_morning(l->day), p_reader, p_feeds);
	for (int i = 0; i < l->places; i++)
		page[c->doc[l->page[i].doc].topic] += 1.0 / l->places; /* every article of the world has one */
	for (int t = 0; t <= SIM_TOPICS; t++)
		apart += fabs(page[t] - p_reader[t]) / 2;
	life->window[life->now].outside += apart;
}

/* The sitting that was just read. */
static void count_sitting(struct lived *life, const struct sim_life *l)
{
	for (int row = 0; row < l->depth; row++) {
		int t = l->reader.world->article[l->page[row].doc].topic;

		life->met[t] = true;
		if (!l->held[row])
			continue;
		if (!life->read[t])
			life->from_slot[t] = l->slot[row] == SLOT_SERENDIPITY;
		life->read[t] = true;
		life->reading[t]++;
		life->window[life->now].satisfied++;
		life->satisfied++;
	}
	life->window[life->now].days++;
}

static void close_window(struct lived *life)
{
	struct window *w = &life->window[life->now++];

	w->entropy = loop_entropy(life->reading, SIM_TOPICS);
	w->drawn = loop_entropy_drawn(life->start, SIM_TOPICS, w->satisfied);
	for (int t = 0; t < SIM_TOPICS; t++)
		w->topics += life->met[t];
	memset(life->reading, 0, sizeof life->reading);
	memset(life->met, 0, sizeof life->met);
}

static void count_interests(struct lived *life, const struct sim_reader *r)
{
	for (int t = 0; t < SIM_TOPICS; t++) {
		bool found = life->topic[t] < LOOP_LIKED && r->topic[t] >= LOOP_LIKED;

		life->found += found;
		life->by_slot += found && life->from_slot[t];
		life->lost += r->liked[t] && r->topic[t] < LOOP_COOLED;
	}
}

static void live(struct study *st, size_t user, enum sim_pages pages, int explore, struct lived *life)
{
	struct sim_watch watch = { .user = life, .page = on_page };
	struct sim_life l;

	memset(life, 0, sizeof *life);
	sim_life_init(&l, &st->world, st->o->seed * 1000003 + user, st->o->model, explore);
	sim_life_loop(&l, pages, LOOP_PLACES);
	loop_start(&l.reader, life->start);
	memcpy(life->topic, l.reader.topic, sizeof life->topic);
	for (int day = 0; day < st->o->days; day++) {
		(void)sim_life_sit(&l, &watch);
		count_sitting(life, &l);
		if (life->window[life->now].days == LOOP_WINDOW || day == st->o->days - 1)
			close_window(life);
	}
	count_interests(life, &l.reader);
	sim_life_clear(&l);
}

/* ---- all together ---- */

static void sum_windows(struct study *st, struct line_sums *s, const struct lived *life)
{
	double outside = 0, topics = 0, entropy = 0, drawn = 0;

	for (int i = 0; i < st->windows; i++) {
		const struct window *w = &life->window[i];

		add(&s->window[i].entropy, w->entropy, 1);
		add(&s->window[i].share, w->entropy, w->drawn);
		add(&s->window[i].satisfied, (double)w->satisfied / w->days, 1);
		add(&s->window[i].outside, w->outside / w->days, 1);
		add(&s->window[i].topics, w->topics, 1);
		outside += w->outside / st->o->days;
		topics += (double)w->topics / st->windows;
		if (i >= st->windows / 2) {
			entropy += w->entropy;
			drawn += w->drawn;
		}
	}
	add(&s->share, entropy, drawn);
	add(&s->outside, outside, 1);
	add(&s->topics, topics, 1);
}

static void sum_life(struct study *st, struct line_sums *s, const struct lived *life, int satisfied_first)
{
	sum_windows(st, s, life);
	add(&s->satisfied, (double)life->satisfied / st->o->days, 1);
	add(&s->against, life->satisfied, satisfied_first);
	add(&s->found, life->found, 1);
	add(&s->by_slot, life->by_slot, 1);
	add(&s->lost, life->lost, 1);
}

static enum sim_pages pages_of(const struct loop_options *o, int line)
{
	return line < o->sliders ? SIM_BY_SLIDER : line == o->sliders ? SIM_NEWEST : SIM_RANDOM;
}

static void live_all(struct study *st, size_t user)
{
	int satisfied_first = 0;

	for (int i = 0; i < st->lines; i++) {
		struct lived life;

		live(st, user, pages_of(st->o, i), i < st->o->sliders ? st->o->explore[i] : 0, &life);
		if (i == 0) {
			satisfied_first = life.satisfied;
			st->start += mix_entropy(life.start, SIM_TOPICS) / st->o->users;
		}
		sum_life(st, &st->line[i], &life, satisfied_first);
	}
}

static void report_line(const struct study *st, int i, struct loop_line *out)
{
	const struct line_sums *s = &st->line[i];

	*out = (struct loop_line){ .pages = pages_of(st->o, i), .explore = i < st->o->sliders ? st->o->explore[i] : 0, .share = ratio(&s->share),
				   .satisfied = ratio(&s->satisfied), .against = ratio(&s->against), .outside = ratio(&s->outside), .topics = ratio(&s->topics),
				   .found = ratio(&s->found), .by_slot = ratio(&s->by_slot), .lost = ratio(&s->lost) };
	for (int w = 0; w < st->windows; w++) {
		const struct window_sums *ws = &s->window[w];
		int to = (w + 1) * LOOP_WINDOW;

		out->window[w] = (struct loop_window){ w * LOOP_WINDOW + 1, to < st->o->days ? to : st->o->days, ratio(&ws->entropy), ratio(&ws->share),
						       ratio(&ws->satisfied), ratio(&ws->outside), ratio(&ws->topics) };
	}
}

void sim_loop(const struct loop_options *o, struct loop_result *out)
{
	struct study *st = mem_zero(1, sizeof *st);

	assert(o->users >= 1 && o->days >= 1 && o->days <= SIM_DAYS && o->sliders >= 1 && o->sliders <= LOOP_SLIDERS);
	*st = (struct study){ .o = o, .windows = (o->days + LOOP_WINDOW - 1) / LOOP_WINDOW, .lines = o->sliders + 2 };
	sim_world_make(&st->world, o->seed);
	for (size_t user = 0; user < (size_t)o->users; user++) {
		live_all(st, user);
		if (o->step)
			o->step(o->user, user + 1, (size_t)o->users);
	}
	memset(out, 0, sizeof *out);
	out->users = (size_t)o->users;
	out->days = o->days;
	out->windows = st->windows;
	out->lines = st->lines;
	out->start = st->start;
	for (int i = 0; i < st->lines; i++)
		report_line(st, i, &out->line[i]);
	sim_world_clear(&st->world);
	free(st);
}
