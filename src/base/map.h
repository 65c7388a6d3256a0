/* map - from a string of bytes to a number; open addressing, keys copied. Numbers are the caller's. */
#ifndef ECLOSE_BASE_MAP_H
#define ECLOSE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct map_slot {
	const char *key; /* NULL: free */
	uint32_t len;
	uint32_t hash;
	int64_t value;
};

struct map {
	struct map_slot *slot;
	size_t n, cap;
	struct arena keys;
};

#define MAP_INIT { NULL, 0, 0, ARENA_INIT }

/* map_at - the value under key, made with `fresh` where there was none.
 *   added [out] may be NULL: true when it was made. The pointer is good until the next map_at. */
int64_t *map_at(struct map *m, const char *key, size_t len, int64_t fresh, bool *added);
/* map_get - the value under key, or `none`. */
int64_t map_get(const struct map *m, const char *key, size_t len, int64_t none);
void map_clear(struct map *m);

/* hash_bytes - 64 bits over n bytes, the same on every machine and run (FNV-1a, then Murmur3's finaliser). */
uint64_t hash_bytes(const void *s, size_t n);

#endif
