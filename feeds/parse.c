#include "feeds/parse.h"

#include <string.h>

#include "feeds/dom.h"
#include "feeds/formats.h"
#include "feeds/json_scan.h"
#include "feeds/results.h"
#include "feeds/sniff.h"
#include "feeds/url.h"

#define FEED_MOST ((size_t)64 << 20) /* bytes of a document; http.c stops long before */

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

/* ---- XML ---- */

/* A document while its items are read. */
struct job {
	struct reading r;
	const struct format *format; /* NULL: not known yet */
	struct arena early;          /* what the feed said of itself before its first item */
	struct feed_doc doc;         /* that */
	bool begun;
	struct arena scratch;        /* one entry */
	struct results found;
	struct buf *words;           /* what the limits left out */
	bool spend;
};

/* XML with a document element of another name may hold items all the same: what its children are called tells. */
static const struct format *by_child(const char *name)
{
	if (strcmp(name, "channel") == 0 || strcmp(name, "item") == 0)
		return &rss_format;
	return strcmp(name, "entry") == 0 ? &atom_format : NULL;
}

static enum dom_open opens(void *ctx, const struct dom *parent, const char *name)
{
	struct job *j = ctx;

	if (!parent)
		return DOM_HEAD;
	if (!j->format && !parent->parent)
		j->format = by_child(name);
	if (!j->format || strcmp(name, j->format->item) != 0)
		return DOM_HEAD;
	if (!results_full(&j->found))
		return DOM_ITEM;
	results_skip(&j->found);
	return DOM_SKIP;
}

static void begin(struct job *j, const struct dom *root)
{
	j->doc = (struct feed_doc){ .updated = DATE_NONE, .ttl = -1 };
	j->r.a = &j->early;
	j->format->head(&j->r, root, &j->doc);
	j->begun = true;
}

static void read_entry(struct job *j, const struct dom *node, size_t left)
{
	struct entry e = { .published = DATE_NONE, .updated = DATE_NONE };

	j->r.a = &j->scratch;
	j->r.brief = j->found.bare > 0;
	j->format->entry(&j->r, node, &j->doc, &e);
	results_add(&j->found, &e, j->spend ? left : 0);
	arena_reset(&j->scratch);
}

static void item(void *ctx, const struct dom *node, size_t left)
{
	struct job *j = ctx;
	const struct dom *root = node;

	while (root->parent)
		root = root->parent;
	if (!j->begun)
		begin(j, root);
	read_entry(j, node, left);
}

/* What entries have from their feed, where the feed says it behind them. */
static void inherit(struct job *j, const struct feed_doc *doc)
{
	for (size_t i = 0; i < j->found.n; i++) {
		struct entry *e = &j->found.entry[i];

		if (!e->language)
			e->language = doc->language;
		if (!e->author)
			e->author = j->r.author;
	}
}

static enum err refuse_xml(const struct dom *root, struct err_info *info)
{
	if (strcmp(root->name, "urlset") == 0 || strcmp(root->name, "sitemapindex") == 0)
		return err_set(info, ERR_SYNTAX, "this is a site map, not a feed");
	return err_set(info, ERR_SYNTAX, "this is XML, but not a feed (its first element is \"%.40s\")", root->name);
}

/* All is read; root: the document without its items. */
static enum err finish(struct job *j, const struct dom *root, struct feed_doc *doc, struct err_info *info)
{
	struct feed_doc read = { .updated = DATE_NONE, .ttl = -1 };

	if (!j->format && strcmp(root->name, "entry") == 0)
		j->format = &atom_format; /* a document may be one entry */
	if (!j->format)
		return refuse_xml(root, info);
	if (strcmp(root->name, j->format->item) == 0)
		item(j, root, 0);
	j->r.a = j->found.a;
	j->format->head(&j->r, root, &read);
	inherit(j, &read);
	results_words(&j->found, j->words);
	results_move(&j->found, &read);
	*doc = read;
	return OK;
}

static enum err read_xml(struct job *j, const char *s, size_t n, struct feed_doc *doc, struct dom_notes *notes, struct err_info *info)
{
	const struct dom_items items = { j, opens, item };
	struct arena tree = ARENA_INIT;
	struct dom *root;
	enum err e = dom_xml_items(&tree, s, n, j->spend, &items, &root, notes, info);

	if (e == OK)
		e = finish(j, root, doc, info);
	results_drop(&j->found);
	arena_clear(&tree);
	arena_clear(&j->early);
	arena_clear(&j->scratch);
	return e;
}

/* ---- the whole ---- */

static const struct format *format_of(enum sniffed kind)
{
	return kind == SNIFF_ATOM ? &atom_format : is_feed(kind) ? &rss_format : NULL;
}

/* The sentence on what the limits left out. */
static void tell(struct arena *a, const struct dom_notes *notes, bool cut, struct feed_doc *doc, struct buf *words)
{
	if (notes->text_cut)
		left_out_add(words, "texts of more than %zu MB were cut", DOM_TEXT >> 20);
	if (notes->nodes_cut)
		left_out_add(words, "elements were left out: of one item, and of what stands beside the items, %d are read, in JSON %d deep", DOM_ITEM_NODES, JSON_DEPTH);
	if (cut)
		left_out_add(words, "the document was cut: it is larger than %zu MB as UTF-8", PARSE_DECODED >> 20);
	doc->left_out = words->len ? arena_strndup(a, words->s, words->len) : NULL;
}

static enum err read_utf8(struct job *j, const struct decoded *text, struct feed_doc *doc, struct buf *words, struct err_info *info)
{
	enum sniffed kind = sniff_format(text->s, text->n);
	size_t junk = behind_junk(text->s, text->n, &kind);
	struct dom_notes notes = { .repaired = false };
	enum err e;

	if (kind != SNIFF_JSON && !is_feed(kind) && kind != SNIFF_XML)
		return refuse(kind, info);
	j->format = format_of(kind);
	j->words = words;
	if (kind == SNIFF_JSON)
		e = jsonfeed_read(j->found.a, text->s, text->n, j->spend, j->r.base, &j->found, doc, &notes, words, info);
	else
		e = read_xml(j, text->s + junk, text->n - junk, doc, &notes, info);
	if (e != OK)
		return e;
	doc->repaired = notes.repaired || junk;
	tell(j->found.a, &notes, text->cut, doc, words);
	return OK;
}

static enum err parse(struct arena *a, const char *s, size_t n, const struct parse_hints *hints, bool spend, struct feed_doc *doc, struct err_info *info)
{
	struct job j = { .r.base = hints ? hints->base : NULL, .found.a = a, .spend = spend };
	struct buf words = BUF_INIT;
	struct decoded text;
	enum err e;

	if (n > FEED_MOST)
		return err_set(info, ERR_LIMIT, "the document is too large (%zu bytes; at most %zu)", n, FEED_MOST);
	if (j.r.base && strlen(j.r.base) > DOM_BASE)
		j.r.base = NULL;
	sniff_decode(&text, s, n, hints ? hints->mime : NULL, PARSE_DECODED, spend);
	j.spend |= text.own.s != NULL; /* the copy is ours */
	e = read_utf8(&j, &text, doc, &words, info);
	decoded_clear(&text);
	buf_clear(&words);
	return e;
}

enum err feed_parse(struct arena *a, const char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info)
{
	return parse(a, s, n, hints, false, doc, info);
}

enum err feed_parse_spend(struct arena *a, char *s, size_t n, const struct parse_hints *hints, struct feed_doc *doc, struct err_info *info)
{
	return parse(a, s, n, hints, true, doc, info);
}
