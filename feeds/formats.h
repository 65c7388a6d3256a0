/* formats - one reader a format; feed_parse() chooses. Same contract as feed_parse, over a tree or bytes of UTF-8. */
#ifndef ECLOSE_FEEDS_FORMATS_H
#define ECLOSE_FEEDS_FORMATS_H

#include "feeds/dom.h"
#include "item.h"

void rss_read(struct arena *a, const struct dom *root, const char *base, struct feed_doc *doc);  /* 0.9x, 1.0 (RDF), 2.0 */
void atom_read(struct arena *a, const struct dom *root, const char *base, struct feed_doc *doc); /* 0.3, 1.0 */
enum err jsonfeed_read(struct arena *a, const char *s, size_t n, const char *base, struct feed_doc *doc, struct err_info *info);

#endif
