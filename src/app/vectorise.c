/* vectorise - what the ranking knows about articles: terms, then vectors, topics and stories. Where few are new, only they are worked on; else all that is recent is. */
#include "app/vectorise.h"

#include "app/basis.h"
#include "app/older.h"
#include "app/refresh.h"

/* A whole run that was killed before it had come to the older articles left them to us. */
static enum err finish(struct app *app, struct last_run *run, struct err_info *info)
{
	struct basis basis;
	enum err e;

	if (!run->articles || run->finished)
		return OK;
	e = basis_stored(&app->store, &basis, info);
	if (e == OK) {
		e = older_vectors(app, &basis.lsa, info);
		basis_clear(&basis);
		run->finished = e == OK;
	}
	return e == ERR_NOTFOUND || e == ERR_CORRUPT ? OK : e;
}

/* There are terms that no run has seen: those that this program has just counted, or that one counted which was killed before it came to vectors. */
static enum err follow(struct app *app, const struct words_fresh *fresh, struct last_run *run, struct err_info *info)
{
	bool done = false;
	enum err e = OK;

	if (newcomers_few(run, fresh, app_now(app))) {
		e = finish(app, run, info);
		if (e == OK)
			e = vectorise_newcomers(app, run, fresh, &done, info);
	}
	return e == OK && !done ? vectorise_whole(app, fresh->version, info) : e;
}

enum err app_vectorise(struct app *app, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct words_fresh fresh;
	struct last_run run;
	size_t counted;
	enum err e = words_index(app, &counted, info);

	if (e == OK)
		e = words_fresh(&app->store, &a, &fresh, info);
	if (e == OK)
		e = run_load(&app->store, &run, info);
	if (e == OK)
		e = run.terms != fresh.version ? follow(app, &fresh, &run, info) : finish(app, &run, info);
	arena_clear(&a);
	return e;
}
