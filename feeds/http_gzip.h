/* http_gzip - was a gzip body whole? Its last four bytes say how much it holds (RFC 1952, 2.3.1), whatever the connection did. */
#ifndef ECLOSE_FEEDS_HTTP_GZIP_H
#define ECLOSE_FEEDS_HTTP_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gzip_tail {
	uint64_t bytes;        /* that went by */
	unsigned char last[4];
};

/* gzip_watch - n raw bytes went by. */
static inline void gzip_watch(struct gzip_tail *g, const void *s, size_t n)
{
	const unsigned char *b = s;

	g->bytes += n;
	for (size_t i = n > 4 ? n - 4 : 0; i < n; i++) {
		g->last[0] = g->last[1];
		g->last[1] = g->last[2];
		g->last[2] = g->last[3];
		g->last[3] = b[i];
	}
}

/* gzip_is_cut - did they hold something else than `decoded` bytes? False where nothing went by. */
static inline bool gzip_is_cut(const struct gzip_tail *g, size_t decoded)
{
	uint32_t holds = (uint32_t)g->last[3] << 24 | (uint32_t)g->last[2] << 16 | (uint32_t)g->last[1] << 8 | g->last[0];

	return g->bytes > 0 && holds != (uint32_t)decoded;
}

#endif
