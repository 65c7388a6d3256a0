/* eclose import - subscriptions from an OPML or a newsboat urls file; all of another store from what export --json wrote. */
#include <stdio.h>

#include "app/moving.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "app/subs_file.h"
#include "feeds/opml.h"

static void report_left_out(size_t refused, size_t dropped)
{
	if (refused)
		printf("%zu %s left out: an import brings http and https feeds only, never files, commands or filters\n", refused, refused == 1 ? "entry" : "entries");
	if (dropped)
		printf("%zu setting%s left out: how a feed is asked is said in your own file only\n", dropped, dropped == 1 ? "" : "s");
}

static enum err import_list(struct app *app, const char *file, struct err_info *info)
{
	struct buf text = BUF_INIT;
	struct subs subs = { 0 };
	size_t added = 0;
	enum err e = buf_read_file(&text, file, (size_t)16 << 20, info);

	if (e == OK) {
		e = subs_import(&app->arena, buf_str(&text), text.len, &subs, info);
		if (e != OK)
			e = err_at(info, "%s", file);
	}
	if (e == OK)
		e = subs_append(app, subs.sub, subs.n, &added, info);
	if (e == OK) {
		printf("%zu subscription%s added, %zu %s there already\n", added, added == 1 ? "" : "s", subs.n - added, subs.n - added == 1 ? "was" : "were");
		report_left_out(subs.refused, subs.dropped);
	}
	buf_clear(&text);
	return e;
}

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static enum err import_document(struct app *app, const char *file, struct err_info *info)
{
	struct moved_in m = { 0 };
	enum err e = moving_in(app, file, &m, info);

	if (e != OK)
		return e;
	printf("%lld subscription%s added", (long long)m.subscriptions, plural(m.subscriptions));
	printf("; %lld article%s and %lld action%s taken over", (long long)m.articles, plural(m.articles), (long long)m.events, plural(m.events));
	if (m.whole)
		printf(", with all that was learned\n");
	else
		printf(", %lld and %lld known already\n", (long long)m.articles_known, (long long)m.events_known);
	if (m.events_unknown)
		printf("%lld action%s left out: about what isn't here\n", (long long)m.events_unknown, plural(m.events_unknown));
	report_left_out((size_t)m.refused, (size_t)m.dropped);
	return OK;
}

static enum err import(struct app *app, const char *file, struct err_info *info)
{
	bool json = false;
	enum err e = moving_is(file, &json, info);

	if (e != OK)
		return e;
	return json ? import_document(app, file, info) : import_list(app, file, info);
}

enum err cmd_import(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const struct option table[] = { OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "import needs a file: OPML, a newsboat urls file, or what eclose export has written", argc, argv, info);

	if (e != OK)
		return e;
	e = import(&app, argv[0], info);
	app_close(&app);
	return e;
}
