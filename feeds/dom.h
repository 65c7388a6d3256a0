/* dom - XML and HTML as a small tree; the one window to libxml2.
 *
 * Built from SAX events into an arena, with limits before they reach memory: depth 256, 256 attributes an element, no entity declarations, no
 * DTD, no network. XML that isn't well-formed is read as far as sense goes and marked; HTML entities are known in XML as well.
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
};

/* dom_xml, dom_html - parse n bytes of UTF-8.
 *   a    [in,out] owns the tree
 *   root [out] the document element (XML), or a node "html" holding all (HTML)
 *   repaired [out] may be NULL
 * Errors: ERR_SYNTAX where there is no element at all, ERR_LIMIT; with line and what was found. */
enum err dom_xml(struct arena *a, const char *s, size_t n, struct dom **root, bool *repaired, struct err_info *info);
enum err dom_html(struct arena *a, const char *s, size_t n, struct dom **root, struct err_info *info);

/* dom_value - value of an attribute by local name in any namespace, or NULL. */
const char *dom_value(const struct dom *node, const char *name);
/* dom_child - first child element of that local name; ns NULL: any. NULL if none. */
const struct dom *dom_child(const struct dom *node, const char *ns, const char *name);
/* dom_text - append all text below node. */
void dom_text(const struct dom *node, struct buf *out);
/* dom_markup - append node's children as HTML, escaped. */
void dom_markup(const struct dom *node, struct buf *out);
/* dom_xml_lang, dom_xml_base - nearest xml:lang / the resolved xml:base above and at node; fallback where there is none. */
const char *dom_xml_lang(const struct dom *node, const char *fallback);
const char *dom_xml_base(struct arena *a, const struct dom *node, const char *fallback);

#endif
