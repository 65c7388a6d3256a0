/* topic_words - which of a topic's telling terms are words that name it to a person. */
#ifndef ECLOSE_APP_TOPIC_WORDS_H
#define ECLOSE_APP_TOPIC_WORDS_H

#include "app/topics.h"
#include "base/map.h"
#include "text/words.h"

struct topic_word {
	uint32_t term;
	const char *name;
	double weight;
	int fault; /* 0 none; 1: what a feed calls itself, or says in each of its articles; 2: few of the articles have it */
};

/* One topic, and what is found out about it. */
struct topic_words {
	const struct topic_day *day;
	const int *topic;      /* (items->n) */
	int which;
	struct words *words;   /* borrowed */
	size_t articles;       /* [out] of the topic */
};

#define TOPIC_WORD_FULL 0.25   /* a word that a quarter of the articles have as their category counts double */
#define TOPIC_WORD_LEAST 0.05  /* a word that fewer of the articles have says nothing of the topic; three must have it */
#define TOPIC_WORD_FORM 0.8    /* what so many of a feed's articles have is a form that the feed fills in ("Submitted by", "Category:") */
#define TOPIC_WORD_FEED 5      /* articles of a feed in the topic, from which on that can be told */
#define TOPIC_WORD_TITLES 0.1  /* unless so many titles have it too */

/* topic_words_choose - the best of the candidates, with their weights as names:
 *   term, weight (n) as topics_telling gives them, n < 65536;  out (most)
 * The weight of a word rises with its rarity among the articles of the topic's language, ln(1 + N / n): where a language has one topic or two, its commonest words
 * would tell them best. It doubles for words that feeds use as categories. Left out are stop words, single characters, numbers, host names, rests of markup, words of
 * a text that was decoded wrongly; and, where two better ones are left, words with a fault.
 * Terms that are written alike are one word. Returns how many. Cannot fail; names are of the arena. */
size_t topic_words_choose(struct topic_words *w, struct store *st, struct arena *a, const uint32_t *term, const double *weight, size_t n, struct topic_word *out, size_t most);

#endif
