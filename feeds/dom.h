/* dom - XML and HTML as a small tree. dom.c is the one window to libxml2, which reads XML that was mended (mend.h); dom_html.c builds on html_read.h.
 *
 * Built from events into an arena, with limits before they reach memory: depth 256, 256 attributes an element, no
 * entities but a few of plain text, no external DTD, no network. XML that isn't well-formed is read as far as sense goes and marked; HTML entities are known in XML as well.
 *
 * A feed's items come one at a time (dom_xml_items): the tree holds what stands beside them, and one of them.
 */
#ifndef ECLOSE_FEEDS_DOM_H
#define ECLOSE_FEEDS_DOM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"

struct dom_attr {
	const char *name;  /* local name, lower case */
	const char *ns;    /* namespace URI, "" for none */
	const char *value;
	struct dom_attr *next;
};

struct dom {
	const char *name;  /* local name, lower case; NULL for a text node */
	const char *ns;    /* namespace URI, "" for none */
	const char *text;  /* text nodes only */
	struct dom_attr *attrs;
	struct dom *parent, *first, *last, *next;
	const struct dom *scope; /* the nearest element, this or above it, with an attribute of xml: (lang, base); NULL none */
};

/* dom_xml, dom_html - parse n bytes of UTF-8.
 *   a    [in,out] owns the tree
 *   root [out] the document element (XML), or a node "html" holding all (HTML)
 *   repaired [out] may be NULL
 * Errors: ERR_SYNTAX where there is no element at all, ERR_LIMIT; with line and what was found. */
enum err dom_xml(struct arena *a, const char *s, size_t n, struct dom **root, bool *repaired, struct err_info *info);
enum err dom_html(struct arena *a, const char *s, size_t n, struct dom **root, struct err_info *info);

#define DOM_TEXT ((size_t)2 << 20)      /* bytes of one element's text, as HTML writes it ('&', '<' and '>' count as 5); longer ones are cut */
#define DOM_ITEM_TEXT ((size_t)4 << 20) /* of one item's text and attributes in all */
#define DOM_ITEM_NODES 50000            /* elements, attributes and texts of one item; further ones lose their tags */
#define DOM_HEAD_TEXT ((size_t)2 << 20) /* the same of all that stands beside the items */
#define DOM_HEAD_NODES 50000

enum dom_open { DOM_HEAD, DOM_ITEM, DOM_SKIP };

/* How items are told from the rest, and where they go.
 * opens: what is the element `name` that opens in `parent` (NULL: the document element)? Asked for all that is in no item, and for the children of an
 *        item: another item there means that the first was never closed. Of what is skipped nothing is kept.
 * item:  a whole item; its nodes are gone when the function returns. What stands above it is there; left: bytes of the document not yet looked at. */
struct dom_items {
	void *ctx;
	enum dom_open (*opens)(void *ctx, const struct dom *parent, const char *name);
	void (*item)(void *ctx, const struct dom *node, size_t left);
};

struct dom_notes {
	bool repaired;  /* not well-formed, read as far as sense goes */
	bool text_cut;  /* texts were longer than the limits */
	bool nodes_cut; /* there were more elements than the limits allow */
};

/* dom_xml_items - parse n bytes of UTF-8, items one by one.
 *   a     [in,out] owns the tree without the items
 *   spend s may be spent (mem_spend) while it is read
 *   root  [out] the document element, without the items
 *   notes [out]
 * Memory: the head's limits, one item's, and about 1 MB. Errors: as dom_xml(). */
enum err dom_xml_items(struct arena *a, const char *s, size_t n, bool spend, const struct dom_items *items, struct dom **root,
		       struct dom_notes *notes, struct err_info *info);

/* dom_value - value of an attribute by local name in any namespace, or NULL. */
const char *dom_value(const struct dom *node, const char *name);
/* dom_child - first child element of that local name; ns NULL: any. NULL if none. */
const struct dom *dom_child(const struct dom *node, const char *ns, const char *name);
/* dom_text - append all text below node. */
void dom_text(const struct dom *node, struct buf *out);
/* dom_markup - append node's children as HTML, escaped. */
void dom_markup(const struct dom *node, struct buf *out);
#define DOM_BASE 1024     /* bytes of an address that relative ones may be resolved against; longer ones are none */
#define DOM_BASES 4       /* xml:base in each other that count */

/* dom_xml_lang, dom_xml_base - nearest xml:lang / the resolved xml:base above and at node; fallback where there is none. */
const char *dom_xml_lang(const struct dom *node, const char *fallback);
const char *dom_xml_base(struct arena *a, const struct dom *node, const char *fallback);

#endif
