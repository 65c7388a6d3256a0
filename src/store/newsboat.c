/* newsboat - its cache.db. The tables are newsboat's own, as its cache.cpp makes them: rss_item has a row an article, with the address of its feed; pubDate is in
 * seconds, 0 where unknown; unread and deleted are 0 or 1. Columns that only some versions have aren't asked for. */
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

struct newsboat { struct db *db; };

static enum err is_newsboat(struct db *db, struct err_info *info)
{
	struct stmt *s = db_sql(db, "SELECT count(*) FROM pragma_table_info('rss_item')"
		" WHERE name IN ('guid', 'title', 'author', 'url', 'feedurl', 'pubDate', 'content', 'unread', 'deleted')");
	bool row, is = false;
	enum err e = stmt_step(s, &row, info);

	if (e == OK && row)
		is = stmt_col_int(s, 0) == 9;
	stmt_reset(s);
	return e == OK && !is ? err_set(info, ERR_SYNTAX, "%.300s: is a database, and not newsboat's cache.db", db_path(db)) : e;
}

enum err newsboat_open(const char *path, struct newsboat **out, struct err_info *info)
{
	struct newsboat nb;
	enum err e = db_open(path, DB_READ_ONLY, &nb.db, info);

	if (e != OK)
		return e;
	e = is_newsboat(nb.db, info);
	if (e != OK) {
		db_close(nb.db);
		return e;
	}
	*out = mem_alloc(sizeof nb);
	**out = nb;
	return OK;
}

void newsboat_close(struct newsboat *nb)
{
	if (!nb)
		return;
	db_close(nb->db);
	free(nb);
}

enum err newsboat_feeds(struct newsboat *nb, struct arena *a, const char ***url, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(nb->db, "SELECT DISTINCT feedurl FROM rss_item ORDER BY feedurl");
	const char **list = NULL;
	size_t count = 0, cap = 0;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, info)) == OK && row) {
		MEM_GROW(list, count, cap);
		list[count] = stmt_col_dup(s, 0, a);
		count += list[count] != NULL;
	}
	if (e == OK) {
		*url = arena_alloc(a, (count + 1) * sizeof *list);
		if (count)
			memcpy(*url, list, count * sizeof *list);
		*n = count;
	}
	free(list);
	return e;
}

enum err newsboat_items(struct newsboat *nb, const char *feed, struct arena *a, struct newsboat_item **out, size_t *n, struct err_info *info)
{
	struct stmt *s = db_sql(nb->db, "SELECT guid, title, author, url, content, pubDate, unread FROM rss_item WHERE feedurl = ?1 AND NOT deleted"
		" ORDER BY pubDate, id");
	struct newsboat_item *list = NULL;
	size_t count = 0, cap = 0;
	bool row;
	enum err e;

	stmt_text(s, 1, feed);
	while ((e = stmt_step(s, &row, info)) == OK && row) {
		int64_t at = stmt_col_int(s, 5);

		MEM_GROW(list, count, cap);
		list[count++] = (struct newsboat_item){
			.guid = stmt_col_dup(s, 0, a), .title = stmt_col_dup(s, 1, a), .author = stmt_col_dup(s, 2, a), .link = stmt_col_dup(s, 3, a),
			.content = stmt_col_dup(s, 4, a), .published = at > 0 ? at : DATE_NONE, .read = stmt_col_int(s, 6) == 0,
		};
	}
	if (e == OK) {
		*out = arena_alloc(a, (count + 1) * sizeof *list);
		if (count)
			memcpy(*out, list, count * sizeof *list);
		*n = count;
	}
	free(list);
	return e;
}
