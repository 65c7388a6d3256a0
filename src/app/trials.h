/* trials - two rankings tried on the reader: the page is drafted from both, and what is opened there is counted as the log has it (rank/trial.h).
 *
 * What stands in the store is which trial runs. Whose place an article was is in the log, with every action on it; the count is a fold over that.
 */
#ifndef ECLOSE_APP_TRIALS_H
#define ECLOSE_APP_TRIALS_H

#include "app/page.h"
#include "app/rankings.h"
#include "rank/trial.h"

/* The newest trial, as far as it went. */
struct trial_run {
	struct trial_row row;  /* row.id 0: there never was one */
	struct ranking a, b;
	const char *unknown;   /* why it can't be drafted: a ranking that this program doesn't have; NULL where it can */
	struct trial count;
	int64_t decided;       /* when the decision fell, if it did */
	struct map had_a_say;  /* articles whose opening was counted, or belonged to neither */
	struct map shown;      /* article -> 4 UTC day + enum team: whose it is since it was first seen that day */
};

/* trial_pair - the names of two rankings, each in its one spelling. Errors: ERR_USAGE where one isn't there or both are the same. */
enum err trial_pair(const char *a, const char *b, char name_a[RANKING_NAME], char name_b[RANKING_NAME], struct err_info *info);

/* ranker_trial - borrowed; until the ranker records or loads something. */
const struct trial_run *ranker_trial(const struct ranker *r);
/* trial_runs - started, not stopped, and not decided. */
bool trial_runs(const struct trial_run *run);
/* ranker_trial_start - from now on, pages are drafted from these two. Errors: as trial_pair and trials_start. */
enum err ranker_trial_start(struct ranker *r, const char *a, const char *b, struct err_info *info);
/* ranker_trial_stop - Errors: ERR_NOTFOUND where none runs. */
enum err ranker_trial_stop(struct ranker *r, struct err_info *info);
/* ranker_trial_settle - store the end of one that was decided. */
enum err ranker_trial_settle(struct ranker *r, struct err_info *info);

/* ---- for ranker.c, learn.c and page.c ---- */

/* trial_load - the newest from the store, nothing counted yet. Frees: trial_clear. */
enum err trial_load(struct ranker *r, struct err_info *info);
void trial_clear(struct trial_run *run);
/* trial_uncount - back to where it started, for another fold of the log. */
void trial_uncount(struct trial_run *run);
/* trial_count_event - one event of the log, before the profile learns from it. An open counts where it was long enough to be no accident, by the habits of the reader
 * as they were then (signal_of): with its closing, or with the opening where that says how long it was. An article counts once in a trial, and what is liked, kept or opened
 * in the browser counts no more than its reading does. Nothing counts after the end of the trial. Cannot fail. */
void trial_count_event(struct ranker *r, const struct event *e);
/* trial_learn - let the models learn, from the first event on, that a trial which may be drafted goes by. Returns whether one does that didn't learn before. */
bool trial_learn(const struct trial_run *run, struct models *m);
/* trial_drafts - whether ranked pages are drafted. */
bool trial_drafts(const struct trial_run *run);
/* trial_page - a page drafted from both rankings.
 *   pick, team [out] (f->k)
 * A shared place has the mark of a serendipity slot where either ranking has it there. Returns the number of places. Deterministic. */
size_t trial_page(const struct ranker *r, const struct field *f, struct pick *pick, enum team *team);
/* trial_note - what a ranked page says of it, without saying whose place is whose; NULL nothing. */
const char *trial_note(const struct trial_run *run, int64_t now, struct arena *a);

#endif
