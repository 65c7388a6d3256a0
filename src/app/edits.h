/* edits - what the reader says of the model outright: a weight for a term, a feed, a topic ..., a step up or down from one article, and reading that is not recorded.
 *
 * An edit is a row of the log like any other: folded in order, taken back by undo, found by forget. Its subject is one word:
 *
 *   term:STEM   feed:ADDRESS   category:NAME   topic:ID   author:NAME   language:CODE   length:0..3   tag:NAME
 *
 * The weight, in log-odds, is added to the score of every article that has the subject. -EDIT_MOST leaves its articles out of the ranked page (lists, searches and the order by time
 * keep them), and EDIT_MOST is what a pin says. 0 is no edit. The last edit of a subject holds.
 */
#ifndef ECLOSE_APP_EDITS_H
#define ECLOSE_APP_EDITS_H

#include "app/page.h"
#include "rank/edits.h"

#define EDIT_STEP 1.0 /* of "more like this" and "not this kind" */

struct edit {
	const char *subject;
	const char *name;    /* as a person knows it */
	double weight;
	int64_t at;
	int64_t article;     /* where it was said from, 0 none */
};

struct edit_list { struct edit *edit; size_t n; };

/* ranker_edit - append an edit to the log and rank by it from now on.
 *   subject as above;  weight within +-EDIT_MOST, 0 takes an edit away;  article  where it was said from, 0 none
 * Errors: ERR_USAGE for a subject that isn't one, ERR_NOTFOUND for one that the store doesn't know; as the store. */
enum err ranker_edit(struct ranker *r, const char *subject, double weight, int64_t article, struct err_info *info);
/* ranker_step - "more like this" (by > 0) or "not this kind": a step for the article's topic, or for its feed where it has none; never as far as a ban or a pin.
 *   words [out] what was done, a sentence of the arena */
enum err ranker_step(struct ranker *r, int64_t article, int by, struct arena *a, const char **words, struct err_info *info);
/* ranker_edits - those that hold, newest first; of the arena. */
enum err ranker_edits(struct ranker *r, struct arena *a, struct edit_list *out, struct err_info *info);
/* edit_subject - what a person writes as the subject that it means: one as above, or with the name of a feed, a topic or a length in place of its address or number, or with
 * any form of a word; a bare word is a term. subject [out] of the arena.
 * Errors: ERR_NOTFOUND where nothing is called so; ERR_USAGE where several are, saying which, or it is no subject; as the store. */
enum err edit_subject(struct app *app, const char *written, struct arena *a, const char **subject, struct err_info *info);
/* edit_name - what an edit's subject is called by people, of the arena; its key where nothing here knows it. */
const char *edit_name(const struct ranker *r, struct arena *a, const char *subject);
#define SUBJECT_MOST 4096 /* bytes */
/* edit_spelt - a subject in its one spelling, whether or not there is such a thing here. subject [out] of the arena.
 * Errors: ERR_USAGE where it is none, too long, or holds what may not reach a terminal. */
enum err edit_spelt(const char *written, struct arena *a, const char **subject, struct err_info *info);
/* edit_weight - the weight that holds for a subject; 0 where there is none. */
double edit_weight(const struct ranker *r, const char *subject);

/* ranker_edited - a number that is another one whenever other edits hold. */
uint64_t ranker_edited(const struct ranker *r);

/* app_private - is nothing recorded at present? It stays so, also over a restart, until it is switched back. */
bool app_private(const struct app *app);
enum err app_set_private(struct app *app, bool on, struct err_info *info);

#endif
