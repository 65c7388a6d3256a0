/* eclose mark - flags of articles, as one change that undo takes back. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"

/* All of them in one transaction and one batch: either every article is marked or none. */
static enum err mark(struct app *app, int argc, char **argv, enum event_kind kind, struct err_info *info)
{
	int64_t batch = 0;
	enum err e = db_begin(app->store.db, info);

	if (e != OK)
		return e;
	for (int i = 0; i < argc && e == OK; i++) {
		struct event ev = { .kind = kind, .at = app_now(app), .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .batch = batch };

		e = cmd_id(argv[i], &ev.article, info);
		if (e == OK)
			e = events_append(&app->store, &ev, info);
		batch = ev.batch;
	}
	return db_end(app->store.db, e, info);
}

enum err cmd_mark(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool read = false, unread = false, star = false, unstar = false;
	const struct option table[] = {
		{ OPTION_FLAG, "read", &read, 0, 0 }, { OPTION_FLAG, "unread", &unread, 0, 0 },
		{ OPTION_FLAG, "star", &star, 0, 0 }, { OPTION_FLAG, "unstar", &unstar, 0, 0 }, OPTIONS_END,
	};
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 1)
		e = err_set(info, ERR_USAGE, "mark needs the numbers of articles");
	if (e == OK && read + unread + star + unstar != 1)
		e = err_set(info, ERR_USAGE, "mark takes one of --read, --unread, --star, --unstar");
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = mark(&app, argc, argv, read ? EVENT_READ : unread ? EVENT_UNREAD : star ? EVENT_STAR : EVENT_UNSTAR, info);
	app_close(&app);
	return e == ERR_BUSY ? err_at(info, "nothing is marked") : e;
}
