/* explain_counter - which few edits would take an article off the page, or bring it there. Each is looked at by scoring all candidates with it, by the arithmetic of the edit
 * itself, and arranging the page anew: what is said here is what the edit does. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "app/explain_private.h"

#define TOGETHER 6      /* parts that are left out together */
#define ALONE 5         /* subjects that are weighed one by one */
#define WEIGHT_STEP 0.5
#define WEIGHT_LAST (EDIT_MOST - WEIGHT_STEP) /* the next step would be a pin or a ban */
#define SLIGHT 0.05     /* log-odds: parts below are no matter of an edit */

/* A subject with all that it adds to the score. */
struct lever {
	const char *subject;
	double learned, held; /* by the model; by an edit that holds */
	size_t touches;       /* candidates that have it */
};

struct search {
	struct ranker *r;
	const struct page_options *o;
	size_t doc;
	int64_t now;
	struct arena *a;
	struct lever *lever; /* (n) those that matter most first */
	size_t n;
	bool drop;           /* it is on the page */
	struct score *score; /* (candidates) scratch */
};

/* ---- what would be ---- */

static void say(struct edits *ed, const char *subject, double weight)
{
	edits_apply(ed, &(struct event){ .kind = EVENT_EDIT, .subject = subject, .value = weight });
}

/* Where it stands if the reader says these things (n), one after the other. */
static struct stand look(struct search *s, const struct would_edit *edit, size_t n)
{
	const struct edits *held = &s->r->profile.edits;
	struct edits then;

	edits_init(&then, held->corpus);
	for (size_t i = 0; i < held->n; i++)
		say(&then, held->row[i].subject, held->row[i].weight);
	for (size_t i = 0; i < n; i++)
		say(&then, edit[i].subject, edit[i].weight);
	for (size_t i = 0; i < s->r->n_candidates; i++) {
		struct score *x = &s->score[i];
		double before;

		*x = s->r->score[i];
		before = x->edit;
		x->edit = edits_sum(&then, x->doc, &x->banned);
		x->mean += x->edit - before;
		for (int k = 0; k < MODEL_COUNT; k++)
			x->by[k] += s->r->profile.models.learns[k] ? x->edit - before : 0;
	}
	edits_clear(&then);
	return explain_stand(s->r, s->doc, s->o, s->score, s->now);
}

static bool moved(const struct search *s, const struct stand *stand)
{
	return s->drop ? stand->place == 0 : stand->place > 0;
}

/* ---- subjects ---- */

static struct lever *lever_of(struct search *s, const char *subject)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->lever[i].subject, subject) == 0)
			return &s->lever[i];
	s->lever[s->n] = (struct lever){ .subject = subject, .held = edit_weight(s->r, subject) };
	return &s->lever[s->n++];
}

static int most_for(const void *a, const void *b)
{
	const struct lever *x = a, *y = b;
	double u = x->learned + x->held, v = y->learned + y->held;

	return u != v ? (u > v ? -1 : 1) : strcmp(x->subject, y->subject);
}

static int most_against(const void *a, const void *b)
{
	return most_for(b, a);
}

static void find_levers(struct search *s, const struct page_entry *e)
{
	s->lever = arena_zero(s->a, e->n_reasons + 1, sizeof *s->lever);
	for (size_t i = 0; i < e->n_reasons; i++) {
		const struct reason *part = &e->reasons[i];

		if (part->subject && strcmp(part->kind, "edit") == 0)
			(void)lever_of(s, part->subject);
		else if (part->subject)
			lever_of(s, part->subject)->learned += part->weight;
	}
}

static const char *name_of(struct search *s, const char *subject)
{
	const char *name = edit_name(s->r, s->a, subject), *key;
	enum facet f = FACET_COUNT;

	(void)edit_facet(subject, &f, &key);
	if (f == FACET_COUNT)
		return arena_printf(s->a, "\"%s\"", name);
	if (f == FACET_LENGTH)
		return arena_printf(s->a, "the length (%s)", name);
	return arena_printf(s->a, "the %s %s", facet_word[f], name);
}

/* ---- words ---- */

static const char *names_of(struct search *s, const struct would_edit *edit, size_t n, bool weights)
{
	const char *names = "";

	for (size_t i = 0; i < n; i++) {
		names = arena_printf(s->a, "%s%s%s", names, i == 0 ? "" : i + 1 == n ? " and " : ", ", edit[i].name);
		if (weights && edit[i].weight <= -EDIT_MOST)
			names = arena_printf(s->a, "%s banned", names);
		else if (weights)
			names = arena_printf(s->a, "%s weighed by %+.1f", names, edit[i].weight);
	}
	return names;
}

static const char *outcome(struct search *s, const struct stand *stand)
{
	if (stand->place)
		return arena_printf(s->a, "stand at place %d of this page.", stand->place);
	return arena_printf(s->a, "not stand on this page: number %d by score alone.", stand->number);
}

static void tell(struct search *s, const struct would_edit *edit, size_t n, const struct stand *stand, bool weighed, int from, struct why *out)
{
	struct counterfactual *c = &out->counter[out->n_counter++];

	*c = (struct counterfactual){ .edit = arena_zero(s->a, n, sizeof *edit), .n = n, .from = from, .to = stand->place ? stand->place : stand->number,
		.on_page = stand->place > 0 };
	memcpy(c->edit, edit, n * sizeof *edit);
	for (size_t i = 0; i < n; i++)
		c->edit[i].name = name_of(s, edit[i].subject);
	c->words = arena_printf(s->a, "%s %s it would %s", weighed ? "With" : "Without", names_of(s, c->edit, n, weighed), outcome(s, stand));
}

/* ---- several left out together ---- */

/* The weight that takes away all that the subject adds, in hundredths; never as far as a pin or a ban. */
static double without(const struct lever *l)
{
	double most = EDIT_MOST - 0.01;

	return fmin(fmax(round(-100 * l->learned) / 100, -most), most);
}

/* Those that it can do without are taken out again, the lightest first. Returns how many stay. */
static size_t prune(struct search *s, struct would_edit *edit, size_t n)
{
	for (size_t i = n; i-- > 0 && n > 1;) {
		struct would_edit less[TOGETHER];
		struct stand stand;

		memcpy(less, edit, i * sizeof *less);
		memcpy(less + i, edit + i + 1, (n - i - 1) * sizeof *less);
		stand = look(s, less, n - 1);
		if (moved(s, &stand))
			memcpy(edit, less, --n * sizeof *edit);
	}
	return n;
}

/* The heaviest first, until it moves. edit [out] (TOGETHER). Returns how many it takes; 0 where these aren't enough. */
static size_t together(struct search *s, struct would_edit *edit)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n && n < TOGETHER; i++) {
		const struct lever *l = &s->lever[i];
		double adds = l->learned + l->held, weight = without(l);
		struct stand stand;

		if ((s->drop ? adds : -adds) < SLIGHT || weight == l->held)
			continue;
		edit[n++] = (struct would_edit){ .subject = l->subject, .weight = weight };
		stand = look(s, edit, n);
		if (moved(s, &stand))
			return prune(s, edit, n);
	}
	return 0;
}

/* ---- weighed ---- */

/* The least steps that move it, of the subjects that add most to it or the words that do. Returns false where none of them does. */
static bool alone(struct search *s, struct would_edit *edit)
{
	double best = INFINITY;

	for (size_t i = 0; i < s->n && i < ALONE; i++)
		for (double by = WEIGHT_STEP; by < best; by += WEIGHT_STEP) {
			struct would_edit one = { .subject = s->lever[i].subject, .weight = s->lever[i].held + (s->drop ? -by : by) };
			struct stand stand;

			if (fabs(one.weight) > WEIGHT_LAST)
				break;
			if (one.weight == 0) /* clearing is for those that are left out */
				continue;
			stand = look(s, &one, 1);
			if (moved(s, &stand)) {
				best = by;
				*edit = one;
			}
		}
	return best < INFINITY;
}

#define FURTHEST 3 /* subjects that are weighed at once, as far as steps go */

static int rarest(const void *a, const void *b)
{
	const struct lever *x = a, *y = b;

	return x->touches != y->touches ? (x->touches < y->touches ? -1 : 1) : strcmp(x->subject, y->subject);
}

#define RAREST_AMONG 30 /* subjects, those that add most */

/* What few others have moves it past them: those first. */
static void rarest_first(struct search *s)
{
	struct edits one;

	s->n = s->n < RAREST_AMONG ? s->n : RAREST_AMONG;
	for (size_t i = 0; i < s->n; i++) {
		edits_init(&one, s->r->profile.edits.corpus);
		say(&one, s->lever[i].subject, WEIGHT_LAST);
		for (size_t c = 0; c < s->r->n_candidates; c++)
			s->lever[i].touches += edits_touch(&one, &one.row[0], s->r->candidate[c]);
		edits_clear(&one);
	}
	qsort(s->lever, s->n, sizeof *s->lever, rarest);
}

/* One alone, else several. edit [out] (FURTHEST). Returns how many it takes; 0 where these aren't enough. */
static size_t weighed(struct search *s, struct would_edit *edit)
{
	size_t n = 0;

	if (alone(s, edit))
		return 1;
	rarest_first(s);
	for (size_t i = 0; i < s->n && n < FURTHEST; i++) {
		double weight = s->drop ? -WEIGHT_LAST : WEIGHT_LAST;
		struct stand stand;

		if (weight == s->lever[i].held)
			continue;
		edit[n++] = (struct would_edit){ .subject = s->lever[i].subject, .weight = weight };
		stand = look(s, edit, n);
		if (moved(s, &stand))
			return prune(s, edit, n);
	}
	return 0;
}

/* Where no weight is enough to take it off, a ban is: on the narrowest of the subjects that add to it. Returns false where nothing of it can be banned. */
static bool banned(struct search *s, struct would_edit *edit)
{
	struct stand stand;

	rarest_first(s);
	for (size_t i = 0; i < s->n; i++) {
		if (s->lever[i].learned + s->lever[i].held < SLIGHT)
			continue;
		*edit = (struct would_edit){ .subject = s->lever[i].subject, .weight = -EDIT_MOST };
		stand = look(s, edit, 1);
		if (moved(s, &stand))
			return true;
	}
	return false;
}

/* Would it come onto the page with as much as edits can add, and nothing added to any other? If not, no edit of what it shares with others brings it there. */
static bool within_reach(struct search *s)
{
	struct stand stand;

	memcpy(s->score, s->r->score, s->r->n_candidates * sizeof *s->score);
	for (size_t i = 0; i < s->r->n_candidates; i++)
		if (s->score[i].doc == s->doc) {
			s->score[i].mean += EDITS_MOST - s->score[i].edit;
			s->score[i].edit = EDITS_MOST;
			s->score[i].banned = false;
		}
	stand = explain_stand(s->r, s->doc, s->o, s->score, s->now);
	return stand.place > 0;
}

static bool among_candidates(const struct ranker *r, size_t doc)
{
	for (size_t i = 0; i < r->n_candidates; i++)
		if (r->candidate[i] == doc)
			return true;
	return false;
}

void explain_counter(struct ranker *r, size_t doc, const struct page_options *o, int64_t now, struct arena *a, struct why *out)
{
	struct search s = { .r = r, .o = o, .doc = doc, .now = now, .a = a, .drop = out->place_page > 0 };
	struct would_edit edit[TOGETHER];
	struct stand stand;
	size_t n;
	int from;

	out->counter = arena_zero(a, 2, sizeof *out->counter);
	if (!among_candidates(r, doc))
		return;
	from = s.drop ? out->place_page : (int)out->entry.place;
	s.score = mem_zero(r->n_candidates + 1, sizeof *s.score);
	if (!s.drop && !within_reach(&s)) {
		free(s.score);
		return;
	}
	find_levers(&s, &out->entry);
	qsort(s.lever, s.n, sizeof *s.lever, s.drop ? most_for : most_against);
	n = together(&s, edit);
	if (n) {
		stand = look(&s, edit, n);
		tell(&s, edit, n, &stand, false, from, out);
	}
	qsort(s.lever, s.n, sizeof *s.lever, most_for);
	n = n == 1 ? 0 : weighed(&s, edit);
	if (n) {
		stand = look(&s, edit, n);
		tell(&s, edit, n, &stand, true, from, out);
	}
	qsort(s.lever, s.n, sizeof *s.lever, most_for);
	if (s.drop && !out->n_counter && banned(&s, edit)) {
		stand = look(&s, edit, 1);
		tell(&s, edit, 1, &stand, true, from, out);
	}
	free(s.score);
}
