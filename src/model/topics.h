/* topics - spherical k-means over unit vectors. Source: Dhillon and Modha 2001; seeded as in Arthur and Vassilvitskii 2007. */
#ifndef ECLOSE_MODEL_TOPICS_H
#define ECLOSE_MODEL_TOPICS_H

#include <stddef.h>
#include <stdint.h>

#include "text/tfidf.h"

/* topics_count - how many topics n articles bear: 0 below 20, then clamp(round(sqrt(n / 2)), 6, 48). */
int topics_count(size_t n);
/* topics_row - what an article is for topics: out (words + text) = its vector by words (zero where it has none) and that by its text, joined so that between two articles that
 * have both, likeness by words counts TOPICS_WORDS and that by text the rest. Unit length where text has it. */
#define TOPICS_WORDS 0.3
void topics_row(const float *words, size_t n_words, const float *text, size_t n_text, float *out);
/* topics_fit - cluster.
 *   v (n x d) unit rows or zero rows (those get -1);  k clusters
 *   topic [in,out] (n): previous topic of each article (0..k-1) or -1; where any is given, the clusters start there and keep their numbers (warm start)
 *   centroid [out] (k x d) unit rows, zero for an empty cluster
 * Afterwards topic[i] is topics_nearest() of row i. Deterministic for a seed. Cannot fail. */
void topics_fit(const float *v, size_t n, size_t d, int k, uint64_t seed, int *topic, float *centroid);
/* topics_fit_best - topics_fit from `tries` seeds, and of their results the one with the least sum over the articles of 1 - cosine with their centroid: where a first
 * start leads is chance. With any previous topic given there is nothing to choose, and one fit is made. */
void topics_fit_best(const float *v, size_t n, size_t d, int k, uint64_t seed, int tries, int *topic, float *centroid);
/* topics_step - one step of topics_fit: every article to its nearest centroid, then every centroid to the middle of its articles (left alone where it has none).
 *   topic [out] (n), centroid [in,out] (k x d)
 * Returns the sum over the articles of 1 - cosine with the centroid they went to; it never rises from one step to the next. */
double topics_step(const float *v, size_t n, size_t d, int k, int *topic, float *centroid);
/* topics_centroids - the unit mean of each cluster's articles.
 *   topic (n) 0..k-1 or -1;  centroid [in,out] (k x d): one without articles, or with a mean of zero, stays as it was */
void topics_centroids(const float *v, size_t n, size_t d, int k, const int *topic, float *centroid);
/* topics_distance - sum over the articles of 1 - cosine with the centroid they went to; those with topic -1 count for nothing. */
double topics_distance(const float *v, size_t n, size_t d, const int *topic, const float *centroid);
/* topics_nearest - index of the nearest centroid, -1 for a zero vector. */
int topics_nearest(const float *x, const float *centroid, int k, size_t d);
/* topics_telling - the `want` most telling terms of each topic: mean weight in it minus mean weight elsewhere.
 *   m (n x terms), topic (n) -> out (k x want) term columns, UINT32_MAX where there is none;  weight [out] (k x want) how telling each is, 0 where there is none */
void topics_telling(const struct csr *m, const int *topic, int k, size_t want, uint32_t *out, double *weight);

#endif
