#include "store/whole.h"

#include <string.h>

#include "store/schema_private.h"
#include "store/store_private.h"

/* ---- tables and columns ---- */

/* items and unread are counted anew. */
static const struct whole_column feeds[] = {
	{ "id", "id", AS_NUMBER, MAY_BE_NULL }, { "url", "url", AS_LINE, MUST_BE }, { "position", "position", AS_NUMBER, MAY_BE_NULL }, { "name", "name", AS_LINE, MAY_BE_NULL },
	{ "tags", "tags", AS_WORDS, ELSE_ZERO }, { "title", "feed_title", AS_LINE, MAY_BE_NULL }, { "link", "link", AS_LINK, MAY_BE_NULL },
	{ "description", "description", AS_TEXT, MAY_BE_NULL }, { "language", "language", AS_LINE, MAY_BE_NULL }, { "icon", "icon", AS_LINK, MAY_BE_NULL },
	{ "etag", "etag", AS_BARE, MAY_BE_NULL }, { "last_modified", "last_modified", AS_BARE, MAY_BE_NULL }, { "checked", "checked", AS_TIME, MAY_BE_NULL },
	{ "changed", "changed", AS_TIME, MAY_BE_NULL }, { "next", "next", AS_TIME, MAY_BE_NULL }, { "failures", "failures", AS_NUMBER, ELSE_ZERO },
	{ "http", "http", AS_NUMBER, ELSE_ZERO }, { "error", "error", AS_TEXT, MAY_BE_NULL }, { "gone", "gone", AS_NUMBER, ELSE_ZERO },
	{ "moved_to", "moved_to", AS_FETCH, MAY_BE_NULL }, { "moved_seen", "moved_seen", AS_NUMBER, ELSE_ZERO }, { "ttl", "ttl", AS_NUMBER, MAY_BE_NULL },
	{ "skip_hours", "skip_hours", AS_NUMBER, ELSE_ZERO }, { "skip_days", "skip_days", AS_NUMBER, ELSE_ZERO },
};
static const struct whole_column fetches[] = {
	{ "feed", NULL, AS_OWNER, MUST_BE }, { "at", "at", AS_TIME, MUST_BE }, { "http", "http", AS_NUMBER, ELSE_ZERO }, { "items_new", "items_new", AS_NUMBER, ELSE_ZERO },
	{ "bytes", "bytes", AS_NUMBER, ELSE_ZERO }, { "ms", "ms", AS_REAL, ELSE_ZERO }, { "note", "note", AS_TEXT, MAY_BE_NULL },
};
static const struct whole_column gone[] = { /* the keys have the feed's number in them */
	{ "feed", NULL, AS_OWNER, MUST_BE }, { "name_key", "name_key", AS_HASH, MUST_BE }, { "guid_key", "guid_key", AS_HASH, ELSE_ZERO },
	{ "title_key", "title_key", AS_HASH, ELSE_ZERO }, { "published", "published", AS_TIME, MAY_BE_NULL },
};
static const struct whole_column articles[] = {
	{ "id", "id", AS_NUMBER, MUST_BE }, { "feed", "feed", AS_FEED, MUST_BE }, { "guid", "guid", AS_TEXT, MAY_BE_NULL }, { "title", "title", AS_LINE, MAY_BE_NULL },
	{ "link", "link", AS_LINK, MAY_BE_NULL }, { "author", "author", AS_LINE, MAY_BE_NULL }, { "language", "language", AS_LINE, MAY_BE_NULL },
	{ "categories", "categories", AS_LINES, MAY_BE_NULL }, { "published", "published", AS_TIME, MAY_BE_NULL }, { "updated", "updated", AS_TIME, MAY_BE_NULL },
	{ "fetched", "fetched", AS_TIME, MUST_BE }, { "words", "words", AS_NUMBER, ELSE_ZERO }, { "read_at", "read_at", AS_TIME, MAY_BE_NULL },
	{ "starred_at", "starred_at", AS_TIME, MAY_BE_NULL }, { "guid_key", "guid_key", AS_HASH, MAY_BE_NULL }, { "name_key", "name_key", AS_HASH, MUST_BE },
	{ "digest", "digest", AS_HASH, ELSE_ZERO },
	{ "retired_at", "retired_at", AS_TIME, MAY_BE_NULL },
};
static const struct whole_column bodies[] = {
	{ "article", NULL, AS_OWNER, MUST_BE }, { "summary", "summary", AS_HTML, MAY_BE_NULL }, { "content", "content", AS_HTML, MAY_BE_NULL },
	{ "image", "image", AS_LINK, MAY_BE_NULL }, { "comments", "comments", AS_LINK, MAY_BE_NULL }, { "pixels", "pixels", AS_NUMBER, ELSE_ZERO },
};
static const struct whole_column enclosures[] = {
	{ "article", NULL, AS_OWNER, MUST_BE }, { "n", "n", AS_NUMBER, ELSE_ZERO }, { "url", "url", AS_LINK, MUST_BE }, { "type", "type", AS_LINE, MAY_BE_NULL },
	{ "length", "length", AS_NUMBER, ELSE_ZERO },
};
static const struct whole_column earlier[] = { /* their numbers only keep them in order */
	{ "article", NULL, AS_OWNER, MUST_BE }, { "at", "at", AS_TIME, MUST_BE }, { "title", "title", AS_LINE, MAY_BE_NULL }, { "summary", "summary", AS_HTML, MAY_BE_NULL },
	{ "content", "content", AS_HTML, MAY_BE_NULL },
};
static const struct whole_column digests[] = {
	{ "article", NULL, AS_OWNER, MUST_BE }, { "digest", "digest", AS_HASH, MUST_BE }, { "at", "at", AS_TIME, MUST_BE }, { "times", "times", AS_NUMBER, ELSE_ZERO },
};
static const struct whole_column events[] = {
	{ "id", "id", AS_NUMBER, MUST_BE }, { "at", "at", AS_TIME, MUST_BE }, { "article", "article", AS_NUMBER, ELSE_ZERO }, { "kind", "kind", AS_KIND, MUST_BE },
	{ "dwell", "dwell", AS_REAL, MAY_BE_NULL }, { "scroll", "scroll", AS_REAL, MAY_BE_NULL }, { "place", "place", AS_NUMBER, ELSE_ZERO },
	{ "slot", "slot", AS_NUMBER, ELSE_ZERO }, { "explore", "explore", AS_NUMBER, MAY_BE_NULL }, { "propensity", "propensity", AS_REAL, MAY_BE_NULL },
	{ "batch", "batch", AS_NUMBER, ELSE_ZERO }, { "undoes", "undoes", AS_NUMBER, MAY_BE_NULL }, { "pair", "pair", AS_NUMBER, ELSE_ZERO },
	{ "width", "width", AS_NUMBER, ELSE_ZERO }, { "trial", "trial", AS_NUMBER, ELSE_ZERO }, { "team", "team", AS_NUMBER, ELSE_ZERO },
	{ "subject", "subject", AS_TEXT, MAY_BE_NULL }, { "value", "weight", AS_REAL, MAY_BE_NULL },
};
static const struct whole_column trials[] = {
	{ "id", "id", AS_NUMBER, MUST_BE }, { "a", "a", AS_LINE, MUST_BE }, { "b", "b", AS_LINE, MUST_BE }, { "started", "started", AS_TIME, MUST_BE },
	{ "ended", "ended", AS_TIME, MAY_BE_NULL },
};
static const struct whole_column topic_names[] = { { "topic", "topic", AS_NUMBER, MUST_BE }, { "name", "name", AS_LINE, MUST_BE } };
static const struct whole_column terms[] = { { "id", "id", AS_NUMBER, MUST_BE }, { "name", "name", AS_TEXT, MUST_BE }, { "df", "df", AS_NUMBER, ELSE_ZERO } };
static const struct whole_column forms[] = { { "term", "term", AS_NUMBER, MUST_BE }, { "form", "form", AS_TEXT, MUST_BE }, { "n", "n", AS_NUMBER, MUST_BE } };
static const struct whole_column corpus[] = { { "id", "id", AS_NUMBER, MUST_BE }, { "docs", "docs", AS_NUMBER, ELSE_ZERO }, { "length", "length", AS_REAL, ELSE_ZERO } };
static const struct whole_column termvecs[] = {
	{ "article", "article", AS_NUMBER, MUST_BE }, { "length", "length", AS_REAL, ELSE_ZERO }, { "vec", "vec", AS_BYTES, ELSE_ZERO },
};
static const struct whole_column terms_queue[] = { { "article", "article", AS_NUMBER, MUST_BE } };
static const struct whole_column derived[] = {
	{ "article", "article", AS_NUMBER, MUST_BE }, { "topic", "topic", AS_NUMBER, MUST_BE }, { "story", "story", AS_NUMBER, MUST_BE },
	{ "telling", "telling", AS_NUMBER, ELSE_ZERO }, { "coverage", "coverage", AS_REAL, ELSE_ZERO },
};
static const struct whole_column vectors[] = { { "article", "article", AS_NUMBER, MUST_BE }, { "vec", "vec", AS_BYTES, ELSE_ZERO } };
static const struct whole_column wordvecs[] = {
	{ "article", "article", AS_NUMBER, MUST_BE }, { "vec", "vec", AS_BYTES, ELSE_ZERO }, { "title", "title", AS_BYTES, MAY_BE_NULL },
};
static const struct whole_column topics[] = {
	{ "id", "id", AS_NUMBER, MUST_BE }, { "name", "name", AS_LINE, ELSE_ZERO }, { "articles", "articles", AS_NUMBER, ELSE_ZERO },
	{ "terms", "terms", AS_LINES, ELSE_ZERO }, { "named_for", "named_for", AS_BYTES, ELSE_ZERO },
};
static const struct whole_column blobs[] = {
	{ "name", "name", AS_LINE, MUST_BE }, { "version", "version", AS_NUMBER, ELSE_ZERO }, { "data", "data", AS_BYTES, ELSE_ZERO },
};

struct table { const char *name, *insert, *order; const struct whole_column *column; size_t n; };

#define COLUMNS(of) of, sizeof of / sizeof *of

static const struct table tables[WHOLE_COUNT] = {
	[WHOLE_FEEDS] = { "feeds", "INSERT", "position IS NULL, position, id", COLUMNS(feeds) },
	[WHOLE_FETCHES] = { "fetches", "INSERT", "feed, at", COLUMNS(fetches) },
	[WHOLE_GONE] = { "gone", "INSERT", "feed, name_key, guid_key", COLUMNS(gone) },
	[WHOLE_ARTICLES] = { "articles", "INSERT", "feed, at, id", COLUMNS(articles) },
	[WHOLE_BODIES] = { "bodies", "INSERT", "article", COLUMNS(bodies) },
	[WHOLE_ENCLOSURES] = { "enclosures", "INSERT", "article, n", COLUMNS(enclosures) },
	[WHOLE_EARLIER] = { "earlier", "INSERT", "article, id", COLUMNS(earlier) },
	[WHOLE_DIGESTS] = { "digests", "INSERT", "article, digest", COLUMNS(digests) },
	[WHOLE_EVENTS] = { "events", "INSERT", "id", COLUMNS(events) },
	[WHOLE_TRIALS] = { "trials", "INSERT", "id", COLUMNS(trials) },
	[WHOLE_TOPIC_NAMES] = { "topic_names", "INSERT", "topic", COLUMNS(topic_names) },
	[WHOLE_TERMS] = { "terms", "INSERT", "id", COLUMNS(terms) },
	[WHOLE_FORMS] = { "forms", "INSERT", "term, form", COLUMNS(forms) },
	[WHOLE_CORPUS] = { "corpus", "INSERT OR REPLACE", "id", COLUMNS(corpus) },
	[WHOLE_TERMVECS] = { "termvecs", "INSERT", "article", COLUMNS(termvecs) },
	[WHOLE_TERMS_QUEUE] = { "terms_queue", "INSERT", "article", COLUMNS(terms_queue) },
	[WHOLE_DERIVED] = { "derived", "INSERT", "article", COLUMNS(derived) },
	[WHOLE_VECTORS] = { "vectors", "INSERT", "article", COLUMNS(vectors) },
	[WHOLE_WORDVECS] = { "wordvecs", "INSERT", "article", COLUMNS(wordvecs) },
	[WHOLE_TOPICS] = { "topics", "INSERT", "id", COLUMNS(topics) },
	[WHOLE_BLOBS] = { "blobs", "INSERT OR REPLACE", "name", COLUMNS(blobs) },
};

const char *whole_name(enum whole_table t)
{
	return tables[t].name;
}

/* Of a feed "gone" says something else. */
const char *whole_rows(enum whole_table t)
{
	return t == WHOLE_GONE ? "let_go" : tables[t].name;
}

const struct whole_column *whole_columns(enum whole_table t, size_t *n)
{
	*n = tables[t].n;
	return tables[t].column;
}

static void add_columns(struct buf *sql, const struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		buf_printf(sql, "%s%s", i ? ", " : "", t->column[i].name);
}

/* ---- out ---- */

static struct whole_value read_value(struct stmt *s, int i, enum whole_as as)
{
	struct whole_value v = { .null = stmt_col_null(s, i) };

	if (v.null)
		return v;
	switch (as) {
	case AS_NUMBER:
	case AS_TIME:
	case AS_HASH:
	case AS_KIND:
	case AS_FEED:
	case AS_OWNER:
		v.i = stmt_col_int(s, i);
		break;
	case AS_REAL:
		v.r = stmt_col_real(s, i);
		break;
	case AS_BYTES:
		v.s = stmt_col_blob(s, i, &v.n);
		break;
	default:
		v.s = stmt_col_text(s, i);
		v.n = strlen(v.s);
	}
	return v;
}

enum err whole_each(struct store *st, enum whole_table t, int64_t owner, whole_fn *fn, void *user, struct err_info *info)
{
	const struct table *table = &tables[t];
	struct whole_value v[WHOLE_COLUMNS];
	struct buf sql = BUF_INIT;
	struct stmt *s;
	bool row = true;
	enum err e = OK;

	buf_puts(&sql, "SELECT ");
	add_columns(&sql, table);
	buf_printf(&sql, " FROM %s", table->name);
	if (owner)
		buf_printf(&sql, " WHERE %s = ?1", table->column[0].name);
	else if (t == WHOLE_BLOBS)
		buf_puts(&sql, " WHERE name <> '" STORE_SYNCED_BLOB "'"); /* it is about the subscription file of this machine */
	buf_printf(&sql, " ORDER BY %s", table->order);
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	if (owner)
		stmt_int(s, 1, owner);
	while (e == OK && row) {
		e = stmt_step(s, &row, info);
		for (size_t i = 0; e == OK && row && i < table->n; i++)
			v[i] = read_value(s, (int)i, table->column[i].as);
		if (e == OK && row)
			e = fn(user, v, info);
	}
	stmt_reset(s);
	return e;
}

/* ---- in ---- */

static void bind_value(struct stmt *s, int i, enum whole_as as, const struct whole_value *v)
{
	if (v->null)
		stmt_null(s, i);
	else if (as == AS_REAL)
		stmt_real(s, i, v->r);
	else if (as == AS_BYTES)
		stmt_blob(s, i, v->n ? v->s : "", v->n);
	else if (as == AS_NUMBER || as == AS_TIME || as == AS_HASH || as == AS_KIND || as == AS_FEED || as == AS_OWNER)
		stmt_int(s, i, v->i);
	else
		stmt_text_n(s, i, v->n ? v->s : "", v->n);
}

enum err whole_put(struct store *st, enum whole_table t, const struct whole_value *v, struct err_info *info)
{
	const struct table *table = &tables[t];
	struct buf sql = BUF_INIT;
	struct stmt *s;
	enum err e;

	buf_printf(&sql, "%s INTO %s (", table->insert, table->name);
	add_columns(&sql, table);
	buf_puts(&sql, ") VALUES (");
	for (size_t i = 0; i < table->n; i++)
		buf_printf(&sql, "%s?%zu", i ? ", " : "", i + 1);
	buf_putc(&sql, ')');
	s = db_sql(st->db, buf_str(&sql));
	buf_clear(&sql);
	for (size_t i = 0; i < table->n; i++)
		bind_value(s, (int)i + 1, table->column[i].as, &v[i]);
	e = stmt_run(s, info);
	return e == ERR_SYNTAX ? err_set(info, ERR_SYNTAX, "a record that doesn't fit those before it (%s)", table->name) : e;
}

/* ---- before and after ---- */

enum err whole_empty(struct store *st, bool *empty, struct err_info *info)
{
	int64_t something = 0;
	enum err e = store_int(st, "SELECT EXISTS (SELECT 1 FROM articles) OR EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM trials)"
		" OR EXISTS (SELECT 1 FROM topic_names) OR EXISTS (SELECT 1 FROM terms) OR EXISTS (SELECT 1 FROM feeds WHERE checked IS NOT NULL)", &something, info);

	if (e == OK)
		*empty = !something;
	return e;
}

enum err whole_clear(struct store *st, struct err_info *info)
{
	return db_exec(st->db, "DELETE FROM feeds; DELETE FROM topics", info);
}

int whole_schema(void)
{
	return schema_version();
}

enum err whole_last(struct store *st, struct whole_last *out, struct err_info *info)
{
	struct whole_last l = { 0 };
	enum err e = store_int(st, "SELECT seq FROM sqlite_sequence WHERE name = 'articles'", &l.article, info);

	if (e == OK)
		e = store_int(st, "SELECT seq FROM sqlite_sequence WHERE name = 'events'", &l.event, info);
	if (e == OK)
		e = store_int(st, "SELECT seq FROM sqlite_sequence WHERE name = 'trials'", &l.trial, info);
	if (e == OK)
		*out = l;
	return e;
}

static enum err go_on_behind(struct store *st, const char *table, int64_t last, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)");
	enum err e;

	stmt_text(s, 1, table);
	e = stmt_run(s, info);
	if (e != OK)
		return e;
	s = db_sql(st->db, "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1");
	stmt_text(s, 1, table);
	stmt_int(s, 2, last);
	return stmt_run(s, info);
}

enum err whole_settle(struct store *st, const struct whole_last *last, struct err_info *info)
{
	int64_t changed;
	enum err e = go_on_behind(st, "articles", last->article, info);

	if (e == OK)
		e = go_on_behind(st, "events", last->event, info);
	if (e == OK)
		e = go_on_behind(st, "trials", last->trial, info);
	if (e == OK)
		e = feeds_recount(st, &changed, info);
	if (e == OK)
		e = db_exec(st->db, "INSERT OR IGNORE INTO search_queue SELECT id FROM articles WHERE retired_at IS NULL;"
			"INSERT OR IGNORE INTO terms_queue SELECT id FROM articles WHERE retired_at IS NULL AND id NOT IN (SELECT article FROM termvecs)", info);
	return e;
}

enum err whole_came(struct store *st, int64_t article, int64_t fetched, int64_t digest, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "UPDATE articles SET fetched = ?2, digest = ?3 WHERE id = ?1");

	stmt_int(s, 1, article);
	stmt_int(s, 2, fetched);
	stmt_int(s, 3, digest);
	return stmt_run(s, info);
}

enum err whole_flags(struct store *st, int64_t article, int64_t read_at, int64_t starred_at, struct err_info *info)
{
	enum err e = OK;

	if (read_at != DATE_NONE)
		e = event_set_flag(st, article, FLAG_READ, true, read_at, info);
	if (e == OK && starred_at != DATE_NONE)
		e = event_set_flag(st, article, FLAG_STAR, true, starred_at, info);
	return e;
}
