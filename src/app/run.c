#include "app/run.h"

#include <string.h>

#include "model/stories.h"

#define FIELDS 7 /* behind the version */

static void unpack(const int64_t *f, struct last_run *r)
{
	r->articles = f[0];
	r->at = f[1];
	r->since = f[2];
	r->reference = f[3];
	r->newest = f[4];
	r->added = f[5];
	r->finished = f[6];
}

enum err run_load(struct store *st, struct last_run *out, struct err_info *info)
{
	struct last_run r = { 0 };
	struct arena a = ARENA_INIT;
	const void *bytes;
	int64_t field[FIELDS];
	size_t n;
	enum err e = blob_get(st, RUN_BLOB, &a, &r.terms, &bytes, &n, info);

	if (e == OK && n == sizeof field) {
		memcpy(field, bytes, sizeof field);
		unpack(field, &r);
	}
	arena_clear(&a);
	if (e == OK || e == ERR_NOTFOUND)
		*out = r;
	return e == ERR_NOTFOUND ? OK : e;
}

enum err run_put(struct store *st, const struct last_run *r, struct err_info *info)
{
	const int64_t field[FIELDS] = { r->articles, r->at, r->since, r->reference, r->newest, r->added, r->finished };

	return blob_put(st, RUN_BLOB, r->terms, field, sizeof field, info);
}

double run_coverage(const struct last_run *r, double stored)
{
	return stories_fade(stored, (double)r->newest - (double)r->reference);
}

double run_stored(const struct last_run *r, double coverage)
{
	return stories_fade(coverage, (double)r->reference - (double)r->newest);
}
