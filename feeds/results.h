/* results - the entries of one document as they are found, and the limits on how many they are and how much they take. */
#ifndef ECLOSE_FEEDS_RESULTS_H
#define ECLOSE_FEEDS_RESULTS_H

#include "base/buf.h"
#include "item.h"

#define RESULTS_MOST 20000                 /* entries of one document; the first ones count */
#define RESULTS_BYTES ((size_t)24 << 20)   /* of all entries; from there on they come without their content */
#define RESULTS_LINKS ((size_t)4 << 20)    /* of the addresses in one text */
#define RESULTS_TOGETHER ((size_t)27 << 20) /* of all entries and of what is left of a document that is spent while it is read */

struct results {
	struct arena *a;      /* the entries' strings */
	struct entry *entry;  /* on the heap until results_move() */
	size_t n, cap;
	size_t bytes;         /* taken */
	size_t left_out;      /* entries that were left out */
	size_t bare;          /* entries without their content: the last ones */
	bool full;            /* not even such ones fit any more */
};

/* results_full - are there as many as may be, or do they take as much? The next ones are counted by results_skip(). */
bool results_full(const struct results *r);
void results_skip(struct results *r);
/* results_add - a copy of e in r->a, without its content where it would be too much.
 *   left  bytes of the document that are still in memory behind it, if it is spent; else 0 */
void results_add(struct results *r, const struct entry *e, size_t left);
/* results_move - into doc, in r->a; r is empty and needs no clearing afterwards. */
void results_move(struct results *r, struct feed_doc *doc);
/* results_drop - what results_move() does, for nobody. */
void results_drop(struct results *r);
/* results_base - what relative links in the HTML s (n bytes) are resolved against: base, or NULL (they go then) where so many of them, each made as long
 * as base, would take more than a text may. */
const char *results_base(const char *base, const char *s, size_t n);
/* results_words - append a sentence's parts on what was left out; nothing where nothing was. */
void results_words(const struct results *r, struct buf *out);
/* left_out_add - append one more part to the sentence. */
void left_out_add(struct buf *out, const char *fmt, ...) ERR_FORMAT(2, 3);

#endif
