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
		{ "http://purl.org/rss/1.0/modules/rss091", VOCAB_CORE }, { "http://purl.org/rss/1.0/modules/", VOCAB_OTHER }, { "http://purl.org/rss/", VOCAB_CORE }, { "http://purl.org/net/rss", VOCAB_CORE },
		{ "http://search.yahoo.com/mrss", VOCAB_MEDIA }, { "http://video.search.yahoo.com/mrss", VOCAB_MEDIA },
		{ "http://tools.search.yahoo.com/mrss", VOCAB_MEDIA }, { "http://www.itunes.com/", VOCAB_ITUNES },
		{ "http://example.com/dtds/podcast", VOCAB_ITUNES }, { "http://podcastindex.org/", VOCAB_PODCAST },
		{ "http://github.com/podcastindex", VOCAB_PODCAST }, { "http://raw.githubusercontent.com/podcastindex", VOCAB_PODCAST }, { "http://www.w3.org/1999/02/22-rdf", VOCAB_RDF },
		{ "http://www.w3.org/1999/xhtml", VOCAB_XHTML }, { "http://my.netscape.com/", VOCAB_CORE }, { "http://channel.netscape.com/", VOCAB_CORE },
		{ "http://backend.userland.com/", VOCAB_CORE }, { "http://blogs.law.harvard.edu/tech/rss", VOCAB_CORE },
	};

	bool secure = strncasecmp(uri, "https:", 6) == 0; /* some write all addresses so */

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncasecmp(uri + 5 + secure, known[i].start + 5, strlen(known[i].start) - 5) == 0)
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
		if (r->atom && r->last == VOCAB_ATOM)
			r->last = VOCAB_CORE; /* its other version, or declared on the entries only */
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

/* Does an element without text say something? */
static bool says_by_attribute(const struct dom *node)
{
	static const char *const telling[] = { "href", "url", "src", "resource", "term", "label", "text" };

	for (size_t i = 0; node->attrs && i < sizeof telling / sizeof *telling; i++) {
		const char *value = dom_value(node, telling[i]);

		if (value && *value)
			return true;
	}
	return false;
}

bool fields_empty(const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next)
		if (c->name || c->text[strspn(c->text, " \t\r\n")])
			return false;
	return !says_by_attribute(node);
}

void fields_gather(struct reading *r, const struct dom *node, const struct rule *rules, size_t n, struct fields *f)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		enum vocab vocab;

		if (!c->name || fields_empty(c))
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

int64_t fields_date(struct reading *r, const struct dom *node, const struct rule *rules, size_t n, enum field field)
{
	int64_t best = DATE_NONE;
	int rank = 0;

	for (const struct dom *c = node->first; c; c = c->next) {
		for (size_t i = 0; c->name && i < n; i++) {
			int64_t t;

			if (rules[i].field != field || rules[i].rank <= rank || strcmp(rules[i].name, c->name) != 0 || rules[i].vocab != reading_vocab(r, c))
				continue;
			t = value_date(r, c);
			if (t != DATE_NONE) {
				best = t;
				rank = rules[i].rank;
			}
		}
	}
	return best;
}

/* ---- values ---- */

/* b without the blanks around it, in the arena. */
static const char *keep(struct reading *r, struct buf *b)
{
	static const char blanks[] = " \t\r\n";
	size_t from = b->len ? strspn(b->s, blanks) : 0, n = b->len - from;
	const char *s;

	while (n && strchr(blanks, b->s[from + n - 1]))
		n--;
	s = n ? arena_strndup(r->a, b->s + from, n) : NULL;

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
	text_once(&text);
	utf8_clean(&b, buf_str(&text), text.len, UTF8_LINE);
	buf_clear(&text);
	return keep(r, &b);
}

const char *value_line(struct reading *r, const struct dom *node)
{
	struct buf html = BUF_INIT, b = BUF_INIT;

	if (!node)
		return NULL;
	construct_line(r, node, &html);
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

	/* the first day of year 1 is what programs print for a date that was never set */
	if (!s || !date_parse(s, &t) || t < date_from_civil(1, 1, 3, 0, 0, 0))
		return DATE_NONE;
	return t;
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
	else if (dom_child(node, NULL, "url"))
		ref = value_plain(r, dom_child(node, NULL, "url"));
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

/* How well a link serves: 0 not at all. A page before another type, one in the feed's language before a translation. */
static int link_serves(const struct dom *c, const char *rel)
{
	const char *its = dom_value(c, "rel"), *lang = dom_value(c, "hreflang"), *own = dom_xml_lang(c, NULL);

	if (its && strncmp(its, "http://www.iana.org/assignments/relation/", 41) == 0)
		its += 41;
	if (rel ? !its || strcasecmp(its, rel) != 0 : its && *its && strcasecmp(its, "alternate") != 0)
		return 0;
	if (rel && strcmp(rel, "replies") == 0 && !is_html(dom_value(c, "type")))
		return 0; /* a feed of them is no page */
	return 1 + 2 * is_html(dom_value(c, "type")) + (!lang || !own || strncasecmp(lang, own, strcspn(own, "-")) == 0);
}

const char *link_find(struct reading *r, const struct dom *node, const char *rel)
{
	const char *best = NULL;
	int most = 0;

	for (const struct dom *c = node->first; c; c = c->next) {
		const char *url;
		int serves;

		if (!c->name || strcmp(c->name, "link") != 0 || !dom_value(c, "href"))
			continue;
		serves = link_serves(c, rel);
		url = serves > most ? value_url(r, c, dom_value(c, "href")) : NULL;
		if (url) {
			best = url;
			most = serves;
		}
	}
	return best;
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
