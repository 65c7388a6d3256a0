/* http_unpack - a response's body as it was before compression (RFC 1950 to 1952, RFC 9110 8.4). */
#include "feeds/http_unpack.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/mem.h"

#define PIECE 16384

struct unpack_stream {
	z_stream z;
	unsigned char out[PIECE];
};

enum coding coding_of(const char *value)
{
	static const struct { const char *name; enum coding coding; } names[] = {
		{ "", CODING_NONE }, { "identity", CODING_NONE }, { "gzip", CODING_GZIP }, { "x-gzip", CODING_GZIP }, { "deflate", CODING_DEFLATE },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(value ? value : "", names[i].name) == 0)
			return names[i].coding;
	return CODING_UNKNOWN;
}

/* Servers say deflate for the bare stream as well as for zlib's wrapping of it, which begins with a method and a check of two bytes. */
static bool bare_deflate(const unsigned char *s, size_t n)
{
	return n > 0 && ((s[0] & 0x0F) != Z_DEFLATED || (n > 1 && (256 * s[0] + s[1]) % 31 != 0));
}

static bool begin(struct unpack *u, const unsigned char *s, size_t n)
{
	int window = u->coding == CODING_GZIP ? MAX_WBITS + 16 : bare_deflate(s, n) ? -MAX_WBITS : MAX_WBITS;

	u->stream = mem_zero(1, sizeof *u->stream);
	if (inflateInit2(&u->stream->z, window) == Z_OK)
		return true;
	free(u->stream);
	u->stream = NULL;
	return false;
}

/* The end of one member: is there another? */
static bool next_member(struct unpack *u)
{
	const z_stream *z = &u->stream->z;

	return u->coding == CODING_GZIP && z->avail_in > 0 && z->next_in[0] == 0x1F && (z->avail_in == 1 || z->next_in[1] == 0x8B) &&
		inflateReset(&u->stream->z) == Z_OK;
}

static enum unpacked inflate_all(struct unpack *u, struct buf *out, size_t most)
{
	z_stream *z = &u->stream->z;

	while (!u->whole || next_member(u)) {
		size_t made;
		int rc;

		u->whole = false;
		z->next_out = u->stream->out;
		z->avail_out = PIECE;
		rc = inflate(z, Z_NO_FLUSH);
		made = PIECE - z->avail_out;
		if (made > most - out->len)
			return UNPACK_TOO_LARGE;
		buf_add(out, u->stream->out, made);
		if (rc == Z_STREAM_END)
			u->whole = true;
		else if (rc != Z_OK && rc != Z_BUF_ERROR)
			return UNPACK_BROKEN;
		else if (z->avail_in == 0 && z->avail_out > 0)
			return UNPACK_OK;
	}
	return UNPACK_OK;
}

enum unpacked unpack_add(struct unpack *u, const void *s, size_t n, struct buf *out, size_t most)
{
	assert(out->len <= most);
	if (n == 0)
		return UNPACK_OK;
	if (u->coding == CODING_NONE) {
		if (n > most - out->len)
			return UNPACK_TOO_LARGE;
		buf_add(out, s, n);
		return UNPACK_OK;
	}
	if (u->coding == CODING_UNKNOWN || (!u->stream && !begin(u, s, n)))
		return UNPACK_BROKEN;
	u->stream->z.next_in = (z_const Bytef *)s;
	u->stream->z.avail_in = (uInt)n;
	return inflate_all(u, out, most);
}

bool unpack_is_cut(const struct unpack *u)
{
	return u->stream && !u->whole;
}

void unpack_clear(struct unpack *u)
{
	if (u->stream)
		(void)inflateEnd(&u->stream->z);
	free(u->stream);
	*u = (struct unpack){ CODING_NONE, NULL, false };
}
