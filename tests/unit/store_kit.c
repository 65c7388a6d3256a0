#include "tests/unit/store_kit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void kit_plain(void *user, const struct entry *e, struct buf *out)
{
	(void)user;
	buf_printf(out, "%s %s", e->summary ? e->summary : "", e->content ? e->content : "");
}

enum err kit_open(struct store *st, const char *path, struct err_info *info)
{
	enum err e = store_open(st, path, DB_READ_WRITE, info);

	if (e == OK)
		store_text(st, kit_plain, NULL);
	return e;
}

int kit_setup(void **state)
{
	struct kit *k = mem_zero(1, sizeof *k);
	const char *tmp = getenv("TMPDIR");
	static const struct sub subs[] = { { .url = "http://one.example/f" }, { .url = "http://two.example/f" } };

	snprintf(k->dir, sizeof k->dir, "%s/eclose-store-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(k->dir));
	snprintf(k->path, sizeof k->path, "%s/store.db", k->dir);
	must(kit_open(&k->st, k->path, &k->info));
	must(feeds_sync(&k->st, subs, 2, &k->info));
	*state = k;
	return 0;
}

int kit_teardown(void **state)
{
	struct kit *k = *state;
	struct dirent *d;
	DIR *dir;

	store_close(&k->st);
	arena_clear(&k->a);
	dir = opendir(k->dir);
	while (dir && (d = readdir(dir))) {
		char file[512];

		snprintf(file, sizeof file, "%s/%s", k->dir, d->d_name);
		unlink(file);
	}
	if (dir)
		closedir(dir);
	rmdir(k->dir);
	free(k);
	return 0;
}

const char *kit_file(struct kit *k, const char *name)
{
	return arena_printf(&k->a, "%s/%s", k->dir, name);
}

void kit_reopen(struct kit *k)
{
	store_close(&k->st);
	must(kit_open(&k->st, k->path, &k->info));
}

int64_t kit_int(struct kit *k, const char *sql)
{
	struct stmt *s = db_sql(k->st.db, sql);
	bool row;
	int64_t v;

	must(stmt_step(s, &row, &k->info));
	assert_true(row);
	v = stmt_col_int(s, 0);
	stmt_reset(s);
	return v;
}

enum err kit_try_put(struct store *st, int64_t feed, int64_t at, struct entry *e, size_t n, int *added, struct err_info *info)
{
	struct feed_doc doc = { .title = "A feed", .link = "http://one.example/", .entries = e, .n_entries = n, .updated = DATE_NONE, .ttl = -1 };
	struct fetched f = { .feed_id = feed, .at = at, .next = at + 3600, .http = 200, .doc = &doc, .etag = "\"x\"" };

	return feeds_put(st, &f, kit_plain, NULL, added, info);
}

int kit_put(struct kit *k, int64_t feed, int64_t at, struct entry *e, size_t n)
{
	int added = -1;

	must(kit_try_put(&k->st, feed, at, e, n, &added, &k->info));
	return added;
}

int64_t kit_article(struct kit *k, int64_t feed, const char *title, const char *body)
{
	struct entry e = ENTRY(.id = arena_printf(&k->a, "%lld/%s", (long long)feed, title), .title = title, .content = body);

	assert_int_equal(kit_put(k, feed, KIT_NOW, &e, 1), 1);
	return kit_int(k, "SELECT max(id) FROM articles");
}

struct feed kit_feed(struct kit *k, int64_t id)
{
	struct feed_list l;

	must(feeds_load(&k->st, true, &k->a, &l, &k->info));
	for (size_t i = 0; i < l.n; i++)
		if (l.feed[i].id == id)
			return l.feed[i];
	fail_msg("no feed %d", (int)id);
	return (struct feed){ 0 };
}

struct item kit_item(struct kit *k, int64_t id)
{
	struct item it = { 0 };

	must(articles_get(&k->st, id, &k->a, &it, &k->info));
	return it;
}

void kit_healthy(struct kit *k)
{
	struct doctor_report r;

	must(doctor_check(&k->st, &k->a, &r, &k->info));
	assert_string_equal(r.integrity, "ok");
	assert_int_equal(r.orphans, 0);
	assert_int_equal(r.df_wrong, 0);
	assert_int_equal(r.count_wrong, 0);
}
