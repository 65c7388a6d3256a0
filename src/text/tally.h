/* tally - terms counted, text by text: the row of each, and in how many texts a term is. */
#ifndef ECLOSE_TEXT_TALLY_H
#define ECLOSE_TEXT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "text/tfidf.h"

struct tally {
	float weight;      /* [in] how much a term counts from here on */
	double length;     /* of the text at hand: sum of the weights */
	uint32_t *df;      /* (terms) texts that have it */
	size_t terms;      /* one more than the largest number so far */
	float *now;        /* (cap) counts of the text at hand, 0 for what it hasn't */
	uint32_t *seen;    /* (n) the terms that it has */
	float *val;        /* (n) room for their counts */
	size_t n, seen_cap, cap;
};

#define TALLY_INIT { .weight = 1 }

/* tally_term - a term of the text at hand; by its number. */
void tally_term(struct tally *t, uint32_t number);
/* tally_row - the text is at its end: its counts become a row of m, and the next text begins. Returns its length. */
double tally_row(struct tally *t, struct csr *m);
/* tally_forget - the text is at its end, and nothing is to become of its counts. */
void tally_forget(struct tally *t);
/* tally_weigh - all counts to TF-IDF, in place: m has a row a text, length (rows) as tally_row gave them. */
void tally_weigh(const struct tally *t, struct csr *m, const double *length);
void tally_clear(struct tally *t);

#endif
