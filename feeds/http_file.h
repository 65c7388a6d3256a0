/* http_file - a file: address that the reader subscribed to. */
#ifndef ECLOSE_FEEDS_HTTP_FILE_H
#define ECLOSE_FEEDS_HTTP_FILE_H

#include "base/buf.h"
#include "base/err.h"

/* http_file_read - append the regular file that url names, at most limit bytes.
 * Errors: ERR_UNSUPPORTED for another machine's file or what is no regular file; those of buf_read_file. */
enum err http_file_read(struct buf *out, const char *url, size_t limit, struct err_info *info);

#endif
