/* html_sanitise - what an allow-list of elements, attributes and URL schemes leaves.
 *
 * Everything is written anew from the reader's events: nothing of the source's own markup is copied, so what a browser and a parser read differently can't pass.
 * One pass is enough for good: what is kept and where it is closed depends on what was kept before alone (html_open.h), text is cleaned across all that is left
 * out of it, and what is written reads as the same events.
 */
#include "feeds/html.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "feeds/html_entities.h"
#include "feeds/html_links.h"
#include "feeds/html_read.h"

#define VALUE_MOST ((size_t)64 << 10) /* bytes of an attribute's words, decoded; a longer one is left out */

struct sanitiser {
	struct buf *out;
	struct html_links links;
	struct buf value, clean;
	size_t depth; /* elements that are open in out */
	int anchors;  /* <a> among them */
	int marks;    /* of utf8_clean_on */
	int pixels;   /* left out */
};

static void add_attribute(struct sanitiser *z, const char *name, const char *value)
{
	buf_putc(z->out, ' ');
	buf_puts(z->out, name);
	buf_puts(z->out, "=\"");
	html_escape(z->out, value, strlen(value), "&<>\"");
	buf_putc(z->out, '"');
}

/* ---- attributes that are no addresses ---- */

static bool is_number(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 6 && strspn(s, "0123456789") == n;
}

static bool is_integer(const char *s)
{
	return is_number(s + (*s == '-'));
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

static bool is_numbering(const char *s)
{
	return *s && strchr("1aAiI", *s) && !s[1];
}

#define ID(id) (UINT64_C(1) << TAG_##id)
#define ANY (~UINT64_C(0))

enum { LANG, DIR, TITLE, ALT }; /* the first of attributes */

static_assert(TAG_IDS <= 64, "a set of elements is 64 bits");

/* ids: of the elements that may have it. */
static const struct { const char *name; uint64_t ids; bool (*fits)(const char *value); } attributes[] = {
	{ "lang", ANY, is_language }, { "dir", ANY, is_direction }, { "title", ID(A) | ID(ABBR) | ID(IMG) | ID(I) | ID(TIME), is_words }, { "alt", ID(IMG), is_words },
	{ "width", ID(IMG) | ID(MEDIA), is_number }, { "height", ID(IMG) | ID(MEDIA), is_number }, { "start", ID(OL), is_integer }, { "value", ID(LI), is_integer },
	{ "type", ID(OL), is_numbering }, { "colspan", ID(TD) | ID(TH), is_number }, { "rowspan", ID(TD) | ID(TH), is_number },
	{ "datetime", ID(TIME) | ID(INS) | ID(DEL), is_words }, { "type", ID(SOURCE) | ID(MEDIA), is_media_type },
};

static bool has_plain(struct sanitiser *z, const struct html_start *start, size_t i)
{
	if (!(attributes[i].ids >> start->is->id & 1) || !html_value(start, attributes[i].name, &z->value) || z->value.len > VALUE_MOST)
		return false;
	buf_cut(&z->clean, 0);
	utf8_clean(&z->clean, buf_str(&z->value), z->value.len, UTF8_LINE);
	return z->clean.len <= VALUE_MOST && attributes[i].fits(buf_str(&z->clean));
}

static void add_plain_attributes(struct sanitiser *z, const struct html_start *start)
{
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (has_plain(z, start, i))
			add_attribute(z, attributes[i].name, buf_str(&z->clean));
	if (start->is->id == TAG_OL && html_has(start, "reversed"))
		buf_puts(z->out, " reversed");
}

/* ---- elements ---- */

/* The address that an element is there for: its attribute and value. Returns false where it is needed and there is none that we follow. */
static bool address(struct sanitiser *z, const struct html_start *start, const char **name, const char **url)
{
	enum tag_id id = start->is->id;

	*url = NULL;
	*name = id == TAG_A ? "href" : "src";
	if (start->n_attrs == 0)
		return id != TAG_A && id != TAG_IMG && id != TAG_SOURCE;
	if (id == TAG_A)
		*url = links_href(&z->links, start, "href");
	else if (id == TAG_IMG || id == TAG_MEDIA || id == TAG_SOURCE)
		*url = links_src(&z->links, start);
	else if (id == TAG_BLOCKQUOTE || id == TAG_Q || id == TAG_DEL || id == TAG_INS)
		*url = links_href(&z->links, start, *name = "cite");
	if (*url)
		return true;
	if (id == TAG_IMG)
		return has_plain(z, start, ALT);
	return id != TAG_A && id != TAG_SOURCE;
}

/* As what an element is written: the oldest synonyms of <pre> and <img> get their own name. */
static const char *name_of(const struct tag *is)
{
	return is->id == TAG_PRE ? "pre" : is->id == TAG_IMG ? "img" : is->name;
}

static bool is_bare(struct sanitiser *z, const struct html_start *start)
{
	return start->is->id == TAG_SPAN && (start->n_attrs == 0 || (!has_plain(z, start, LANG) && !has_plain(z, start, DIR)));
}

/* ---- text and elements as they come ---- */

static bool is_sign(char c)
{
	return c == '&' || c == '<' || c == '>';
}

/* How many bytes at s come before the next of "&<>": eight at a time while there is none. */
static size_t before_sign(const char *s, size_t n)
{
	const uint64_t each = 0x0101010101010101u, high = 0x80 * each;
	size_t i = 0;

	for (uint64_t x, amp, angle; i + sizeof x <= n; i += sizeof x) {
		memcpy(&x, s + i, sizeof x);
		amp = x ^ '&' * each;
		angle = (x | 2 * each) ^ '>' * each; /* '<' is '>' without that bit */
		if ((((amp - each) & ~amp) | ((angle - each) & ~angle)) & high)
			break;
	}
	while (i < n && !is_sign(s[i]))
		i++;
	return i;
}

/* Cleaned and escaped; quotation marks stay as they are. */
static void text(void *ctx, const char *s, size_t n)
{
	struct sanitiser *z = ctx;

	while (n) {
		size_t run = before_sign(s, n);

		utf8_clean_on(z->out, s, run, &z->marks);
		s += run;
		n -= run;
		if (!n)
			break;
		buf_puts(z->out, html_escaped(*s++));
		n--;
		z->marks = 0;
	}
}

/* A page within the page (a film, mostly) becomes a link to it. */
static void embedded(struct sanitiser *z, const struct html_start *start)
{
	const char *url = html_unseen(start) ? NULL : links_src(&z->links, start);
	bool linked = z->anchors == 0 && z->depth < HTML_DEPTH;

	if (!url)
		return;
	buf_puts(z->out, "<br>");
	if (linked) {
		buf_puts(z->out, "<a");
		add_attribute(z, "href", url);
		buf_putc(z->out, '>');
	}
	links_short(&z->clean, url);
	z->marks = 0;
	buf_puts(z->out, "embedded: ");
	text(z, buf_str(&z->clean), z->clean.len);
	buf_puts(z->out, linked ? "</a><br>" : "<br>");
	z->marks = 0;
}

static int enter(void *ctx, const struct html_start *start)
{
	struct sanitiser *z = ctx;
	const char *name, *url;

	if (!start->is)
		return HTML_PASS;
	if (start->is->id == TAG_EMBED)
		embedded(z, start);
	if (start->is->is & TAG_DROPPED)
		return HTML_SKIP;
	if (start->is->id == TAG_IMG && html_unseen(start)) {
		z->pixels++;
		return HTML_SKIP;
	}
	if (!(start->is->is & TAG_KEPT) || is_bare(z, start) || !address(z, start, &name, &url))
		return HTML_PASS;
	buf_putc(z->out, '<');
	buf_puts(z->out, name_of(start->is));
	if (url)
		add_attribute(z, name, url);
	if (start->n_attrs)
		add_plain_attributes(z, start);
	buf_putc(z->out, '>');
	z->marks = 0;
	if (!(start->is->is & TAG_VOID)) {
		z->depth++;
		z->anchors += start->is->id == TAG_A;
	}
	return HTML_ENTER;
}

static void leave(void *ctx, const struct tag *is, int mark)
{
	struct sanitiser *z = ctx;

	(void)mark;
	buf_add(z->out, "</", 2);
	buf_puts(z->out, name_of(is));
	buf_putc(z->out, '>');
	z->marks = 0;
	z->depth--;
	z->anchors -= is->id == TAG_A;
}

/* html_sanitise - see html.h.
 *   out  [in,out] appended to;  s  n bytes of UTF-8;  base  absolute address or NULL: then relative links go
 * Memory: out, and no more than HTML_DEPTH elements and one attribute's value. Cannot fail; O(n). */
void html_sanitise(struct buf *out, const char *s, size_t n, const char *base, int *pixels)
{
	static const struct html_events events = { enter, leave, text };
	struct sanitiser z = { .out = out, .links = { .base = base } };

	html_read(s, n, &events, &z);
	if (pixels)
		*pixels += z.pixels;
	links_clear(&z.links);
	buf_clear(&z.value);
	buf_clear(&z.clean);
}
