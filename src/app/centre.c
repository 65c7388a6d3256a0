#include "app/centre.h"

#include <string.h>

#include "app/load.h"

#define CENTRE_BLOB "word-centre"

struct head { uint64_t table; int64_t d; };

enum err centre_load(struct store *st, struct arena *a, struct centre *out, struct err_info *info)
{
	struct head head;
	const void *bytes;
	size_t n;
	enum err e = blob_get(st, CENTRE_BLOB, a, NULL, &bytes, &n, info);

	if (e != OK && e != ERR_NOTFOUND)
		return e;
	*out = (struct centre){ 0 };
	if (e == ERR_NOTFOUND || n < sizeof head)
		return OK;
	memcpy(&head, bytes, sizeof head);
	if (head.d < 0 || head.d > VECTORS_DIMS_MOST || n != sizeof head + 2 * (size_t)head.d * sizeof(float))
		return OK;
	out->table = head.table;
	out->d = (int)head.d;
	out->mean = memcpy(arena_alloc(a, n), (const char *)bytes + sizeof head, n - sizeof head);
	out->title = out->mean + head.d;
	return OK;
}

enum err centre_put(struct store *st, const struct centre *c, struct err_info *info)
{
	struct head head = { c->table, c->d };
	struct buf bytes = BUF_INIT;
	enum err e;

	buf_add(&bytes, &head, sizeof head);
	if (c->d) {
		buf_add(&bytes, c->mean, (size_t)c->d * sizeof *c->mean);
		buf_add(&bytes, c->title, (size_t)c->d * sizeof *c->title);
	}
	e = blob_put(st, CENTRE_BLOB, 1, bytes.s, bytes.len, info);
	buf_clear(&bytes);
	return e;
}

static enum err change(struct store *st, const struct vectors *table, struct arena *a, struct err_info *info)
{
	int d = table->map ? (int)table->dims : 0;
	const float *zero = arena_zero(a, (size_t)d + 1, sizeof *zero);
	struct centre fresh = { table->map ? table->id : 0, d, zero, zero };
	enum err e = wordvecs_reset(st, info);

	if (e == OK)
		e = centre_put(st, &fresh, info);
	return e == OK ? load_another_version(st, a, NULL, info) : e;
}

enum err centre_follow(struct store *st, const struct vectors *table, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct centre now;
	enum err e = centre_load(st, &a, &now, info);

	if (e == OK && now.table != (table->map ? table->id : 0)) {
		e = db_begin(st->db, info);
		if (e == OK)
			e = db_end(st->db, change(st, table, &a, info), info);
	}
	arena_clear(&a);
	return e;
}
