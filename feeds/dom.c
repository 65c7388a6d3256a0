#include "feeds/dom.h"

#include <string.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "feeds/html_entities.h"
#include "feeds/mend.h"
#include "feeds/url.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"
#define INTERNED 256 /* a power of two */

/* What the SAX events build. */
struct builder {
	struct arena *arena;
	struct dom *root, *at;  /* at: the open element */
	size_t depth, deeper;   /* deeper: open elements beyond the limits, left out */
	size_t nodes;
	struct buf text;        /* text that is not a node yet */
	struct { const xmlChar *key; const char *name; } name[INTERNED]; /* libxml2's dictionary gives one name one address */
	char error[256];
	int line;
};

static const char *copy_lower(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	for (char *p = out; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	return out;
}

/* A name of libxml2's dictionary, in lower case, in our arena; most are asked for again and again. */
static const char *intern(struct builder *b, const xmlChar *key)
{
	size_t i = ((uintptr_t)key >> 3 ^ (uintptr_t)key >> 11) & (INTERNED - 1);

	if (b->name[i].key != key) {
		b->name[i].key = key;
		b->name[i].name = copy_lower(b->arena, (const char *)key);
	}
	return b->name[i].name;
}

static void append(struct builder *b, struct dom *node)
{
	node->parent = b->at;
	if (!b->at)
		return;
	if (b->at->last)
		b->at->last->next = node;
	else
		b->at->first = node;
	b->at->last = node;
}

static void flush_text(struct builder *b)
{
	if (b->text.len && b->at) {
		struct dom *node = arena_zero(b->arena, 1, sizeof *node);

		node->text = arena_strndup(b->arena, b->text.s, b->text.len);
		node->ns = "";
		append(b, node);
	}
	buf_cut(&b->text, 0);
}

static struct dom *open_element(struct builder *b, const char *name, const char *ns)
{
	struct dom *node;

	if (b->depth == MEND_DEPTH || b->nodes >= MEND_NODES || b->deeper) {
		b->deeper++;
		return NULL;
	}
	flush_text(b);
	node = arena_zero(b->arena, 1, sizeof *node);
	b->nodes++;
	node->name = name;
	node->ns = ns;
	append(b, node);
	if (!b->root)
		b->root = node;
	b->at = node;
	b->depth++;
	return node;
}

static void close_element(struct builder *b)
{
	if (b->deeper) {
		b->deeper--;
		return;
	}
	flush_text(b);
	if (b->depth) {
		b->at = b->at->parent;
		b->depth--;
	}
}

static struct dom_attr *add_attr(struct builder *b, struct dom_attr *last, struct dom *node)
{
	struct dom_attr *attr = arena_zero(b->arena, 1, sizeof *attr);

	b->nodes++;
	if (last)
		last->next = attr;
	else
		node->attrs = attr;
	return attr;
}

/* ---- XML ---- */

/* What the usual prefixes mean where a feed forgot to declare them. */
static const char *usual_ns(const xmlChar *prefix)
{
	static const char *const usual[][2] = {
		{ "content", "http://purl.org/rss/1.0/modules/content/" }, { "dc", "http://purl.org/dc/elements/1.1/" },
		{ "dcterms", "http://purl.org/dc/terms/" }, { "media", "http://search.yahoo.com/mrss/" },
		{ "itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd" }, { "atom", "http://www.w3.org/2005/Atom" },
		{ "sy", "http://purl.org/rss/1.0/modules/syndication/" }, { "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
		{ "slash", "http://purl.org/rss/1.0/modules/slash/" }, { "wfw", "http://wellformedweb.org/CommentAPI/" },
		{ "feedburner", "http://rssnamespace.org/feedburner/ext/1.0" }, { "xhtml", "http://www.w3.org/1999/xhtml" },
		{ "xml", XML_NS },
	};

	for (size_t i = 0; prefix && i < sizeof usual / sizeof *usual; i++)
		if (xmlStrcasecmp(prefix, (const xmlChar *)usual[i][0]) == 0)
			return usual[i][1];
	return prefix ? "urn:undeclared" : "";
}

static const char *namespace(struct builder *b, const xmlChar *prefix, const xmlChar *uri)
{
	if (!uri || !*uri)
		return usual_ns(prefix);
	if (strcmp((const char *)uri, XML_NS) == 0)
		return XML_NS;
	return intern(b, uri);
}

static void xml_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attrs,
		      int n_default, const xmlChar **attrs)
{
	struct builder *b = ctx;
	struct dom *node = open_element(b, intern(b, name), namespace(b, prefix, uri));
	struct dom_attr *attr = NULL;

	(void)n_ns, (void)ns, (void)n_default;
	/* five a piece: local name, prefix, URI, start and end of the value */
	for (int i = 0; node && i < n_attrs; i++, attrs += 5) {
		attr = add_attr(b, attr, node);
		attr->name = intern(b, attrs[0]);
		attr->ns = attrs[1] ? namespace(b, attrs[1], attrs[2]) : "";
		attr->value = arena_strndup(b->arena, (const char *)attrs[3], (size_t)(attrs[4] - attrs[3]));
	}
}

static void xml_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	close_element(ctx);
}

static void characters(void *ctx, const xmlChar *s, int n)
{
	struct builder *b = ctx;

	if (b->at)
		buf_add(&b->text, s, (size_t)n);
}

/* libxml2 tells every complaint here; the last one is kept in case nothing at all could be read. */
static void complaint(void *ctx, xmlErrorPtr error)
{
	struct builder *b = ctx;
	size_t n = error->message ? strcspn(error->message, "\n") : 0;

	if (n >= sizeof b->error)
		n = sizeof b->error - 1;
	if (n)
		memcpy(b->error, error->message, n);
	b->error[n] = '\0';
	b->line = error->line;
}

/* The mended bytes, handed to libxml2 piece by piece so that it keeps no copy. */
struct source {
	const char *s;
	size_t left;
};

static int source_read(void *ctx, char *to, int len)
{
	struct source *src = ctx;
	size_t n = src->left < (size_t)len ? src->left : (size_t)len;

	memcpy(to, src->s, n);
	src->s += n;
	src->left -= n;
	return (int)n;
}

static int source_close(void *ctx)
{
	(void)ctx;
	return 0;
}

static void run_xml(struct builder *b, struct source *src)
{
	xmlSAXHandler sax;
	xmlParserCtxtPtr ctxt;

	memset(&sax, 0, sizeof sax);
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = xml_start;
	sax.endElementNs = xml_end;
	sax.characters = characters;
	sax.ignorableWhitespace = characters;
	sax.cdataBlock = characters;
	sax.serror = complaint;
	ctxt = xmlCreateIOParserCtxt(&sax, b, source_read, source_close, src, XML_CHAR_ENCODING_UTF8);
	if (!ctxt)
		return;
	/* HUGE lifts libxml2's own limits: mend_xml has kept ours, and there are no entities left to expand.
	 * NOENT has nothing to replace either; without it "&amp;" in an attribute arrives as "&#38;". */
	xmlCtxtUseOptions(ctxt, XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE);
	(void)xmlParseDocument(ctxt);
	if (ctxt->myDoc)
		xmlFreeDoc(ctxt->myDoc);
	xmlFreeParserCtxt(ctxt);
}

enum err dom_xml(struct arena *a, const char *s, size_t n, struct dom **root, bool *repaired, struct err_info *info)
{
	struct builder b = { .arena = a, .text = BUF_INIT };
	struct buf mended = BUF_INIT;
	bool mends = mend_xml(&mended, s, n, html_entity);
	struct source src = { buf_str(&mended), mended.len };

	if (mended.len)
		run_xml(&b, &src);
	flush_text(&b);
	buf_clear(&b.text);
	buf_clear(&mended);
	if (!b.root)
		return err_set(info, ERR_SYNTAX, b.error[0] ? "no XML element in it (line %d: %s)" : "no XML element in it", b.line, b.error);
	*root = b.root;
	if (repaired)
		*repaired = mends;
	return OK;
}
