#include "feeds/fields.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feeds/html.h"
#include "feeds/results.h"
#include "feeds/text_construct.h"
#include "feeds/url.h"

/* ---- vocabularies ---- */

static enum vocab by_uri(const char *uri)
{
	static const struct { const char *start; enum vocab vocab; } known[] = {
		{ "http://www.w3.org/2005/atom", VOCAB_ATOM }, { "http://purl.org/atom/", VOCAB_ATOM },
		{ "http://purl.org/dc/elements/", VOCAB_DC }, { "http://purl.org/dc/terms", VOCAB_TERMS },
		{ "http://purl.org/rss/1.0/modules/dc", VOCAB_DC }, { "http://purl.org/rss/1.0/modules/dcterms", VOCAB_TERMS },
		{ "http://purl.org/rss/1.0/modules/content", VOCAB_CONTENT }, { "http://purl.org/rss/1.0/modules/syndication", VOCAB_UPDATES },
		{ "http://purl.org/rss/1.0/modules/", VOCAB_OTHER }, { "http://purl.org/rss/", VOCAB_CORE }, { "http://purl.org/net/rss", VOCAB_CORE },
		{ "http://search.yahoo.com/mrss", VOCAB_MEDIA }, { "http://video.search.yahoo.com/mrss", VOCAB_MEDIA },
		{ "http://tools.search.yahoo.com/mrss", VOCAB_MEDIA }, { "http://www.itunes.com/", VOCAB_ITUNES },
		{ "http://example.com/dtds/podcast", VOCAB_ITUNES }, { "http://www.w3.org/1999/02/22-rdf", VOCAB_RDF },
		{ "http://www.w3.org/1999/xhtml", VOCAB_XHTML }, { "http://my.netscape.com/", VOCAB_CORE }, { "http://channel.netscape.com/", VOCAB_CORE },
		{ "http://backend.userland.com/", VOCAB_CORE }, { "http://blogs.law.harvard.edu/tech/rss", VOCAB_CORE },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncasecmp(uri, known[i].start, strlen(known[i].start)) == 0)
			return known[i].vocab;
	return VOCAB_OTHER;
}

enum vocab reading_vocab(struct reading *r, const struct dom *node)
{
	if (!*node->ns)
		return VOCAB_CORE;
	if (node->ns != r->last_ns) {
		r->last_ns = node->ns;
		r->last = strcmp(node->ns, r->own_ns) == 0 ? VOCAB_CORE : by_uri(node->ns);
	}
	return r->last;
}

void reading_own(struct reading *r, const char *ns)
{
	r->own_ns = ns;
	r->last_ns = NULL;
}

const char *reading_base(struct reading *r, const struct dom *node)
{
	return dom_xml_base(r->a, node, r->base);
}

/* ---- the choice of an element ---- */

static bool empty(const struct dom *node)
{
	if (node->attrs)
		return false;
	for (const struct dom *c = node->first; c; c = c->next)
		if (c->name || c->text[strspn(c->text, " \t\r\n")])
			return false;
	return true;
}

void fields_gather(struct reading *r, const struct dom *node, const struct rule *rules, size_t n, struct fields *f)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		enum vocab vocab;

		if (!c->name || empty(c))
			continue;
		vocab = reading_vocab(r, c);
		for (size_t i = 0; i < n; i++)
			if (rules[i].vocab == vocab && strcmp(rules[i].name, c->name) == 0) {
				if (rules[i].rank > f->rank[rules[i].field]) {
					f->rank[rules[i].field] = rules[i].rank;
					f->node[rules[i].field] = c;
				}
			}
	}
}

/* ---- values ---- */

static const char *keep(struct reading *r, struct buf *b)
{
	const char *s = b->len ? arena_strndup(r->a, b->s, b->len) : NULL;

	buf_clear(b);
	return s;
}

const char *clean_line(struct arena *a, const char *s)
{
	struct buf b = BUF_INIT;
	const char *out;

	if (!s)
		return NULL;
	utf8_clean(&b, s, strlen(s), UTF8_LINE);
	out = b.len ? arena_strndup(a, b.s, b.len) : NULL;
	buf_clear(&b);
	return out;
}

const char *value_plain(struct reading *r, const struct dom *node)
{
	struct buf text = BUF_INIT, b = BUF_INIT;

	if (!node)
		return NULL;
	dom_text(node, &text);
	utf8_clean(&b, buf_str(&text), text.len, UTF8_LINE);
	buf_clear(&text);
	return keep(r, &b);
}

const char *value_line(struct reading *r, const struct dom *node)
{
	struct buf html = BUF_INIT, b = BUF_INIT;

	if (!node)
		return NULL;
	construct_html(r, node, &html);
	html_line(&b, buf_str(&html), html.len);
	buf_clear(&html);
	return keep(r, &b);
}

const char *value_html(struct reading *r, const struct dom *node, const char *base, int *pixels)
{
	struct buf html = BUF_INIT, b = BUF_INIT;

	if (!node || r->brief)
		return NULL;
	construct_html(r, node, &html);
	base = results_base(dom_xml_base(r->a, node, base), buf_str(&html), html.len);
	html_sanitise(&b, buf_str(&html), html.len, base, pixels);
	buf_clear(&html);
	if (!b.len || !b.s[strspn(b.s, " \t\r\n")])
		buf_cut(&b, 0);
	return keep(r, &b);
}

const char *value_url(struct reading *r, const struct dom *node, const char *ref)
{
	struct arena temp = ARENA_INIT;
	const char *url = clean_line(&temp, ref);

	if (url)
		url = url_resolve(r->a, node ? dom_xml_base(&temp, node, r->base) : r->base, url);
	arena_clear(&temp);
	return url && url_allowed(url, URL_LINK) ? url : NULL;
}

int64_t value_date(struct reading *r, const struct dom *node)
{
	const char *s = value_plain(r, node);
	int64_t t = DATE_NONE;

	if (!s || !date_parse(s, &t))
		return DATE_NONE;
	return t;
}

/* A child element by its name, whatever its vocabulary. */
static const struct dom *child(const struct dom *node, const char *name)
{
	return dom_child(node, NULL, name);
}

const char *value_person(struct reading *r, const struct dom *node)
{
	static const char *const parts[] = { "name", "email", "homepage", "uri", "url" };

	if (!node)
		return NULL;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct dom *part = child(node, parts[i]);
		const char *s = part ? value_plain(r, part) : NULL;

		if (s)
			return s;
	}
	return value_line(r, node);
}

const char *value_image(struct reading *r, const struct dom *node)
{
	const char *ref = NULL, *url;

	if (!node)
		return NULL;
	if (dom_value(node, "url"))
		ref = dom_value(node, "url");
	else if (dom_value(node, "href"))
		ref = dom_value(node, "href");
	else if (child(node, "url"))
		ref = value_plain(r, child(node, "url"));
	else if (dom_value(node, "resource"))
		ref = dom_value(node, "resource"); /* rdf:resource */
	else if (node->first && node->first == node->last)
		ref = value_plain(r, node);
	url = value_url(r, node, ref);
	return url && url_allowed(url, URL_FETCH) ? url : NULL;
}

/* ---- links ---- */

static bool is_html(const char *type)
{
	return !type || strncasecmp(type, "text/html", 9) == 0 || strncasecmp(type, "application/xhtml+xml", 21) == 0;
}

const char *link_find(struct reading *r, const struct dom *node, const char *rel)
{
	const char *second = NULL;

	for (const struct dom *c = node->first; c; c = c->next) {
		const char *its, *url;

		if (!c->name || strcmp(c->name, "link") != 0 || !dom_value(c, "href"))
			continue;
		its = dom_value(c, "rel");
		if (its && strncmp(its, "http://www.iana.org/assignments/relation/", 41) == 0)
			its += 41;
		if (rel ? !its || strcasecmp(its, rel) != 0 : its && *its && strcasecmp(its, "alternate") != 0)
			continue;
		url = value_url(r, c, dom_value(c, "href"));
		if (url && is_html(dom_value(c, "type")))
			return url;
		if (url && !second)
			second = url;
	}
	return second;
}

void reading_rest(struct reading *r, const struct dom *feed, const char *link)
{
	const char *self;

	if (r->base)
		return;
	self = link_find(r, feed, "self");
	if (self && strlen(self) <= DOM_BASE && url_allowed(self, URL_FETCH))
		r->base = self;
	else if (link && strlen(link) <= DOM_BASE && url_allowed(link, URL_FETCH))
		r->base = link;
}
