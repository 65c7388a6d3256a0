/* page - from the store to a ranked page. A ranker holds the corpus and the profile in memory, so that the slider and every
 * key press rank anew without the store; app_page() is open, page, close. */
#ifndef ECLOSE_APP_PAGE_H
#define ECLOSE_APP_PAGE_H

#include "app/app.h"
#include "rank/profile.h"

struct ranker;

enum page_order { PAGE_RANK, PAGE_NEW, PAGE_OLD };
struct page_options {
	int explore;          /* 0..100 */
	size_t limit;         /* places, 0: the config's */
	enum page_order order;
	int width;            /* of the terminal, cells; 0 unknown */
	bool swaps;           /* a coin may put two near places in another order (rank/swap.h); not while a trial runs, which has coins of its own */
};

/* ranker_open - load candidates, readings and the model; events that came since the model was saved are folded in. Frees: ranker_close. */
enum err ranker_open(struct app *app, struct ranker **out, struct err_info *info);
void ranker_close(struct ranker *r);
/* ranker_page - rank; while a trial runs, draft the page from its two rankings (app/trials.h). page [out]; clear with page_clear. Reads no file and no socket, unless the store failed
 * when the ranker last loaded from it: then it is asked again; and where more is unread than is scored in full, for what is wanted by what was learned since the last page. Errors: as the store. */
enum err ranker_page(struct ranker *r, const struct page_options *o, struct page *page, struct err_info *info);
/* ranker_record - append one action to the log and learn from it at once, but see ranker_behind. e->at, ->batch and ->id are filled in where 0.
 * While reading is private (app_private) only the flags of EVENT_READ, UNREAD, STAR and UNSTAR are; all else is OK, done nothing about, and e->id stays 0. */
enum err ranker_record(struct ranker *r, struct event *e, struct err_info *info);
/* ranker_record_all - several (n), all or none, for the price of one; either all of them are flags or none is. */
enum err ranker_record_all(struct ranker *r, struct event *e, size_t n, struct err_info *info);
/* ranker_behind - was an action recorded that it will only have learned from when it is next asked for a page, a reason or an edit? Loading takes a moment then; an article that was
 * neither new nor read before isn't in memory. */
bool ranker_behind(const struct ranker *r);
/* ranker_undo - take back the last batch that can be; *words [out] says what was undone, an edit by its name (arena). */
enum err ranker_undo(struct ranker *r, struct arena *a, const char **words, struct err_info *info);
/* ranker_why - the whole sum for one article; entry [out] in the arena, change [out] sentences. */
enum err ranker_why(struct ranker *r, int64_t id, struct arena *a, struct page_entry *entry, const char ***change, size_t *n_change, struct err_info *info);
/* ranker_ask - at most m unread articles whose titles tell most of what the reader would like (ask_choose), among the newest 2000; what was answered is taken into
 * account and not asked again. While no article has a vector, the newest ones, each of another feed. out [out] rows without bodies, in the arena. Errors: as the store. */
enum err ranker_ask(struct ranker *r, size_t m, struct arena *a, struct item_list *out, struct err_info *info);
/* ranker_answers - answer [out] (n): 1 the reader would read it, -1 wouldn't, 0 wasn't asked or took it back, by the log. */
enum err ranker_answers(struct ranker *r, const int64_t *ids, size_t n, signed char *answer, struct err_info *info);
const struct profile *ranker_profile(const struct ranker *r);
/* ranker_rebuild - fold the whole log anew, the snapshot left aside. */
enum err ranker_rebuild(struct ranker *r, struct err_info *info);
/* ranker_save - write the model's snapshot. Losing it costs time, nothing else. */
enum err ranker_save(struct ranker *r, struct err_info *info);
/* ranker_saved - was the model saved after the newest event, and over the articles of the last run of vectorise? Doing it again would save nobody anything.
 * Cheap: neither the articles nor the log are read. */
enum err ranker_saved(struct app *app, bool *saved, struct err_info *info);

enum err app_page(struct app *app, const struct page_options *o, struct page *page, struct err_info *info);

#endif
