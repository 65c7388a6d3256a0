#include "app/languages.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "text/lang.h"

/* Articles of one feed that declare one language. */
struct group {
	const char *declared; /* may be NULL */
	struct buf titles;
	const char *language;
};

/* group [out] (items->n) the number of each article's group. Returns how many there are. */
static size_t find_groups(const struct item_list *items, size_t *group, struct arena *scratch)
{
	struct map groups = MAP_INIT;
	size_t n;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		const char *key = arena_printf(scratch, "%lld %s", (long long)it->feed_id, it->language ? it->language : "");

		group[i] = (size_t)*map_at(&groups, key, strlen(key), (int64_t)groups.n, NULL);
	}
	n = groups.n;
	map_clear(&groups);
	return n;
}

void languages_tell(const struct item_list *items, const char **language, struct arena *scratch)
{
	size_t *group = arena_zero(scratch, items->n + 1, sizeof *group), n = find_groups(items, group, scratch);
	struct group *g = arena_zero(scratch, n + 1, sizeof *g);

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		struct buf *titles = &g[group[i]].titles;

		g[group[i]].declared = it->language;
		if (it->title && titles->len + strlen(it->title) < LANGUAGES_TITLES)
			buf_printf(titles, "%s\n", it->title);
	}
	for (size_t k = 0; k < n; k++) {
		g[k].language = lang_detect(buf_str(&g[k].titles), g[k].titles.len, g[k].declared);
		buf_clear(&g[k].titles);
	}
	for (size_t i = 0; i < items->n; i++)
		language[i] = g[group[i]].language;
}

/* ---- by number ---- */

/* The groups in the store: a hash instead of the key, which is as good and has one length. */
struct kept_group { int64_t key, number; };
#define CODE 8 /* bytes of a language, with zeros behind */

int languages_number(struct languages *l, const char *language)
{
	int64_t n = *map_at(&l->number, language, strlen(language), (int64_t)l->number.n, NULL);

	return n < LANGUAGES_MOST ? (int)n : LANGUAGES_MOST - 1;
}

static int64_t key_of(int64_t feed, const char *declared)
{
	return (int64_t)(hash_bytes(declared ? declared : "", declared ? strlen(declared) : 0) ^ hash_bytes(&feed, sizeof feed));
}

int languages_note(struct languages *l, const struct item *it, const char *language)
{
	int64_t key = key_of(it->feed_id, it->language);
	int number = languages_number(l, language);

	*map_at(&l->group, (const char *)&key, sizeof key, number, NULL) = number;
	return number;
}

enum err languages_put(const struct languages *l, struct store *st, struct err_info *info)
{
	char (*code)[CODE] = mem_zero(l->number.n + 1, sizeof *code);
	int64_t n = (int64_t)l->number.n;
	struct buf bytes = BUF_INIT;
	enum err e;

	for (size_t i = 0; i < l->number.cap; i++) {
		const struct map_slot *s = &l->number.slot[i];

		if (s->key)
			memcpy(code[s->value], s->key, s->len < CODE ? s->len : CODE - 1);
	}
	buf_add(&bytes, &n, sizeof n);
	buf_add(&bytes, code, (size_t)n * sizeof *code);
	for (size_t i = 0; i < l->group.cap; i++) {
		const struct map_slot *s = &l->group.slot[i];
		struct kept_group g = { 0, s->value };

		if (!s->key)
			continue;
		memcpy(&g.key, s->key, sizeof g.key);
		buf_add(&bytes, &g, sizeof g);
	}
	e = blob_put(st, LANGUAGES_BLOB, 1, bytes.s, bytes.len, info);
	buf_clear(&bytes);
	free(code);
	return e;
}

static enum err unpack(struct languages *l, const char *s, size_t len, struct err_info *info)
{
	int64_t n = -1;
	struct kept_group g;

	if (len >= sizeof n)
		memcpy(&n, s, sizeof n);
	if (n < 0 || (uint64_t)n > (len - sizeof n) / CODE || (len - sizeof n - (size_t)n * CODE) % sizeof g)
		return err_set(info, ERR_CORRUPT, "the stored languages are damaged");
	s += sizeof n;
	len -= sizeof n;
	for (; n > 0; n--, s += CODE, len -= CODE)
		(void)map_at(&l->number, s, strnlen(s, CODE), (int64_t)l->number.n, NULL);
	for (; len; s += sizeof g, len -= sizeof g) {
		memcpy(&g, s, sizeof g);
		if (g.number < 0 || g.number >= LANGUAGES_MOST)
			return err_set(info, ERR_CORRUPT, "the stored languages are damaged");
		*map_at(&l->group, (const char *)&g.key, sizeof g.key, 0, NULL) = g.number;
	}
	return OK;
}

enum err languages_load(struct languages *l, struct store *st, struct err_info *info)
{
	struct languages got = LANGUAGES_INIT;
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, LANGUAGES_BLOB, &a, NULL, &bytes, &n, info);

	if (e == OK)
		e = unpack(&got, bytes, n, info);
	if (e == OK)
		*l = got;
	else
		languages_clear(&got);
	arena_clear(&a);
	return e;
}

/* All groups of a feed, by its newest articles. */
static enum err look_at(struct languages *l, struct store *st, int64_t feed, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct arena a = ARENA_INIT;
	struct item_list items;
	enum err e;

	q.feed_id = feed;
	q.limit = LANGUAGES_FEED;
	e = articles_list(st, &q, &a, &items, info);
	if (e == OK) {
		const char **language = arena_zero(&a, items.n + 1, sizeof *language);

		languages_tell(&items, language, &a);
		for (size_t i = 0; i < items.n; i++) {
			int64_t key = key_of(feed, items.item[i].language);

			if (map_get(&l->group, (const char *)&key, sizeof key, -1) < 0)
				(void)languages_note(l, &items.item[i], language[i]);
		}
	}
	arena_clear(&a);
	return e;
}

enum err languages_of(struct languages *l, struct store *st, int64_t feed, const char *declared, int *number, struct err_info *info)
{
	int64_t key = key_of(feed, declared), found = map_get(&l->group, (const char *)&key, sizeof key, -1);
	enum err e = OK;

	if (found < 0) {
		e = look_at(l, st, feed, info);
		found = map_get(&l->group, (const char *)&key, sizeof key, -1);
	}
	if (e == OK)
		*number = found < 0 ? languages_number(l, "") : (int)found;
	return e;
}

int languages_known(const struct languages *l, int number)
{
	int64_t unknown = map_get(&l->number, "", 0, -1);

	return number != unknown && number < LANGUAGES_MOST - 1 ? number : -1;
}

void languages_clear(struct languages *l)
{
	map_clear(&l->number);
	map_clear(&l->group);
}
