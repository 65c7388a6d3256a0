#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/schema_private.h"
#include "store/store_private.h"
#include "store/terms_private.h"

/* ---- is the file whole? ---- */

static enum err integrity(struct store *st, struct arena *a, const char **words, const char **file, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	struct stmt *s = db_sql(st->db, "PRAGMA integrity_check(1)");
	bool row;
	enum err e = stmt_step(s, &row, &why);

	if (e == OK)
		*words = row ? stmt_col_dup(s, 0, a) : "integrity_check said nothing";
	stmt_reset(s);
	*file = e == OK ? *words : e == ERR_CORRUPT ? arena_strdup(a, why.text) : "";
	/* The full-text index has a check of its own, which counts as writing. */
	if (e == OK && strcmp(*words, "ok") == 0 && !db_read_only(st->db))
		e = search_check(st, &why);
	if (e == ERR_CORRUPT) {
		*words = arena_strdup(a, why.text);
		return OK;
	}
	return e == OK ? OK : err_set(info, e, "%s", why.text);
}

/* ---- do the stored numbers hold? ---- */

static bool is_vector(const void *blob, size_t n, size_t terms, uint32_t *df, struct arena *a)
{
	struct termvec v;

	if (termvec_decode(blob, n, a, &v, NULL) != OK)
		return false;
	for (size_t i = 0; i < v.n; i++)
		if (!v.id[i] || v.id[i] >= terms)
			return false;
	for (size_t i = 0; i < v.n; i++)
		df[v.id[i]]++;
	return true;
}

enum err termvecs_count(struct store *st, size_t terms, uint32_t *df, struct arena *a, struct id_list *bad, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT article, vec FROM termvecs");
	int64_t *id = NULL;
	size_t cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		struct arena scratch = ARENA_INIT;
		size_t n;
		const void *blob = stmt_col_blob(s, 1, &n);

		if (!is_vector(blob, n, terms, df, &scratch)) {
			MEM_GROW(id, bad->n, cap);
			id[bad->n++] = stmt_col_int(s, 0);
		}
		arena_clear(&scratch);
	}
	stmt_reset(s);
	bad->id = arena_alloc(a, (bad->n + 1) * sizeof *id);
	if (bad->n)
		memcpy(bad->id, id, bad->n * sizeof *id);
	free(id);
	return e;
}

static enum err df_wrong(struct store *st, int64_t *wrong, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct term_stats t;
	struct id_list unread = { NULL, 0 };
	int64_t docs, bad = 0;
	uint32_t *df;
	enum err e = terms_df(st, &a, &t, info);

	if (e == OK)
		e = store_int(st, "SELECT count(*) FROM termvecs", &docs, info);
	if (e == OK) {
		df = arena_zero(&a, t.n, sizeof *df);
		e = termvecs_count(st, t.n, df, &a, &unread, info);
		for (size_t i = 0; e == OK && i < t.n; i++)
			bad += df[i] != t.df[i];
	}
	if (e == OK)
		*wrong = bad + (int64_t)unread.n + (docs != t.docs);
	arena_clear(&a);
	return e;
}

static enum err counts(struct store *st, struct doctor_report *r, struct err_info *info)
{
	const struct { const char *sql; int64_t *to; } ask[] = {
		{ "SELECT count(*) FROM feeds", &r->feeds },
		{ "SELECT count(*) FROM feeds WHERE position IS NOT NULL", &r->subscribed },
		{ "SELECT count(*) FROM articles WHERE retired_at IS NULL", &r->articles },
		{ "SELECT count(*) FROM articles WHERE retired_at IS NOT NULL", &r->retired },
		{ "SELECT count(*) FROM gone", &r->gone },
		{ "SELECT count(*) FROM bodies", &r->bodies },
		{ "SELECT count(*) FROM earlier", &r->earlier },
		{ "SELECT count(*) FROM events", &r->events },
		{ "SELECT count(*) FROM terms", &r->terms },
		{ "SELECT count(*) FROM termvecs", &r->vectors },
		{ "SELECT count(*) FROM search_docsize", &r->indexed },
		{ "SELECT count(*) FROM pragma_foreign_key_check", &r->orphans },
		{ "SELECT count(*) FROM feeds f LEFT JOIN (SELECT feed, count(*) AS n, sum(read_at IS NULL) AS u FROM articles WHERE retired_at IS NULL GROUP BY feed) c"
		  " ON c.feed = f.id WHERE f.items <> coalesce(c.n, 0) OR f.unread <> coalesce(c.u, 0)", &r->count_wrong },
		{ "SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s", &r->file_bytes },
		{ "SELECT c.freelist_count * s.page_size FROM pragma_freelist_count c, pragma_page_size s", &r->free_bytes },
	};
	int64_t version;
	enum err e = store_int(st, "PRAGMA user_version", &version, info);

	for (size_t i = 0; e == OK && i < sizeof ask / sizeof *ask; i++)
		e = store_int(st, ask[i].sql, ask[i].to, info);
	if (e == OK)
		r->schema = (int)version;
	return e;
}

/* ---- what takes room? ---- */

#define ROOM_OF(name) \
	"CASE WHEN " name " IN ('articles', 'gone', 'sqlite_sequence') THEN 0" \
	" WHEN " name " IN ('bodies', 'enclosures', 'earlier', 'digests') THEN 1" \
	" WHEN " name " IN ('indexed', 'search_queue') OR " name " LIKE 'search%' THEN 2" \
	" WHEN " name " IN ('terms', 'forms', 'termvecs', 'corpus', 'terms_queue') THEN 3" \
	" WHEN " name " IN ('derived', 'vectors', 'wordvecs', 'topics', 'topic_names') THEN 4" \
	" WHEN " name " IN ('events', 'trials') THEN 5 ELSE 6 END"

/* dbstat goes through all pages; it is not in every build of SQLite. */
static enum err room_by_pages(struct store *st, struct doctor_report *r, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT " ROOM_OF("coalesce(m.tbl_name, d.name)") " AS kind, sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema m ON m.name = d.name"
		" WHERE d.aggregate = TRUE GROUP BY kind");
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row)
		r->room[stmt_col_int(s, 0)] = stmt_col_int(s, 1);
	return e;
}

static enum err room_by_rows(struct store *st, struct doctor_report *r, struct err_info *info)
{
	const struct { enum room kind; const char *sql; } ask[] = {
		{ ROOM_ARTICLES, "SELECT sum(60 + coalesce(length(guid), 0) + coalesce(length(title), 0) + coalesce(length(link), 0) + coalesce(length(author), 0)) FROM articles" },
		{ ROOM_BODIES, "SELECT sum(8 + coalesce(length(CAST(summary AS BLOB)), 0) + coalesce(length(CAST(content AS BLOB)), 0)) FROM bodies" },
		{ ROOM_TEXT, "SELECT sum(length(block)) FROM search_data" },
		{ ROOM_TERMS, "SELECT sum(12 + length(vec)) FROM termvecs" },
		{ ROOM_VECTORS, "SELECT (SELECT coalesce(sum(4 + length(vec)), 0) FROM vectors) + (SELECT coalesce(sum(4 + length(vec) + coalesce(length(title), 0)), 0) FROM wordvecs)" },
		{ ROOM_LOG, "SELECT 90 * count(*) FROM events" },
		{ ROOM_OTHER, "SELECT sum(length(data)) FROM blobs" },
	};
	enum err e = OK;

	for (size_t i = 0; e == OK && i < sizeof ask / sizeof *ask; i++)
		e = store_int(st, ask[i].sql, &r->room[ask[i].kind], info);
	r->room_guessed = true;
	return e;
}

static enum err measure(struct store *st, struct doctor_report *r, struct err_info *info)
{
	struct stat wal;
	char name[PATH_MAX];
	enum err e = room_by_pages(st, r, NULL);

	if (e != OK)
		e = room_by_rows(st, r, info);
	if (e == OK)
		e = store_int(st, "SELECT sum(coalesce(length(CAST(summary AS BLOB)), 0) + coalesce(length(CAST(content AS BLOB)), 0)) FROM bodies", &r->text_bytes, info);
	if (snprintf(name, sizeof name, "%s-wal", db_path(st->db)) < (int)sizeof name && stat(name, &wal) == 0)
		r->wal_bytes = wal.st_size;
	return e;
}

enum err doctor_check(struct store *st, struct arena *a, struct doctor_report *out, struct err_info *info)
{
	struct doctor_report r = { .integrity = "", .file = "" };
	struct feed_list dead = { NULL, 0 };
	enum err e = integrity(st, a, &r.integrity, &r.file, info);
	bool damaged = e == OK && strcmp(r.integrity, "ok") != 0;

	if (e == OK)
		e = counts(st, &r, info);
	if (e == OK)
		e = df_wrong(st, &r.df_wrong, info);
	if (e == OK)
		e = feeds_dead(st, a, &dead, info);
	if (e == OK)
		e = measure(st, &r, info);
	if (e != OK && !damaged)
		return e;
	r.former = former_name(st->db, a);
	/* Of a damaged store, what could still be counted. */
	r.dead = dead.feed;
	r.n_dead = dead.n;
	*out = r;
	return OK;
}
