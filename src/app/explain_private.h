/* explain_private - what the files of explain share. */
#ifndef ECLOSE_APP_EXPLAIN_PRIVATE_H
#define ECLOSE_APP_EXPLAIN_PRIVATE_H

#include "app/ranker.h"

/* explain_marks - the words of the article's title and text whose terms carry its score: out->title_mark, ->text_mark and ->text.
 *   doc  its corpus index. Errors: ERR_UNSUPPORTED where ICU's data is missing; as the store. */
enum err explain_marks(struct ranker *r, size_t doc, struct arena *a, struct why *out, struct err_info *info);

/* Where an article stands: on the page (1-based, 0: not on it; slot only there), and by score alone among the unread; and where another telling of its story stands
 * instead (told 0: none), the corpus index of which is teller. */
struct stand { int place, number, told; enum slot slot; size_t places, teller; };
/* explain_stand - for the page of these options in the order of rank, without trials. An article that was opened since the ranker was loaded stands where it stood.
 *   score as for page_field */
struct stand explain_stand(struct ranker *r, size_t doc, const struct page_options *o, const struct score *score, int64_t now);

/* explain_counter - the edits that would take the article off that page, or bring it there: out->counter. out->entry is filled. */
void explain_counter(struct ranker *r, size_t doc, const struct page_options *o, int64_t now, struct arena *a, struct why *out);

#endif
