/* html_tags - what each HTML element is to us. */
#include "feeds/html_tags.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "feeds/url.h"

#define INLINE TAG_KEPT
#define BLOCK (TAG_KEPT | TAG_BLOCK)
#define VOID (TAG_KEPT | TAG_VOID)
#define DROP TAG_DROPPED

/* In the order of strcmp. What isn't here, or has nothing set, loses its tag and keeps its content. */
static const struct tag tags[] = {
	{ "a", TAG_A, INLINE }, { "abbr", TAG_OTHER, INLINE }, { "acronym", TAG_OTHER, INLINE }, { "address", TAG_OTHER, BLOCK }, { "applet", TAG_OTHER, DROP },
	{ "area", TAG_OTHER, DROP }, { "article", TAG_OTHER, BLOCK }, { "aside", TAG_OTHER, BLOCK }, { "audio", TAG_MEDIA, BLOCK }, { "b", TAG_B, INLINE },
	{ "base", TAG_OTHER, DROP }, { "big", TAG_OTHER, INLINE }, { "blockquote", TAG_BLOCKQUOTE, BLOCK }, { "body", TAG_OTHER, TAG_BLOCK },
	{ "br", TAG_BR, VOID }, { "button", TAG_OTHER, DROP }, { "caption", TAG_OTHER, BLOCK }, { "center", TAG_OTHER, BLOCK }, { "cite", TAG_I, INLINE },
	{ "code", TAG_CODE, INLINE }, { "dd", TAG_DD, BLOCK }, { "del", TAG_DEL, INLINE }, { "details", TAG_OTHER, BLOCK }, { "dfn", TAG_I, INLINE },
	{ "dir", TAG_UL, BLOCK }, { "div", TAG_OTHER, BLOCK }, { "dl", TAG_OTHER, BLOCK }, { "dt", TAG_DT, BLOCK }, { "em", TAG_I, INLINE },
	{ "embed", TAG_OTHER, DROP }, { "fieldset", TAG_OTHER, TAG_BLOCK }, { "figcaption", TAG_OTHER, BLOCK }, { "figure", TAG_OTHER, BLOCK },
	{ "footer", TAG_OTHER, BLOCK }, { "form", TAG_OTHER, TAG_BLOCK }, { "frame", TAG_OTHER, DROP }, { "frameset", TAG_OTHER, DROP }, { "h1", TAG_H1, BLOCK },
	{ "h2", TAG_H2, BLOCK }, { "h3", TAG_H3, BLOCK }, { "h4", TAG_H4, BLOCK }, { "h5", TAG_H5, BLOCK }, { "h6", TAG_H6, BLOCK },
	{ "header", TAG_OTHER, BLOCK }, { "hr", TAG_HR, VOID | TAG_BLOCK }, { "i", TAG_I, INLINE }, { "iframe", TAG_OTHER, DROP }, { "img", TAG_IMG, VOID },
	{ "input", TAG_OTHER, DROP }, { "ins", TAG_OTHER, INLINE }, { "isindex", TAG_OTHER, DROP }, { "kbd", TAG_CODE, INLINE }, { "keygen", TAG_OTHER, DROP },
	{ "li", TAG_LI, BLOCK }, { "link", TAG_OTHER, DROP }, { "main", TAG_OTHER, BLOCK }, { "map", TAG_OTHER, DROP }, { "mark", TAG_OTHER, INLINE },
	{ "menu", TAG_UL, BLOCK }, { "meta", TAG_OTHER, DROP }, { "nav", TAG_OTHER, BLOCK }, { "object", TAG_OTHER, DROP }, { "ol", TAG_OL, BLOCK },
	{ "optgroup", TAG_OTHER, DROP }, { "option", TAG_OTHER, DROP }, { "p", TAG_P, BLOCK }, { "param", TAG_OTHER, DROP }, { "pre", TAG_PRE, BLOCK },
	{ "q", TAG_Q, INLINE }, { "rp", TAG_OTHER, INLINE }, { "rt", TAG_OTHER, INLINE }, { "ruby", TAG_OTHER, INLINE }, { "s", TAG_DEL, INLINE },
	{ "samp", TAG_CODE, INLINE }, { "script", TAG_OTHER, DROP }, { "section", TAG_OTHER, BLOCK }, { "select", TAG_OTHER, DROP },
	{ "small", TAG_OTHER, INLINE }, { "source", TAG_MEDIA, VOID }, { "span", TAG_SPAN, INLINE }, { "strike", TAG_DEL, INLINE }, { "strong", TAG_B, INLINE },
	{ "style", TAG_OTHER, DROP }, { "sub", TAG_OTHER, INLINE }, { "summary", TAG_OTHER, BLOCK }, { "sup", TAG_OTHER, INLINE }, { "svg", TAG_OTHER, DROP },
	{ "table", TAG_TABLE, BLOCK }, { "tbody", TAG_OTHER, BLOCK }, { "td", TAG_TD, BLOCK }, { "template", TAG_OTHER, DROP }, { "textarea", TAG_OTHER, DROP },
	{ "tfoot", TAG_OTHER, BLOCK }, { "th", TAG_TH, BLOCK }, { "thead", TAG_OTHER, BLOCK }, { "time", TAG_OTHER, INLINE }, { "title", TAG_OTHER, DROP },
	{ "tr", TAG_TR, BLOCK }, { "track", TAG_OTHER, DROP }, { "tt", TAG_CODE, INLINE }, { "u", TAG_OTHER, INLINE }, { "ul", TAG_UL, BLOCK },
	{ "var", TAG_I, INLINE }, { "video", TAG_MEDIA, BLOCK }, { "wbr", TAG_OTHER, VOID },
};

static int by_name(const void *name, const void *tag)
{
	return strcmp(name, ((const struct tag *)tag)->name);
}

/* tag_find - see html_tags.h. O(log tags). */
const struct tag *tag_find(const char *name)
{
	return bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, by_name);
}

/* html_tree - see html_tags.h.
 *   a  [in,out] owns the tree;  s  n bytes of UTF-8, borrowed
 * libxml2 puts words that stand in no element into paragraphs of its own making, one after each link; within an element whose end tag nobody
 * writes it leaves them alone. */
enum err html_tree(struct arena *a, const char *s, size_t n, const struct dom **root)
{
	struct buf wrapped = BUF_INIT;
	struct dom *page;
	enum err err;

	buf_puts(&wrapped, "<x-fragment>");
	buf_add(&wrapped, s, n);
	err = dom_html(a, wrapped.s, wrapped.len, &page, NULL);
	buf_clear(&wrapped);
	if (err == OK)
		*root = page->first && page->first->name && !page->first->next ? page->first : page;
	return err;
}

/* html_walk - see html_tags.h.
 *   root  not visited itself;  visitor, ctx  borrowed
 * Goes by the nodes' own links, so the depth of a page costs nothing. */
void html_walk(const struct dom *root, const struct html_visitor *visitor, void *ctx)
{
	const struct dom *node = root->first;

	while (node) {
		bool inside = visitor->enter(ctx, node);

		if (inside && node->first) {
			node = node->first;
			continue;
		}
		if (inside)
			visitor->leave(ctx, node);
		while (!node->next) {
			node = node->parent;
			if (!node || node == root)
				return;
			visitor->leave(ctx, node);
		}
		node = node->next;
	}
}

/* ---- images ---- */

/* Is the length s ("1", "0px", " 1 ") at most one pixel? Per cent and em aren't pixels. */
static bool is_tiny(const char *s)
{
	char *end;
	double value;

	s += strspn(s, " \t\n");
	if (*s < '0' || *s > '9')
		return false;
	value = strtod(s, &end);
	return value <= 1 && *end != '%' && strncasecmp(end, "em", 2) != 0 && strncasecmp(end, "rem", 3) != 0 && strncasecmp(end, "v", 1) != 0;
}

/* A style sheet's property hides the element, or makes it a pixel: s is "name: value" up to a ';'. */
static bool hides(const char *s)
{
	static const char *const sizes[] = { "width", "height" };
	const char *value = s + strcspn(s, ":;");
	size_t n = strcspn(s, " \t\n:;");

	if (*value != ':')
		return false;
	value++;
	value += strspn(value, " \t\n");
	for (size_t i = 0; i < 2; i++)
		if (n == strlen(sizes[i]) && strncasecmp(s, sizes[i], n) == 0)
			return is_tiny(value);
	return (n == 7 && strncasecmp(s, "display", n) == 0 && strncasecmp(value, "none", 4) == 0) ||
	       (n == 10 && strncasecmp(s, "visibility", n) == 0 && strncasecmp(value, "hidden", 6) == 0);
}

/* html_pixel - see html_tags.h. By attributes and inline style. */
bool html_pixel(const struct dom *img)
{
	const char *width = dom_value(img, "width"), *height = dom_value(img, "height"), *style = dom_value(img, "style");

	if ((width && is_tiny(width)) || (height && is_tiny(height)))
		return true;
	while (style && *style) {
		style += strspn(style, " \t\n;");
		if (hides(style))
			return true;
		style += strcspn(style, ";");
	}
	return false;
}

static const char *absolute(struct arena *a, const char *value, const char *base, enum url_use use)
{
	struct buf clean = BUF_INIT;
	const char *url = NULL;

	if (value) {
		utf8_clean(&clean, value, strlen(value), UTF8_TEXT);
		url = url_resolve(a, base, buf_str(&clean));
		buf_clear(&clean);
	}
	return url && url_allowed(url, use) ? url : NULL;
}

/* html_image_url - see html_tags.h. */
const char *html_image_url(struct arena *a, const struct dom *img, const char *base)
{
	static const char *const names[] = { "src", "data-src", "data-original", "data-lazy-src", "data-orig-file" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = dom_value(img, names[i]);
		const char *url = value && *value ? absolute(a, value, base, URL_FETCH) : NULL;

		if (url)
			return url;
	}
	return NULL;
}

/* html_link_url - see html_tags.h. */
const char *html_link_url(struct arena *a, const struct dom *node, const char *name, const char *base)
{
	return absolute(a, dom_value(node, name), base, URL_LINK);
}
