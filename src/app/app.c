#include "app/app.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/body.h"
#include "app/demo.h"
#include "app/subs_file.h"
#include "base/log.h"
#include "feeds/html.h"
#include "feeds/url.h"
#include "feeds/urls.h"

int64_t app_now(const struct app *app)
{
	return app->frozen == DATE_NONE ? (int64_t)time(NULL) : app->frozen;
}

/* ---- folders ---- */

static enum err make_folder(const char *path, struct err_info *info)
{
	char *copy = mem_strdup(path);
	enum err e = OK;

	/* Every missing folder on the way; only the last is ours alone, but none needs to be open to others. */
	for (char *p = copy + 1; e == OK; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, 0700) == 0)
			buf_sync_folder(copy);
		else if (errno != EEXIST)
			e = err_errno(info, "can't make the folder %s", copy);
		*p = c;
		if (!c)
			break;
	}
	free(copy);
	return e;
}

static const char *xdg(struct arena *a, const char *variable, const char *below_home)
{
	const char *dir = getenv(variable), *home = getenv("HOME");

	if (dir && dir[0] == '/')
		return arena_printf(a, "%s/eclose", dir);
	return home && *home ? arena_printf(a, "%s/%s/eclose", home, below_home) : NULL;
}

static enum err name_folders(struct app *app, const struct app_options *o, struct err_info *info)
{
	struct arena *a = &app->arena;

	app->config_dir = o->config_dir ? arena_strdup(a, o->config_dir) : xdg(a, "XDG_CONFIG_HOME", ".config");
	app->data_dir = o->data_dir ? arena_strdup(a, o->data_dir) : xdg(a, "XDG_DATA_HOME", ".local/share");
	if (!app->config_dir || !app->data_dir)
		return err_set(info, ERR_USAGE, "HOME isn't set; --config DIR and --data DIR say where to live");
	if (!*app->config_dir || !*app->data_dir)
		return err_set(info, ERR_USAGE, "an empty folder name");
	app->urls_path = arena_printf(a, "%s/urls", app->config_dir);
	app->config_path = arena_printf(a, "%s/config", app->config_dir);
	app->store_path = arena_printf(a, "%s/eclose.db", app->data_dir);
	return OK;
}

static enum err find_folders(struct app *app, const struct app_options *o, struct err_info *info)
{
	enum err e = name_folders(app, o, info);

	if (e == OK)
		e = make_folder(app->config_dir, info);
	if (e == OK)
		e = make_folder(app->data_dir, info);
	return e;
}

/* ---- subscriptions ---- */

#define SYNCED_BLOB STORE_SYNCED_BLOB /* its version is the hash of the file that the store's subscribed feeds were made from, its bytes how many there are */

/* Has the store been made to follow a file of these bytes? Then comparing thousands of lines with thousands of rows would find nothing. */
static bool synced(struct app *app, uint64_t hash, size_t *n)
{
	struct arena a = ARENA_INIT;
	const void *count;
	int64_t version;
	size_t size;
	bool is = blob_get(&app->store, SYNCED_BLOB, &a, &version, &count, &size, NULL) == OK && (uint64_t)version == hash && size == sizeof *n;

	if (is)
		memcpy(n, count, size);
	arena_clear(&a);
	return is;
}

/* Together, so that no other program's file comes between. */
static enum err sync_and_note(struct app *app, uint64_t hash, struct err_info *info)
{
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	e = feeds_sync(&app->store, app->subs.sub, app->subs.n, info);
	if (e == OK)
		e = blob_put(&app->store, SYNCED_BLOB, (int64_t)hash, &app->n_subs, sizeof app->n_subs, info);
	return db_end(app->store.db, e, info);
}

/* Where nothing can be written, nothing need be if the file says what the rows do. */
static enum err sync_subs(struct app *app, uint64_t hash, struct err_info *info)
{
	return sync_and_note(app, hash, NULL) == OK ? OK : feeds_sync(&app->store, app->subs.sub, app->subs.n, info);
}

static enum err take_subs(struct app *app, const struct app_options *o, const struct buf *text, struct err_info *info)
{
	uint64_t hash = hash_bytes(buf_str(text), text->len);
	bool same = synced(app, hash, &app->n_subs);
	enum err e;

	if (same && o->skim)
		return OK;
	e = urls_read(&app->arena, buf_str(text), text->len, &app->subs, info);
	if (e != OK)
		return err_at(info, "%s", app->urls_path);
	app->n_subs = app->subs.n;
	return same || o->mode != DB_READ_WRITE || app->read_only ? OK : sync_subs(app, hash, info);
}

static enum err load_subs(struct app *app, const struct app_options *o, struct err_info *info)
{
	struct buf text = BUF_INIT;
	enum err e = buf_read_file(&text, app->urls_path, URLS_MOST, info);

	if (e == OK || e == ERR_NOTFOUND) /* no file is one without a line */
		e = take_subs(app, o, &text, info);
	buf_clear(&text);
	return e;
}

/* ---- open and close ---- */

static enum err open_store(struct app *app, const struct app_options *o, struct err_info *info)
{
	struct err_info why = ERR_INFO_INIT;
	enum err e = store_open(&app->store, app->store_path, o->mode, &why);

	if (e != ERR_READONLY || !o->reads || access(app->store_path, F_OK) != 0)
		return e == OK ? OK : err_set(info, e, "%s", why.text);
	e = store_open(&app->store, app->store_path, DB_READ_ONLY, info);
	app->read_only = e == OK;
	if (e == OK)
		log_say("%s: may not be written, so nothing can be saved", app->store_path);
	return e;
}

static enum err open_all(struct app *app, const struct app_options *o, struct err_info *info)
{
	enum err e = o->demo ? demo_folders(app, info) : find_folders(app, o, info);

	if (e == OK)
		e = config_load(&app->config, app->config_path, &app->arena, info);
	if (e == OK)
		e = open_store(app, o, info);
	if (e == OK)
		store_text(&app->store, body_text, NULL);
	if (e == OK && o->demo)
		return demo_fill(app, o->samples, info);
	if (e == OK)
		e = load_subs(app, o, info);
	return e;
}

enum err app_open(struct app *app, const struct app_options *o, struct err_info *info)
{
	enum err e;

	*app = (struct app){ .program = o->program, .offline = o->offline, .demo = o->demo, .samples = o->samples, .frozen = o->now,
		.explore_given = o->explore_given, .explore = o->explore };
	e = open_all(app, o, info);
	if (e != OK)
		app_close(app);
	return e;
}

enum err app_settings(struct app *app, const struct app_options *o, struct err_info *info)
{
	enum err e;

	*app = (struct app){ .program = o->program, .offline = o->offline, .frozen = o->now, .explore_given = o->explore_given, .explore = o->explore };
	e = name_folders(app, o, info);
	if (e == OK)
		e = config_load(&app->config, app->config_path, &app->arena, info);
	if (e != OK)
		app_close(app);
	return e;
}

void app_close(struct app *app)
{
	store_close(&app->store);
	if (app->demo)
		demo_remove(app);
	arena_clear(&app->arena);
	*app = (struct app){ 0 };
}

enum err app_article(struct app *app, int64_t id, struct arena *a, struct item *item, struct blocks *blocks, struct err_info *info)
{
	struct item it = { 0 };
	const char *html;
	enum err e = articles_get(&app->store, id, a, &it, info);

	if (e != OK)
		return e;
	html = body_of_item(&it);
	html_blocks(a, html, strlen(html), it.link, blocks);
	for (size_t i = 0; i < blocks->n_links; i++)
		blocks->links[i] = url_shown(a, blocks->links[i]);
	it.link_shown = url_shown(a, it.link);
	*item = it;
	return OK;
}
