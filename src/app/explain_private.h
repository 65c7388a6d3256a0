/* explain_private - what the files of explain share. */
#ifndef ECLOSE_APP_EXPLAIN_PRIVATE_H
#define ECLOSE_APP_EXPLAIN_PRIVATE_H

#include "app/ranker.h"

/* explain_marks - the words of the article's title and text whose terms carry its score: out->title_mark, ->text_mark and ->text.
 *   doc  its corpus index. Errors: ERR_UNSUPPORTED where ICU's data is missing; as the store. */
enum err explain_marks(struct ranker *r, size_t doc, struct arena *a, struct why *out, struct err_info *info);

/* explain_similar - the articles read that it resembles most: out->similar. */
void explain_similar(struct ranker *r, size_t doc, struct arena *a, struct why *out);

/* Where an article stands: on the page (1-based, 0: not on it; slot only there), and by score alone among the unread; and where another telling of its story stands
 * instead (told 0: none), the corpus index of which is teller. */
struct stand { int place, number, told; enum slot slot; size_t places, teller; };
/* explain_stand - for the page of these options in the order of rank, without trials. An article that was opened since the ranker was loaded stands where it stood.
 *   score as for page_field */
struct stand explain_stand(struct ranker *r, size_t doc, const struct page_options *o, const struct score *score, int64_t now);

/* explain_counter - the edits that would take the article off that page, or bring it there: out->counter. out->entry is filled. */
void explain_counter(struct ranker *r, size_t doc, const struct page_options *o, int64_t now, struct arena *a, struct why *out);

/* alike_docs - likeness of article i of one corpus and j of another, 0..1: the cosine of their word vectors, or where one has none of those by LSA, of LSA; where
 * one has neither, of their terms. Both come from one store. */
double alike_docs(const struct corpus *x, size_t i, const struct corpus *y, size_t j);

#endif
