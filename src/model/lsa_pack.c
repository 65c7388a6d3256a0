/* A basis as bytes, in the machine's order:
 *
 *   uint32 d, terms, rows;  float sigma (d), mean (d);  then for each term that has any direction: uint32 term, float scale, int8 (d)
 *
 * A row is its scale times the bytes, whose largest is 127: a quarter of the floats' size, and an error of 0.4 % of the row's largest entry at most. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/lsa.h"

#define DIMS_MOST 1024
#define TERMS_MOST ((uint32_t)1 << 27)

static float largest(const float *row, size_t d)
{
	float most = 0;

	for (size_t k = 0; k < d; k++)
		most = fabsf(row[k]) > most ? fabsf(row[k]) : most;
	return most;
}

static void pack_row(struct buf *out, uint32_t term, const float *row, size_t d)
{
	float scale = largest(row, d) / 127;

	buf_add(out, &term, sizeof term);
	buf_add(out, &scale, sizeof scale);
	for (size_t k = 0; k < d; k++) {
		signed char byte = (signed char)lrintf(row[k] / scale);

		buf_add(out, &byte, 1);
	}
}

void lsa_pack(const struct lsa *l, struct buf *out)
{
	size_t d = (size_t)l->d, at = out->len;
	uint32_t head[3] = { (uint32_t)l->d, (uint32_t)l->terms, 0 };

	buf_add(out, head, sizeof head);
	buf_add(out, l->sigma, d * sizeof *l->sigma);
	buf_add(out, l->mean, d * sizeof *l->mean);
	for (size_t t = 0; t < l->terms && d; t++)
		if (largest(l->basis + t * d, d) > 1e-30f) {
			pack_row(out, (uint32_t)t, l->basis + t * d, d);
			head[2]++;
		}
	memcpy(out->s + at, head, sizeof head);
}

static enum err unpack_rows(struct lsa *l, const char *s, uint32_t rows, struct err_info *info)
{
	size_t d = (size_t)l->d;

	for (uint32_t i = 0; i < rows; i++, s += 8 + d) {
		const signed char *byte = (const signed char *)s + 8;
		uint32_t term;
		float scale;

		memcpy(&term, s, sizeof term);
		memcpy(&scale, s + 4, sizeof scale);
		if (term >= l->terms || !isfinite(scale))
			return err_set(info, ERR_CORRUPT, "the stored LSA basis is damaged");
		for (size_t k = 0; k < d; k++)
			l->basis[term * d + k] = scale * (float)byte[k];
	}
	return OK;
}

enum err lsa_unpack(struct lsa *l, const void *bytes, size_t n, struct err_info *info)
{
	uint32_t head[3];
	struct lsa got = { 0 };
	size_t d, fixed;
	enum err e;

	if (n < sizeof head)
		return err_set(info, ERR_CORRUPT, "the stored LSA basis is cut off");
	memcpy(head, bytes, sizeof head);
	d = head[0];
	fixed = sizeof head + 2 * d * sizeof(float);
	if (d > DIMS_MOST || head[1] > TERMS_MOST || head[2] > head[1] || n != fixed + (size_t)head[2] * (8 + d))
		return err_set(info, ERR_CORRUPT, "the stored LSA basis is of another size than it says");
	got = (struct lsa){ .d = (int)d, .terms = head[1], .basis = mem_zero((size_t)head[1] * d, sizeof *got.basis), .sigma = mem_zero(d, sizeof *got.sigma),
			    .mean = mem_zero(d, sizeof *got.mean) };
	memcpy(got.sigma, (const char *)bytes + sizeof head, d * sizeof *got.sigma);
	memcpy(got.mean, (const char *)bytes + sizeof head + d * sizeof *got.sigma, d * sizeof *got.mean);
	e = unpack_rows(&got, (const char *)bytes + fixed, head[2], info);
	if (e == OK)
		*l = got;
	else
		lsa_clear(&got);
	return e;
}
