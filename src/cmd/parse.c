/* eclose parse - one feed document, as the program understands it. Needs no store. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/get.h"
#include "cmd/options.h"
#include "feeds/http.h"
#include "feeds/parse.h"

static enum err read_stdin(struct buf *b, struct err_info *info)
{
	char piece[65536];
	size_t n;

	while ((n = fread(piece, 1, sizeof piece, stdin)) > 0) {
		buf_add(b, piece, n);
		if (b->len > HTTP_BODY_MAX)
			return err_set(info, ERR_LIMIT, "standard input: larger than %zu bytes", HTTP_BODY_MAX);
	}
	return ferror(stdin) ? err_errno(info, "standard input") : OK;
}

/* With the reader's own settings: whoever set a proxy wants no request to go around it. */
static enum err get_with_settings(const struct app_options *o, struct arena *a, const char *url, struct got *got, struct err_info *info)
{
	struct app app;
	enum err e = app_settings(&app, o, info);

	if (e != OK)
		return e;
	e = get_url(&app, a, url, NULL, got, info);
	app_close(&app);
	return e;
}

static enum err get(const struct app_options *o, struct arena *a, const char *what, struct got *got, struct err_info *info)
{
	if (strcmp(what, "-") == 0)
		return read_stdin(&got->body, info);
	if (strstr(what, "://"))
		return get_with_settings(o, a, what, got, info);
	return buf_read_file(&got->body, what, HTTP_BODY_MAX, info);
}

static enum err print(struct arena *a, struct got *got, const struct parse_hints *hints, const char *what, struct err_info *info)
{
	struct feed_doc doc;
	enum err e = feed_parse_spend(a, got->body.s, got->body.len, hints, &doc, info);

	buf_clear(&got->body);
	if (e != OK)
		return err_at(info, "%s", strcmp(what, "-") == 0 ? "standard input" : what);
	if (doc.repaired)
		log_say("%s: not well-formed; read as far as sense goes", what);
	if (doc.left_out)
		log_say("%s: %s", what, doc.left_out);
	return feed_json_write(&doc, STDOUT_FILENO, info);
}

enum err cmd_parse(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	const char *type = NULL, *base = NULL, *what;
	const struct option table[] = { { OPTION_TEXT, "type", &type, 0, 0 }, { OPTION_TEXT, "base", &base, 0, 0 }, OPTIONS_END };
	struct arena a = ARENA_INIT;
	struct got got = GOT_INIT;
	struct parse_hints hints;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK && argc > 1)
		e = cmd_no_more(argc - 1, argv + 1, info);
	what = argc > 0 ? argv[0] : "-";
	if (e == OK)
		e = get(o, &a, what, &got, info);
	if (e == OK) {
		hints = (struct parse_hints){ type ? type : got.mime, base ? base : got.url };
		e = print(&a, &got, &hints, what, info);
	}
	got_clear(&got);
	arena_clear(&a);
	return e;
}
