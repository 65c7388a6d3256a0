#include "feeds/dom.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "feeds/html_entities.h"
#include "feeds/mend.h"
#include "feeds/url.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"
#define INTERNED 1024 /* a power of two */

/* A name of libxml2's dictionary, which gives one name one address, and ours in lower case. */
struct interned {
	const xmlChar *key;
	const char *name;
};

/* What the SAX events build. */
struct builder {
	struct arena *arena;    /* of the head: the tree without the items */
	const struct dom_items *items; /* NULL: one tree of all */
	struct mend *mend;
	struct arena one;       /* the item's nodes */
	struct dom *root, *at;  /* at: the open element */
	struct dom *item;       /* the open item */
	const struct dom *holder; /* what the last item stood in */
	struct dom shell[MEND_DEPTH]; /* stands for an item that was handed on before it was closed */
	bool has_node[MEND_DEPTH]; /* of each open element: is it in the tree? */
	size_t depth, deeper;   /* open elements; deeper: further ones, beyond the limits */
	size_t skip;            /* depth at which all is skipped, 0 nowhere */
	size_t nodes, bytes;    /* of the tree, or of the head */
	size_t item_nodes, item_bytes;
	struct buf text;        /* text that is not a node yet */
	bool full;              /* there was more of it than an element may have */
	struct interned *interned; /* a hash table */
	size_t n_interned, cap_interned;
	struct dom_notes notes;
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

static struct interned *interned_at(const struct builder *b, const xmlChar *key)
{
	size_t mask = b->cap_interned - 1, i = ((uintptr_t)key >> 3 ^ (uintptr_t)key >> 11) & mask;

	while (b->interned[i].key && b->interned[i].key != key)
		i = (i + 1) & mask;
	return &b->interned[i];
}

static void grow_interned(struct builder *b)
{
	struct builder old = *b;

	b->cap_interned = old.cap_interned ? 2 * old.cap_interned : INTERNED;
	b->interned = mem_zero(b->cap_interned, sizeof *b->interned);
	for (size_t i = 0; i < old.cap_interned; i++)
		if (old.interned[i].key)
			*interned_at(b, old.interned[i].key) = old.interned[i];
	free(old.interned);
}

/* A name of libxml2's dictionary, in lower case, in the head's arena; most are asked for again and again. */
static const char *intern(struct builder *b, const xmlChar *key)
{
	struct interned *slot;

	if (2 * b->n_interned >= b->cap_interned)
		grow_interned(b);
	slot = interned_at(b, key);
	if (!slot->key) {
		slot->key = key;
		slot->name = copy_lower(b->arena, (const char *)key);
		b->n_interned++;
	}
	return slot->name;
}

/* ---- nodes ---- */

static struct arena *arena(struct builder *b)
{
	return b->item ? &b->one : b->arena;
}

static void append(struct builder *b, struct dom *node)
{
	node->parent = b->at;
	if (!b->at)
		return;
	node->scope = b->at->scope;
	if (b->at->last)
		b->at->last->next = node;
	else
		b->at->first = node;
	b->at->last = node;
}

/* Room for n more nodes? */
static bool room(struct builder *b, size_t n)
{
	bool fits;

	if (!b->items)
		fits = b->nodes + n <= MEND_NODES;
	else if (b->item)
		fits = b->item_nodes + n <= DOM_ITEM_NODES;
	else
		fits = b->nodes + n <= DOM_HEAD_NODES;
	if (!fits)
		b->notes.nodes_cut = true;
	else if (b->item)
		b->item_nodes += n;
	else
		b->nodes += n;
	return fits;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How much of the text s (n bytes) the tree takes, and that it has taken it. */
static size_t take_text(struct builder *b, const char *s, size_t n)
{
	size_t *bytes = b->item ? &b->item_bytes : &b->bytes, most = b->item ? DOM_ITEM_TEXT : DOM_HEAD_TEXT;
	size_t fits, weight = 0, i;

	if (!b->items)
		return n;
	fits = smaller(DOM_TEXT, most - *bytes);
	if (n <= fits / 5) {
		*bytes += n;
		return n;
	}
	for (i = 0; i < n && weight + 5 <= fits; i++)
		weight += s[i] == '&' || s[i] == '<' || s[i] == '>' ? 5 : 1;
	if (i < n) {
		b->notes.text_cut = true;
		i = utf8_cut(s, i);
	}
	*bytes += weight;
	return i;
}

static void flush_text(struct builder *b)
{
	size_t n = b->at ? b->text.len : 0;

	if (n && room(b, 1) && (n = take_text(b, b->text.s, n)) > 0) {
		struct dom *node = arena_zero(arena(b), 1, sizeof *node);

		node->text = arena_strndup(arena(b), b->text.s, n);
		node->ns = "";
		append(b, node);
	}
	buf_cut(&b->text, 0);
	b->notes.text_cut |= b->full;
	b->full = false;
}

static struct dom *add_node(struct builder *b, const char *name, const char *ns)
{
	struct dom *node = arena_zero(arena(b), 1, sizeof *node);

	node->name = name;
	node->ns = ns;
	return node;
}

/* ---- items ---- */

/* The open item is whole, or as whole as it gets. */
static void hand_on(struct builder *b)
{
	b->items->item(b->items->ctx, b->item, mend_left(b->mend));
	b->holder = b->item->parent;
	b->item = NULL;
	b->item_nodes = b->item_bytes = 0;
}

/* An item opens in one that was never closed: that one is handed on, and what follows in it is none of its own. */
static void leave_open(struct builder *b)
{
	struct dom *shell = &b->shell[b->depth - 1];

	*shell = (struct dom){ .name = b->item->name, .ns = b->item->ns, .parent = b->item->parent, .scope = b->item->parent->scope };
	hand_on(b);
	arena_reset(&b->one);
	b->at = shell;
}

static bool is_shell(const struct builder *b, const struct dom *node)
{
	return node >= b->shell && node < b->shell + MEND_DEPTH;
}

/* What is the element that opens? */
static enum dom_open ask(struct builder *b, const char *name)
{
	enum dom_open is;

	if (!b->items || (b->item && b->at != b->item))
		return DOM_HEAD;
	is = b->items->opens(b->items->ctx, b->at, name);
	if (is == DOM_HEAD)
		return b->at && is_shell(b, b->at) ? DOM_SKIP : DOM_HEAD;
	if (b->item) {
		flush_text(b);
		leave_open(b);
	}
	return is;
}

static struct dom *open_item(struct builder *b, const char *name, const char *ns)
{
	struct dom *node;

	node = arena_zero(&b->one, 1, sizeof *node);
	node->name = name;
	node->ns = ns;
	node->parent = b->at;
	node->scope = b->at->scope;
	b->item = b->at = node;
	return node;
}

static struct dom *open_element(struct builder *b, const char *name, const char *ns)
{
	struct dom *node = NULL;
	enum dom_open is;

	if (b->depth == MEND_DEPTH) {
		b->deeper++;
		return NULL;
	}
	is = b->skip ? DOM_SKIP : ask(b, name);
	b->has_node[b->depth++] = false;
	if (is == DOM_SKIP) {
		b->skip = b->skip ? b->skip : b->depth;
		return NULL;
	}
	flush_text(b);
	if (is == DOM_ITEM) {
		node = open_item(b, name, ns);
	} else if (room(b, 1)) {
		node = add_node(b, name, ns);
		append(b, node);
		b->root = b->root ? b->root : node;
		b->at = node;
	}
	b->has_node[b->depth - 1] = node != NULL;
	return node;
}

static void close_element(struct builder *b)
{
	struct dom *node = b->at;

	if (b->deeper) {
		b->deeper--;
		return;
	}
	if (!b->depth)
		return;
	if (b->skip) {
		b->skip = b->skip == b->depth ? 0 : b->skip;
		b->depth--;
		return;
	}
	flush_text(b);
	if (!b->has_node[--b->depth])
		return;
	b->at = node->parent;
	if (node == b->item) {
		hand_on(b);
		arena_reset(&b->one);
	}
}

static struct dom_attr *add_attr(struct builder *b, struct dom_attr *last, struct dom *node)
{
	struct dom_attr *attr = arena_zero(arena(b), 1, sizeof *attr);

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
	for (int i = 0; node && i < n_attrs && room(b, 1); i++, attrs += 5) {
		size_t n = take_text(b, (const char *)attrs[3], (size_t)(attrs[4] - attrs[3]));

		attr = add_attr(b, attr, node);
		attr->name = intern(b, attrs[0]);
		attr->ns = attrs[1] ? namespace(b, attrs[1], attrs[2]) : "";
		if (strcmp(attr->ns, XML_NS) == 0)
			node->scope = node;
		attr->value = arena_strndup(arena(b), (const char *)attrs[3], n);
	}
}

static void xml_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	close_element(ctx);
}

static void add_text(struct builder *b, const char *s, size_t n)
{
	size_t left = b->items ? DOM_TEXT - b->text.len : n;

	if (!b->at || b->skip || b->at == b->holder || b->full)
		return;
	b->full = n > left;
	buf_add(&b->text, s, b->full ? utf8_cut(s, left) : n);
}

/* Each byte stands for a run of text, which is fetched whether it is wanted or not. */
static void characters(void *ctx, const xmlChar *s, int n)
{
	struct builder *b = ctx;
	size_t len;
	const char *text = mend_text(b->mend, (size_t)n, &len);

	(void)s;
	add_text(b, text, len);
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

/* libxml2 asks for the mended document piece by piece. */
static int source_read(void *ctx, char *to, int len)
{
	return (int)mend_read(ctx, to, (size_t)len);
}

static int source_close(void *ctx)
{
	(void)ctx;
	return 0;
}

static void run_xml(struct builder *b, struct mend *mend)
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
	ctxt = xmlCreateIOParserCtxt(&sax, b, source_read, source_close, mend, XML_CHAR_ENCODING_UTF8);
	if (!ctxt)
		return;
	/* HUGE lifts libxml2's own limits: the mender has kept ours, and there are no entities left to expand.
	 * NOENT has nothing to replace either; without it "&amp;" in an attribute arrives as "&#38;". */
	xmlCtxtUseOptions(ctxt, XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE);
	(void)xmlParseDocument(ctxt);
	if (ctxt->myDoc)
		xmlFreeDoc(ctxt->myDoc);
	xmlFreeParserCtxt(ctxt);
}

enum err dom_xml_items(struct arena *a, const char *s, size_t n, bool spend, const struct dom_items *items, struct dom **root,
		       struct dom_notes *notes, struct err_info *info)
{
	struct builder *b = mem_zero(1, sizeof *b);
	struct mend *mend = mend_new(s, n, html_entity, spend);
	enum err e = OK;

	b->arena = a;
	b->items = items;
	b->mend = mend;
	run_xml(b, mend);
	b->deeper = 0;
	while (b->depth) /* where libxml2 gave up */
		close_element(b);
	if (b->root) {
		*root = b->root;
		*notes = b->notes;
		notes->repaired = mend_repaired(mend);
	} else {
		bool why = b->error[0] && strcmp(b->error, "Document is empty") != 0;

		e = err_set(info, ERR_SYNTAX, why ? "no XML element in it (line %d: %s)" : "no XML element in it", b->line, b->error);
	}
	arena_clear(&b->one);
	buf_clear(&b->text);
	free(b->interned);
	free(b);
	mend_free(mend);
	return e;
}

enum err dom_xml(struct arena *a, const char *s, size_t n, struct dom **root, bool *repaired, struct err_info *info)
{
	struct dom_notes notes;
	enum err e = dom_xml_items(a, s, n, false, NULL, root, &notes, info);

	if (e == OK && repaired)
		*repaired = notes.repaired;
	return e;
}
