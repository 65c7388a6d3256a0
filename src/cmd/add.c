/* eclose add - subscribe to a feed, or to the feed that a web page names. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/get.h"
#include "cmd/options.h"
#include "cmd/subs.h"
#include "feeds/discover.h"
#include "feeds/parse.h"
#include "feeds/sniff.h"
#include "feeds/url.h"

/* What would end or change the path of an address is percent-encoded; letters beyond ASCII stay readable. */
static const char *file_address(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT;
	const char *out;

	buf_puts(&b, "file://");
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (c <= ' ' || c == 0x7f || strchr("%#?\"\\`", c))
			buf_printf(&b, "%%%02X", c);
		else
			buf_putc(&b, *path);
	}
	out = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

/* The address as it will stand in the file: a bare host gets https, a file name that exists file:. */
static const char *full_address(struct arena *a, const char *word)
{
	char real[PATH_MAX];

	if (strstr(word, "://"))
		return word;
	if (access(word, R_OK) == 0 && realpath(word, real))
		return file_address(a, real);
	return arena_printf(a, "https://%s", word);
}

static enum err discovered(struct arena *a, const struct got *page, const char **url, struct err_info *info)
{
	struct buf text = BUF_INIT;
	struct found_feed *found;
	size_t n;

	sniff_utf8(&text, page->body.s ? page->body.s : "", page->body.len, page->mime, NULL);
	n = sniff_format(buf_str(&text), text.len) == SNIFF_HTML ? discover_feeds(a, buf_str(&text), text.len, page->url, &found) : 0;
	buf_clear(&text);
	if (!n)
		return ERR_NOTFOUND;
	for (size_t i = 1; i < n; i++)
		log_say("this page also names %s%s%s", found[i].url, found[i].title ? "  " : "", found[i].title ? found[i].title : "");
	*url = found[0].url;
	(void)info;
	return OK;
}

/* Is there a feed at *url, or a page that names one? *url becomes the feed's address; the new one where that has moved for good. */
static enum err find_feed(struct app *app, struct arena *a, const char **url, struct feed_doc *doc, struct err_info *info)
{
	struct got got = GOT_INIT;
	struct parse_hints hints;
	struct err_info second;
	enum err e = get_url(app, a, *url, &got, info);

	if (e != OK)
		return e;
	hints = (struct parse_hints){ got.mime, got.url };
	e = feed_parse(a, buf_str(&got.body), got.body.len, &hints, doc, info);
	if (e == ERR_SYNTAX && discovered(a, &got, url, &second) == OK) {
		got_clear(&got);
		e = get_url(app, a, *url, &got, info);
		hints = (struct parse_hints){ got.mime, got.url };
		if (e == OK)
			e = feed_parse(a, buf_str(&got.body), got.body.len, &hints, doc, info);
	}
	if (e == OK && got.moved_to)
		*url = got.moved_to;
	got_clear(&got);
	return e == OK ? OK : err_at(info, "%s", *url);
}

static enum err add(struct app *app, const char *word, struct sub *sub, struct err_info *info)
{
	const char *url = full_address(&app->arena, word);
	struct feed_doc doc = { 0 };
	size_t added;
	enum err e = OK;

	if (strncmp(url, "file:", 5) != 0 && !url_allowed(url, URL_FETCH))
		return err_set(info, ERR_USAGE, "'%s' is not an address that can be fetched (http, https, or a file of yours)", word);
	if (app->offline && strncmp(url, "file:", 5) != 0)
		log_say("offline: %s is added without a look at it", url);
	else
		e = find_feed(app, &app->arena, &url, &doc, info);
	if (e != OK)
		return e;
	sub->url = url;
	e = subs_append(app, sub, 1, &added, info);
	if (e == OK && added)
		printf("added %s%s%s (%zu articles; `eclose fetch` gets them)\n", url, doc.title ? "  " : "", doc.title ? doc.title : "", doc.n_entries);
	else if (e == OK)
		printf("%s is among the subscriptions already\n", url);
	return e;
}

enum err cmd_add(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct option_texts tags = { { 0 }, 0 };
	struct sub sub = { 0 };
	const struct option table[] = { { OPTION_MANY, "tag", &tags, 0, 0 }, { OPTION_TEXT, "title", &sub.title, 0, 0 }, OPTIONS_END };
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "add needs an address", argc, argv, info);

	if (e != OK)
		return e;
	sub.tags = tags.s;
	sub.n_tags = tags.n;
	e = add(&app, argv[0], &sub, info);
	app_close(&app);
	return e;
}
