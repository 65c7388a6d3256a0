#include "app/watch.h"

#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>

/* The folder, and not the write-ahead log alone, which comes and goes. Its index is memory that is shared, of which nothing is told. */
static int tell(const char *dir)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd >= 0 && inotify_add_watch(fd, dir, IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Other files may lie in the folder. Where too much happened to be told, anything may have. */
static bool of_store(const struct inotify_event *e, const char *name)
{
	return e->mask & IN_Q_OVERFLOW || (e->len && strncmp(e->name, name, strlen(name)) == 0);
}

static bool told(int fd, const char *name)
{
	_Alignas(struct inotify_event) char piece[4096];
	bool any = false;
	ssize_t n;

	while (fd >= 0 && (n = read(fd, piece, sizeof piece)) > 0)
		for (ssize_t i = 0; i < n;) {
			const struct inotify_event *e = (const void *)(piece + i);

			any = any || of_store(e, name);
			i += (ssize_t)(sizeof *e + e->len);
		}
	return any;
}
#else
static int tell(const char *dir)
{
	(void)dir;
	return -1;
}

static bool told(int fd, const char *name)
{
	(void)fd;
	(void)name;
	return false;
}
#endif

enum err watch_open(struct watch *w, struct app *app, struct err_info *info)
{
	struct watch fresh = { .app = app, .fd = tell(app->data_dir) };
	enum err e = store_marks(&app->store, &fresh.seen, info);

	fresh.polls = fresh.fd < 0;
	if (e != OK)
		watch_close(&fresh);
	else
		*w = fresh;
	return e;
}

void watch_close(struct watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	*w = (struct watch)WATCH_INIT;
}

bool watch_told(struct watch *w)
{
	const char *path = w->app ? w->app->store_path : "", *slash = strrchr(path, '/');

	return told(w->fd, slash ? slash + 1 : path);
}

enum err watch_look(struct watch *w, struct changes *out, struct err_info *info)
{
	struct store_marks now;
	enum err e = store_marks(&w->app->store, &now, info);

	if (e != OK)
		return e;
	*out = (struct changes){ .any = now.version != w->seen.version };
	if (out->any) { /* else what is new is our own */
		out->articles = now.article > w->seen.article;
		out->after = w->seen.article;
		out->events = now.event != w->seen.event;
	}
	w->seen = now;
	return OK;
}
