/* urls - the subscription file: newsboat's `urls` syntax, read and edited without disturbing a byte of the rest.
 *
 *   URL ["tag" | tag]... ["~Title"] [!] [+name=value]...    # a line; '#' starts a comment line; quotes as in newsboat
 */
#ifndef ECLOSE_FEEDS_URLS_H
#define ECLOSE_FEEDS_URLS_H

#include "base/buf.h"
#include "base/err.h"
#include "feeds/opml.h"

/* urls_read - lines that are subscriptions we follow (http, https, file), in order. Others (exec:, filter:, query:) are counted in out->refused.
 * Errors: ERR_SYNTAX "line N: ..." for an unclosed quote, and for settings that settings_read refuses. */
enum err urls_read(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info);
/* urls_read_foreign - the same of a list that came from elsewhere: all settings are left out, whatever they say, and counted in out->dropped. */
enum err urls_read_foreign(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info);
/* urls_line - append one subscription as a line with its newline. */
void urls_line(const struct sub *sub, struct buf *out);
/* urls_without - append text without the line of url; comments, order, line ends kept. Returns false where url isn't in it. */
bool urls_without(struct buf *out, const char *s, size_t n, const char *url);
/* urls_moved - append text with `to` in place of the address of each line of `from`; every other byte kept. Returns false where from isn't in it. */
bool urls_moved(struct buf *out, const char *s, size_t n, const char *from, const char *to);

#endif
