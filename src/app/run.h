/* run - what the last run of vectorise says of itself: which articles it knew, and what the next one may build on. */
#ifndef ECLOSE_APP_RUN_H
#define ECLOSE_APP_RUN_H

#include "store/store.h"

#define RUN_BLOB "vectorised" /* its version is that of the terms (WORDS_BLOB) that the run knew */

struct last_run {
	int64_t terms;     /* version of the terms that all is computed from */
	int64_t articles;  /* the last whole run was over so many; 0: there was none that a later one could build on */
	int64_t at;        /* and took place then */
	int64_t since;     /* articles of before this time were too old for it; INT64_MIN: it was over all */
	int64_t reference; /* coverages are stored as they were then: the time of its newest article */
	int64_t newest;    /* the time of the newest article by now */
	int64_t added;     /* articles that came or changed since and were taken in one by one */
	int64_t finished;  /* 1: no older article waits for its vector (older_vectors) */
};

/* run_load - all zero before the first run. Errors: as the store. */
enum err run_load(struct store *st, struct last_run *out, struct err_info *info);
enum err run_put(struct store *st, const struct last_run *r, struct err_info *info);
/* run_coverage - a coverage as it was stored, as it is for the newest article: of what was told, half is gone every 12 hours. */
double run_coverage(const struct last_run *r, double stored);
/* run_stored - the other way. */
double run_stored(const struct last_run *r, double coverage);

#endif
