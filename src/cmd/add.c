/* eclose add - subscribe to a feed, or to those that a web page leads to. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/find.h"
#include "cmd/options.h"
#include "app/subs_file.h"
#include "feeds/url.h"

/* ---- the address ---- */

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

/* "https://": a scheme and its slashes come before anything that a host can't have. */
static bool has_scheme(const char *s)
{
	size_t n = strcspn(s, ":/?#");

	return n && strncmp(s + n, "://", 3) == 0;
}

/* The address as it will stand in the file: a bare host gets https, a file name that exists file:, and the feed: of old browsers goes. */
static const char *full_address(struct arena *a, const char *word)
{
	char real[PATH_MAX];

	if (strncasecmp(word, "feed:", 5) == 0) {
		word += 5;
		word += strspn(word, "/");
	}
	if (has_scheme(word))
		return word;
	if (access(word, R_OK) == 0 && realpath(word, real))
		return file_address(a, real);
	return arena_printf(a, "https://%s", word);
}

/* ---- which of several ---- */

struct wish {
	bool all;
	long pick; /* from 1; 0: not said */
};

static void print_choice(struct arena *a, const struct choice *c)
{
	printf("%s%s%s\n", c->title ? c->title : "", c->title ? "  " : "", url_shown(a, c->url));
}

/* What was typed: a number from 1 on, 0 for none of them, -1 for all, -2 for what is neither. At the end of the input: 0. */
static long typed(size_t n)
{
	char line[64], *end;
	const char *s = line;
	long k;

	if (!fgets(line, sizeof line, stdin))
		return 0;
	s += strspn(s, " \t");
	if (*s == '\n' || !*s)
		return 1;
	if (*s == 'q' || *s == 'a')
		return *s == 'a' ? -1 : 0;
	k = strtol(s, &end, 10);
	return end > s && k >= 1 && (size_t)k <= n && strspn(end, " \t\n") == strlen(end) ? k : -2;
}

static void ask(struct arena *a, const struct choices *c, struct wish *w, bool *none)
{
	long k;

	printf("There are %zu feeds:\n", c->n);
	for (size_t i = 0; i < c->n; i++) {
		printf("%3zu  ", i + 1);
		print_choice(a, &c->one[i]);
	}
	do {
		printf("Which? A number, Enter for the first, a for all, q for none: ");
		fflush(stdout);
		k = typed(c->n);
	} while (k == -2);
	*none = k == 0;
	w->all = k < 0;
	w->pick = k > 0 ? k : 0;
}

/* *first, *n [out] what is wished of these. */
static enum err choose(struct arena *a, const struct choices *c, struct wish w, size_t *first, size_t *n, struct err_info *info)
{
	bool none = false;

	if (w.pick && (size_t)w.pick > c->n)
		return err_set(info, ERR_NOTFOUND, "there %s %zu feed%s to pick from, and no number %ld", c->n == 1 ? "is" : "are", c->n, c->n == 1 ? "" : "s", w.pick);
	if (c->n > 1 && !w.all && !w.pick && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		ask(a, c, &w, &none);
	else if (!w.all && !w.pick)
		for (size_t i = 1; i < c->n; i++)
			log_say("there is also %s%s%s", url_shown(a, c->one[i].url), c->one[i].title ? "  " : "", c->one[i].title ? c->one[i].title : "");
	*first = w.pick ? (size_t)w.pick - 1 : 0;
	*n = none ? 0 : w.all ? c->n : 1;
	return OK;
}

/* ---- subscribing ---- */

static enum err subscribe(struct app *app, struct choice *c, const struct sub *like, struct err_info *info)
{
	struct sub sub = *like;
	size_t added;
	enum err e = OK;

	if (app->offline && !c->looked && strncmp(c->url, "file:", 5) != 0)
		log_say("offline: %s is added without a look at it", url_shown(&app->arena, c->url));
	else if (!c->looked)
		e = find_look(app, &app->arena, c, info);
	if (e != OK)
		return e;
	sub.url = c->url;
	e = subs_append(app, &sub, 1, &added, info);
	if (e == OK && added)
		printf("added %s%s%s (%zu articles; `eclose fetch` gets them)\n", url_shown(&app->arena, c->url), c->doc.title ? "  " : "", c->doc.title ? c->doc.title : "", c->doc.n_entries);
	else if (e == OK)
		printf("%s is among the subscriptions already\n", url_shown(&app->arena, c->url));
	return e;
}

static enum err subscribe_chosen(struct app *app, const struct choices *c, struct wish w, const struct sub *like, struct err_info *info)
{
	size_t first = 0, n = 0;
	enum err e = choose(&app->arena, c, w, &first, &n, info);

	if (e == OK && n > 1 && like->title)
		e = err_set(info, ERR_USAGE, "--title names one feed, and these are %zu", n);
	for (size_t i = first; e == OK && i < first + n; i++)
		e = subscribe(app, &c->one[i], like, info);
	if (e == OK && !n)
		printf("nothing was added\n");
	return e;
}

/* By the page, or, offline, as it is. */
static enum err add_page(struct app *app, const char *url, struct wish w, const struct sub *like, struct err_info *info)
{
	struct choice one = { .url = url };
	struct choices c = { &one, 1 };
	enum err e = OK;

	if (!app->offline || strncmp(url, "file:", 5) == 0)
		e = find_by_page(app, &app->arena, url, &c, info);
	return e == OK ? subscribe_chosen(app, &c, w, like, info) : e;
}

static enum err add(struct app *app, const char *word, struct wish w, const struct sub *like, struct err_info *info)
{
	const char *url = full_address(&app->arena, word);
	struct choices c = { NULL, 0 };

	if (strncmp(url, "file:", 5) != 0 && !url_allowed(url, URL_FETCH))
		return err_set(info, ERR_USAGE, "'%s' is not an address that can be fetched (http, https, or a file of yours)", word);
	find_by_address(&app->arena, url, &c);
	/* A rule may be wrong one day: then the page itself is asked. */
	if (c.n && !app->offline && !w.all && !w.pick && find_look(app, &app->arena, &c.one[0], info) != OK)
		c.n = 0;
	return c.n ? subscribe_chosen(app, &c, w, like, info) : add_page(app, url, w, like, info);
}

enum err cmd_add(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	struct option_texts tags = { { 0 }, 0 };
	struct sub like = { 0 };
	struct wish w = { false, 0 };
	const struct option table[] = {
		{ OPTION_MANY, "tag", &tags, 0, 0 }, { OPTION_TEXT, "title", &like.title, 0, 0 }, { OPTION_FLAG, "all", &w.all, 0, 0 }, { OPTION_INT, "pick", &w.pick, 1, 1000 }, OPTIONS_END,
	};
	struct app app;
	enum err e = cmd_open(&app, o, table, 1, "add needs an address", argc, argv, info);

	if (e != OK)
		return e;
	like.tags = tags.s;
	like.n_tags = tags.n;
	e = w.all && w.pick ? err_set(info, ERR_USAGE, "--all takes all feeds, and --pick one: which of the two?") : add(&app, argv[0], w, &like, info);
	app_close(&app);
	return e;
}
