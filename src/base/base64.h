/* base64 - bytes as text (RFC 4648, section 4, with the padding). */
#ifndef ECLOSE_BASE_BASE64_H
#define ECLOSE_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* base64_encode - append the n bytes at s to out as text, without line ends. Cannot fail. */
void base64_encode(struct buf *out, const void *s, size_t n);
/* base64_decode - append the bytes that the text (n characters) stands for. Returns false where it is none; out may then have grown. */
bool base64_decode(struct buf *out, const char *text, size_t n);

#endif
