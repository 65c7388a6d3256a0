#include "app/centroids.h"

#include <stdlib.h>
#include <string.h>

#include "model/blas.h"
#include "model/lineage.h"
#include "model/topics.h"

/* In the store: a head, the numbers, the rows; in the machine's order. */
struct head { int32_t n, d; };

static size_t size_of(const struct head *h)
{
	return sizeof *h + (size_t)h->n * (sizeof(int32_t) + (size_t)h->d * sizeof(float));
}

/* Those of the numbers that are in use. */
static void pack(const float *row, int numbers, int d, const bool *used, struct buf *out)
{
	struct head h = { 0, d };

	for (int t = 0; t < numbers; t++)
		h.n += used[t];
	buf_add(out, &h, sizeof h);
	for (int32_t t = 0; t < numbers; t++)
		if (used[t])
			buf_add(out, &t, sizeof t);
	for (int t = 0; t < numbers; t++)
		if (used[t])
			buf_add(out, row + (size_t)t * (size_t)d, (size_t)d * sizeof *row);
}

enum err centroids_put(struct store *st, const float *vec, size_t n, int d, const int *topic, int numbers, struct err_info *info)
{
	float *row = mem_zero((size_t)numbers * (size_t)d + 1, sizeof *row);
	bool used[LINEAGE_MOST] = { false };
	struct buf bytes = BUF_INIT;
	enum err e;

	for (size_t i = 0; i < n; i++)
		if (topic[i] >= 0)
			used[topic[i]] = true;
	if (numbers)
		topics_centroids(vec, n, (size_t)d, numbers, topic, row);
	pack(row, numbers, d, used, &bytes);
	e = blob_put(st, CENTROIDS_BLOB, 1, bytes.s, bytes.len, info);
	buf_clear(&bytes);
	free(row);
	return e;
}

enum err centroids_load(struct store *st, struct arena *a, struct centroids *out, struct err_info *info)
{
	struct head h = { 0, 0 };
	const char *bytes;
	const void *blob;
	size_t n;
	enum err e = blob_get(st, CENTROIDS_BLOB, a, NULL, &blob, &n, info);
	int *number;
	float *row;

	if (e != OK)
		return e;
	bytes = blob;
	if (n >= sizeof h)
		memcpy(&h, bytes, sizeof h);
	if (n < sizeof h || h.n < 0 || h.n > LINEAGE_MOST || h.d < 0 || h.d > 8192 || n != size_of(&h))
		return err_set(info, ERR_CORRUPT, "the stored centroids of the topics are damaged");
	number = arena_zero(a, (size_t)h.n + 1, sizeof *number);
	row = arena_zero(a, (size_t)h.n * (size_t)h.d + 1, sizeof *row);
	memcpy(number, bytes + sizeof h, (size_t)h.n * sizeof *number);
	memcpy(row, bytes + sizeof h + (size_t)h.n * sizeof *number, (size_t)h.n * (size_t)h.d * sizeof *row);
	*out = (struct centroids){ h.n, h.d, number, row };
	return OK;
}

int centroids_nearest(const struct centroids *c, const float *x, int topic)
{
	size_t d = (size_t)c->d;
	int at = topics_nearest(x, c->row, c->n, d);

	if (at < 0)
		return -1;
	for (int t = 0; t < c->n; t++)
		if (c->number[t] == topic && blas_dot(d, x, c->row + (size_t)t * d) >= blas_dot(d, x, c->row + (size_t)at * d) - LINEAGE_STAY)
			return topic;
	return c->number[at];
}
