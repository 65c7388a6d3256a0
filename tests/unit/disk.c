#include "tests/unit/disk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define SECTOR 512
#define FILES_MOST 64

/* What was done to a file since it was synced last: bytes written at an offset, or, without bytes, its length set. */
struct change { sqlite3_int64 at; int n; unsigned char *bytes; };

struct kept {
	char *path;                 /* NULL: this place is free */
	bool synced_there, there;   /* as the synced folder has it; as the program sees it */
	unsigned char *synced;
	size_t n;
	struct change *change;
	size_t n_changes, cap;
};

struct open_file { sqlite3_file base; struct kept *kept; bool with_folder; }; /* its first sync is one of its folder too, as the system does for logs and journals */

static struct {
	sqlite3_vfs vfs, *real;
	bool registered;
	struct kept file[FILES_MOST];
	enum disk_op op;
	enum disk_fault how;
	long countdown;             /* 0: nothing is to fail */
	bool on, failed;
	const char *suffix;
	void (*each)(void *user);
	void *user;
} disk;

/* ---- what is remembered ---- */

static void settle(unsigned char **bytes, size_t *n, const struct change *c)
{
	size_t end = (size_t)c->at + (c->bytes ? (size_t)c->n : 0);

	if (end > *n) {
		*bytes = mem_resize(*bytes, end, 1);
		memset(*bytes + *n, 0, end - *n);
	}
	if (c->bytes)
		memcpy(*bytes + c->at, c->bytes, (size_t)c->n);
	*n = end > *n || !c->bytes ? end : *n;
}

static void forget_changes(struct kept *k)
{
	for (size_t i = 0; i < k->n_changes; i++)
		free(k->change[i].bytes);
	k->n_changes = 0;
}

static void synced(struct kept *k)
{
	for (size_t i = 0; i < k->n_changes; i++)
		settle(&k->synced, &k->n, &k->change[i]);
	forget_changes(k);
}

static void changed(struct kept *k, sqlite3_int64 at, const void *bytes, int n)
{
	struct change c = { .at = at, .n = n };

	if (bytes) {
		c.bytes = mem_alloc((size_t)n);
		memcpy(c.bytes, bytes, (size_t)n);
	}
	MEM_GROW(k->change, k->n_changes, k->cap);
	k->change[k->n_changes++] = c;
}

static void kept_clear(struct kept *k)
{
	forget_changes(k);
	free(k->change);
	free(k->synced);
	free(k->path);
	*k = (struct kept){ 0 };
}

/* What lay there before the disk was used is taken for synced. */
static void read_there(struct kept *k)
{
	FILE *f = fopen(k->path, "rb");
	unsigned char block[4096];
	size_t n;

	if (!f)
		return;
	k->there = k->synced_there = true;
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		settle(&k->synced, &k->n, &(struct change){ (sqlite3_int64)k->n, (int)n, block });
	fclose(f);
}

/* What was made and deleted in the folder of this file stays so. */
static void folder_synced(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;

	for (int i = 0; i < FILES_MOST; i++) {
		struct kept *k = &disk.file[i];

		if (k->path && strncmp(k->path, path, n) == 0 && !strchr(k->path + n, '/'))
			k->synced_there = k->there;
	}
}

static struct kept *kept_of(const char *path)
{
	struct kept *spare = NULL;

	for (int i = 0; i < FILES_MOST; i++) {
		if (disk.file[i].path && strcmp(disk.file[i].path, path) == 0)
			return &disk.file[i];
		if (!disk.file[i].path && !spare)
			spare = &disk.file[i];
	}
	assert(spare);
	spare->path = mem_strdup(path);
	read_there(spare);
	return spare;
}

/* ---- faults ---- */

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool fails(enum disk_op op, const char *path)
{
	if (!disk.countdown || op != disk.op || (disk.suffix && !ends_in(path, disk.suffix)))
		return false;
	if (disk.countdown > 1) {
		disk.countdown--;
		return false;
	}
	if (!disk.on)
		disk.countdown = 0;
	disk.failed = true;
	return true;
}

static int fault(int io_error)
{
	errno = disk.how == DISK_ERROR ? EIO : ENOSPC;
	return disk.how == DISK_ERROR ? io_error : SQLITE_FULL;
}

static void watched(void)
{
	if (disk.each)
		disk.each(disk.user);
}

void disk_fail(enum disk_op op, long nth, enum disk_fault how, bool on, const char *suffix)
{
	disk.op = op;
	disk.countdown = nth;
	disk.how = how;
	disk.on = on;
	disk.suffix = suffix;
	disk.failed = false;
}

bool disk_failed(void)
{
	return disk.failed;
}

void disk_watch(void (*each)(void *user), void *user)
{
	disk.each = each;
	disk.user = user;
}

/* ---- a file; behind ours lies that of the system ---- */

static sqlite3_file *real(sqlite3_file *f)
{
	return (sqlite3_file *)(void *)((struct open_file *)f + 1);
}

static struct kept *of(sqlite3_file *f)
{
	return ((struct open_file *)f)->kept;
}

static int f_close(sqlite3_file *f)
{
	struct kept *k = of(f);
	int rc = real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;

	((struct open_file *)f)->kept = NULL;
	if (k && !k->there && !k->synced_there)
		kept_clear(k);
	return rc;
}

static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	if (of(f) && fails(DISK_READS, of(f)->path))
		return fault(SQLITE_IOERR_READ);
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	struct kept *k = of(f);
	int rc;

	if (!k)
		return real(f)->pMethods->xWrite(real(f), from, n, at);
	watched();
	if (fails(DISK_WRITES, k->path)) {
		if (disk.how != DISK_TORN || n < 2)
			return fault(SQLITE_IOERR_WRITE);
		if (real(f)->pMethods->xWrite(real(f), from, n / 2, at) == SQLITE_OK)
			changed(k, at, from, n / 2);
		return fault(SQLITE_IOERR_WRITE);
	}
	rc = real(f)->pMethods->xWrite(real(f), from, n, at);
	if (rc == SQLITE_OK)
		changed(k, at, from, n);
	return rc;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	int rc;

	if (!of(f))
		return real(f)->pMethods->xTruncate(real(f), n);
	watched();
	if (fails(DISK_WRITES, of(f)->path))
		return fault(SQLITE_IOERR_TRUNCATE);
	rc = real(f)->pMethods->xTruncate(real(f), n);
	if (rc == SQLITE_OK)
		changed(of(f), n, NULL, 0);
	return rc;
}

/* The file of the system isn't synced: no test loses its power. */
static int f_sync(sqlite3_file *f, int flags)
{
	(void)flags;
	if (!of(f))
		return SQLITE_OK;
	watched();
	if (fails(DISK_SYNCS, of(f)->path))
		return fault(SQLITE_IOERR_FSYNC);
	synced(of(f));
	if (((struct open_file *)f)->with_folder)
		folder_synced(of(f)->path);
	((struct open_file *)f)->with_folder = false;
	return SQLITE_OK;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real(f)->pMethods->xFileSize(real(f), n);
}

static int f_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int f_reserved(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int f_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int f_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int f_is(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void f_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int f_shm_unmap(sqlite3_file *f, int gone)
{
	return real(f)->pMethods->xShmUnmap(real(f), gone);
}

/* Version 2: no mapped pages, so that every byte comes by f_read and f_write. */
static const sqlite3_io_methods methods = {
	.iVersion = 2, .xClose = f_close, .xRead = f_read, .xWrite = f_write, .xTruncate = f_truncate, .xSync = f_sync, .xFileSize = f_size, .xLock = f_lock,
	.xUnlock = f_unlock, .xCheckReservedLock = f_reserved, .xFileControl = f_control, .xSectorSize = f_sector, .xDeviceCharacteristics = f_is,
	.xShmMap = f_shm_map, .xShmLock = f_shm_lock, .xShmBarrier = f_shm_barrier, .xShmUnmap = f_shm_unmap,
};

/* ---- the disk ---- */

static int d_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out)
{
	struct open_file *o = (struct open_file *)f;
	bool watch = path && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
	struct kept *k = watch ? kept_of(path) : NULL; /* before the system makes it */
	int rc;

	(void)v;
	*o = (struct open_file){ 0 };
	memset(real(f), 0, (size_t)disk.real->szOsFile);
	if (k && !k->there && (flags & SQLITE_OPEN_CREATE) && fails(DISK_WRITES, path))
		return fault(SQLITE_CANTOPEN);
	rc = disk.real->xOpen(disk.real, path, real(f), flags, out);
	o->base.pMethods = real(f)->pMethods ? &methods : NULL;
	if (rc != SQLITE_OK || !k)
		return rc;
	if (!k->there) { /* another file than the one that had the name before */
		k->n = 0;
		k->synced_there = false;
		forget_changes(k);
	}
	o->kept = k;
	o->with_folder = (flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
	k->there = true;
	return rc;
}

static int d_delete(sqlite3_vfs *v, const char *path, int sync_folder)
{
	struct kept *k = kept_of(path);
	int rc;

	(void)v;
	watched();
	rc = disk.real->xDelete(disk.real, path, 0);
	if (rc != SQLITE_OK)
		return rc;
	/* Without a sync of the folder the file may come back, whole. */
	k->there = false;
	if (sync_folder)
		folder_synced(path);
	if (!k->synced_there)
		kept_clear(k);
	return rc;
}

void disk_use(void)
{
	disk.real = disk.registered ? disk.real : sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "disk";
	disk.vfs.pNext = NULL;
	disk.vfs.szOsFile = (int)sizeof(struct open_file) + disk.real->szOsFile;
	disk.vfs.xOpen = d_open;
	disk.vfs.xDelete = d_delete;
	disk_fail(DISK_WRITES, 0, DISK_FULL, false, NULL);
	disk_watch(NULL, NULL);
	disk.registered = true;
	(void)sqlite3_vfs_register(&disk.vfs, 1);
}

void disk_leave(void)
{
	if (!disk.registered)
		return;
	(void)sqlite3_vfs_unregister(&disk.vfs);
	(void)sqlite3_vfs_register(disk.real, 1);
	disk.registered = false;
	disk_fail(DISK_WRITES, 0, DISK_FULL, false, NULL);
	disk_watch(NULL, NULL);
	for (int i = 0; i < FILES_MOST; i++)
		kept_clear(&disk.file[i]);
}

/* ---- the cut ---- */

static bool stays(enum disk_loss loss, struct rng *rng)
{
	return loss == LOSS_NONE || (loss != LOSS_ALL && rng_below(rng, 2));
}

/* A change as far as it reached the disk. */
static void reach(const struct change *c, enum disk_loss loss, struct rng *rng, unsigned char **bytes, size_t *n)
{
	if (loss != LOSS_SECTORS || !c->bytes) {
		if (stays(loss, rng))
			settle(bytes, n, c);
		return;
	}
	for (int done = 0; done < c->n;) {
		int room = SECTOR - (int)((c->at + done) % SECTOR), piece = room < c->n - done ? room : c->n - done;

		if (stays(loss, rng))
			settle(bytes, n, &(struct change){ c->at + done, piece, c->bytes + done });
		done += piece;
	}
}

static void write_cut(struct kept *k, const char *path, enum disk_loss loss, struct rng *rng)
{
	unsigned char *bytes = mem_alloc(k->n + 1);
	size_t n = k->n;
	FILE *f = fopen(path, "wb");

	assert(f);
	if (n)
		memcpy(bytes, k->synced, n);
	for (size_t i = 0; i < k->n_changes; i++)
		reach(&k->change[i], loss, rng, &bytes, &n);
	if (fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
	free(bytes);
}

void disk_cut(const char *from, const char *to, enum disk_loss loss, struct rng *rng)
{
	size_t n = strlen(from);

	for (int i = 0; i < FILES_MOST; i++) {
		struct kept *k = &disk.file[i];
		char path[512];

		if (!k->path || strncmp(k->path, from, n) != 0 || k->path[n] != '/')
			continue;
		if (!k->synced_there && (!k->there || !stays(loss, rng)))
			continue;
		if (k->synced_there && !k->there && stays(loss, rng))
			continue; /* its end reached the disk */
		(void)snprintf(path, sizeof path, "%s%s", to, k->path + n);
		write_cut(k, path, loss, rng);
	}
}
