/* vectorise - what the ranking knows about articles: terms, then vectors, topics and stories. Where few are new, only they are worked on; else all that is recent is. */
#include "app/vectorise.h"

#include "app/older.h"
#include "app/refresh.h"

enum err app_vectorise(struct app *app, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct words_fresh fresh;
	struct run run;
	size_t counted;
	enum err e = words_index(app, &counted, info);

	if (e == OK)
		e = words_fresh(&app->store, &a, &fresh, info);
	if (e == OK)
		e = run_load(&app->store, &run, info);
	/* Are there terms that no run has seen? Those that this program has just counted, or that one counted which was killed before it came to vectors. */
	if (e == OK && run.terms != fresh.version)
		e = vectorise_whole(app, fresh.version, info);
	arena_clear(&a);
	return e;
}
