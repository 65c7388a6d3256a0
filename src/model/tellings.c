#include "model/tellings.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/simhash.h"

static bool earlier(const struct telling *t, size_t i, size_t j)
{
	return t[i].at != t[j].at ? t[i].at < t[j].at : i < j;
}

void tellings_copies(struct telling *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t first = i;

		for (size_t j = 0; j < n; j++)
			if (j != i && simhash_copies(t[i].hash, t[j].hash) && earlier(t, j, first))
				first = j;
		t[i].copy_of = first == i ? -1 : (long)first;
	}
}

static int length(const struct telling *t)
{
	return t->words < TELLINGS_LONG ? t->words : TELLINGS_LONG;
}

size_t tellings_lead(const struct telling *t, size_t n)
{
	size_t lead = n;
	int longest = 0;

	for (size_t i = 0; i < n; i++)
		if (t[i].copy_of < 0 && length(&t[i]) > longest)
			longest = length(&t[i]);
	for (size_t i = 0; i < n; i++) {
		if (t[i].copy_of >= 0 || length(&t[i]) < TELLINGS_AS_LONG * longest)
			continue;
		if (lead == n || t[i].trust > t[lead].trust || (t[i].trust == t[lead].trust && earlier(t, i, lead)))
			lead = i;
	}
	return lead == n ? 0 : lead;
}

/* ---- the others ---- */

struct place {
	size_t i;
	int group;      /* 0 the lead, 1 originals, 2 copies */
	double differs;
	int64_t at;
};

static int by_worth(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->group != y->group)
		return x->group - y->group;
	if (x->differs != y->differs)
		return x->differs > y->differs ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->i > y->i) - (x->i < y->i);
}

void tellings_order(const struct telling *t, size_t n, size_t lead, size_t *order)
{
	struct place *p = mem_zero(n, sizeof *p);

	for (size_t i = 0; i < n; i++)
		p[i] = (struct place){ i, i == lead ? 0 : t[i].copy_of < 0 ? 1 : 2, t[i].wording + t[i].source, t[i].at };
	qsort(p, n, sizeof *p, by_worth);
	for (size_t i = 0; i < n; i++)
		order[i] = p[i].i;
	free(p);
}

/* ---- voices ---- */

struct member { int64_t story; size_t row; };

static int by_story(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* The articles m (n) of one story. */
static void voices_of(const struct member *m, size_t n, const int *feed, const int64_t *at, const uint64_t *hash, int *voice)
{
	struct telling *t = mem_zero(n, sizeof *t);

	for (size_t i = 0; i < n; i++)
		t[i] = (struct telling){ .at = at[m[i].row], .feed = feed[m[i].row], .hash = hash[m[i].row] };
	tellings_copies(t, n);
	for (size_t i = 0; i < n; i++)
		voice[m[i].row] = t[t[i].copy_of < 0 ? i : (size_t)t[i].copy_of].feed;
	free(t);
}

void tellings_voices(const int64_t *story, const int *feed, const int64_t *at, const uint64_t *hash, size_t n, int *voice)
{
	struct member *m = mem_zero(n, sizeof *m);
	size_t end;

	for (size_t i = 0; i < n; i++)
		m[i] = (struct member){ story[i], i };
	qsort(m, n, sizeof *m, by_story);
	for (size_t from = 0; from < n; from = end) {
		for (end = from + 1; end < n && m[end].story == m[from].story; end++)
			;
		voices_of(m + from, end - from, feed, at, hash, voice);
	}
	free(m);
}
