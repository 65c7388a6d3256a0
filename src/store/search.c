#include <string.h>

#include "store/fold_private.h"
#include "store/store_private.h"

/* ---- indexing ---- */

/* An entry's rowid is version << 40 | article: a changed article gets a new entry, and the old one is found no more (schema.c). */
#define VERSION_SHIFT 40
#define ARTICLE_MASK (((int64_t)1 << VERSION_SHIFT) - 1)
/* Articles in one transaction: a tenth of a second at most, so that the reader's own marks don't wait. */
#define AT_ONCE 256

struct waiting { int64_t article, entry; const char *title, *text; };

static enum err read_waiting(struct store *st, size_t limit, struct arena *a, struct waiting *w, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT q.article, coalesce(i.entry + (1 << 40), q.article), a.title, q.text FROM search_queue q"
		" JOIN articles a ON a.id = q.article LEFT JOIN indexed i ON i.article = q.article ORDER BY q.article LIMIT ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, (int64_t)limit);
	for (*n = 0; (e = stmt_step(s, &row, info)) == OK && row; ++*n)
		w[*n] = (struct waiting){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_dup(s, 2, a), stmt_col_dup(s, 3, a) };
	return e;
}

/* The article waits no more, and w's entry is the one that counts. */
static enum err take(struct store *st, const struct waiting *w, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT OR REPLACE INTO indexed VALUES (?1, ?2)");
	enum err e;

	stmt_int(s, 1, w->article);
	stmt_int(s, 2, w->entry);
	e = stmt_run(s, info);
	return e == OK ? store_run_id(st, "DELETE FROM search_queue WHERE article = ?1", w->article, info) : e;
}

static enum err write_entry(struct store *st, const struct waiting *w, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO search (rowid, title, text) VALUES (?1, ?2, ?3)");
	struct buf title = BUF_INIT, text = BUF_INIT;
	enum err e;

	fold_spaced(w->title ? w->title : "", &title);
	fold_spaced(w->text, &text);
	stmt_int(s, 1, w->entry);
	stmt_text(s, 2, buf_str(&title));
	stmt_text(s, 3, buf_str(&text));
	e = stmt_run(s, info);
	buf_clear(&title);
	buf_clear(&text);
	return e;
}

static enum err index_some(struct store *st, size_t limit, size_t *done, struct err_info *info)
{
	struct waiting w[AT_ONCE];
	struct arena a = ARENA_INIT;
	size_t n;
	enum err e = db_begin(st->db, info);

	if (e != OK)
		return e;
	e = read_waiting(st, limit < AT_ONCE ? limit : AT_ONCE, &a, w, &n, info);
	/* The entries come last: FTS5 writes what it gathered as a segment of its own before any statement that might be rolled back alone, as those of take() might. */
	for (size_t i = 0; e == OK && i < n; i++)
		e = take(st, &w[i], info);
	for (size_t i = 0; e == OK && i < n; i++)
		e = write_entry(st, &w[i], info);
	arena_clear(&a);
	e = db_end(st->db, e, info);
	if (e == OK)
		*done = n;
	return e;
}

enum err search_index(struct store *st, size_t limit, bool *left, struct err_info *info)
{
	int64_t waits;
	size_t done = 1;
	enum err e = store_int(st, "SELECT EXISTS (SELECT 1 FROM search_queue)", &waits, info);

	while (e == OK && waits && limit && done) {
		e = index_some(st, limit, &done, info);
		if (e == OK) {
			limit -= done;
			e = store_int(st, "SELECT EXISTS (SELECT 1 FROM search_queue)", &waits, info);
		}
	}
	if (e == OK)
		*left = waits;
	return e;
}

enum err search_waiting(struct store *st, int64_t article, struct buf *out, bool *found, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT text FROM search_queue WHERE article = ?1");
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, found, info);
	if (e == OK && *found)
		buf_puts(out, stmt_col_text(s, 0));
	stmt_reset(s);
	return e;
}

enum err search_drop(struct store *st, int64_t article, struct err_info *info)
{
	enum err e = store_run_id(st, "DELETE FROM indexed WHERE article = ?1", article, info);

	return e == OK ? store_run_id(st, "DELETE FROM search_queue WHERE article = ?1", article, info) : e;
}

/* ---- searching ---- */

static enum err indexed_ids(struct store *st, const char *query, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT i.article FROM search s CROSS JOIN indexed i ON i.article = s.rowid & ?3 AND i.entry = s.rowid"
		" WHERE s.search MATCH ?1 AND s.rank MATCH 'bm25(4.0, 1.0)' ORDER BY s.rank LIMIT ?2");

	stmt_text(s, 1, query);
	stmt_limit(s, 2, limit);
	stmt_int(s, 3, ARTICLE_MASK);
	return store_ids(s, a, out, info);
}

static enum err waiting_ids(struct store *st, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	/* CROSS JOIN: the queue first. It is short or empty, and going through all articles by date for it isn't. */
	struct stmt *s = db_sql(st->db, "SELECT q.article FROM search_queue q CROSS JOIN articles a ON a.id = q.article WHERE title_words(a.title, ?1)"
		" ORDER BY a.at DESC, a.id DESC LIMIT ?2");

	stmt_text(s, 1, words);
	stmt_limit(s, 2, limit);
	return store_ids(s, a, out, info);
}

/* Those of `more` that aren't in `first` (an edited article waits while its old entry is still found), at most limit in all. */
static void join_ids(struct id_list *first, const struct id_list *more, size_t limit, struct arena *a)
{
	int64_t *id = arena_alloc(a, (first->n + more->n + 1) * sizeof *id);
	struct map seen = MAP_INIT;
	size_t n = 0;

	for (size_t i = 0; i < first->n + more->n; i++) {
		int64_t next = i < first->n ? first->id[i] : more->id[i - first->n];
		bool fresh;

		(void)map_at(&seen, (const char *)&next, sizeof next, 1, &fresh);
		if (fresh && (!limit || n < limit))
			id[n++] = next;
	}
	map_clear(&seen);
	*first = (struct id_list){ id, n };
}

enum err search_words(struct store *st, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info)
{
	struct buf query = BUF_INIT;
	struct id_list found = { NULL, 0 }, more = { NULL, 0 };
	enum err e = OK;

	if (fold_query(words, &query)) {
		e = indexed_ids(st, buf_str(&query), limit, a, &found, info);
		if (e == OK)
			e = waiting_ids(st, words, limit, a, &more, info);
		if (e == OK)
			join_ids(&found, &more, limit, a);
	}
	buf_clear(&query);
	if (e == OK)
		*out = found;
	return e;
}
