#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"
#include "store/terms_private.h"

/* ---- rows ---- */

#define ITEM_COLUMNS \
	"a.id, a.feed, a.guid, a.title, a.link, a.author, coalesce(a.language, f.language), coalesce(f.name, f.title, f.url), a.categories, " \
	"a.published, a.updated, a.fetched, a.words, a.read_at IS NOT NULL, a.starred_at IS NOT NULL, f.tags, a.retired_at"
#define ITEM_COLUMN_COUNT 17

static void read_item(struct stmt *s, struct arena *a, struct item *it)
{
	*it = (struct item){
		.id = stmt_col_int(s, 0), .feed_id = stmt_col_int(s, 1), .guid = stmt_col_dup(s, 2, a), .title = stmt_col_dup(s, 3, a),
		.link = stmt_col_dup(s, 4, a), .author = stmt_col_dup(s, 5, a), .language = stmt_col_dup(s, 6, a), .feed_title = stmt_col_dup(s, 7, a),
		.categories = stmt_col_dup(s, 8, a), .published = stmt_col_date(s, 9), .updated = stmt_col_date(s, 10), .fetched = stmt_col_int(s, 11),
		.words = (int)stmt_col_int(s, 12), .read = stmt_col_int(s, 13) != 0, .starred = stmt_col_int(s, 14) != 0, .tags = stmt_col_dup(s, 15, a),
		.let_go = stmt_col_int(s, 16),
	};
}

/* ---- lists ---- */

/* What an article must be, on the columns of the table alone. Parameters 1 to 5, and 8 where there is a story. */
static void where_sql(const struct article_query *q, struct buf *b)
{
	buf_puts(b, " WHERE retired_at IS NULL");
	if (q->unread)
		buf_puts(b, " AND read_at IS NULL");
	if (q->starred)
		buf_puts(b, " AND starred_at IS NOT NULL");
	if (q->feed_id)
		buf_puts(b, " AND feed = ?1");
	if (q->tag)
		buf_puts(b, " AND feed IN (SELECT id FROM feeds WHERE instr(' ' || tags || ' ', ' ' || ?2 || ' ') > 0)");
	if (q->title_like)
		buf_puts(b, " AND title_holds(title, ?3)");
	if (q->topic >= 0)
		buf_puts(b, " AND EXISTS (SELECT 1 FROM derived WHERE article = articles.id AND topic = ?4)");
	if (q->story)
		buf_puts(b, " AND id IN (SELECT article FROM derived WHERE story = ?8)");
	if (q->since)
		buf_puts(b, " AND fetched >= ?5");
}

static void bind_where(struct stmt *s, const struct article_query *q)
{
	stmt_int(s, 1, q->feed_id);
	stmt_text(s, 2, q->tag);
	stmt_text(s, 3, q->title_like);
	stmt_int(s, 4, q->topic);
	stmt_int(s, 5, q->since);
	if (q->story) /* the last parameter, there only with its condition */
		stmt_int(s, 8, q->story);
}

/* The ids are found and counted off in an index, and rows fetched for those of the page only. The statement is put together from
 * literals; which ones, the query says; their values are bound. beyond: behind the place ?9, ?10 in that order. */
static void list_sql(const struct article_query *q, bool beyond, struct buf *b)
{
	bool old = q->order == ORDER_OLD;

	buf_puts(b, "SELECT " ITEM_COLUMNS ", p.at FROM (SELECT id, at FROM articles");
	where_sql(q, b);
	if (beyond)
		buf_puts(b, old ? " AND (at, id) > (?9, ?10)" : " AND (at, id) < (?9, ?10)");
	buf_puts(b, old ? " ORDER BY at, id" : " ORDER BY at DESC, id DESC");
	buf_puts(b, " LIMIT ?6 OFFSET ?7) p CROSS JOIN articles a ON a.id = p.id CROSS JOIN feeds f ON f.id = a.feed ORDER BY");
	buf_puts(b, old ? " p.at, p.id" : " p.at DESC, p.id DESC");
}

static enum err read_items(struct stmt *s, struct arena *a, struct item_list *out, struct err_info *info)
{
	struct item *it = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(it, n, cap);
		read_item(s, a, &it[n++]);
	}
	if (e == OK) {
		out->item = arena_alloc(a, (n + 1) * sizeof *it);
		if (n)
			memcpy(out->item, it, n * sizeof *it);
		out->n = n;
	}
	free(it);
	return e;
}

enum err articles_list(struct store *st, const struct article_query *q, struct arena *a, struct item_list *out, struct err_info *info)
{
	struct buf sql = BUF_INIT;
	struct stmt *s;
	enum err e;

	list_sql(q, false, &sql);
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	bind_where(s, q);
	stmt_limit(s, 6, q->limit);
	stmt_int(s, 7, q->offset > INT64_MAX ? INT64_MAX : (int64_t)q->offset);
	e = read_items(s, a, out, info);
	stmt_reset(s);
	return e;
}

/* ---- lists of any length, a piece at a time ---- */

#define PIECE 256

/* Where a piece ended: the last row's place in time. */
struct end { int64_t at, id; };

/* The next rows, at most PIECE. end [in,out] */
static enum err read_piece(struct store *st, const struct article_query *q, bool beyond, size_t most, struct arena *a, struct end *end, struct item *it, size_t *n,
			   struct err_info *info)
{
	struct buf sql = BUF_INIT;
	struct stmt *s;
	bool row;
	enum err e;

	list_sql(q, beyond, &sql);
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	bind_where(s, q);
	stmt_int(s, 6, (int64_t)most);
	stmt_int(s, 7, beyond || q->offset > INT64_MAX ? 0 : (int64_t)q->offset);
	if (beyond) {
		stmt_int(s, 9, end->at);
		stmt_int(s, 10, end->id);
	}
	*n = 0;
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		read_item(s, a, &it[*n]);
		*end = (struct end){ stmt_col_int(s, ITEM_COLUMN_COUNT), it[*n].id };
		++*n;
	}
	return e;
}

/* No statement is open while a row is handed out: whoever takes its time over one, as a pager does, holds up no checkpoint. */
enum err articles_each(struct store *st, const struct article_query *q, item_fn *fn, void *user, struct err_info *info)
{
	struct item *it = mem_zero(PIECE, sizeof *it);
	size_t left = q->limit ? q->limit : SIZE_MAX, n = PIECE;
	struct end end = { 0, 0 };
	enum err e = OK;

	for (bool beyond = false, on = true; on && e == OK && left && n == PIECE; beyond = true) {
		struct arena a = ARENA_INIT;

		e = read_piece(st, q, beyond, left < PIECE ? left : PIECE, &a, &end, it, &n, info);
		for (size_t i = 0; e == OK && on && i < n; i++)
			on = fn(user, &it[i]);
		left -= n;
		arena_clear(&a);
	}
	free(it);
	return e;
}

/* SQLite reads `at` from the index here, and no row: what is unread is an index of its own. */
enum err articles_ids(struct store *st, const struct article_query *q, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct buf sql = BUF_INIT;
	struct stmt *s;

	buf_printf(&sql, "SELECT id FROM articles%s", q->unread ? " INDEXED BY articles_unread" : "");
	where_sql(q, &sql);
	buf_puts(&sql, q->order == ORDER_OLD ? " ORDER BY at, id" : " ORDER BY at DESC, id DESC");
	buf_puts(&sql, " LIMIT ?6 OFFSET ?7");
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	bind_where(s, q);
	stmt_limit(s, 6, q->limit);
	stmt_int(s, 7, q->offset > INT64_MAX ? INT64_MAX : (int64_t)q->offset);
	return store_ids(s, a, out, info);
}

static enum err one_int(struct stmt *s, int64_t otherwise, int64_t *v, struct err_info *info)
{
	bool row;
	enum err e = stmt_step(s, &row, info);

	if (e == OK)
		*v = row ? stmt_col_int(s, 0) : otherwise;
	stmt_reset(s);
	return e;
}

enum err articles_before(struct store *st, const struct article_query *q, int64_t id, int64_t *n, struct err_info *info)
{
	struct buf sql = BUF_INIT;
	struct stmt *s;

	buf_printf(&sql, "SELECT count(*) FROM articles%s", q->unread ? " INDEXED BY articles_unread" : "");
	where_sql(q, &sql);
	buf_printf(&sql, " AND (at, id) %s ((SELECT x.at FROM articles x WHERE x.id = ?10), ?10)", q->order == ORDER_OLD ? "<" : ">");
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	bind_where(s, q);
	stmt_int(s, 10, id);
	return one_int(s, 0, n, info);
}

enum err articles_next_unread(struct store *st, int64_t feed_id, int64_t id, bool newer, int64_t most, int64_t *out, struct err_info *info)
{
	static const char *const sql[] = {
		"SELECT id FROM articles INDEXED BY articles_unread WHERE read_at IS NULL AND retired_at IS NULL AND (?1 = 0 OR feed = ?1) AND id <= ?3"
		" AND (at, id) < ((SELECT x.at FROM articles x WHERE x.id = ?2), ?2) ORDER BY at DESC, id DESC LIMIT 1",
		"SELECT id FROM articles INDEXED BY articles_unread WHERE read_at IS NULL AND retired_at IS NULL AND (?1 = 0 OR feed = ?1) AND id <= ?3"
		" AND (at, id) > ((SELECT x.at FROM articles x WHERE x.id = ?2), ?2) ORDER BY at, id LIMIT 1",
	};
	struct stmt *s = db_sql(st->db, sql[newer]);

	stmt_int(s, 1, feed_id);
	stmt_int(s, 2, id);
	stmt_int(s, 3, most);
	return one_int(s, 0, out, info);
}

enum err articles_newest_id(struct store *st, int64_t *id, struct err_info *info)
{
	return store_int(st, "SELECT max(id) FROM articles", id, info);
}

enum err articles_came(struct store *st, int64_t feed_id, int64_t after, int64_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT count(*) FROM articles WHERE id > ?2 AND read_at IS NULL AND retired_at IS NULL AND (?1 = 0 OR +feed = ?1)");

	stmt_int(s, 1, feed_id);
	stmt_int(s, 2, after);
	return one_int(s, 0, n, info);
}

enum err articles_candidates(struct store *st, int64_t since, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db,
		"SELECT id FROM articles INDEXED BY articles_unread WHERE read_at IS NULL AND retired_at IS NULL AND fetched >= ?1"
		" AND feed IN (SELECT id FROM feeds WHERE position IS NOT NULL) ORDER BY at DESC, id DESC LIMIT ?2");

	stmt_int(s, 1, since);
	stmt_int(s, 2, limit > INT64_MAX ? -1 : (int64_t)limit);
	return store_ids(s, a, out, info);
}

enum err articles_brief(struct store *st, const int64_t *ids, size_t n, struct arena *a, struct item_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT " ITEM_COLUMNS " FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?1");
	struct item_list l = { arena_zero(a, n + 1, sizeof *l.item), 0 };
	size_t *order = store_order(ids, n, a);

	for (size_t k = 0; k < n; k++) {
		size_t i = order[k];
		bool row;
		enum err e;

		stmt_int(s, 1, ids[i]);
		e = stmt_step(s, &row, info);
		if (e == OK && row)
			read_item(s, a, &l.item[i]);
		stmt_reset(s);
		if (e != OK)
			return e;
	}
	for (size_t i = 0; i < n; i++)
		if (l.item[i].id)
			l.item[l.n++] = l.item[i];
	*out = l;
	return OK;
}

enum err articles_published(struct store *st, int64_t since, struct arena *a, struct published_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db,
		"SELECT a.feed, a.at, coalesce(d.story, a.id), coalesce(d.topic, -1) FROM (SELECT id, feed, at FROM articles WHERE retired_at IS NULL AND at > ?1"
		" UNION ALL SELECT id, feed, at FROM articles WHERE retired_at IS NOT NULL AND at > ?1) a LEFT JOIN derived d ON d.article = a.id"
		" WHERE a.feed IN (SELECT id FROM feeds WHERE position IS NOT NULL)");
	struct published *p = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, since);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(p, n, cap);
		p[n++] = (struct published){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2), (int)stmt_col_int(s, 3) };
	}
	if (e == OK) {
		out->one = arena_alloc(a, (n + 1) * sizeof *p);
		if (n)
			memcpy(out->one, p, n * sizeof *p);
		out->n = n;
	}
	free(p);
	return e;
}

/* ---- one ---- */

static enum err read_enclosures(struct store *st, int64_t id, struct arena *a, struct item *it, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT url, type, length FROM enclosures WHERE article = ?1 ORDER BY n");
	struct enclosure *x = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(x, n, cap);
		x[n++] = (struct enclosure){ stmt_col_dup(s, 0, a), stmt_col_dup(s, 1, a), stmt_col_int(s, 2) };
	}
	if (e == OK && n) {
		it->enclosures = memcpy(arena_alloc(a, n * sizeof *x), x, n * sizeof *x);
		it->n_enclosures = n;
	}
	free(x);
	return e;
}

enum err articles_get(struct store *st, int64_t id, struct arena *a, struct item *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT " ITEM_COLUMNS ", b.summary, b.content, b.image, b.comments, b.pixels,"
		" (SELECT count(*) FROM earlier WHERE article = a.id) FROM articles a JOIN feeds f ON f.id = a.feed LEFT JOIN bodies b ON b.article = a.id WHERE a.id = ?1");
	struct item it;
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	e = stmt_step(s, &row, info);
	if (e == OK && !row)
		return err_set(info, ERR_NOTFOUND, "no article %lld", (long long)id);
	if (e == OK) {
		read_item(s, a, &it);
		it.summary = stmt_col_dup(s, ITEM_COLUMN_COUNT, a);
		it.content = stmt_col_dup(s, ITEM_COLUMN_COUNT + 1, a);
		it.image = stmt_col_dup(s, ITEM_COLUMN_COUNT + 2, a);
		it.comments = stmt_col_dup(s, ITEM_COLUMN_COUNT + 3, a);
		it.pixels = (int)stmt_col_int(s, ITEM_COLUMN_COUNT + 4);
		it.n_earlier = (int)stmt_col_int(s, ITEM_COLUMN_COUNT + 5);
	}
	stmt_reset(s);
	if (e == OK)
		e = read_enclosures(st, id, a, &it, info);
	if (e == OK)
		*out = it;
	return e;
}

enum err articles_earlier(struct store *st, int64_t id, struct arena *a, struct earlier_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT at, title, summary, content FROM earlier WHERE article = ?1 ORDER BY id DESC");
	struct earlier_text *text = NULL;
	size_t n = 0, cap = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(text, n, cap);
		text[n++] = (struct earlier_text){ stmt_col_int(s, 0), stmt_col_dup(s, 1, a), stmt_col_dup(s, 2, a), stmt_col_dup(s, 3, a) };
	}
	if (e == OK) {
		*out = (struct earlier_list){ arena_alloc(a, (n + 1) * sizeof *text), n };
		if (n)
			memcpy(out->text, text, n * sizeof *text);
	}
	free(text);
	return e;
}

/* lower() knows ASCII alone, and so do the keys. */
enum err articles_have(struct store *st, enum article_value what, const char *key, bool *have, struct err_info *info)
{
	static const char *const sql[] = {
		[VALUE_CATEGORY] = "SELECT 1 FROM articles WHERE categories IS NOT NULL AND instr(char(10) || lower(categories) || char(10), char(10) || ?1 || char(10)) LIMIT 1",
		[VALUE_AUTHOR] = "SELECT 1 FROM articles WHERE lower(author) = ?1 LIMIT 1",
		[VALUE_LANGUAGE] = "SELECT 1 FROM articles WHERE substr(lower(language), 1, length(?1)) = ?1 AND substr(language, length(?1) + 1, 1) IN ('', '-', '_') LIMIT 1",
		[VALUE_TAG] = "SELECT 1 FROM feeds WHERE instr(' ' || lower(tags) || ' ', ' ' || ?1 || ' ') LIMIT 1",
	};
	struct stmt *s = db_sql(st->db, sql[what]);
	bool row;
	enum err e;

	stmt_text(s, 1, key);
	e = stmt_step(s, &row, info);
	if (e == OK)
		*have = row;
	stmt_reset(s);
	return e;
}

enum err articles_there(struct store *st, int64_t article, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM articles WHERE id = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "no article %lld", (long long)article) : e;
}

enum err articles_remove(struct store *st, int64_t id, struct err_info *info)
{
	enum err e = articles_there(st, id, info);

	if (e == OK)
		e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = terms_drop(st, id, info);
	if (e == OK)
		e = store_run_id(st, "DELETE FROM articles WHERE id = ?1", id, info);
	return db_end(st->db, e, info);
}

enum err articles_shift(struct store *st, int64_t by, struct err_info *info)
{
	static const char *const move[] = {
		"UPDATE articles SET published = published + ?1, updated = updated + ?1, fetched = fetched + ?1",
		"UPDATE earlier SET at = at + ?1",
		"UPDATE feeds SET checked = checked + ?1, changed = changed + ?1, next = next + ?1",
		"UPDATE fetches SET at = -at - ?1", /* in two steps: the time is part of its key, and one may come to where another was */
		"UPDATE fetches SET at = -at WHERE at < 0 AND ?1 IS NOT NULL",
	};
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	for (size_t i = 0; e == OK && i < sizeof move / sizeof *move; i++) {
		struct stmt *q = db_sql(st->db, move[i]);

		stmt_int(q, 1, by);
		e = stmt_run(q, info);
	}
	return db_end(st->db, e, info);
}
