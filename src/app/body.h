/* body - the text of an article: its content, else its summary. */
#ifndef ECLOSE_APP_BODY_H
#define ECLOSE_APP_BODY_H

#include "base/buf.h"
#include "item.h"

/* Sanitised HTML, "" where there is none; borrowed. */
const char *body_of_item(const struct item *it);
/* body_text - an entry_text for feeds_put: the plain text of an entry. */
void body_text(void *user, const struct entry *e, struct buf *out);

#endif
