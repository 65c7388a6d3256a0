/* tally - terms counted, text by text: the row of each, and in how many texts a term is. */
#ifndef ECLOSE_TEXT_TALLY_H
#define ECLOSE_TEXT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "text/tfidf.h"

struct tally_count {
	float now;         /* in the text at hand, 0 for none */
	uint32_t df;       /* texts that have it, those that became a row */
};

struct tally {
	float weight;      /* [in] how much a term counts from here on */
	double length;     /* of the text at hand: sum of the weights */
	struct tally_count *count; /* (cap) by term */
	size_t terms;      /* one more than the largest number so far */
	uint32_t *seen;    /* (n) the terms of the text at hand, in the order of first sight */
	uint64_t *has;     /* (cap / 64) a bit a term: the text at hand has it */
	uint64_t *has_any; /* (cap / 4096) a bit for each 64 of these; together they give the terms in order without sorting */
	float *val;        /* (n) room for their counts */
	size_t n, seen_cap, cap;
};

#define TALLY_INIT { .weight = 1 }

/* tally_term - a term of the text at hand; by its number. */
void tally_term(struct tally *t, uint32_t number);
/* tally_fetch - tally_term will be told of this term soon: its count begins to come from memory. */
void tally_fetch(const struct tally *t, uint32_t number);
/* tally_row - the text is at its end: its counts become a row of m, and the next text begins. Returns its length. */
double tally_row(struct tally *t, struct csr *m);
/* tally_forget - the text is at its end, and nothing is to become of its counts. */
void tally_forget(struct tally *t);
/* tally_weigh - all counts to TF-IDF, in place: m has a row a text, length (rows) as tally_row gave them. */
void tally_weigh(const struct tally *t, struct csr *m, const double *length);
void tally_clear(struct tally *t);

#endif
