#include "app/shares.h"

#include <stdlib.h>
#include <string.h>

#include "app/load.h"

#define SHARES_BLOB "shares"

struct row { int64_t kind, key; double share; };

int64_t shares_category(const char *key)
{
	return (int64_t)hash_bytes(key, strlen(key));
}

static double *at(struct share_table *t, enum share_kind kind, int64_t key)
{
	int64_t id[2] = { kind, key };
	size_t n = t->by_key.n;
	bool added;
	int64_t i = *map_at(&t->by_key, (const char *)id, sizeof id, (int64_t)n, &added);

	if (added) {
		MEM_GROW(t->share, n, t->cap);
		t->share[n] = 0;
	}
	return &t->share[i];
}

void shares_add(struct share_table *t, int64_t feed, const char *categories, int topic)
{
	struct arena a = ARENA_INIT;
	bool any = false;

	*at(t, SHARE_FEED, feed) += 1;
	t->total[SHARE_FEED]++;
	if (topic >= 0) {
		*at(t, SHARE_TOPIC, topic) += 1;
		t->total[SHARE_TOPIC]++;
	}
	for (const char *s = categories; s && *s;) {
		size_t len = strcspn(s, "\n");

		if (len) {
			*at(t, SHARE_CATEGORY, shares_category(category_key(&a, s, len))) += 1;
			any = true;
		}
		s += len + (s[len] == '\n');
	}
	t->total[SHARE_CATEGORY] += any;
	arena_clear(&a);
}

enum err shares_put(const struct share_table *t, struct store *st, struct err_info *info)
{
	struct row *rows = mem_zero(t->by_key.n + 1, sizeof *rows);
	enum err e;

	for (size_t i = 0; i < t->by_key.cap; i++) {
		const struct map_slot *s = &t->by_key.slot[i];
		int64_t id[2];

		if (!s->key)
			continue;
		memcpy(id, s->key, sizeof id);
		rows[s->value] = (struct row){ id[0], id[1], t->share[s->value] / t->total[id[0]] };
	}
	e = blob_put(st, SHARES_BLOB, 1, rows, t->by_key.n * sizeof *rows, info);
	free(rows);
	return e;
}

enum err shares_load(struct share_table *t, struct store *st, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	int64_t version;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, SHARES_BLOB, &a, &version, &bytes, &n, info);

	if (e == OK) {
		*t = (struct share_table)SHARE_TABLE_INIT;
		for (size_t i = 0; i + sizeof(struct row) <= n; i += sizeof(struct row)) {
			struct row r;

			memcpy(&r, (const char *)bytes + i, sizeof r);
			if (r.kind >= SHARE_FEED && r.kind <= SHARE_TOPIC)
				*at(t, (enum share_kind)r.kind, r.key) = r.share;
		}
	}
	arena_clear(&a);
	return e;
}

double shares_get(const struct share_table *t, enum share_kind kind, int64_t key)
{
	int64_t id[2] = { kind, key }, i = map_get(&t->by_key, (const char *)id, sizeof id, -1);

	return i < 0 ? 0 : t->share[i];
}

void shares_clear(struct share_table *t)
{
	map_clear(&t->by_key);
	free(t->share);
	*t = (struct share_table)SHARE_TABLE_INIT;
}
