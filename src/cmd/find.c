#include "cmd/find.h"

#include <string.h>

#include "cmd/get.h"
#include "feeds/discover.h"
#include "feeds/discover_rules.h"
#include "feeds/http_home.h"
#include "feeds/parse.h"
#include "feeds/sniff.h"
#include "feeds/url.h"

static void take_found(struct arena *a, const char *page, const struct found_feed *found, size_t n, struct choices *out)
{
	out->one = arena_zero(a, n + 1, sizeof *out->one);
	out->n = n;
	for (size_t i = 0; i < n; i++)
		out->one[i] = (struct choice){ .url = found[i].url, .title = found[i].title, .page = page };
}

static void take_one(struct arena *a, const struct choice *c, struct choices *out)
{
	out->one = arena_zero(a, 1, sizeof *out->one);
	out->one[0] = *c;
	out->n = 1;
}

void find_by_address(struct arena *a, const char *url, struct choices *out)
{
	struct found_feed *found = NULL;
	size_t n = discover_by_address(a, url, &found);

	take_found(a, NULL, found, n, out);
}

static enum err parsed(struct arena *a, const struct got *got, struct feed_doc *doc, struct err_info *info)
{
	const struct parse_hints hints = { got->mime, got->url };

	return feed_parse(a, buf_str(&got->body), got->body.len, &hints, doc, info);
}

static enum err look(struct app *app, struct arena *a, struct choice *c, struct got *got, struct err_info *info)
{
	enum err e = get_url(app, a, c->url, c->page, got, info);

	if (e != OK)
		return e;
	e = parsed(a, got, &c->doc, info);
	if (e == OK && got->moved_to)
		c->url = home_moved(a, c->url, got->moved_to);
	c->looked = e == OK;
	return e == OK ? OK : err_at(info, "%s", url_shown(a, c->url));
}

enum err find_look(struct app *app, struct arena *a, struct choice *c, struct err_info *info)
{
	struct got got = GOT_INIT;
	enum err e = look(app, a, c, &got, info);

	got_clear(&got);
	return e;
}

/* A host that doesn't answer, or says that it is busy, isn't asked on. */
static bool may_ask_on(const struct got *got)
{
	return got->status >= 200 && got->status < 500 && got->status != 429;
}

/* Ask for these, one after the other, until one is a feed. tries [in,out] requests that are left. */
static enum err try_each(struct app *app, struct arena *a, const char *page, const struct found_feed *found, size_t n, size_t *tries, struct choices *out, struct err_info *info)
{
	bool on = true;

	for (size_t i = 0; on && i < n && *tries; i++) {
		struct choice c = { .url = found[i].url, .title = found[i].title, .page = page };
		struct got got = GOT_INIT;
		enum err e = look(app, a, &c, &got, info);

		--*tries;
		on = may_ask_on(&got);
		got_clear(&got);
		if (e == OK) {
			take_one(a, &c, out);
			return OK;
		}
	}
	*tries = on ? *tries : 0;
	return ERR_NOTFOUND;
}

/* html: the page as UTF-8. */
static enum err behind_page(struct app *app, struct arena *a, const char *url, const struct buf *html, struct choices *out, struct err_info *info)
{
	struct found_feed *found = NULL;
	size_t n = discover_feeds(a, buf_str(html), html->len, url, &found), tries = DISCOVER_TRIES;
	enum err e;

	if (n) {
		take_found(a, url, found, n, out);
		return OK;
	}
	n = discover_by_page(a, url, buf_str(html), html->len, &found);
	e = try_each(app, a, url, found, n, &tries, out, info);
	if (e == ERR_NOTFOUND && tries) {
		n = discover_by_place(a, url, &found);
		e = try_each(app, a, url, found, n, &tries, out, info);
	}
	return e == OK ? OK : err_set(info, ERR_NOTFOUND, "%s: this is a web page, not a feed; it names none, and none was found where feeds commonly are", url_shown(a, url));
}

/* What stands there is no feed, says info. */
static enum err no_feed(struct app *app, struct arena *a, const char *url, const struct got *got, struct choices *out, struct err_info *info)
{
	struct buf text = BUF_INIT;
	enum sniffed what;
	enum err e;

	sniff_utf8(&text, buf_str(&got->body), got->body.len, got->mime, NULL);
	what = sniff_format(buf_str(&text), text.len);
	if (what == SNIFF_HTML)
		e = behind_page(app, a, got->url, &text, out, info);
	else if (what == SNIFF_OPML)
		e = err_set(info, ERR_SYNTAX, "%s: this is a list of subscriptions (OPML), not a feed; `eclose import FILE` takes it, from a file of yours", url_shown(a, url));
	else
		e = err_at(info, "%s", url_shown(a, url));
	buf_clear(&text);
	return e;
}

enum err find_by_page(struct app *app, struct arena *a, const char *url, struct choices *out, struct err_info *info)
{
	struct choice c = { .url = url };
	struct got got = GOT_INIT;
	enum err e = get_url(app, a, url, NULL, &got, info);

	if (e == OK) {
		e = parsed(a, &got, &c.doc, info);
		if (e == OK) {
			c.url = got.moved_to ? home_moved(a, url, got.moved_to) : url;
			c.looked = true;
			take_one(a, &c, out);
		} else if (e == ERR_SYNTAX) {
			e = no_feed(app, a, url, &got, out, info);
		} else {
			e = err_at(info, "%s", url_shown(a, url));
		}
	}
	got_clear(&got);
	return e;
}
