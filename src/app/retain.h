/* retain - what is let go of articles that are read and old, as far as the reader has said so (keep-days, keep-articles), and the room that it took. */
#ifndef ECLOSE_APP_RETAIN_H
#define ECLOSE_APP_RETAIN_H

#include "app/app.h"

/* app_retain - let go of what is due in the subscribed feeds, a few articles at a time, so that another program's marks get in between; then give back the room.
 *   cancel  NULL, or ends it between two steps;  gone [out] articles that went
 * Errors: as the store; what went before stays gone. */
enum err app_retain(struct app *app, const volatile bool *cancel, int64_t *gone, struct err_info *info);
/* app_retain_due - how many app_retain would let go now. */
enum err app_retain_due(struct app *app, int64_t *due, struct err_info *info);
/* app_retain_none - let go of all articles of a feed, subscribed or not, but those with a star. Subscribed again, it brings what it carries then, but for what was learned from.
 *   gone [out] articles that went;  kept [out] those that stay
 * Errors: ERR_NOTFOUND where no such feed was ever subscribed; as the store. */
enum err app_retain_none(struct app *app, const char *url, int64_t *gone, int64_t *kept, struct err_info *info);

#endif
