/* html_read - the tokens of HTML, and which element each of them opens and ends. */
#include "feeds/html_read.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/html_entities.h"
#include "feeds/html_open.h"

#define RAW_KINDS 16 /* more than there are raw elements */

struct reader {
	const char *p, *end;
	struct html_open open;
	struct html_attr attr[HTML_ATTRIBUTES];
	size_t n_attrs;
	bool self_closing;           /* the tag that was read last */
	const struct tag *skip;      /* nothing is told up to its end, NULL: all is */
	size_t skip_depth;           /* elements of that kind within it */
	const char *cdata_end;       /* where "]]>" is to be passed over, NULL nowhere */
	bool no_cdata_end;           /* there is none in what is left */
	const struct tag *unended[RAW_KINDS]; /* raw elements of which no end tag is left */
	size_t n_unended;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* ---- text ---- */

static void tell(struct reader *r, const char *s, size_t n)
{
	if (n && !r->skip)
		r->open.events->text(r->open.ctx, s, n);
}

/* Text with its references decoded. */
static void tell_words(struct reader *r, const char *s, const char *end)
{
	while (s < end && !r->skip) {
		const char *amp = memchr(s, '&', (size_t)(end - s));
		uint32_t cp[2];
		size_t n = 0, len = amp ? html_reference(amp, (size_t)(end - amp), false, cp, &n) : 0;

		if (!amp)
			amp = end;
		else if (!len)
			amp++; /* it stands for itself */
		tell(r, s, (size_t)(amp - s));
		for (size_t i = 0; i < n; i++) {
			char bytes[4];

			tell(r, bytes, utf8_encode(cp[i], bytes));
		}
		s = amp + len;
	}
}

/* Up to the next '<' that may begin a tag. */
static void read_text(struct reader *r)
{
	const char *from = r->p, *to = from + (*from == '<');

	if (r->cdata_end && r->cdata_end == from) {
		r->p += 3;
		r->cdata_end = NULL;
		return;
	}
	to = to < r->end ? memchr(to, '<', (size_t)(r->end - to)) : NULL;
	if (!to)
		to = r->end;
	if (r->cdata_end && r->cdata_end > from && r->cdata_end < to)
		to = r->cdata_end;
	tell_words(r, from, to);
	r->p = to;
}

/* ---- attributes ---- */

void html_decode(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		size_t run = 0, len, count = 0;
		uint32_t cp[2] = { UTF8_BAD, 0 };
		char bytes[4];

		while (s + run < end && s[run] != '&' && s[run])
			run++;
		buf_add(out, s, run);
		s += run;
		if (s == end)
			break;
		len = *s ? html_reference(s, (size_t)(end - s), true, cp, &count) : (count = 1);
		if (!len)
			buf_add(out, s, len = 1);
		for (size_t i = 0; i < count; i++)
			buf_add(out, bytes, utf8_encode(cp[i], bytes));
		s += len;
	}
}

static const struct html_attr *find(const struct html_start *start, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < start->n_attrs; i++) {
		const struct html_attr *a = &start->attr[i];
		size_t k = 0;

		if (a->name_len != n)
			continue;
		while (k < n && lower(a->name[k]) == name[k])
			k++;
		if (k == n)
			return a;
	}
	return NULL;
}

bool html_has(const struct html_start *start, const char *name)
{
	return find(start, name) != NULL;
}

bool html_value(const struct html_start *start, const char *name, struct buf *out)
{
	const struct html_attr *a = find(start, name);

	if (!a || a->len > HTML_VALUE)
		return false;
	buf_cut(out, 0);
	html_decode(out, a->value, a->len);
	return true;
}

/* The value at r->p, behind '=' and blanks. Returns false where its quotation mark never comes again: then this is no tag. */
static bool read_value(struct reader *r, struct html_attr *a)
{
	char quote = *r->p;

	a->value = r->p;
	if (quote == '"' || quote == '\'') {
		a->value++;
		r->p = memchr(a->value, quote, (size_t)(r->end - a->value));
		if (!r->p) {
			r->p = r->end;
			return false;
		}
		a->len = (size_t)(r->p - a->value);
		r->p++;
		return true;
	}
	while (r->p < r->end && !is_blank(*r->p) && *r->p != '>')
		r->p++;
	a->len = (size_t)(r->p - a->value);
	return true;
}

static void pass_blanks(struct reader *r)
{
	while (r->p < r->end && is_blank(*r->p))
		r->p++;
}

/* The attributes at r->p and the '>' behind them. Returns false where the document ends within: then this is no tag. */
static bool read_attributes(struct reader *r)
{
	r->n_attrs = 0;
	while (r->p < r->end) {
		struct html_attr a = { .value = "" };

		r->self_closing = false;
		pass_blanks(r);
		for (; r->p < r->end && *r->p == '/'; pass_blanks(r)) {
			r->p++;
			r->self_closing = r->p < r->end && *r->p == '>';
		}
		if (r->p < r->end && *r->p == '>') {
			r->p++;
			return true;
		}
		a.name = r->p;
		if (r->p < r->end)
			r->p++; /* a '=' here is a part of the name */
		while (r->p < r->end && !is_blank(*r->p) && *r->p != '/' && *r->p != '>' && *r->p != '=')
			r->p++;
		a.name_len = (size_t)(r->p - a.name);
		pass_blanks(r);
		if (r->p < r->end && *r->p == '=') {
			r->p++;
			pass_blanks(r);
			if (r->p < r->end && *r->p != '>' && !read_value(r, &a))
				return false;
		}
		if (r->n_attrs < HTML_ATTRIBUTES)
			r->attr[r->n_attrs++] = a;
	}
	return false;
}

/* ---- elements ---- */

/* The end tag of a raw element: its '<', or NULL. Looked for in vain once, it isn't looked for again. */
static const char *raw_end(struct reader *r, const struct tag *is)
{
	const char *p = r->p;

	for (size_t i = 0; i < r->n_unended; i++)
		if (r->unended[i] == is)
			return NULL;
	while ((p = memchr(p, '<', (size_t)(r->end - p))) != NULL) {
		const char *name = p + 2, *behind = name + is->len;
		size_t k = 0;

		if ((size_t)(r->end - p) <= (size_t)is->len + 2)
			break;
		while (p[1] == '/' && k < is->len && lower(name[k]) == is->name[k])
			k++;
		if (k == is->len && (is_blank(*behind) || *behind == '/' || *behind == '>'))
			return p;
		p++;
	}
	if (r->n_unended < RAW_KINDS)
		r->unended[r->n_unended++] = is;
	return NULL;
}

/* What is in a raw element, and its end tag; the rest of the document where there is none, unless the start tag says "/>". */
static void read_raw(struct reader *r, const struct tag *is, bool told)
{
	const char *from = r->p, *to = raw_end(r, is);

	if (!to && r->self_closing)
		return;
	r->p = to ? to : r->end;
	if (told && is->is & TAG_WORDS)
		tell_words(r, from, r->p);
	else if (told)
		tell(r, from, (size_t)(r->p - from));
	if (to) {
		r->p += 2 + is->len;
		(void)read_attributes(r);
	}
}

static void skip_from(struct reader *r, const struct tag *is)
{
	if (r->self_closing)
		return;
	r->skip = is;
	r->skip_depth = 1;
}

/* A start tag within what is skipped: scripts and styles alone are raw there, since in a drawing a <title> isn't. */
static void start_skipped(struct reader *r, const struct tag *is)
{
	if (is == r->skip && !r->self_closing)
		r->skip_depth++;
	else if (is && is->is & TAG_RAW && !(is->is & TAG_WORDS) && !r->self_closing)
		read_raw(r, is, false);
}

static void start_tag(struct reader *r, const char *name, size_t len)
{
	struct html_start start = { tag_find(name, len), name, len, r->attr, r->n_attrs };
	int want;

	if (r->skip) {
		start_skipped(r, start.is);
		return;
	}
	want = open_push(&r->open, &start);
	if (!start.is || start.is->is & TAG_VOID)
		return;
	if (start.is->is & TAG_RAW) {
		read_raw(r, start.is, want >= 0 || (want == HTML_PASS && !(start.is->is & TAG_DROPPED)));
		if (want >= 0)
			open_pop(&r->open);
	} else if (want == HTML_SKIP) {
		skip_from(r, start.is);
	} else if (start.is->id == TAG_MEDIA && r->self_closing && want >= 0) {
		open_pop(&r->open);
	}
}

static void end_tag(struct reader *r, const char *name, size_t len)
{
	const struct tag *is = tag_find(name, len);

	if (!r->skip) {
		open_end(&r->open, is, name, len);
	} else if (is == r->skip && --r->skip_depth == 0) {
		r->skip = NULL;
	}
}

/* ---- the rest of the tokens ---- */

/* "<!--" at r->p: up to "-->" or "--!>"; "<!-->" and "<!--->" are whole. */
static void read_comment(struct reader *r)
{
	const char *p = r->p + 4;

	if (p < r->end && (*p == '>' || (*p == '-' && r->end - p > 1 && p[1] == '>'))) {
		r->p = p + (*p == '>' ? 1 : 2);
		return;
	}
	for (r->p = r->end; p < r->end && (p = memchr(p, '-', (size_t)(r->end - p))) != NULL; p++) {
		const char *q = p + 2;

		if (r->end - p < 3)
			return;
		if (p[1] != '-')
			continue;
		q += *q == '!';
		if (q < r->end && *q == '>') {
			r->p = q + 1;
			return;
		}
	}
}

static const char *find_cdata_end(const struct reader *r)
{
	for (const char *p = r->p; (p = memchr(p, ']', (size_t)(r->end - p))) != NULL && r->end - p >= 3; p++)
		if (p[1] == ']' && p[2] == '>')
			return p;
	return NULL;
}

/* "<![CDATA[" at r->p is passed over where its end comes. */
static bool read_cdata(struct reader *r)
{
	if (r->cdata_end && r->cdata_end < r->p)
		r->cdata_end = NULL; /* it stood in a tag */
	if (r->no_cdata_end || r->cdata_end || r->end - r->p < 9 || memcmp(r->p, "<![CDATA[", 9) != 0)
		return false;
	r->cdata_end = find_cdata_end(r);
	r->no_cdata_end = !r->cdata_end;
	if (r->cdata_end)
		r->p += 9;
	return r->cdata_end != NULL;
}

/* "<!", "<?" or "</" and no name: a comment that ends at the next '>'. */
static void read_bogus(struct reader *r)
{
	const char *close = memchr(r->p, '>', (size_t)(r->end - r->p));

	r->p = close ? close + 1 : r->end;
}

static void read_tag(struct reader *r)
{
	bool ends = r->p[1] == '/';
	const char *name = r->p + 1 + ends, *p = name;

	while (p < r->end && !is_blank(*p) && *p != '/' && *p != '>')
		p++;
	r->p = p;
	if (!read_attributes(r))
		return;
	if (ends)
		end_tag(r, name, (size_t)(p - name));
	else
		start_tag(r, name, (size_t)(p - name));
}

/* What begins at the '<' at r->p. Returns false where that is text. */
static bool read_markup(struct reader *r)
{
	size_t left = (size_t)(r->end - r->p);
	char next = left > 1 ? r->p[1] : '\0', third = left > 2 ? r->p[2] : '\0';

	if (is_letter(next) || (next == '/' && is_letter(third))) {
		read_tag(r);
		return true;
	}
	if (next == '!' && third == '-' && left > 3 && r->p[3] == '-') {
		read_comment(r);
		return true;
	}
	if (next == '!' && read_cdata(r))
		return true;
	if (next != '!' && next != '?' && (next != '/' || left == 2))
		return false;
	read_bogus(r);
	return true;
}

void html_read(const char *s, size_t n, const struct html_events *events, void *ctx)
{
	struct reader r;

	r.p = s;
	r.end = s + n;
	open_init(&r.open, events, ctx);
	r.n_attrs = r.skip_depth = r.n_unended = 0;
	r.self_closing = r.no_cdata_end = false;
	r.skip = NULL;
	r.cdata_end = NULL;
	while (r.p < r.end)
		if (*r.p != '<' || !read_markup(&r))
			read_text(&r);
	while (r.open.depth)
		open_pop(&r.open);
}
