#include "text/worddiff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"

struct token { size_t from, len; int64_t word; bool same; };

struct tokens { struct token *token; size_t n, cap; };

#define SPACE " \t\r\n"

/* Bytes of the word at s, where it has n > 0 left. */
static size_t word_len(const char *s, size_t n)
{
	size_t len = 0;

	while (len < n && !strchr(SPACE, s[len])) {
		uint32_t cp;
		size_t k = utf8_decode(s + len, n - len, &cp);

		if (cp >= 0x2e80)
			return len ? len : k;
		len += k;
	}
	return len;
}

static void split(struct tokens *t, const char *s, struct map *words)
{
	size_t n = strlen(s);

	for (size_t at = strspn(s, SPACE); at < n; at += strspn(s + at, SPACE)) {
		size_t len = word_len(s + at, n - at);

		MEM_GROW(t->token, t->n, t->cap);
		t->token[t->n++] = (struct token){ at, len, *map_at(words, s + at, len, (int64_t)words->n, NULL), false };
		at += len;
	}
}

/* ---- the middle: what is between the words that both begin and end with ---- */

struct middle { struct token *a, *b; int n, m; };

/* The furthest x on diagonal k after one change more: v[k] of the steps before. */
static int step_from(const int *v, int k, int d)
{
	return k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
}

/* From the end back to the start: what was passed on a diagonal is the same. trace[d]: v (-d - 1 .. d + 1) before step d. */
static void walk_back(struct middle *q, int **trace, int d)
{
	int x = q->n, y = q->m;

	for (; d >= 0; d--) {
		const int *v = trace[d] + d + 1;
		int k = x - y, down = k == -d || (k != d && v[k - 1] < v[k + 1]), from = down ? k + 1 : k - 1;
		int px = d ? v[from] : 0, py = d ? px - from : 0;

		while (x > px && y > py) {
			x--;
			y--;
			q->a[x].same = q->b[y].same = true;
		}
		x = px;
		y = py;
	}
}

/* Steps until both ends are reached; then what is the same is marked. With more than WORDDIFF_MOST nothing is. */
static void compare(struct middle *q)
{
	int most = q->n + q->m < WORDDIFF_MOST ? q->n + q->m : WORDDIFF_MOST;
	int *room = mem_zero((size_t)(2 * most + 4), sizeof *room), *v = room + most + 2;
	int **trace = mem_zero((size_t)most + 1, sizeof *trace);
	bool met = false;
	int d = 0;

	for (; d <= most; d++) {
		trace[d] = mem_alloc((size_t)(2 * d + 3) * sizeof **trace);
		memcpy(trace[d], v - d - 1, (size_t)(2 * d + 3) * sizeof **trace);
		for (int k = -d; k <= d && !met; k += 2) {
			int x = d ? step_from(v, k, d) : 0;

			while (x < q->n && x - k < q->m && q->a[x].word == q->b[x - k].word)
				x++;
			v[k] = x;
			met = x >= q->n && x - k >= q->m;
		}
		if (met)
			break;
	}
	if (met)
		walk_back(q, trace, d);
	for (int i = 0; i <= d && i <= most; i++)
		free(trace[i]);
	free(trace);
	free(room);
}

static void mark_same(struct tokens *a, struct tokens *b)
{
	size_t from = 0, n = a->n, m = b->n;
	struct middle q;

	while (from < n && from < m && a->token[from].word == b->token[from].word) {
		a->token[from].same = b->token[from].same = true;
		from++;
	}
	while (n > from && m > from && a->token[n - 1].word == b->token[m - 1].word)
		a->token[--n].same = b->token[--m].same = true;
	q = (struct middle){ a->token + from, b->token + from, (int)(n - from), (int)(m - from) };
	if (q.n && q.m)
		compare(&q);
}

/* ---- parts ---- */

/* What tokens first .. end - 1 are as one part; there is one, if any. Returns how many parts that makes. */
static size_t part_of(const struct tokens *t, size_t first, size_t end, enum diff_kind kind, struct diff_part *out)
{
	const struct token *from, *last;

	if (first == end)
		return 0;
	from = t->token + first;
	last = t->token + end - 1;
	*out = (struct diff_part){ kind, from->from, last->from + last->len - from->from };
	return 1;
}

static size_t changed_end(const struct tokens *t, size_t at)
{
	while (at < t->n && !t->token[at].same)
		at++;
	return at;
}

static size_t same_end(const struct tokens *a, size_t i, const struct tokens *b, size_t j)
{
	size_t n = 0;

	while (i + n < a->n && j + n < b->n && a->token[i + n].same && b->token[j + n].same)
		n++;
	return n;
}

#define SHORE 3 /* words that a change has at least for what is between it and the next to be an island */

/* A word or two that both happen to have, between changes that are longer, tell nobody anything: they count as changed. */
static void sink_islands(struct tokens *a, struct tokens *b, size_t most)
{
	size_t i = changed_end(a, 0), j = changed_end(b, 0), before = i + j;

	while (i < a->n || j < b->n) {
		size_t same = same_end(a, i, b, j), x = i + same, y = j + same, gone = changed_end(a, x), come = changed_end(b, y), behind = gone - x + come - y;
		bool island = same <= most && before >= SHORE && behind >= SHORE;

		for (size_t k = 0; island && k < same; k++)
			a->token[i + k].same = b->token[j + k].same = false;
		before = island ? before + 2 * same + behind : behind;
		i = gone;
		j = come;
	}
}

size_t worddiff(struct arena *arena, const char *before, const char *after, size_t island, struct diff_part **out)
{
	struct tokens a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
	struct map words = MAP_INIT;
	size_t i = 0, j = 0, n = 0;
	struct diff_part *part;

	split(&a, before, &words);
	split(&b, after, &words);
	map_clear(&words);
	mark_same(&a, &b);
	if (island)
		sink_islands(&a, &b, island);
	part = arena_alloc(arena, (a.n + b.n + 1) * sizeof *part);
	while (i < a.n || j < b.n) {
		size_t gone = i, come = j, same;

		i = changed_end(&a, i);
		n += part_of(&a, gone, i, DIFF_GONE, &part[n]);
		same = j = changed_end(&b, j);
		n += part_of(&b, come, j, DIFF_COME, &part[n]);
		j += same_end(&a, i, &b, j);
		i += j - same;
		n += part_of(&b, same, j, DIFF_SAME, &part[n]);
	}
	free(a.token);
	free(b.token);
	*out = part;
	return n;
}
