/* html_sanitise - what an allow-list of elements, attributes and URL schemes leaves.
 *
 * The tree is written anew: nothing of the source's own markup is copied, so what a browser and a parser read differently can't pass. The result is
 * parsed and written again until it no longer changes; so it is idempotent by its making, whatever the parser mends.
 */
#include "feeds/html.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/dom.h"
#include "feeds/html_tags.h"

#define OPEN_MAX 100 /* elements in elements of the result; deeper ones lose their tags */
#define ROUNDS_MAX 6

struct opened {
	const struct tag *tag;
	const struct dom *node;
};

struct sanitiser {
	struct buf *out;
	struct arena *arena;
	const char *base;
	struct opened open[OPEN_MAX];
	size_t n_open;
	int pixels; /* left out */
};

static void add_escaped(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (s[i]) {
		case '&': buf_puts(out, "&amp;"); break;
		case '<': buf_puts(out, "&lt;"); break;
		case '>': buf_puts(out, "&gt;"); break;
		case '"': buf_puts(out, "&quot;"); break;
		default: buf_putc(out, s[i]);
		}
	}
}

static void add_text(struct sanitiser *z, const char *text)
{
	struct buf clean = BUF_INIT;

	utf8_clean(&clean, text, strlen(text), UTF8_TEXT);
	for (size_t from = 0, n; from < clean.len; from += n + 1) {
		/* quotes stay as they are in text */
		n = strcspn(clean.s + from, "\"");
		add_escaped(z->out, clean.s + from, n);
		if (from + n < clean.len)
			buf_putc(z->out, '"');
	}
	buf_clear(&clean);
}

static void add_attribute(struct sanitiser *z, const char *name, const char *value)
{
	buf_putc(z->out, ' ');
	buf_puts(z->out, name);
	buf_puts(z->out, "=\"");
	add_escaped(z->out, value, strlen(value));
	buf_putc(z->out, '"');
}

static bool is_number(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 6 && strspn(s, "0123456789") == n;
}

static bool is_language(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 35 && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == n;
}

static bool is_direction(const char *s)
{
	return strcmp(s, "ltr") == 0 || strcmp(s, "rtl") == 0 || strcmp(s, "auto") == 0;
}

static bool is_words(const char *s)
{
	return *s != '\0';
}

static bool is_media_type(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 100 && strchr(s, '/') && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+./") == n;
}

/* The attributes that are no addresses. tags: blank-separated names, NULL any. */
static const struct { const char *name, *tags; bool (*fits)(const char *value); } attributes[] = {
	{ "lang", NULL, is_language }, { "dir", NULL, is_direction }, { "title", " a abbr acronym dfn img time ", is_words }, { "alt", " img ", is_words },
	{ "width", " img video ", is_number }, { "height", " img video ", is_number }, { "start", " ol ", is_number }, { "value", " li ", is_number },
	{ "colspan", " td th ", is_number }, { "rowspan", " td th ", is_number }, { "datetime", " time ins del ", is_words },
	{ "type", " source audio video ", is_media_type },
};

static bool names(const char *tags, const char *name)
{
	const char *at = tags;
	size_t n = strlen(name);

	while (at && (at = strstr(at, name)) != NULL) {
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
		at += n;
	}
	return !tags;
}

static void add_plain_attributes(struct sanitiser *z, const struct dom *node)
{
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		const char *value = names(attributes[i].tags, node->name) ? dom_value(node, attributes[i].name) : NULL;
		struct buf clean = BUF_INIT;

		if (!value)
			continue;
		utf8_clean(&clean, value, strlen(value), UTF8_LINE);
		if (attributes[i].fits(buf_str(&clean)))
			add_attribute(z, attributes[i].name, buf_str(&clean));
		buf_clear(&clean);
	}
}

/* The address that an element is there for: its attribute and value. Returns false where it is needed and there is none that we follow. */
static bool address(struct sanitiser *z, const struct dom *node, const struct tag *tag, const char **name, const char **url)
{
	bool media = tag->id == TAG_MEDIA;

	*url = NULL;
	*name = tag->id == TAG_A ? "href" : "src";
	if (tag->id == TAG_A)
		*url = html_link_url(z->arena, node, "href", z->base);
	else if (tag->id == TAG_IMG || media)
		*url = html_image_url(z->arena, node, z->base);
	else if (tag->id == TAG_BLOCKQUOTE || tag->id == TAG_Q)
		*url = html_link_url(z->arena, node, *name = "cite", z->base);
	if (*url)
		return true;
	if (tag->id == TAG_IMG)
		return dom_value(node, "alt") && *dom_value(node, "alt");
	return tag->id != TAG_A && !(media && tag->is & TAG_VOID);
}

static void close_one(struct sanitiser *z)
{
	buf_puts(z->out, "</");
	buf_puts(z->out, z->open[--z->n_open].node->name);
	buf_putc(z->out, '>');
}

static bool is_open(const struct sanitiser *z, enum tag_id id)
{
	for (size_t i = z->n_open; i-- > 0;) {
		if (z->open[i].tag->id == id)
			return true;
		if (z->open[i].tag->id == TAG_TD || z->open[i].tag->id == TAG_TH)
			return false;
	}
	return false;
}

static void close_through(struct sanitiser *z, enum tag_id id)
{
	while (z->n_open) {
		bool last = z->open[z->n_open - 1].tag->id == id;

		close_one(z);
		if (last)
			return;
	}
}

/* A block within a paragraph ends it, a link within a link the outer one, as every parser of HTML has it. */
static void make_room(struct sanitiser *z, const struct tag *tag)
{
	if (tag->is & TAG_BLOCK && is_open(z, TAG_P))
		close_through(z, TAG_P);
	if (tag->id == TAG_A && is_open(z, TAG_A))
		close_through(z, TAG_A);
}

static bool has_plain_attribute(const struct dom *node)
{
	const char *lang = dom_value(node, "lang"), *dir = dom_value(node, "dir");

	return (lang && is_language(lang)) || (dir && is_direction(dir));
}

static bool enter(void *ctx, const struct dom *node)
{
	struct sanitiser *z = ctx;
	const struct tag *tag = node->name ? tag_find(node->name) : NULL;
	const char *name, *url;

	if (!node->name) {
		add_text(z, node->text);
		return false;
	}
	if (tag && tag->id == TAG_IMG && html_pixel(node)) {
		z->pixels++;
		return false;
	}
	if (tag && tag->is & TAG_DROPPED)
		return false;
	if (!tag || !(tag->is & TAG_KEPT) || z->n_open == OPEN_MAX || !address(z, node, tag, &name, &url) ||
	    (tag->id == TAG_SPAN && !has_plain_attribute(node)))
		return true;
	make_room(z, tag);
	buf_putc(z->out, '<');
	buf_puts(z->out, node->name);
	if (url)
		add_attribute(z, name, url);
	add_plain_attributes(z, node);
	buf_putc(z->out, '>');
	if (!(tag->is & TAG_VOID))
		z->open[z->n_open++] = (struct opened){ tag, node };
	return true;
}

static void leave(void *ctx, const struct dom *node)
{
	struct sanitiser *z = ctx;
	size_t i = z->n_open;

	while (i > 0 && z->open[i - 1].node != node)
		i--;
	while (i > 0 && z->n_open >= i)
		close_one(z);
}

/* One parse and one writing. Returns the pixels that were left out. */
static int write_once(struct buf *out, const char *s, size_t n, const char *base)
{
	static const struct html_visitor visitor = { enter, leave };
	struct arena a = ARENA_INIT;
	struct sanitiser z = { .out = out, .arena = &a, .base = base };
	const struct dom *root;

	if (html_tree(&a, s, n, &root) == OK)
		html_walk(root, &visitor, &z);
	else
		add_text(&z, arena_strndup(&a, s, n));
	while (z.n_open)
		close_one(&z);
	arena_clear(&a);
	return z.pixels;
}

static bool same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(buf_str(a), buf_str(b), a->len) == 0;
}

/* html_sanitise - see html.h.
 *   out  [in,out] appended to;  s  n bytes of UTF-8;  base  absolute address or NULL: then relative links go
 * What doesn't settle in a few rounds is kept as its text. Cannot fail. */
void html_sanitise(struct buf *out, const char *s, size_t n, const char *base, int *pixels)
{
	struct buf now = BUF_INIT, next = BUF_INIT;
	bool settled = false;
	int left_out;

	left_out = write_once(&now, s, n, base);
	if (pixels)
		*pixels += left_out;
	for (int round = 0; round < ROUNDS_MAX && !settled; round++) {
		struct buf old = now;

		buf_cut(&next, 0);
		(void)write_once(&next, buf_str(&now), now.len, base);
		settled = same(&now, &next);
		now = next;
		next = old;
	}
	if (!settled) {
		buf_cut(&next, 0);
		html_text(&next, buf_str(&now), now.len);
		buf_cut(&now, 0);
		add_escaped(&now, buf_str(&next), next.len);
	}
	buf_add(out, buf_str(&now), now.len);
	buf_clear(&now);
	buf_clear(&next);
}
