/* eval_log - a click log in MIND's form, impression by impression, and its readers as profiles.
 *
 * The log knows no times: every article of a history was read to the end, all a day before. */
#ifndef ECLOSE_RANK_EVAL_LOG_H
#define ECLOSE_RANK_EVAL_LOG_H

#include "base/buf.h"
#include "rank/eval_news.h"
#include "rank/profile.h"

#define IMPRESSION_AT ((int64_t)1573776000) /* 15 November 2019, the moment of all impressions */

struct click_log {
	struct news news;
	struct buf name, text;  /* "behaviors_rand.tsv", and what is in it */
	size_t at, line, lines;
};

/* One impression: its candidates as the file has them. */
struct impression {
	struct field id;
	size_t *history, n_history, history_cap; /* indices into the corpus */
	size_t *doc;  /* (n) likewise */
	int *y;       /* (n) 1 clicked */
	size_t n, doc_cap, y_cap;
};

/* click_log_open - DIR/news.tsv and DIR/behaviors_NAME.tsv; NAME NULL: "dev", else the only one there is. table, seed as news_read.
 * Errors: ERR_NOTFOUND, ERR_USAGE, ERR_SYNTAX, ERR_IO. Frees: click_log_clear, after an error too. */
enum err click_log_open(struct click_log *log, const char *dir, const char *name, const struct vectors *table, uint64_t seed, struct err_info *info);
void click_log_clear(struct click_log *log);
/* click_log_next - the next impression into im (zero-initialised before the first; frees: impression_clear); *more [out] false at the end.
 * An article of a history that news.tsv doesn't have counts for nothing. Errors: ERR_SYNTAX "behaviors_rand.tsv:17: ...", also for a log without any. */
enum err click_log_next(struct click_log *log, struct impression *im, bool *more, struct err_info *info);
void impression_clear(struct impression *im);
/* impression_profile - the reader of an impression, who has read its history. Frees: profile_clear. */
void impression_profile(const struct click_log *log, const struct impression *im, unsigned mask, enum model_kind model, struct profile *out);

#endif
