#include "app/shares.h"

#include <stdlib.h>
#include <string.h>

#include "app/load.h"

#define SHARES_BLOB "shares"
#define SHARES_VERSION 5 /* counts; before, shares */

/* In the store: the totals, then a row for each value; in the machine's order. */
struct row { int64_t facet, key; double count; };

int64_t shares_name(const char *name)
{
	return (int64_t)hash_bytes(name, strlen(name));
}

static double *at(struct share_table *t, int64_t facet, int64_t key)
{
	int64_t id[2] = { facet, key };
	size_t n = t->by_key.n;
	bool added;
	int64_t i = *map_at(&t->by_key, (const char *)id, sizeof id, (int64_t)n, &added);

	if (added) {
		MEM_GROW(t->count, n, t->cap);
		t->count[n] = 0;
		t->values[facet]++;
	}
	return &t->count[i];
}

static void add(struct share_table *t, enum facet f, int64_t key)
{
	*at(t, f, key) += 1;
	t->total[f]++;
}

/* An article counts once in the total, however many it has of them. */
static void add_each(struct share_table *t, enum facet f, const char *names, char between, struct arena *a)
{
	const char stop[] = { between, '\0' };
	bool any = false;

	for (const char *s = names; s && *s;) {
		size_t len = strcspn(s, stop);

		if (len) {
			*at(t, f, shares_name(category_key(a, s, len))) += 1;
			any = true;
		}
		s += len + (s[len] == between);
	}
	t->total[f] += any;
}

void shares_add(struct share_table *t, const struct item *it, int topic)
{
	struct arena a = ARENA_INIT;
	const struct doc d = { .words = it->words };
	const char *author = author_key(&a, it), *language = language_key(&a, it);

	add(t, FACET_FEED, it->feed_id);
	add_each(t, FACET_CATEGORY, it->categories, '\n', &a);
	add_each(t, FACET_TAG, it->tags, ' ', &a);
	if (topic >= 0)
		add(t, FACET_TOPIC, topic);
	if (author)
		add(t, FACET_AUTHOR, shares_name(author));
	if (language)
		add(t, FACET_LANGUAGE, shares_name(language));
	if (doc_length(&d) >= 0)
		add(t, FACET_LENGTH, doc_length(&d));
	arena_clear(&a);
}

enum err shares_put(const struct share_table *t, struct store *st, struct err_info *info)
{
	struct row *rows = mem_zero(t->by_key.n + 1, sizeof *rows);
	struct buf bytes = BUF_INIT;
	enum err e;

	for (size_t i = 0; i < t->by_key.cap; i++) {
		const struct map_slot *s = &t->by_key.slot[i];
		int64_t id[2];

		if (!s->key)
			continue;
		memcpy(id, s->key, sizeof id);
		rows[s->value] = (struct row){ id[0], id[1], t->count[s->value] };
	}
	buf_add(&bytes, t->total, sizeof t->total);
	buf_add(&bytes, rows, t->by_key.n * sizeof *rows);
	e = blob_put(st, SHARES_BLOB, SHARES_VERSION, bytes.s, bytes.len, info);
	buf_clear(&bytes);
	free(rows);
	return e;
}

static void unpack(struct share_table *t, const char *s, size_t n)
{
	memcpy(t->total, s, sizeof t->total);
	for (size_t i = sizeof t->total; i + sizeof(struct row) <= n; i += sizeof(struct row)) {
		struct row r;

		memcpy(&r, s + i, sizeof r);
		if (r.facet >= 0 && r.facet < FACET_COUNT)
			*at(t, r.facet, r.key) = r.count;
	}
}

enum err shares_load(struct share_table *t, struct store *st, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	int64_t version;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, SHARES_BLOB, &a, &version, &bytes, &n, info);

	if (e == OK && (version != SHARES_VERSION || n < sizeof t->total))
		e = err_set(info, ERR_NOTFOUND, "shares of an older eclose");
	if (e == OK) {
		*t = (struct share_table)SHARE_TABLE_INIT;
		unpack(t, bytes, n);
	}
	arena_clear(&a);
	return e;
}

double shares_get(const struct share_table *t, enum facet f, int64_t key)
{
	int64_t id[2] = { f, key }, i = map_get(&t->by_key, (const char *)id, sizeof id, -1);

	return i < 0 || t->total[f] <= 0 ? 0 : t->count[i] / t->total[f];
}

void shares_clear(struct share_table *t)
{
	map_clear(&t->by_key);
	free(t->count);
	*t = (struct share_table)SHARE_TABLE_INIT;
}
