/* formats - one reader a format; feed_parse() chooses. */
#ifndef ECLOSE_FEEDS_FORMATS_H
#define ECLOSE_FEEDS_FORMATS_H

#include "feeds/fields.h"
#include "feeds/results.h"

/* An XML format, whose items are read one at a time.
 * head:  what the feed says of itself, as far as it has come: asked before the first item (r->base, r->own_ns and r->author are set by it as well),
 *        and again when all is there.
 * entry: one item; doc is what head() has found. */
struct format {
	const char *item; /* local name of its items */
	void (*head)(struct reading *r, const struct dom *root, struct feed_doc *doc);
	void (*entry)(struct reading *r, const struct dom *item, const struct feed_doc *doc, struct entry *e);
};

extern const struct format rss_format;  /* 0.9x, 1.0 (RDF), 2.0 */
extern const struct format atom_format; /* 0.3, 1.0 */

/* jsonfeed_read - n bytes of UTF-8, an item at a time.
 *   spend s may be spent (mem_spend) while it is read
 *   found [in,out] gets the entries, and is empty afterwards;  doc [out] all but left_out;  notes [out];  words [in,out] the sentence on what was left out
 * Errors: ERR_SYNTAX where it is no JSON Feed. */
enum err jsonfeed_read(struct arena *a, const char *s, size_t n, bool spend, const char *base, struct results *found, struct feed_doc *doc,
		       struct dom_notes *notes, struct buf *words, struct err_info *info);

#endif
