/* simhash - 64 bits that are nearly the same for texts that are nearly the same. Source: Charikar 2002; Manku, Jain and Das Sarma 2007. */
#ifndef ECLOSE_MODEL_SIMHASH_H
#define ECLOSE_MODEL_SIMHASH_H

#include <stddef.h>
#include <stdint.h>

#include "text/words.h"

#define SIMHASH_COPY 3     /* texts whose hashes differ in so many bits at most are copies */
#define SIMHASH_WORDS 12   /* a shorter text has no hash: it says too little to be told from another */
#define SIMHASH_SHINGLE 2  /* neighbouring words that are hashed together, beside each word by itself */

/* simhash_text - of plain text (UTF-8). Words are folded, so case, punctuation and markup don't count. 0: the text is too short. Cannot fail. */
uint64_t simhash_text(struct words *w, const char *text, size_t n);
/* simhash_article - of an article: that of its text, or, where that is too short, a hash of all words of title and text, which only the very same article has. */
uint64_t simhash_article(struct words *w, const char *title, const char *text, size_t n);
/* simhash_apart - the number of bits that differ. */
int simhash_apart(uint64_t a, uint64_t b);
/* simhash_copies - do both have a hash, and are they near enough? */
int simhash_copies(uint64_t a, uint64_t b);

#endif
