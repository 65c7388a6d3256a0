/* feeds - what the files of `eclose feeds` share. */
#ifndef ECLOSE_CMD_FEEDS_PRIVATE_H
#define ECLOSE_CMD_FEEDS_PRIVATE_H

#include "cmd/cmd.h"

/* json_feed - a feed as `feeds --json` lists it. */
json_t *json_feed(const struct subs *subs, const struct feed *f);
/* feeds_one - print all that is known of one feed. Errors: ERR_NOTFOUND where url is none of `feeds`; as the store and the output. */
enum err feeds_one(struct app *app, const struct feed_list *feeds, const char *url, bool json, struct err_info *info);

#endif
