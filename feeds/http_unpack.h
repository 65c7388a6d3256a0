/* http_unpack - a response's body as it was before compression, piece by piece. Knows no network; the one window to zlib.
 *
 * gzip (several members after one another too) and deflate with or without zlib's wrapping. What follows a whole gzip member and is no gzip is left out, as browsers do.
 */
#ifndef ECLOSE_FEEDS_HTTP_UNPACK_H
#define ECLOSE_FEEDS_HTTP_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum coding { CODING_NONE, CODING_GZIP, CODING_DEFLATE, CODING_UNKNOWN };
enum unpacked { UNPACK_OK, UNPACK_TOO_LARGE, UNPACK_BROKEN };

struct unpack {
	enum coding coding;
	struct unpack_stream *stream; /* NULL until the first byte */
	bool whole;                   /* the end of the compressed data was seen */
};

/* coding_of - what the value of Content-Encoding asks for: NULL, "" and "identity" are none; several, or what we didn't ask for, is unknown. */
enum coding coding_of(const char *value);
/* unpack_add - append what n more bytes hold to out, which grows to `most` bytes at most. After another answer than UNPACK_OK nothing more may be added. */
enum unpacked unpack_add(struct unpack *u, const void *s, size_t n, struct buf *out, size_t most);
/* unpack_is_cut - bytes came, and the end of the compressed data wasn't among them. */
bool unpack_is_cut(const struct unpack *u);
void unpack_clear(struct unpack *u);

#endif
