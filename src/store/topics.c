#include <string.h>

#include "store/store_private.h"

/* ---- topics ---- */

static enum err replace_topics(struct store *st, const struct topic_row *t, size_t n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO topics (id, name, articles, terms, named_for) VALUES (?1, ?2, ?3, ?4, ?5)");
	enum err e = db_exec(st->db, "DELETE FROM topics", info);

	for (size_t i = 0; e == OK && i < n; i++) {
		const char *name = t[i].coined ? t[i].coined : t[i].name;

		stmt_int(s, 1, t[i].id);
		stmt_text(s, 2, name ? name : "");
		stmt_int(s, 3, t[i].articles);
		stmt_text(s, 4, t[i].terms ? t[i].terms : "");
		stmt_blob(s, 5, t[i].n_named_for ? t[i].named_for : (const void *)"", t[i].n_named_for * sizeof *t[i].named_for);
		e = stmt_run(s, info);
	}
	return e;
}

enum err topics_put(struct store *st, const struct topic_row *t, size_t n, struct err_info *info)
{
	enum err e = db_begin(st->db, info);

	return e == OK ? db_end(st->db, replace_topics(st, t, n, info), info) : e;
}

static void read_topic(struct stmt *s, struct arena *a, struct topic_row *t)
{
	size_t bytes;
	const void *named_for;

	*t = (struct topic_row){ .id = (int)stmt_col_int(s, 0), .coined = stmt_col_dup(s, 1, a), .articles = stmt_col_int(s, 2), .terms = stmt_col_dup(s, 3, a) };
	named_for = stmt_col_blob(s, 4, &bytes);
	t->n_named_for = bytes / sizeof *t->named_for;
	if (t->n_named_for)
		t->named_for = memcpy(arena_alloc(a, t->n_named_for * sizeof *t->named_for), named_for, t->n_named_for * sizeof *t->named_for);
	t->given = !stmt_col_null(s, 5);
	t->name = t->given ? stmt_col_dup(s, 5, a) : t->coined;
}

/* Room for one more of n in the arena: what a smaller array held is given back with the rest. */
static void *grow(struct arena *a, void *rows, size_t n, size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return rows;
	*cap = *cap ? 2 * *cap : 64;
	more = arena_alloc(a, *cap * size);
	return n ? memcpy(more, rows, n * size) : more;
}

enum err topics_load(struct store *st, struct arena *a, struct topic_row **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT t.id, t.name, t.articles, t.terms, t.named_for, g.name FROM topics t LEFT JOIN topic_names g ON g.topic = t.id ORDER BY t.id");
	struct topic_row *t = NULL;
	size_t k = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		t = grow(a, t, k, &cap, sizeof *t);
		read_topic(s, a, &t[k++]);
	}
	if (e != OK)
		return e;
	*out = t;
	*n = k;
	return OK;
}

/* ---- the reader's names ---- */

enum err topics_given(struct store *st, bool *given, size_t most, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT topic FROM topic_names");
	bool row;
	enum err e;

	memset(given, 0, most * sizeof *given);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		int64_t id = stmt_col_int(s, 0);

		if (id >= 0 && (size_t)id < most)
			given[id] = true;
	}
	return e;
}

static enum err topic_there(struct store *st, int id, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM topics WHERE id = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	e = stmt_step(s, &row, info);
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "no topic %d", id) : e;
}

enum err topics_rename(struct store *st, int id, const char *name, struct err_info *info)
{
	struct stmt *s;
	enum err e = topic_there(st, id, info);

	if (e != OK)
		return e;
	if (!name)
		return store_run_id(st, "DELETE FROM topic_names WHERE topic = ?1", id, info);
	s = db_sql(st->db, "INSERT OR REPLACE INTO topic_names VALUES (?1, ?2)");
	stmt_int(s, 1, id);
	stmt_text(s, 2, name);
	return stmt_run(s, info);
}

/* ---- counts ---- */

enum err topics_counts(struct store *st, struct arena *a, struct topic_count **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT d.topic, count(*), sum(a.read_at IS NULL) FROM derived d JOIN articles a ON a.id = d.article WHERE d.topic >= 0 AND a.retired_at IS NULL"
		" GROUP BY d.topic ORDER BY d.topic");
	struct topic_count *c = NULL;
	size_t k = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		c = grow(a, c, k, &cap, sizeof *c);
		c[k++] = (struct topic_count){ (int)stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2) };
	}
	if (e != OK)
		return e;
	*out = c;
	*n = k;
	return OK;
}

/* ---- stories ---- */

enum err stories_list(struct store *st, size_t limit, struct arena *a, struct story_row **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT d.story, count(*), max(a.at), max(d.telling), max(d.coverage) FROM derived d JOIN articles a ON a.id = d.article"
		" WHERE a.retired_at IS NULL GROUP BY d.story HAVING count(DISTINCT a.feed) > 1 ORDER BY max(d.coverage) DESC, max(a.at) DESC, d.story LIMIT ?1");
	struct story_row *r = NULL;
	size_t k = 0, cap = 0;
	bool row;
	enum err e;

	stmt_limit(s, 1, limit);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		r = grow(a, r, k, &cap, sizeof *r);
		r[k++] = (struct story_row){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2), (int)stmt_col_int(s, 3), stmt_col_real(s, 4) };
	}
	if (e != OK)
		return e;
	*out = r;
	*n = k;
	return OK;
}

static void read_story_article(struct stmt *s, struct arena *a, struct story_article *out)
{
	*out = (struct story_article){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2), stmt_col_int(s, 3), stmt_col_dup(s, 4, a) };
}

static enum err read_story_articles(struct stmt *s, struct arena *a, struct story_articles *out, struct err_info *info)
{
	struct story_article *r = NULL;
	size_t k = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		r = grow(a, r, k, &cap, sizeof *r);
		read_story_article(s, a, &r[k++]);
	}
	if (e == OK)
		*out = (struct story_articles){ r, k };
	return e;
}

#define STORY_ARTICLE "SELECT a.id, a.feed, a.at, coalesce(d.story, a.id), coalesce(a.language, f.language)"

enum err stories_window(struct store *st, int64_t since, struct arena *a, struct story_articles *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, STORY_ARTICLE " FROM (SELECT id FROM articles INDEXED BY articles_at WHERE at >= ?1 AND retired_at IS NULL ORDER BY id DESC LIMIT -1) p CROSS JOIN articles a ON a.id = p.id"
		" CROSS JOIN feeds f ON f.id = a.feed LEFT JOIN derived d ON d.article = a.id ORDER BY p.id DESC");

	stmt_int(s, 1, since);
	return read_story_articles(s, a, out, info);
}

enum err stories_articles(struct store *st, int64_t story, struct arena *a, struct story_articles *out, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, STORY_ARTICLE " FROM derived d JOIN articles a ON a.id = d.article JOIN feeds f ON f.id = a.feed"
		" WHERE d.story = ?1 AND a.retired_at IS NULL ORDER BY a.id DESC");

	stmt_int(s, 1, story);
	return read_story_articles(s, a, out, info);
}
