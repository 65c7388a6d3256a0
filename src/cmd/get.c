#include "cmd/get.h"

#include <string.h>

#include "feeds/http.h"
#include "feeds/http_address.h"
#include "feeds/login.h"
#include "feeds/settings.h"
#include "feeds/url.h"

struct getting {
	struct arena *a;
	struct got *got;
	struct err_info *info;
	enum err e;
};

static void answered(void *user, const struct http_response *r)
{
	struct getting *g = user;

	g->got->status = r->err == OK ? r->status : 0;
	if (r->err != OK) {
		g->e = err_set(g->info, r->err, "%s: %s", url_shown(g->a, r->request->url), r->error);
		return;
	}
	if (r->status < 200 || r->status > 299) {
		g->e = err_set(g->info, ERR_NET, "%s: the server answered %d", url_shown(g->a, r->request->url), r->status);
		return;
	}
	buf_add(&g->got->body, r->body, r->len);
	g->got->url = arena_strdup(g->a, r->url);
	g->got->moved_to = arena_strdup(g->a, r->moved_to);
	g->got->mime = arena_strdup(g->a, r->content_type);
}

static enum err settings_of(const struct app *app, struct arena *a, struct http_request *request, struct feed_settings *settings, struct err_info *info)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, request->url) == 0)
			e = settings_read(a, app->subs.sub[i].settings, app->subs.sub[i].n_settings, settings, info);
	return e == OK ? login_read(a, settings, &request->login, info) : e;
}

enum err get_url(const struct app *app, struct arena *a, const char *url, const char *page, struct got *out, struct err_info *info)
{
	const struct config *c = &app->config;
	struct http_config cfg = { .proxy = c->proxy && *c->proxy ? c->proxy : NULL, .timeout = c->timeout };
	bool file = strncmp(url, "file:", 5) == 0;
	struct feed_settings settings = { 0 };
	struct http_request request = { .url = url, .allow_file = file && !page, .foreign = page && !address_host_local(url_host(a, page)), .settings = &settings };
	struct getting g = { a, out, info, OK };
	struct http *http;
	enum err e;

	if (app->offline && !file)
		return err_set(info, ERR_NET, "%s: not fetched, the program runs with --offline", url_shown(a, url));
	e = settings_of(app, a, &request, &settings, info);
	if (e == OK)
		e = http_new(&cfg, &http, info);
	if (e != OK)
		return e;
	http_add(http, &request);
	http_run(http, answered, &g, NULL);
	http_free(http);
	return g.e;
}

void got_clear(struct got *g)
{
	buf_clear(&g->body);
	*g = (struct got)GOT_INIT;
}
