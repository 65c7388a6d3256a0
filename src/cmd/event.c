/* eclose event - record one action as the reader would. The model takes it in the next time it is loaded. */
#include <stdio.h>
#include <string.h>

#include "app/edits.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

static enum err kind_of(const char *word, enum event_kind *kind, struct err_info *info)
{
	static const struct { const char *word; enum event_kind kind; } kinds[] = {
		{ "shown", EVENT_SHOWN }, { "open", EVENT_OPEN }, { "close", EVENT_CLOSE }, { "skip", EVENT_SKIP }, { "like", EVENT_LIKE },
		{ "dislike", EVENT_DISLIKE }, { "browser", EVENT_BROWSER }, { "save", EVENT_SAVE },
		{ "want", EVENT_WANT }, { "pass", EVENT_PASS },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].word, word) == 0) {
			*kind = kinds[i].kind;
			return OK;
		}
	return err_set(info, ERR_USAGE, "an action is one of shown, open, close, skip, like, dislike, browser, save, want, pass, not '%s'", word);
}

enum err cmd_event(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct event ev = { .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = DATE_NONE };
	const struct option table[] = {
		{ OPTION_REAL, "dwell", &ev.dwell, 0, 1e6 }, { OPTION_REAL, "scroll", &ev.scroll, 0, 1 }, { OPTION_TIME, "at", &ev.at, 0, 0 }, OPTIONS_END,
	};
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 2)
		e = err_set(info, ERR_USAGE, "event needs the number of an article and an action");
	if (e == OK)
		e = cmd_no_more(argc - 2, argv + 2, info);
	if (e == OK)
		e = cmd_id(argv[0], &ev.article, info);
	if (e == OK)
		e = kind_of(argv[1], &ev.kind, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	if (ev.at == DATE_NONE)
		ev.at = app_now(&app);
	if (app_private(&app))
		log_say("nothing is recorded: reading is private (eclose profile private off)");
	else
		e = events_append(&app.store, &ev, info);
	app_close(&app);
	return e == ERR_BUSY ? err_at(info, "nothing is recorded") : e;
}
