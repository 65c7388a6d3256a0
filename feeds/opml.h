/* opml - subscriptions in and out: OPML 1/2, newsboat `urls`, told apart by content. */
#ifndef ECLOSE_FEEDS_OPML_H
#define ECLOSE_FEEDS_OPML_H

#include "base/buf.h"
#include "base/err.h"
#include "item.h"

struct subs {
	struct sub *sub;
	size_t n;
	size_t refused; /* entries that an import may not bring: exec:, filter:, file:, '|' */
	size_t dropped; /* settings ("+name=value") that it may not bring */
};

/* opml_read - folders become tags (outer to inner), `category` too. Errors: ERR_SYNTAX with line. */
enum err opml_read(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info);
void opml_write(const struct subs *subs, const char *title, struct buf *out);
/* subs_import - OPML or urls, by content. */
enum err subs_import(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info);

#endif
