#include "feeds/discover.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feeds/dom.h"
#include "feeds/fields.h"
#include "feeds/sniff.h"
#include "feeds/url.h"

#define FOUND_MOST 64 /* feeds of one page */
/* A page may name the same feed a million times, and each is made as long as what it is resolved against. */
#define LOOKED_MOST 1000
#define ADDRESS_MOST ((size_t)8192)

struct search {
	struct arena *a;
	const char *base;
	struct found_feed found[FOUND_MOST];
	size_t n, looked;
};

static const struct dom *find(const struct dom *node, const char *name)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		const struct dom *inner;

		if (!c->name)
			continue;
		if (strcmp(c->name, name) == 0)
			return c;
		inner = find(c, name);
		if (inner)
			return inner;
	}
	return NULL;
}

/* "feed://host/x" and "feed:https://host/x", as some pages still have it. */
static const char *without_feed_scheme(struct arena *a, const char *url)
{
	if (strncasecmp(url, "feed:", 5) != 0)
		return url;
	url += 5;
	return strncmp(url, "//", 2) == 0 ? arena_printf(a, "https:%s", url) : url;
}

static void add(struct search *f, const char *href, const char *title, const char *type)
{
	const char *url;

	if (f->n == FOUND_MOST || strlen(href) > ADDRESS_MOST || f->looked++ >= LOOKED_MOST)
		return;
	url = clean_line(f->a, href);
	if (!url)
		return;
	url = url_resolve(f->a, f->base, without_feed_scheme(f->a, url));
	if (!url_allowed(url, URL_FETCH))
		return;
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->found[i].url, url) == 0)
			return;
	f->found[f->n++] = (struct found_feed){ url, clean_line(f->a, title), clean_line(f->a, type) };
}

/* Is word one of the blank-separated words of list? */
static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (list && *list) {
		size_t n = strcspn(list, " \t\r\n");

		if (n == len && strncasecmp(list, word, n) == 0)
			return true;
		list += n;
		list += strspn(list, " \t\r\n");
	}
	return false;
}

static bool is_feed_type(const char *type)
{
	static const char *const types[] = { "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
		"application/x.atom+xml", "application/x-atom+xml", "text/rss+xml", "text/rss", "text/xml", "application/xml", "application/rss" };

	for (size_t i = 0; type && i < sizeof types / sizeof *types; i++) {
		size_t n = strlen(types[i]);

		if (strncasecmp(type, types[i], n) == 0 && (type[n] == '\0' || strchr("; \t", type[n])))
			return true;
	}
	return false;
}

static void link_element(struct search *f, const struct dom *node)
{
	const char *rel = dom_value(node, "rel"), *type = dom_value(node, "type"), *href = dom_value(node, "href");

	if (!rel || !href)
		return;
	if (has_word(rel, "feed"))
		add(f, href, dom_value(node, "title"), type);
	else if (has_word(rel, "alternate") && !has_word(rel, "stylesheet") &&
		 (is_feed_type(type) || (type && strncasecmp(type, "application/json", 16) == 0 && strstr(href, "feed"))))
		add(f, href, dom_value(node, "title"), type);
}

static bool ends(const char *s, size_t n, const char *with)
{
	size_t len = strlen(with);

	return n >= len && strncasecmp(s + n - len, with, len) == 0;
}

bool discover_looks_like_feed(const char *href)
{
	static const char *const paths[] = { ".rss", ".rdf", ".atom", "/feed", "/feed/", "/rss", "/rss/", "/atom", "/atom/", "/feed.xml", "/rss.xml",
		"/atom.xml", "/index.xml", "/index.rdf", "/feed.json", "/rss2", "/feeds", "/videos.xml", "/showrss", "/feeds/posts/default" };
	size_t n = strcspn(href, "?#");

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (ends(href, n, paths[i]))
			return true;
	return strstr(href + n, "feed=rss") || strstr(href + n, "feed=atom") || strstr(href + n, "format=rss") || strstr(href, "feeds.feedburner.com/");
}

static void anchor_element(struct search *f, const struct dom *node)
{
	const char *href = dom_value(node, "href");
	struct buf text = BUF_INIT;

	if (!href || !discover_looks_like_feed(href))
		return;
	dom_text(node, &text);
	add(f, href, buf_str(&text), dom_value(node, "type"));
	buf_clear(&text);
}

static void walk(struct search *f, const struct dom *node, const char *name, void (*visit)(struct search *, const struct dom *))
{
	for (const struct dom *c = node->first; c; c = c->next) {
		if (!c->name)
			continue;
		if (strcmp(c->name, name) == 0)
			visit(f, c);
		walk(f, c, name, visit);
	}
}

static bool contains(const char *s, const char *word)
{
	size_t n = strlen(word);

	for (; s && *s; s++)
		if (strncasecmp(s, word, n) == 0)
			return true;
	return false;
}

/* What readers say of the articles is a feed too, and seldom the one that was looked for. */
static bool is_comments(const struct found_feed *f)
{
	return contains(f->title, "comments") || contains(f->url, "/comments") || contains(f->url, "comments-rss") || contains(f->url, "feed=comments");
}

static void copy_part(const struct search *f, bool comments, struct found_feed **to)
{
	for (size_t i = 0; i < f->n; i++)
		if (is_comments(&f->found[i]) == comments)
			*(*to)++ = f->found[i];
}

size_t discover_feeds(struct arena *a, const char *html, size_t n, const char *base, struct found_feed **out)
{
	struct search f = { .a = a, .base = base };
	struct arena tree = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct found_feed *to;
	const struct dom *said;
	struct dom *root;

	sniff_utf8(&text, html, n, NULL, NULL);
	if (dom_html(&tree, buf_str(&text), text.len, &root, NULL) == OK) {
		said = find(root, "base");
		if (said && dom_value(said, "href") && strlen(dom_value(said, "href")) <= ADDRESS_MOST)
			f.base = url_resolve(a, base, dom_value(said, "href"));
		walk(&f, root, "link", link_element);
		walk(&f, root, "a", anchor_element);
	}
	arena_clear(&tree);
	buf_clear(&text);
	to = *out = arena_alloc(a, (f.n + 1) * sizeof **out);
	copy_part(&f, false, &to);
	copy_part(&f, true, &to);
	return f.n;
}
