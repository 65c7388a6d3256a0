/* worddiff - what becomes of the words of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/rng.h"
#include "text/worddiff.h"

/* "a [b] {c} d" for words that stay, go and come. */
static void draw(const char *before, const char *after, size_t island, struct buf *out)
{
	static const char *const sign[][2] = { [DIFF_SAME] = { "", "" }, [DIFF_GONE] = { "[", "]" }, [DIFF_COME] = { "{", "}" } };
	struct arena a = ARENA_INIT;
	struct diff_part *part;
	size_t n = worddiff(&a, before, after, island, &part);

	for (size_t i = 0; i < n; i++) {
		const char *text = part[i].kind == DIFF_GONE ? before : after;

		buf_printf(out, "%s%s%.*s%s", i ? " " : "", sign[part[i].kind][0], (int)part[i].len, text + part[i].from, sign[part[i].kind][1]);
	}
	arena_clear(&a);
}

static void changes_are_few_and_in_their_places(void **state)
{
	static const struct { const char *before, *after, *want; } cases[] = {
		{ "", "", "" }, { "a", "", "[a]" }, { "", "a b", "{a b}" }, { "a b c", "a b c", "a b c" }, { "a b c", "a c", "a [b] c" }, { "a c", "a b c", "a {b} c" },
		{ "old text", "new text", "[old] {new} text" }, { "a b c d", "b c d e", "[a] b c d {e}" }, { "x a y b z", "a b", "[x] a [y] b [z]" },
		{ "  a \n b\t", "a b", "a b" }, { "a b a b", "b a b a", "[a] b a b {a}" }, { "\xe6\xb8\xaf\xe5\x8f\xa3", "\xe6\xb8\xaf\xe5\x85\xb3", "\xe6\xb8\xaf [\xe5\x8f\xa3] {\xe5\x85\xb3}" },
		{ "one two three", "four five six", "[one two three] {four five six}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = BUF_INIT;

		draw(cases[i].before, cases[i].after, 0, &b);
		assert_string_equal(buf_str(&b), cases[i].want);
		buf_clear(&b);
	}
}

static void islands_between_longer_changes_are_changes_too(void **state)
{
	static const struct { const char *before, *after, *want; } cases[] = {
		{ "a b the c d", "v w the x y", "[a b the c d] {v w the x y}" }, { "a the c", "v the x", "[a] {v} the [c] {x}" }, /* too short to drown anything */
		{ "a b one two three c d", "v w one two three x y", "[a b] {v w} one two three [c d] {x y}" }, { "the a b", "the x y", "the [a b] {x y}" },
		{ "a b of c d to e f", "u v of w x to y z", "[a b of c d to e f] {u v of w x to y z}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = BUF_INIT;

		draw(cases[i].before, cases[i].after, 2, &b);
		assert_string_equal(buf_str(&b), cases[i].want);
		buf_clear(&b);
	}
}

static void random_words(struct rng *r, size_t n, size_t kinds, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%sw%d", i ? " " : "", (int)rng_below(r, (uint32_t)kinds));
}

/* Longest common subsequence by the plain table. */
static size_t common(char **a, size_t n, char **b, size_t m)
{
	size_t *row = mem_zero(m + 1, sizeof *row), best;

	for (size_t i = 0; i < n; i++) {
		size_t corner = 0;

		for (size_t j = 0; j < m; j++) {
			size_t up = row[j + 1];

			row[j + 1] = strcmp(a[i], b[j]) == 0 ? corner + 1 : row[j] > up ? row[j] : up;
			corner = up;
		}
	}
	best = row[m];
	free(row);
	return best;
}

static size_t words_of(struct arena *a, const char *s, size_t len, char **word)
{
	char *copy = arena_strndup(a, s, len), *save = NULL;
	size_t n = 0;

	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		word[n++] = w;
	return n;
}

/* Both texts can be put together from the parts, and no fewer words could have been changed. */
static void check(const char *before, const char *after)
{
	struct arena a = ARENA_INIT;
	char *x[400], *y[400], *z[400];
	size_t n = words_of(&a, before, strlen(before), x), m = words_of(&a, after, strlen(after), y), i = 0, j = 0, same = 0;
	struct diff_part *part;
	size_t parts = worddiff(&a, before, after, 0, &part);

	for (size_t p = 0; p < parts; p++) {
		size_t k = words_of(&a, (part[p].kind == DIFF_GONE ? before : after) + part[p].from, part[p].len, z);

		assert_true(k > 0);
		for (size_t w = 0; w < k; w++) {
			if (part[p].kind != DIFF_COME)
				assert_string_equal(x[i++], z[w]);
			if (part[p].kind != DIFF_GONE)
				assert_string_equal(y[j++], z[w]);
			same += part[p].kind == DIFF_SAME;
		}
	}
	assert_int_equal(i, n);
	assert_int_equal(j, m);
	assert_int_equal(same, common(x, n, y, m));
	arena_clear(&a);
}

static void it_is_the_shortest_way_between_random_texts(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 7);
	for (int i = 0; i < 400; i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;
		size_t kinds = 1 + rng_below(&r, 12);

		random_words(&r, rng_below(&r, 60), kinds, &a);
		random_words(&r, rng_below(&r, 60), kinds, &b);
		check(buf_str(&a), buf_str(&b));
		buf_clear(&a);
		buf_clear(&b);
	}
}

static void texts_that_share_too_little_are_changed_as_a_whole(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT, out = BUF_INIT;

	(void)state;
	buf_puts(&a, "first ");
	buf_puts(&b, "first ");
	for (int i = 0; i < 2 * WORDDIFF_MOST; i++) {
		buf_printf(&a, "a%d ", i);
		buf_printf(&b, "b%d ", i);
	}
	buf_puts(&a, "shared last");
	buf_puts(&b, "shared last");
	draw(buf_str(&a), buf_str(&b), 2, &out);
	assert_true(strncmp(buf_str(&out), "first [a0 a1", 12) == 0);
	assert_string_equal(buf_str(&out) + out.len - 13, "} shared last");
	buf_clear(&a);
	buf_clear(&b);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_few_and_in_their_places),
		cmocka_unit_test(islands_between_longer_changes_are_changes_too),
		cmocka_unit_test(it_is_the_shortest_way_between_random_texts),
		cmocka_unit_test(texts_that_share_too_little_are_changed_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
