/* forget - taking what was read out of the log, the model and the files. */
#ifndef ECLOSE_APP_FORGET_H
#define ECLOSE_APP_FORGET_H

#include "app/app.h"

/* Exactly one of the first four, or a span. */
struct forget_request {
	const char *term;     /* a word as anybody would write it */
	const char *feed;     /* its address */
	int64_t topic;        /* -1 none */
	bool all;
	int64_t since, until; /* DATE_NONE: no span; until DATE_NONE: up to now and beyond */
};

/* forget_plan - what app_forget would take. A word is met in every form that has its stem.
 * Errors: ERR_NOTFOUND where no article has the word, there is no such feed or topic; ERR_USAGE where the word is none, or several; as the store. */
enum err forget_plan(struct app *app, const struct forget_request *r, struct forgotten *out, struct err_info *info);
/* app_forget - do it: the rows leave the log (events_forget), the saved model goes with them and no program that has an older one in memory can save that, so the model
 * is from now on what a log without these rows gives. Then the files are cleared of what was deleted.
 *   residue [out] why the files may still hold some of the deleted bytes: words in the arena, NULL where they don't
 * Errors: as forget_plan; then nothing was forgotten. */
enum err app_forget(struct app *app, const struct forget_request *r, struct arena *a, struct forgotten *out, const char **residue, struct err_info *info);

#endif
