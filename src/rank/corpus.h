/* corpus - the articles that one ranking looks at, as numbers: term rows, dense vectors, and the few facts that features need.
 *
 * Built by app from the store, and by eval from a click log; the ranking can't tell which. Feeds, categories, topics and languages
 * are small numbers local to the corpus; names are asked for only when a score is explained.
 */
#ifndef ECLOSE_RANK_CORPUS_H
#define ECLOSE_RANK_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "base/mem.h"
#include "text/tfidf.h"

/* Kinds of dense vectors, because each knows what the others don't: words of a pretrained table know the world, those of the title alone know what an article is sold
 * as, LSA knows the reader's own feeds in any language. */
enum corpus_side { SIDE_WORDS, SIDE_TITLE, SIDE_LSA, SIDE_COUNT };

struct dense {
	float *vec; /* (n x d) unit or zero rows; NULL where d == 0 */
	int d;
};

/* X(NAME, "word"): what an article has, one of or several, that a reader may have a taste for. */
#define FACETS(X) \
	X(FACET_FEED, "feed") \
	X(FACET_CATEGORY, "category") \
	X(FACET_TOPIC, "topic") \
	X(FACET_AUTHOR, "author") \
	X(FACET_LANGUAGE, "language") \
	X(FACET_LENGTH, "length") \
	X(FACET_TAG, "tag")

enum facet {
#define X(name, word) name,
	FACETS(X)
#undef X
	FACET_COUNT
};

extern const char *const facet_word[FACET_COUNT];

#define LENGTHS 4 /* the values of FACET_LENGTH: below 120 words, 400, 1000, and above */

struct doc {
	int64_t id;        /* article */
	int64_t at;        /* published, clamped to its arrival; seconds UTC */
	int64_t story;     /* articles of one story share it; its own id where alone */
	int feed;          /* 0.., -1 unknown, as are the following */
	int topic;
	int author, language;
	const int *cat;    /* categories, borrowed from the arena */
	int n_cat;
	const int *tag;    /* of its subscription, likewise */
	int n_tag;
	int words;         /* 0 unknown */
	int feeds_telling; /* >= 1 */
	double coverage;   /* ln(1 + weighted feeds) */
};

/* What names the numbers have; each may be NULL. Strings live as long as the corpus. */
struct corpus_names {
	void *user;
	const char *(*term)(void *user, uint32_t col);
	const char *(*facet)(void *user, enum facet f, int which);
	const char *(*title)(void *user, size_t doc);
	/* What a facet's value, or (FACET_COUNT) a term, is called in every corpus, for rank/edits.h: a feed's address, a term's stem; and the value of such a key, -1 where
	 * this corpus has none. */
	const char *(*key)(void *user, enum facet f, size_t which);
	int64_t (*find)(void *user, enum facet f, const char *key);
};

struct corpus {
	size_t n;
	struct doc *doc;      /* (n) */
	struct csr terms;     /* (n x V) unit rows */
	struct dense side[SIDE_COUNT];
	int values[FACET_COUNT]; /* how many feeds, categories ... there are */
	/* Share of each value (values[f]) in all that is published, borrowed; NULL: this corpus is all. A corpus that is a part of the store says them here, so that
	 * what the reader's taste is compared with doesn't change with the part. */
	const double *share[FACET_COUNT];
	const float *term_share; /* (terms.cols) share of all articles that have a term, borrowed; NULL: as counted here */
	int publishing;          /* feeds that have anything in all that is published; 0: as many as here */
	const int64_t *feed_key; /* (feeds) a number that each keeps in every corpus, borrowed; NULL: its own */
	struct map by_id;     /* article id (8 bytes) -> index */
	struct corpus_names names;
	struct arena arena;
	size_t cap;           /* room in doc and the vectors */
	uint32_t *df;         /* (terms.cols) articles here that have the term */
	size_t df_cap;
};

/* corpus_init - empty, with so many dense dimensions by words (of titles too) and by LSA. Frees: corpus_clear. */
void corpus_init(struct corpus *c, int words, int lsa);
void corpus_clear(struct corpus *c);
/* corpus_add - append one article: doc copied (its categories too), n terms (columns ascending, unit length), its vectors by side, each (d of the side) or NULL for a
 * zero row. Returns its index. */
struct doc_vectors { const float *of[SIDE_COUNT]; };
size_t corpus_add(struct corpus *c, const struct doc *doc, const uint32_t *col, const float *val, size_t n, struct doc_vectors vec);
/* corpus_term_share - 0..1 of all articles. */
double corpus_term_share(const struct corpus *c, uint32_t col);
/* corpus_find - index of an article id, or -1. */
int64_t corpus_find(const struct corpus *c, int64_t id);
/* corpus_vector - the article's row (d); NULL where d is 0. */
const float *corpus_vector(const struct corpus *c, enum corpus_side side, size_t doc);
/* corpus_has_vector - false where d is 0 or the article's row is zero. */
bool corpus_has_vector(const struct corpus *c, enum corpus_side side, size_t doc);

/* doc_facet - the values that an article has of one facet: borrowed from it, or *one where there is a single one. Returns NULL with *n = 0 where it has none. */
const int *doc_facet(const struct doc *d, enum facet f, int *one, int *n);
/* doc_first - the first of them, -1 where it has none. */
int doc_first(const struct doc *d, enum facet f);
/* doc_length - 0..LENGTHS-1 by its words, -1 unknown. */
int doc_length(const struct doc *d);
/* length_name - "notes", "short articles", ... */
const char *length_name(int length);

#endif
