/* topics - the topics of the recent articles, from day to day: their numbers, their names, and their rows in the store. */
#ifndef ECLOSE_APP_TOPICS_H
#define ECLOSE_APP_TOPICS_H

#include "store/store.h"
#include "text/tfidf.h"

/* What one day's topics are made of. */
struct topic_day {
	const struct item_list *items;
	const struct csr *rows;  /* (items->n x terms) */
	const float *vec;        /* (items->n x d) unit or zero rows */
	int d;
	const char *const *language; /* (items->n) as languages_tell */
	bool afresh;             /* the vectors are of a new space */
};

#define TOPIC_TERMS 8   /* most telling terms, that a topic is named for */
#define TOPIC_LASTS 16  /* half of those must be among so many of its telling terms still, for the name to stay */
#define TOPIC_NAME_MOST 60 /* bytes of a name that the reader gives */

/* topic_row - what topics are made of, of one article: half likeness of words, text and feed, half being in the same language, so that articles in other languages aren't
 * lumped together.
 *   words (n_words) its vector by words, centred, unit length or zero;  text (n_text) that by LSA;  mean (n_text) of those of its feed's articles
 *   language  0..LANGUAGES_MOST - 1;  out (topic_dims(n_words, n_text)) */
size_t topic_dims(int n_words, int n_text);
void topic_row(const float *words, size_t n_words, const float *text, size_t n_text, const float *mean, int language, float *out);
/* topics_follow - today's topic of each article, starting from what the store says of yesterday.
 *   topic [out] (items->n) -1 none
 * Nothing is written. Returns in *numbers one more than the highest number in use. Errors: as the store. */
enum err topics_follow(struct store *st, const struct topic_day *day, int *topic, int *numbers, struct err_info *info);
/* topics_keep - name the topics and put them into the store: a row for every number below `numbers`, and for those beyond that the reader named; a number that
 * nobody has is a row without name or articles. A name is made of the two most telling terms and stays as long as half of the
 * TOPIC_TERMS that it was made for are among the TOPIC_LASTS most telling ones. */
enum err topics_keep(struct store *st, const struct topic_day *day, const int *topic, int numbers, struct err_info *info);

#endif
