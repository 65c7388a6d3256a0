#include "base/map.h"

#include <stdlib.h>
#include <string.h>

uint64_t hash_bytes(const void *s, size_t n)
{
	const unsigned char *p = s;
	uint64_t h = 14695981039346656037ull;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 1099511628211ull;
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 33;
}

/* The slot that holds key, or the free one where it belongs. cap is a power of two and never full. */
static struct map_slot *probe(struct map_slot *slot, size_t cap, const char *key, size_t len, uint32_t hash)
{
	size_t i = hash & (cap - 1);

	while (slot[i].key) {
		if (slot[i].hash == hash && slot[i].len == len && memcmp(slot[i].key, key, len) == 0)
			break;
		i = (i + 1) & (cap - 1);
	}
	return &slot[i];
}

static void grow(struct map *m)
{
	size_t cap = m->cap ? 2 * m->cap : 64;
	struct map_slot *slot = mem_zero(cap, sizeof *slot);

	for (size_t i = 0; i < m->cap; i++)
		if (m->slot[i].key)
			*probe(slot, cap, m->slot[i].key, m->slot[i].len, m->slot[i].hash) = m->slot[i];
	free(m->slot);
	m->slot = slot;
	m->cap = cap;
}

int64_t *map_at(struct map *m, const char *key, size_t len, int64_t fresh, bool *added)
{
	uint32_t hash = (uint32_t)hash_bytes(key, len);
	struct map_slot *s;
	bool make;

	if (4 * (m->n + 1) > 3 * m->cap)
		grow(m);
	s = probe(m->slot, m->cap, key, len, hash);
	make = !s->key;
	if (make) {
		*s = (struct map_slot){ arena_strndup(&m->keys, key, len), (uint32_t)len, hash, fresh };
		m->n++;
	}
	if (added)
		*added = make;
	return &s->value;
}

int64_t map_get(const struct map *m, const char *key, size_t len, int64_t none)
{
	const struct map_slot *s;

	if (!m->n)
		return none;
	s = probe(m->slot, m->cap, key, len, (uint32_t)hash_bytes(key, len));
	return s->key ? s->value : none;
}

void map_clear(struct map *m)
{
	free(m->slot);
	arena_clear(&m->keys);
	*m = (struct map)MAP_INIT;
}
