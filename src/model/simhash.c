#include "model/simhash.h"

#include <string.h>

#include "base/map.h"

/* Each feature votes for or against every bit; the majority decides. */
struct votes {
	int64_t bit[64];
	uint64_t before[SIMHASH_SHINGLE]; /* hashes of the last words, latest first */
	size_t words;
};

static void vote(struct votes *v, uint64_t hash)
{
	for (int b = 0; b < 64; b++)
		v->bit[b] += hash >> b & 1 ? 1 : -1;
}

static void add_word(struct votes *v, const char *word, size_t n)
{
	for (size_t i = SIMHASH_SHINGLE - 1; i > 0; i--)
		v->before[i] = v->before[i - 1];
	v->before[0] = hash_bytes(word, n);
	vote(v, v->before[0]);
	if (++v->words >= SIMHASH_SHINGLE)
		vote(v, hash_bytes(v->before, sizeof v->before));
}

static void add_text(struct votes *v, struct words *w, const char *text, size_t n)
{
	const struct word *word;
	size_t at = 0, count;

	while ((word = words_next(w, text, n, &at, &count)))
		for (size_t i = 0; i < count; i++) {
			char folded[WORD_MOST];
			size_t len = words_fold(w, text + word[i].from, word[i].to - word[i].from, folded);

			if (len)
				add_word(v, folded, len);
		}
}

uint64_t simhash_text(struct words *w, const char *text, size_t n)
{
	struct votes v = { .words = 0 };
	uint64_t hash = 0;

	add_text(&v, w, text, n);
	if (v.words < SIMHASH_WORDS)
		return 0;
	for (int b = 0; b < 64; b++)
		hash |= (uint64_t)(v.bit[b] > 0) << b;
	return hash ? hash : 1;
}

uint64_t simhash_article(struct words *w, const char *title, const char *text, size_t n)
{
	uint64_t hash = simhash_text(w, text, n);
	struct votes v = { .words = 0 };

	if (hash)
		return hash;
	add_text(&v, w, title, strlen(title));
	add_text(&v, w, text, n);
	return v.words ? hash_bytes(v.bit, sizeof v.bit) : 0;
}

int simhash_apart(uint64_t a, uint64_t b)
{
	return __builtin_popcountll(a ^ b);
}

int simhash_copies(uint64_t a, uint64_t b)
{
	return a && b && simhash_apart(a, b) <= SIMHASH_COPY;
}
