/* ranker - what a ranker holds; for ranker.c, page.c, rankings.c, trials.c, learn.c, edits.c and meter.c, and its log for measure.c. Others use app/page.h. */
#ifndef ECLOSE_APP_RANKER_H
#define ECLOSE_APP_RANKER_H

#include "app/load.h"
#include "app/page.h"
#include "app/trials.h"
#include "rank/score.h"

struct ranker {
	struct app *app;
	bool loaded_whole;     /* false after a failed reload: nothing below holds */
	bool behind;           /* an action on an article that isn't loaded was recorded, and the profile doesn't know it */
	struct loaded loaded;
	struct profile profile;
	uint64_t folded;       /* hash of the events that the profile was folded from, and of their articles ... */
	uint64_t *article_hash; /* ... (corpus.n), each 0 until it is asked for; of the arena */
	size_t *candidate;     /* (n_candidates) corpus indices */
	size_t n_candidates;
	int width;             /* of the terminal, cells; 0 unknown */
	int64_t extra;         /* an article that is wanted beside the candidates, 0 none */
	struct score *score;   /* (n_candidates) of the last ranking ... */
	int64_t scored_events, scored_at; /* ... with the profile of that many events, in that minute */
	struct trial_run trial;
	struct arena arena;
};

/* The log as it was read for folding: undone events left out. */
struct log_copy { struct event *event; size_t n, cap; struct arena arena; /* of their subjects */ };

/* learn.c */
#define MODEL_BLOB "model" /* the snapshot */
/* log_read - the whole log. Frees: log_free. */
enum err log_read(struct store *st, struct log_copy *log, struct err_info *info);
void log_free(struct log_copy *log);
/* learn_fold - make r->profile the fold of the log over r->loaded.corpus; with `fast`, from the saved model where it still holds. */
enum err learn_fold(struct ranker *r, const struct log_copy *log, bool fast, struct err_info *info);

/* fold_hash - take an event, which is about to be folded in, into r->folded. */
void fold_hash(struct ranker *r, const struct event *e);

/* ranker_ready - loaded, anew if the last attempt failed. Errors: as the store. */
enum err ranker_ready(struct ranker *r, struct err_info *info);
/* ranker_find - the corpus index of an article, loaded if need be. Errors: ERR_NOTFOUND. */
enum err ranker_find(struct ranker *r, int64_t id, size_t *doc, struct err_info *info);

/* ---- page.c, for explain.c ---- */

/* What stands where, and how it came there. */
struct sheet {
	struct pick *pick; /* (n) */
	int *pair;         /* (n) as page_entry has it */
	enum team *team;   /* (n) */
	bool drafted;      /* for a trial */
	size_t n;
};

/* page_width - from now on, scores are those of a terminal of so many cells, 0 unknown. */
void page_width(struct ranker *r, int width);
/* page_field - what may stand on the page, scored, and the two mixes; of the arena.
 *   score (n_candidates) instead of the candidates' scores at `now`, NULL: these;  banned [out] how many the reader's bans left out */
struct field page_field(struct ranker *r, const struct page_options *o, const struct score *score, int64_t now, struct arena *a, size_t *banned);
/* page_arrange - what stands where on the page of a field; drafts: by the trial, if one runs. s [out] of the arena. An order by time is what it says: no trial and no coin has a part in it. */
void page_arrange(const struct ranker *r, const struct page_options *o, const struct field *f, bool drafts, struct arena *a, struct sheet *s);

#endif
