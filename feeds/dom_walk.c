/* Reading a tree that dom.c or dom_html.c built. */
#include <string.h>

#include "feeds/dom.h"
#include "feeds/html_entities.h"
#include "feeds/html_tags.h"
#include "feeds/url.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"

const char *dom_value(const struct dom *node, const char *name)
{
	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next)
		if (strcmp(attr->name, name) == 0)
			return attr->value;
	return NULL;
}

const struct dom *dom_child(const struct dom *node, const char *ns, const char *name)
{
	for (const struct dom *c = node->first; c; c = c->next)
		if (c->name && strcmp(c->name, name) == 0 && (!ns || strcmp(c->ns, ns) == 0))
			return c;
	return NULL;
}

void dom_text(const struct dom *node, struct buf *out)
{
	if (node->text)
		buf_puts(out, node->text);
	for (const struct dom *c = node->first; c; c = c->next)
		dom_text(c, out);
}

static void put_element(const struct dom *node, struct buf *out)
{
	const struct tag *is = tag_find(node->name, strlen(node->name));

	buf_printf(out, "<%s", node->name);
	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next) {
		buf_printf(out, " %s=\"", attr->name);
		html_escape(out, attr->value, strlen(attr->value), "&<>\"");
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	dom_markup(node, out);
	if (!is || !(is->is & TAG_VOID) || node->first)
		buf_printf(out, "</%s>", node->name);
}

void dom_markup(const struct dom *node, struct buf *out)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		if (c->text)
			html_escape(out, c->text, strlen(c->text), "&<>");
		else
			put_element(c, out);
	}
}

static const char *xml_value(const struct dom *node, const char *name)
{
	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next)
		if (strcmp(attr->name, name) == 0 && strcmp(attr->ns, XML_NS) == 0)
			return attr->value;
	return NULL;
}

static const struct dom *outer(const struct dom *scope)
{
	return scope->parent ? scope->parent->scope : NULL;
}

const char *dom_xml_lang(const struct dom *node, const char *fallback)
{
	for (node = node ? node->scope : NULL; node; node = outer(node)) {
		const char *lang = xml_value(node, "lang");

		if (lang)
			return *lang ? lang : fallback;
	}
	return fallback;
}

const char *dom_xml_base(struct arena *a, const struct dom *node, const char *fallback)
{
	const char *base[DOM_BASES], *resolved = fallback;
	size_t n = 0;

	for (node = node ? node->scope : NULL; node && n < DOM_BASES; node = outer(node)) {
		base[n] = xml_value(node, "base");
		n += base[n] && *base[n] && strlen(base[n]) <= DOM_BASE;
		if (n && url_allowed(base[n - 1], URL_FETCH))
			break; /* absolute: what is above it doesn't matter */
	}
	while (n-- > 0)
		resolved = url_resolve(a, resolved, base[n]);
	return resolved && strlen(resolved) <= (DOM_BASES + 1) * DOM_BASE ? resolved : fallback;
}
