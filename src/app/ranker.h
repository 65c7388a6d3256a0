/* ranker - what a ranker holds; for ranker.c, page.c, rankings.c, trials.c, learn.c, edits.c and meter.c, and its log for measure.c. Others use app/page.h. */
#ifndef ECLOSE_APP_RANKER_H
#define ECLOSE_APP_RANKER_H

#include "app/load.h"
#include "app/page.h"
#include "app/rankings.h"
#include "app/trials.h"
#include "rank/recall.h"
#include "rank/score.h"

/* Where more is unread than is scored in full: all of it as numbers, from which the candidates are chosen by rank/recall.h, anew when something was learned. */
struct preselection {
	bool used;
	struct recall recall;
	int64_t *feed_id;      /* (recall.feeds) */
	int64_t events;        /* of the profile that the candidates were chosen by */
	int64_t version;       /* of the store as it was loaded (store_changed) */
	size_t loaded;         /* articles in the corpus after the first choice */
};

/* The field of the last page: while the scores are the same, the slider moves over it without its being made anew. */
struct kept_field {
	bool made;
	bool ranked;      /* not for an order by time */
	size_t places;    /* that were asked for */
	struct field field;
	size_t banned;    /* how many the reader's bans left out */
	double home;      /* what slider 0 makes of it (page.c), -1 until it is asked for */
	struct arena arena;
};

struct ranker {
	struct app *app;
	bool loaded_whole;     /* false after a failed reload: nothing below holds */
	bool behind;           /* an action on an article that isn't loaded was recorded, and the profile doesn't know it */
	struct loaded loaded;
	struct profile profile;
	uint64_t folded;       /* hash of the events that the profile was folded from, and of their articles ... */
	uint64_t *article_hash; /* ... (corpus.n), each 0 until it is asked for */
	size_t *candidate;     /* (n_candidates) corpus indices: what may stand on the page and is scored in full */
	size_t n_candidates;
	struct preselection pre;
	int width;             /* of the terminal, cells; 0 unknown */
	int64_t extra;         /* an article that is wanted beside the candidates, 0 none */
	struct score *score;   /* (n_candidates) of the last ranking ... */
	int64_t scored_events, scored_at; /* ... with the profile of that many events, in that minute */
	struct kept_field kept;
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

/* ---- candidates.c ---- */

#define CANDIDATES_MOST 5000 /* articles that are scored in full */
size_t candidates_most(const struct app *app);

/* candidates_find - what is unread of the last page_days; where that doesn't fill two pages, the newest unread ones of any age. At most one more than are scored in full: then there are
 * too many. Of the ranker's arena. Errors: as the store. */
enum err candidates_find(struct ranker *r, struct id_list *out, struct err_info *info);
/* candidates_keep - these are the candidates. */
void candidates_keep(struct ranker *r, const struct id_list *ids);
/* candidates_choose - of too many, by the profile, which is folded: they are loaded beside what there is. Errors: as the store. */
enum err candidates_choose(struct ranker *r, struct err_info *info);
/* candidates_follow - choose anew where something was learned since. After an error, or where the corpus has grown too much, the ranker is loaded anew. Errors: as the store. */
enum err candidates_follow(struct ranker *r, struct err_info *info);
/* candidates_add - load one more article where that can be done without loading all anew. added [out]. Errors: as the store. */
enum err candidates_add(struct ranker *r, int64_t id, bool *added, struct err_info *info);
/* candidates_all - all that is unread, of which the candidates are a part; false where they are all. all [out] of the arena. */
bool candidates_all(const struct ranker *r, struct arena *a, struct explore_all *all);
void candidates_clear(struct ranker *r);
/* ranker_reload - all anew. Where loading fails the ranker is empty, and whoever asks it next loads anew (ranker_ready). */
enum err ranker_reload(struct ranker *r, bool fast, struct err_info *info);

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
/* page_forget - the field of the last page holds no longer. */
void page_forget(struct ranker *r);
/* page_field - what may stand on the page, scored, the two mixes, and what explore makes of them for every slider; of the arena.
 *   score (n_candidates) instead of the candidates' scores at `now`, NULL: these;  banned [out] how many the reader's bans left out */
struct field page_field(struct ranker *r, const struct page_options *o, const struct score *score, int64_t now, struct arena *a, size_t *banned);
/* page_arrange - what stands where on the page of a field; drafts: by the trial, if one runs. s [out] of the arena. An order by time is what it says: no trial and no coin has a part in it. */
void page_arrange(const struct ranker *r, const struct page_options *o, const struct field *f, bool drafts, struct arena *a, struct sheet *s);

#endif
