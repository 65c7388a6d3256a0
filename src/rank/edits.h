/* edits - what the reader said of the model outright: weights of subjects, folded from the log in its order; of several of one subject the last one holds.
 *
 * A subject is a word with a colon and what it names: "term:STEM", "feed:ADDRESS", "category:NAME", "topic:ID", ... as the corpus keys its values (corpus_names).
 * One that this corpus doesn't hold stays known, and counts for nothing. Nothing is learned from an edit, and no feature knows of it: it is added to the score.
 */
#ifndef ECLOSE_RANK_EDITS_H
#define ECLOSE_RANK_EDITS_H

#include "item.h"
#include "rank/corpus.h"

#define EDITS_MOST 4.0 /* of all that apply to one article together */

struct edit_row {
	char *subject;
	double weight;   /* never 0 */
	int64_t at, article, id; /* of the event that said it last */
	enum facet facet; /* FACET_COUNT: a term */
	int64_t value;   /* number of the facet's value or term column, -1 where the corpus doesn't hold it */
};

struct edits {
	const struct corpus *corpus; /* borrowed */
	struct edit_row *row; /* those that hold, the one said last behind */
	size_t n, cap;
};

void edits_init(struct edits *ed, const struct corpus *c);
void edits_clear(struct edits *ed);
/* edits_grow - articles were added to the corpus: a subject may have come with them. */
void edits_grow(struct edits *ed);
/* edits_apply - fold one EVENT_EDIT in. */
void edits_apply(struct edits *ed, const struct event *e);
/* edits_find - the row of a subject, NULL where none holds. */
const struct edit_row *edits_find(const struct edits *ed, const char *subject);
/* edits_touch - does this one apply to the article? */
bool edits_touch(const struct edits *ed, const struct edit_row *row, size_t doc);
/* edits_sum - of the weights that apply to the article, within +-EDITS_MOST; banned [out] true where one of them is a ban; may be NULL. 0 without edits. */
double edits_sum(const struct edits *ed, size_t doc, bool *banned);
/* edits_share - what one that applies adds of that sum: where it was clipped all give way in proportion.
 *   part [out] (n) by row, 0 of those that don't apply. Returns edits_sum. */
double edits_share(const struct edits *ed, size_t doc, double *part);
/* edits_hash - of what holds, whatever the order in which it was said; 0 where nothing does. */
uint64_t edits_hash(const struct edits *ed);

/* edit_facet - the facet of a subject (FACET_COUNT: a term) and what stands behind its colon. false: it is no subject. */
bool edit_facet(const char *subject, enum facet *f, const char **key);
/* edit_words - "pinned: linux", "banned: linux", "you: +1.0 linux". */
const char *edit_words(struct arena *a, double weight, const char *name);

#endif
