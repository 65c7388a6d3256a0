/* eclose profile forget - what was read leaves the log, the model and the files; asked before it is done. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/forget.h"
#include "cmd/options.h"
#include "cmd/profile_private.h"

static enum err check(const struct forget_request *r, struct err_info *info)
{
	int given = (r->term != NULL) + (r->feed != NULL) + (r->topic >= 0) + r->all + (r->since != DATE_NONE);

	if (r->until != DATE_NONE && r->since == DATE_NONE)
		return err_set(info, ERR_USAGE, "--until needs --since");
	if (given != 1)
		return err_set(info, ERR_USAGE, "forget takes one of --term WORD, --feed URL, --topic N, --since TIME [--until TIME] and --all");
	if (r->until != DATE_NONE && r->until <= r->since)
		return err_set(info, ERR_USAGE, "--until lies before --since: that is no span of time");
	return OK;
}

/* "12 actions on 5 articles, 4 of them read" */
static const char *words_of(const struct forgotten *f, struct arena *a)
{
	return arena_printf(a, "%lld action%s on %lld article%s, %lld of them read", (long long)f->events, f->events == 1 ? "" : "s", (long long)f->articles,
			    f->articles == 1 ? "" : "s", (long long)f->readings);
}

static bool agreed(const char *words)
{
	char line[16] = "";

	fprintf(stderr, "Forget %s, for good? [y/N] ", words);
	return fgets(line, sizeof line, stdin) && (line[0] == 'y' || line[0] == 'Y');
}

static enum err report(const struct forgotten *f, bool done, const char *residue, bool json, struct arena *a, struct err_info *info)
{
	if (json)
		return json_print(json_pack("{s:I,s:I,s:I,s:b,s:o}", "events", (json_int_t)f->events, "articles", (json_int_t)f->articles, "readings",
					    (json_int_t)f->readings, "done", done, "residue", json_text(residue)), 2, info);
	if (!done)
		return OK;
	if (f->events)
		printf("forgotten: %s\n", words_of(f, a));
	else
		printf("there was nothing of it to forget\n");
	if (residue)
		printf("the files may still hold traces of it until this is done once more: %s\n", residue);
	return OK;
}

/* Where somebody sits at the terminal they are asked; a script has to say --yes. */
static enum err ask_first(const struct forgotten *plan, bool json, struct arena *a, bool *go, struct err_info *info)
{
	enum err e;

	*go = plan->events == 0; /* nothing to lose */
	if (*go)
		return OK;
	if (isatty(STDIN_FILENO)) {
		*go = agreed(words_of(plan, a));
		if (!*go && !json)
			printf("nothing was forgotten\n");
		return *go ? OK : report(plan, false, NULL, json, a, info);
	}
	e = report(plan, false, NULL, json, a, info);
	return e == OK ? err_set(info, ERR_UNSUPPORTED, "%s would be forgotten; --yes does it", words_of(plan, a)) : e;
}

static enum err forget(struct app *app, const struct forget_request *r, bool yes, bool json, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct forgotten f = { 0 };
	const char *residue = NULL;
	bool go = yes;
	enum err e = yes ? OK : forget_plan(app, r, &f, info);

	if (e == OK && !yes)
		e = ask_first(&f, json, &a, &go, info);
	if (e == OK && go) {
		e = app_forget(app, r, &a, &f, &residue, info);
		if (e == OK)
			e = report(&f, true, residue, json, &a, info);
	}
	arena_clear(&a);
	return e;
}

enum err profile_forget(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct forget_request r = { .topic = -1, .since = DATE_NONE, .until = DATE_NONE };
	bool yes = false, json = false;
	long topic = -1;
	const struct option table[] = {
		{ OPTION_TEXT, "term", &r.term, 0, 0 }, { OPTION_TEXT, "feed", &r.feed, 0, 0 }, { OPTION_INT, "topic", &topic, 0, 100000 },
		{ OPTION_TIME, "since", &r.since, 0, 0 }, { OPTION_TIME, "until", &r.until, 0, 0 }, { OPTION_FLAG, "all", &r.all, 0, 0 },
		{ OPTION_FLAG, "yes", &yes, 0, 0 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END,
	};
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	r.topic = topic;
	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK)
		e = check(&r, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = forget(&app, &r, yes, json, info);
	app_close(&app);
	return e;
}
