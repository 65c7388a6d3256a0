#include "feeds/parse.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/dom.h"
#include "feeds/formats.h"
#include "feeds/sniff.h"
#include "feeds/url.h"

#define FEED_MOST ((size_t)64 << 20) /* bytes of UTF-8; http.c stops long before */

static bool is_feed(enum sniffed kind)
{
	return kind == SNIFF_RSS || kind == SNIFF_RDF || kind == SNIFF_ATOM;
}

/* A warning that a program printed before its feed hides it: look behind it. Returns the bytes to leave out. */
static size_t behind_junk(const char *s, size_t n, enum sniffed *kind)
{
	static const char *const start[] = { "<?xml", "<rss", "<rdf:RDF", "<feed" };

	if (*kind != SNIFF_HTML && *kind != SNIFF_XML && *kind != SNIFF_OTHER)
		return 0;
	for (size_t i = 0; i < sizeof start / sizeof *start; i++) {
		const char *p = memmem(s, n < 65536 ? n : 65536, start[i], strlen(start[i]));
		enum sniffed inner = p ? sniff_format(p, n - (size_t)(p - s)) : SNIFF_OTHER;

		if (p && p > s && is_feed(inner)) {
			*kind = inner;
			return (size_t)(p - s);
		}
	}
	return 0;
}

static enum err refuse(enum sniffed kind, struct err_info *info)
{
	switch (kind) {
	case SNIFF_EMPTY: return err_set(info, ERR_SYNTAX, "the document is empty");
	case SNIFF_HTML: return err_set(info, ERR_SYNTAX, "this is a web page, not a feed");
	case SNIFF_OPML: return err_set(info, ERR_SYNTAX, "this is a list of subscriptions (OPML); use `eclose import`");
	default: return err_set(info, ERR_SYNTAX, "this is neither RSS, Atom nor JSON Feed");
	}
}

/* XML with a document element of another name may hold items all the same. */
static enum sniffed by_tree(const struct dom *root)
{
	if (dom_child(root, NULL, "channel") || dom_child(root, NULL, "item"))
		return SNIFF_RSS;
	return dom_child(root, NULL, "entry") || strcmp(root->name, "entry") == 0 ? SNIFF_ATOM : SNIFF_XML;
}

static enum err read_xml(struct arena *a, const char *s, size_t n, const char *base, enum sniffed kind, struct feed_doc *doc, struct err_info *info)
{
	struct arena tree = ARENA_INIT;
	struct feed_doc read = { .updated = DATE_NONE, .ttl = -1 };
	struct dom *root;
	enum err e = dom_xml(&tree, s, n, &root, &read.repaired, info);

	if (e != OK)
		goto out;
	if (!is_feed(kind))
		kind = by_tree(root);
	if (kind == SNIFF_ATOM)
		atom_read(a, root, base, &read);
	else if (is_feed(kind))
		rss_read(a, root, base, &read);
	else if (strcmp(root->name, "urlset") == 0 || strcmp(root->name, "sitemapindex") == 0)
		e = err_set(info, ERR_SYNTAX, "this is a site map, not a feed");
	else
		e = err_set(info, ERR_SYNTAX, "this is XML, but not a feed (its first element is \"%.40s\")", root->name);
	if (e == OK)
		*doc = read;
out:
	arena_clear(&tree);
	return e;
}

static enum err read_utf8(struct arena *a, const struct buf *text, const char *base, struct feed_doc *doc, struct err_info *info)
{
	const char *s = buf_str(text);
	enum sniffed kind = sniff_format(s, text->len);
	size_t junk = behind_junk(s, text->len, &kind);
	enum err e;

	if (kind == SNIFF_JSON)
		return jsonfeed_read(a, s, text->len, base, doc, info);
	if (!is_feed(kind) && kind != SNIFF_XML)
		return refuse(kind, info);
	e = read_xml(a, s + junk, text->len - junk, base, kind, doc, info);
	if (e == OK && junk)
		doc->repaired = true;
	return e;
}

enum err feed_parse(struct arena *a, const char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info)
{
	const char *base = hints ? hints->base : NULL;
	struct buf text = BUF_INIT;
	enum err e;

	if (n > FEED_MOST)
		return err_set(info, ERR_LIMIT, "the document is too large (%zu bytes; at most %zu)", n, FEED_MOST);
	sniff_utf8(&text, s, n, hints ? hints->mime : NULL, NULL);
	e = read_utf8(a, &text, base, doc, info);
	buf_clear(&text);
	return e;
}
