#include "app/fetch_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define LOOK_NS 20000000L /* 1/50 s */

/* A file of its own: closing any descriptor of a file drops this process's record locks on it, and SQLite has its own on the store. A record lock rather than flock(): the
 * system knows whose it is, and a login command that we start doesn't inherit it. */
static struct flock whole(short type)
{
	return (struct flock){ .l_type = type, .l_whence = SEEK_SET };
}

static bool try_lock(int fd)
{
	struct flock want = whole(F_WRLCK);

	return fcntl(fd, F_SETLK, &want) == 0;
}

static bool held_by_another(void)
{
	return errno == EACCES || errno == EAGAIN || errno == EINTR;
}

static long holder(int fd)
{
	struct flock there = whole(F_WRLCK);

	return fcntl(fd, F_GETLK, &there) == 0 && there.l_type != F_UNLCK && there.l_pid > 0 ? (long)there.l_pid : 0;
}

static bool cancelled(const struct fetch_wait *w)
{
	return w->cancel && *w->cancel;
}

/* Looks again and again: a wait in the kernel could only be bounded by a signal, and that is the whole program's. */
static enum err wait_for(int fd, const struct fetch_wait *w, bool *mine, struct err_info *info)
{
	int patience = w->patience ? w->patience : FETCH_PATIENCE;
	const struct timespec nap = { 0, LOOK_NS };
	double start = log_monotonic();

	if (w->waits)
		w->waits(w->user, holder(fd));
	while (!cancelled(w)) {
		if (try_lock(fd)) {
			*mine = true;
			return OK;
		}
		if (!held_by_another()) /* whoever had it is gone, and with it what was known of locks here */
			return OK;
		if (log_monotonic() - start > patience)
			return err_set(info, ERR_BUSY, "another fetch (process %ld) has not ended within %d s", holder(fd), patience);
		(void)nanosleep(&nap, NULL);
	}
	return OK;
}

static enum err count_items(struct app *app, int64_t *n, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct feed_list all;
	enum err e = feeds_load(&app->store, true, &a, &all, info);

	for (size_t i = 0; e == OK && i < all.n; i++)
		*n += all.feed[i].items;
	arena_clear(&a);
	return e;
}

static enum err wait_and_count(struct app *app, int fd, const struct fetch_wait *w, bool *mine, int64_t *more, struct err_info *info)
{
	int64_t before = 0, after = 0;
	enum err e = count_items(app, &before, info);

	if (e == OK)
		e = wait_for(fd, w, mine, info);
	if (e == OK)
		e = count_items(app, &after, info);
	*more = after > before ? after - before : 0;
	return e;
}

enum err fetch_lock(struct app *app, const struct fetch_wait *w, struct fetch_turn *out, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	const char *path = arena_printf(&a, "%s/fetch.lock", app->data_dir);
	struct fetch_turn t = FETCH_TURN_INIT;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool mine = false;
	enum err e = fd < 0 ? err_errno(info, "%s: can't be made", path) : OK;

	if (e == OK) {
		mine = try_lock(fd);
		t.waited = !mine && held_by_another();
	}
	if (t.waited)
		e = wait_and_count(app, fd, w, &mine, &t.items_other, info);
	arena_clear(&a);
	if (fd >= 0 && (!mine || e != OK))
		(void)close(fd);
	if (e == OK) {
		t.lock = mine ? fd : -1;
		*out = t;
	}
	return e;
}

void fetch_unlock(struct fetch_turn *turn)
{
	if (turn->lock >= 0)
		(void)close(turn->lock);
	turn->lock = -1;
}
