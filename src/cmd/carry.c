/* eclose profile export, profile import - what was read, taken along to another store; and from newsboat. */
#include <stdio.h>

#include "app/carry.h"
#include "cmd/options.h"
#include "cmd/profile_private.h"

/* ---- export ---- */

static enum err export(struct app *app, const char *file, struct err_info *info)
{
	struct buf out = BUF_INIT;
	enum err e = carry_export(app, &out, info);

	if (e == OK && file)
		e = buf_write_file(file, buf_str(&out), out.len, 0600, info);
	else if (e == OK && (fwrite(buf_str(&out), 1, out.len, stdout) != out.len || fflush(stdout) == EOF))
		e = err_errno(info, "can't write the output");
	buf_clear(&out);
	return e;
}

enum err profile_export(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false; /* it is, with or without */
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc > 1)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = export(&app, argc ? argv[0] : NULL, info);
	app_close(&app);
	return e;
}

/* ---- import ---- */

static enum err report(const struct carried *c, bool json, struct err_info *info)
{
	const char *what = c->newsboat ? "article" : "action";

	if (json)
		return json_print(json_pack("{s:s,s:I,s:I,s:I,s:I}", "from", c->newsboat ? "newsboat" : "eclose", "events", (json_int_t)c->events, "known",
					    (json_int_t)c->known, "unknown", (json_int_t)c->unknown, "articles_new", (json_int_t)c->articles_new), 2, info);
	printf("%lld %s%s%s taken over, %lld known already\n", (long long)c->events, what, c->events == 1 ? "" : "s", c->newsboat ? " that you read" : "", (long long)c->known);
	if (c->articles_new)
		printf("%lld article%s new here\n", (long long)c->articles_new, c->articles_new == 1 ? " is" : "s are");
	if (c->unknown)
		printf("%lld left out: %s\n", (long long)c->unknown, c->newsboat ? "of feeds that you don't subscribe to (eclose import takes newsboat's urls file)" :
		       "about articles that aren't here");
	return OK;
}

enum err profile_import(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	bool json = false;
	const struct option table[] = { { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END };
	struct carried c = { 0 };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc < 1)
		e = err_set(info, ERR_USAGE, "profile import needs a file: one that profile export wrote, or newsboat's cache.db");
	if (e == OK)
		e = cmd_no_more(argc - 1, argv + 1, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	e = carry_import(&app, argv[0], &c, info);
	if (e == OK)
		e = report(&c, json, info);
	app_close(&app);
	return e;
}
