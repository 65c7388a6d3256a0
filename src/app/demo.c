#include "app/demo.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/body.h"
#include "app/refresh.h"
#include "base/rng.h"
#include "feeds/parse.h"
#include "feeds/urls.h"

#define SAMPLES_MOST 64
#define SAMPLE_BYTES ((size_t)4 << 20)
#define NEWEST_AGE (20 * 60)     /* seconds: how old the newest sample article is */
#define FAR_AWAY (365 * DATE_DAY)

/* ---- the folder ---- */

#define FOLDER "eclose-demo-" /* then the number of the process */

static void remove_folder(const char *path)
{
	DIR *d = opendir(path);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
	rmdir(path);
}

/* Folders of programs that were killed before they could tidy up. */
static void sweep(const char *tmp)
{
	DIR *d = opendir(tmp);
	struct buf path = BUF_INIT;
	long pid;

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		if (strncmp(e->d_name, FOLDER, strlen(FOLDER)) != 0)
			continue;
		pid = strtol(e->d_name + strlen(FOLDER), NULL, 10);
		if (pid <= 1 || kill((pid_t)pid, 0) == 0 || errno != ESRCH)
			continue;
		buf_cut(&path, 0);
		buf_printf(&path, "%s/%s", tmp, e->d_name);
		remove_folder(path.s);
	}
	closedir(d);
	buf_clear(&path);
}

static const char *bundled(struct arena *a, const char *name)
{
	const char *dir = getenv("ECLOSE_DATADIR");

	return arena_printf(a, "%s/%s", dir && *dir ? dir : ECLOSE_PKGDATADIR, name);
}

#define STORE_MOST ((size_t)256 << 20)

/* The store that was made from the sample feeds when the program was built, where there is one: it saves the first screen a third of a second. */
static enum err copy_store(struct app *app, struct err_info *info)
{
	struct buf bytes = BUF_INIT;
	enum err e = buf_read_file(&bytes, bundled(&app->arena, "samples.db"), STORE_MOST, info);

	if (e == OK)
		e = buf_write_file(app->store_path, bytes.s, bytes.len, 0600, info);
	else
		e = OK; /* then they are read from the feeds */
	buf_clear(&bytes);
	return e;
}

enum err demo_folders(struct app *app, struct err_info *info)
{
	const char *tmp = getenv("TMPDIR");
	char *dir;

	if (!tmp || !*tmp)
		tmp = "/tmp";
	sweep(tmp);
	dir = arena_printf(&app->arena, "%s/" FOLDER "%ld-XXXXXX", tmp, (long)getpid());
	if (!mkdtemp(dir)) {
		app->demo = false; /* nothing to remove */
		return err_errno(info, "can't make a folder for the sample feeds: %s", dir);
	}
	app->config_dir = app->data_dir = dir;
	app->urls_path = arena_printf(&app->arena, "%s/urls", dir);
	app->config_path = arena_printf(&app->arena, "%s/config", dir);
	app->store_path = arena_printf(&app->arena, "%s/eclose.db", dir);
	return copy_store(app, info);
}

void demo_remove(struct app *app)
{
	remove_folder(app->data_dir);
}

/* ---- the sample feeds ---- */

struct sample {
	const char *name;  /* file name without its ending */
	const char *url;
	struct feed_doc doc;
};

struct samples {
	struct arena arena;
	struct sample sample[SAMPLES_MOST];
	size_t n;
	int64_t newest;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct sample *)a)->name, ((const struct sample *)b)->name);
}

static enum err list_samples(struct samples *s, struct err_info *info)
{
	const char *folder = bundled(&s->arena, "samples");
	DIR *d = opendir(folder);

	if (!d)
		return err_errno(info, "the sample feeds aren't installed: %s", folder);
	for (struct dirent *e; s->n < SAMPLES_MOST && (e = readdir(d));) {
		const char *dot = strrchr(e->d_name, '.');

		if (!dot || (strcmp(dot, ".xml") != 0 && strcmp(dot, ".json") != 0))
			continue;
		s->sample[s->n++] = (struct sample){
			.name = arena_strndup(&s->arena, e->d_name, (size_t)(dot - e->d_name)),
			.url = arena_printf(&s->arena, "file://%s/%s", folder, e->d_name),
		};
	}
	closedir(d);
	qsort(s->sample, s->n, sizeof *s->sample, by_name);
	return s->n ? OK : err_set(info, ERR_NOTFOUND, "there are no sample feeds in %s", folder);
}

static enum err read_sample(struct samples *s, struct sample *one, struct err_info *info)
{
	struct parse_hints hints = { NULL, NULL };
	struct buf text = BUF_INIT;
	const char *path = one->url + strlen("file://");
	enum err e = buf_read_file(&text, path, SAMPLE_BYTES, info);

	if (e == OK) {
		e = feed_parse(&s->arena, buf_str(&text), text.len, &hints, &one->doc, info);
		if (e != OK)
			e = err_at(info, "%s", path);
	}
	for (size_t i = 0; e == OK && i < one->doc.n_entries; i++)
		if (one->doc.entries[i].published != DATE_NONE && one->doc.entries[i].published > s->newest)
			s->newest = one->doc.entries[i].published;
	buf_clear(&text);
	return e;
}

static void shift(struct feed_doc *doc, int64_t by)
{
	for (size_t i = 0; i < doc->n_entries; i++) {
		struct entry *e = &doc->entries[i];

		if (e->published != DATE_NONE)
			e->published += by;
		if (e->updated != DATE_NONE)
			e->updated += by;
	}
}

static enum err put_samples(struct app *app, struct samples *s, struct err_info *info)
{
	int64_t now = app_now(app), by = now - NEWEST_AGE - s->newest;
	struct feed_list feeds;
	struct sub *subs = arena_zero(&app->arena, s->n, sizeof *subs);
	enum err e;

	for (size_t i = 0; i < s->n; i++)
		subs[i] = (struct sub){ .url = arena_strdup(&app->arena, s->sample[i].url) };
	app->subs = (struct subs){ .sub = subs, .n = s->n };
	e = feeds_sync(&app->store, subs, s->n, info);
	if (e == OK)
		e = feeds_load(&app->store, false, &s->arena, &feeds, info);
	for (size_t i = 0; e == OK && i < s->n && i < feeds.n; i++) {
		struct fetched f = { .feed_id = feeds.feed[i].id, .at = now, .next = now + FAR_AWAY, .http = 200, .doc = &s->sample[i].doc };
		int items_new;

		shift(&s->sample[i].doc, by);
		e = feeds_put(&app->store, &f, body_text, NULL, &items_new, info);
	}
	return e;
}

static enum err load_samples(struct app *app, struct samples *s, struct err_info *info)
{
	enum err e = list_samples(s, info);

	for (size_t i = 0; e == OK && i < s->n; i++)
		e = read_sample(s, &s->sample[i], info);
	if (e == OK)
		e = db_begin(app->store.db, info);
	if (e != OK)
		return e;
	e = put_samples(app, s, info);
	return db_end(app->store.db, e, info);
}

/* ---- a month of reading ---- */

#define MONTH_DAYS 30
#define UNREAD_DAYS 3       /* the last days are left for the newcomer */
#define MORNING (7 * DATE_HOUR)
#define SECONDS_A_WORD 0.26

/* Chance that the simulated reader opens an article of a feed; all others: OTHERS. */
static const struct { const char *feed; double chance; } tastes[] = {
	{ "Dark Sky Log", 0.85 }, { "Tidepool", 0.75 }, { "Kernel Notes", 0.7 }, { "Proof Sketch", 0.45 }, { "Slow Oven", 0.35 },
};
#define OTHERS 0.06
#define SEEN 0.5            /* chance that one that isn't opened was seen and passed over */

static double taste(const char *feed_title)
{
	for (size_t t = 0; t < sizeof tastes / sizeof *tastes; t++)
		if (strcmp(tastes[t].feed, feed_title) == 0)
			return tastes[t].chance;
	return OTHERS;
}

static struct event simulated(const struct item *it, double chance, struct rng *rng)
{
	double u = rng_uniform(rng), seen = rng_uniform(rng), pace = 0.5 + rng_uniform(rng);
	struct event e = { .article = it->id, .kind = EVENT_KIND_COUNT, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1 };

	e.at = (it->published / DATE_DAY + 1) * DATE_DAY + MORNING + rng_below(rng, 1800);
	if (u < chance) {
		e.kind = EVENT_OPEN;
		e.dwell = it->words * SECONDS_A_WORD * pace + 5;
		e.scroll = 1;
	} else if (seen < SEEN) {
		e.kind = EVENT_SKIP;
	}
	return e;
}

/* Every morning of a month the reader goes through what came the day before, oldest first. */
static enum err read_for_a_month(struct app *app, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list items;
	struct arena a = ARENA_INIT;
	struct rng rng;
	int64_t now = app_now(app);
	enum err e;

	rng_seed(&rng, 7);
	q.order = ORDER_OLD;
	e = articles_list(&app->store, &q, &a, &items, info);
	if (e == OK)
		e = db_begin(app->store.db, info);
	for (size_t i = 0; e == OK && i < items.n; i++) {
		const struct item *it = &items.item[i];
		struct event ev = simulated(it, taste(it->feed_title), &rng);

		if (ev.kind != EVENT_KIND_COUNT && ev.at < now - UNREAD_DAYS * DATE_DAY && ev.at > now - MONTH_DAYS * DATE_DAY)
			e = events_append(&app->store, &ev, info);
	}
	arena_clear(&a);
	return db_end(app->store.db, e, info);
}

/* A subscription file of the sample feeds, for whoever opens this profile beside us: the fetch that the reader starts. */
static enum err write_urls(struct app *app, struct err_info *info)
{
	struct buf text = BUF_INIT;
	enum err e;

	for (size_t i = 0; i < app->subs.n; i++)
		urls_line(&app->subs.sub[i], &text);
	e = buf_write_file(app->urls_path, buf_str(&text), text.len, 0600, info);
	buf_clear(&text);
	return e;
}

/* The subscriptions as the store has them. */
static enum err known_subs(struct app *app, struct err_info *info)
{
	struct feed_list feeds;
	enum err e = feeds_load(&app->store, false, &app->arena, &feeds, info);

	if (e != OK)
		return e;
	app->subs = (struct subs){ .sub = arena_zero(&app->arena, feeds.n + 1, sizeof *app->subs.sub), .n = feeds.n };
	for (size_t i = 0; i < feeds.n; i++)
		app->subs.sub[i] = (struct sub){ .url = feeds.feed[i].url };
	return OK;
}

/* A store that was made beforehand: its articles become as fresh as they were then. */
static enum err freshen(struct app *app, struct err_info *info)
{
	struct article_query q = ARTICLE_QUERY_INIT;
	struct item_list newest;
	struct arena a = ARENA_INIT;
	enum err e;

	q.limit = 1;
	e = articles_list(&app->store, &q, &a, &newest, info);
	if (e == OK && newest.n)
		e = articles_shift(&app->store, app_now(app) - NEWEST_AGE - newest.item[0].published, info);
	arena_clear(&a);
	return e;
}

enum err demo_fill(struct app *app, bool samples, struct err_info *info)
{
	struct samples *s = mem_zero(1, sizeof *s);
	enum err e = db_sync(app->store.db, DB_SYNC_LATER, info); /* nothing of it is kept */

	if (e == OK)
		e = known_subs(app, info);
	if (e == OK && app->subs.n) {
		e = freshen(app, info);
	} else if (e == OK) {
		e = load_samples(app, s, info);
		if (e == OK)
			e = app_vectorise(app, info);
	}
	if (e == OK)
		e = write_urls(app, info);
	if (e == OK && !samples)
		e = read_for_a_month(app, info);
	arena_clear(&s->arena);
	free(s);
	return e;
}
