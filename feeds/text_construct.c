#include "feeds/text_construct.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feeds/html_entities.h"
#include "feeds/html_tags.h"
#include "feeds/url.h"

static bool has_elements(const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next)
		if (c->name)
			return true;
	return false;
}

/* Plain text as HTML. */
static void put_escaped(const char *s, size_t n, bool lines, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (lines && s[i] == '\n' && i > 0 && i + 1 < n)
			buf_puts(out, "<br>\n");
		else
			html_escape(out, s + i, 1, "&<>");
	}
}

/* RFC 4648; what isn't of its alphabet is passed over. */
static void put_base64(const char *s, struct buf *out)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0;
	int have = 0;

	for (; *s && *s != '='; s++) {
		const char *p = strchr(alphabet, *s);

		if (!p)
			continue;
		bits = (bits << 6 | (unsigned)(p - alphabet)) & 0xffffff;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_putc(out, (char)(bits >> have & 0xff));
		}
	}
}

static bool is(const char *type, const char *what)
{
	return strncasecmp(type, what, strlen(what)) == 0;
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), len = strlen(with);

	return n >= len && strcasecmp(s + n - len, with) == 0;
}

/* LINES: text whose ends of lines mean something. */
enum shape { SHAPE_HTML, SHAPE_MARKUP, SHAPE_TEXT, SHAPE_LINES, SHAPE_BASE64, SHAPE_BASE64_HTML };

/* RFC 4287, 4.1.3.3, and the modes of Atom 0.3. */
static enum shape atom_shape(const struct dom *node)
{
	const char *type = dom_value(node, "type"), *mode = dom_value(node, "mode");

	if (!type)
		type = "text";
	type += strspn(type, " \t\r\n");
	if (mode && strcasecmp(mode, "base64") == 0)
		return ends(type, "html") ? SHAPE_BASE64_HTML : SHAPE_BASE64;
	if (mode && strcasecmp(mode, "escaped") == 0)
		return is(type, "text/plain") || strcmp(type, "text") == 0 ? SHAPE_TEXT : SHAPE_HTML;
	if (has_elements(node) || is(type, "xhtml") || is(type, "application/xhtml"))
		return SHAPE_MARKUP;
	if (is(type, "html") || is(type, "text/html"))
		return SHAPE_HTML;
	if (is(type, "text") || ends(type, "xml") || !strchr(type, '/'))
		return SHAPE_TEXT;
	return SHAPE_BASE64;
}

/* Media RSS: plain text, unless it says otherwise. */
static enum shape media_shape(const struct dom *node)
{
	const char *type = dom_value(node, "type");

	return type && strcasestr(type, "html") ? SHAPE_HTML : SHAPE_LINES;
}

/* XHTML comes in a div that is not part of it. */
static const struct dom *unwrap(const struct dom *node)
{
	const struct dom *only = NULL;

	for (const struct dom *c = node->first; c; c = c->next) {
		if (c->text ? c->text[strspn(c->text, " \t\r\n")] != '\0' : only != NULL)
			return node;
		if (c->name)
			only = c;
	}
	return only && (strcmp(only->name, "div") == 0 || strcmp(only->name, "body") == 0) ? only : node;
}

static void put_decoded(const struct buf *text, bool html, struct buf *out)
{
	struct buf bytes = BUF_INIT;

	put_base64(buf_str(text), &bytes);
	if (utf8_valid(buf_str(&bytes), bytes.len)) {
		if (html)
			buf_add(out, buf_str(&bytes), bytes.len);
		else
			put_escaped(buf_str(&bytes), bytes.len, false, out);
	}
	buf_clear(&bytes);
}

/* ---- XHTML with bases of its own ---- */

static bool has_base(const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		for (const struct dom_attr *attr = c->attrs; attr; attr = attr->next)
			if (strcmp(attr->name, "base") == 0 && *attr->ns)
				return true;
		if (has_base(c))
			return true;
	}
	return false;
}

static bool is_address(const char *name)
{
	static const char *const names[] = { "href", "src", "cite", "longdesc", "poster", "background", "data", "action", "usemap" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* The attributes of node; addresses are absolute by the base that counts there. */
static struct dom_attr *resolved_attributes(struct reading *r, const struct dom *node)
{
	struct dom_attr *first = NULL, **end = &first;

	for (const struct dom_attr *attr = node->attrs; attr; attr = attr->next) {
		struct dom_attr *copy = arena_zero(r->a, 1, sizeof *copy);

		*copy = *attr;
		if (is_address(attr->name) && attr->value[0] != '#')
			copy->value = url_resolve(r->a, reading_base(r, node), attr->value);
		copy->next = NULL;
		*end = copy;
		end = &copy->next;
	}
	return first;
}

/* A copy of node and all below it, with those attributes. */
static struct dom *resolved(struct reading *r, const struct dom *node)
{
	struct dom *copy = arena_zero(r->a, 1, sizeof *copy), **end = &copy->first;

	*copy = *node;
	copy->attrs = resolved_attributes(r, node);
	copy->first = copy->last = copy->next = NULL;
	for (const struct dom *c = node->first; c; c = c->next) {
		*end = copy->last = resolved(r, c);
		end = &copy->last->next;
	}
	return copy;
}

static void put_markup(struct reading *r, const struct dom *node, struct buf *out)
{
	const struct dom *inner = unwrap(node);
	struct buf html = BUF_INIT;

	/* the sanitiser is told the base of the feed's element alone */
	dom_markup(has_base(node) ? resolved(r, inner) : inner, &html);
	text_once(&html);
	buf_add(out, buf_str(&html), html.len);
	buf_clear(&html);
}

void construct_html(struct reading *r, const struct dom *node, struct buf *out)
{
	enum vocab vocab = reading_vocab(r, node);
	enum shape shape = has_elements(node) ? SHAPE_MARKUP : SHAPE_HTML;
	struct buf text = BUF_INIT;

	if (vocab == VOCAB_ATOM || (vocab == VOCAB_CORE && r->atom))
		shape = atom_shape(node);
	else if (vocab == VOCAB_MEDIA && shape == SHAPE_HTML)
		shape = media_shape(node);
	if (shape == SHAPE_MARKUP) {
		put_markup(r, node, out);
		return;
	}
	dom_text(node, &text);
	text_once(&text);
	if (shape == SHAPE_HTML)
		buf_add(out, buf_str(&text), text.len);
	else if (shape == SHAPE_TEXT || shape == SHAPE_LINES)
		put_escaped(buf_str(&text), text.len, shape == SHAPE_LINES, out);
	else
		put_decoded(&text, shape == SHAPE_BASE64_HTML, out);
	buf_clear(&text);
}

/* ---- what only looks like markup ---- */

#define TITLE_MOST 4096 /* bytes; each '<' looks for its end tag */

/* "<String>" at s: a tag without attributes that HTML doesn't have and that nothing ends; or "<b" at the end. Returns its bytes, 0 where it isn't that. */
static size_t no_tag(const char *s, size_t n, const char *end)
{
	size_t len = 1;

	while (len < n && ((s[len] >= 'a' && s[len] <= 'z') || (s[len] >= 'A' && s[len] <= 'Z') || (s[len] >= '0' && s[len] <= '9')))
		len++;
	if (len == n)
		return len;
	if (len < 2 || s[len] != '>' || tag_find(s + 1, len - 1))
		return 0;
	for (const char *p = s + len; p + len < end; p++)
		if (p[0] == '<' && p[1] == '/' && strncasecmp(p + 2, s + 1, len - 1) == 0)
			return 0;
	return len + 1;
}

void construct_line(struct reading *r, const struct dom *node, struct buf *out)
{
	enum vocab vocab = reading_vocab(r, node);
	struct buf html = BUF_INIT;
	const char *s, *end;

	construct_html(r, node, &html);
	s = buf_str(&html);
	end = s + html.len;
	if (vocab == VOCAB_ATOM || (vocab == VOCAB_CORE && r->atom) || has_elements(node) || html.len > TITLE_MOST)
		end = s; /* it is said what it is, or it is no title */
	while (s < end) {
		const char *p = memchr(s, '<', (size_t)(end - s));
		size_t len = p ? no_tag(p, (size_t)(end - p), end) : 0;

		p = p ? p : end;
		buf_add(out, s, (size_t)(p - s));
		if (len)
			buf_puts(out, "&lt;");
		else if (p < end)
			buf_putc(out, '<');
		s = p + (p < end);
	}
	buf_add(out, s, html.len - (size_t)(s - buf_str(&html)));
	buf_clear(&html);
}
