/* text_construct - the HTML that a text element of a feed means: escaped, in line, XHTML, plain or base64. */
#ifndef ECLOSE_FEEDS_TEXT_CONSTRUCT_H
#define ECLOSE_FEEDS_TEXT_CONSTRUCT_H

#include "feeds/fields.h"

/* construct_html - append it, unsanitised. An Atom element says by its type (and, in 0.3, its mode) what it holds; elsewhere text is escaped HTML. */
void construct_html(struct reading *r, const struct dom *node, struct buf *out);
/* construct_line - the same for a title. Where nothing says that it is HTML, a "<String>" that HTML doesn't have is text. */
void construct_line(struct reading *r, const struct dom *node, struct buf *out);

#endif
