/* query - the words of `list --query` to an article query. */
#ifndef ECLOSE_CMD_QUERY_H
#define ECLOSE_CMD_QUERY_H

#include "app/app.h"

/* query_read - blank-separated: unread starred tag:NAME feed:URL topic:NUMBER since:DAYS order:old order:new, other words must be in the title.
 * Strings in the arena. Errors: ERR_USAGE naming the word; ERR_NOTFOUND for a feed that isn't there. */
enum err query_read(struct app *app, const char *words, struct arena *a, struct article_query *q, struct err_info *info);

#endif
