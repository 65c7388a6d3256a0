/* The costs are -weight, on a square of the larger side; what is missing costs 0. Rows are put in one after the other, each along the cheapest alternating path
 * from it to a free column; the potentials u (of rows) and v (of columns) keep every reduced cost cost - u - v at or above 0, so that Dijkstra's way finds it.
 * Row 0 and column 0 stand for "none": rows and columns count from 1 here. */
#include "model/matching.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

struct square {
	const double *weight;
	size_t rows, cols, n;
	double *u, *v;      /* (n + 1) potentials */
	size_t *row_of;     /* (n + 1) the row that has column j, 0 free */
	size_t *before;     /* (n + 1) the column before j on the path */
	double *least;      /* (n + 1) cheapest way found to column j */
	bool *done;         /* (n + 1) */
};

static double cost(const struct square *s, size_t i, size_t j)
{
	return i <= s->rows && j <= s->cols ? -s->weight[(i - 1) * s->cols + j - 1] : 0;
}

/* From column `at`, whose row is known, look at all columns that aren't done. Returns the cheapest, and how much further it is. */
static size_t look(struct square *s, size_t at, double *further)
{
	size_t i = s->row_of[at], next = 0;

	*further = INFINITY;
	for (size_t j = 1; j <= s->n; j++) {
		double reduced;

		if (s->done[j])
			continue;
		reduced = cost(s, i, j) - s->u[i] - s->v[j];
		if (reduced < s->least[j]) {
			s->least[j] = reduced;
			s->before[j] = at;
		}
		if (s->least[j] < *further) {
			*further = s->least[j];
			next = j;
		}
	}
	return next;
}

static void put_row(struct square *s, size_t row)
{
	size_t at = 0;

	s->row_of[0] = row;
	for (size_t j = 0; j <= s->n; j++) {
		s->least[j] = INFINITY;
		s->done[j] = false;
	}
	do {
		double further;
		size_t next;

		s->done[at] = true;
		next = look(s, at, &further);
		for (size_t j = 0; j <= s->n; j++) {
			if (s->done[j]) {
				s->u[s->row_of[j]] += further;
				s->v[j] -= further;
			} else {
				s->least[j] -= further;
			}
		}
		at = next;
	} while (s->row_of[at] != 0);
	for (; at; at = s->before[at])
		s->row_of[at] = s->row_of[s->before[at]];
}

void matching_best(const double *weight, size_t rows, size_t cols, int *match)
{
	size_t n = rows > cols ? rows : cols;
	struct square s = {
		.weight = weight, .rows = rows, .cols = cols, .n = n,
		.u = mem_zero(n + 1, sizeof *s.u), .v = mem_zero(n + 1, sizeof *s.v), .row_of = mem_zero(n + 1, sizeof *s.row_of),
		.before = mem_zero(n + 1, sizeof *s.before), .least = mem_zero(n + 1, sizeof *s.least), .done = mem_zero(n + 1, sizeof *s.done),
	};

	for (size_t i = 1; i <= n; i++)
		put_row(&s, i);
	for (size_t i = 0; i < rows; i++)
		match[i] = -1;
	for (size_t j = 1; j <= cols; j++) {
		size_t i = s.row_of[j];

		if (i >= 1 && i <= rows && weight[(i - 1) * cols + j - 1] > 0)
			match[i - 1] = (int)j - 1;
	}
	free(s.u);
	free(s.v);
	free(s.row_of);
	free(s.before);
	free(s.least);
	free(s.done);
}
