#include <string.h>
#include <strings.h>

#include "feeds/mend.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool among(const char *const *names, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == len && strncasecmp(names[i], name, len) == 0)
			return true;
	return false;
}

#define AMONG(list, name, len) among(list, sizeof(list) / sizeof *(list), name, len)

/* Elements that hold nothing. Those that libxml2 does not know for such (source, track, wbr) end with what they stand in. */
static bool holds_nothing(const char *name, size_t len)
{
	static const char *const names[] = { "br", "hr", "img", "input", "meta", "link", "area", "base", "basefont", "col", "embed", "frame", "param" };

	return AMONG(names, name, len);
}

/* Elements that end where the next of their kind begins. */
static bool ends_itself(const char *name, size_t len)
{
	static const char *const names[] = { "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup" };

	return AMONG(names, name, len);
}

/* The end of the tag at s: behind its '>'. *cut is set to where the attributes grow too many, or to the end. */
static const char *walk_tag(const char *s, const char *end, const char **cut)
{
	size_t attributes = 0;
	char quote = 0;

	*cut = NULL;
	for (; s < end; s++) {
		if (quote) {
			if (*s == quote)
				quote = 0;
			continue;
		}
		if (*s == '>')
			break;
		if ((*s == '"' || *s == '\'') && s[-1] == '=')
			quote = *s;
		if (!blank(*s) && (blank(s[-1]) || s[-1] == '"' || s[-1] == '\'') && ++attributes > MEND_ATTRIBUTES && !*cut)
			*cut = s;
	}
	if (!*cut)
		*cut = s;
	return s < end ? s + 1 : end;
}

struct open {
	const char *name;
	size_t len;
};

struct walk {
	struct buf *out;
	struct open open[MEND_DEPTH];
	size_t depth, deeper; /* deeper: open elements that were left out */
};

static bool same(const struct open *open, const char *name, size_t len)
{
	return open->len == len && strncasecmp(open->name, name, len) == 0;
}

/* Open an element. Returns false where it lies too deep. */
static bool push(struct walk *w, const char *name, size_t len)
{
	if (holds_nothing(name, len))
		return true;
	if (w->deeper) {
		w->deeper++;
		return false;
	}
	for (size_t k = ends_itself(name, len) ? w->depth : 0; k > 0 && ends_itself(w->open[k - 1].name, w->open[k - 1].len); k--)
		if (same(&w->open[k - 1], name, len)) {
			w->depth = k - 1;
			break;
		}
	if (w->depth == MEND_DEPTH) {
		w->deeper++;
		return false;
	}
	w->open[w->depth++] = (struct open){ name, len };
	return true;
}

/* Close an element. Returns false where none of that name is open: libxml2 would look for it through all that are, each time. */
static bool pop(struct walk *w, const char *name, size_t len)
{
	size_t k = w->depth;

	if (w->deeper) {
		w->deeper--;
		return false;
	}
	while (k > 0 && !same(&w->open[k - 1], name, len))
		k--;
	if (k == 0)
		return false;
	w->depth = k - 1;
	return true;
}

/* The tag at s. Returns what lies behind it. */
static const char *tag(struct walk *w, const char *s, const char *end)
{
	bool closing = s[1] == '/';
	const char *name = s + 1 + closing, *p = name, *cut, *next;
	size_t len;

	while (p < end && !blank(*p) && *p != '>' && *p != '<')
		p++;
	len = (size_t)(p - name);
	next = walk_tag(p, end, &cut);
	if (closing ? pop(w, name, len) : push(w, name, len)) {
		buf_add(w->out, s, (size_t)(cut - s));
		buf_putc(w->out, '>');
	}
	return next;
}

void mend_html(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;
	struct walk w;

	w.out = out;
	w.depth = w.deeper = 0;
	while (s < end) {
		const char *p = s;

		while (p < end && *p && *p != '<')
			p++;
		buf_add(out, s, (size_t)(p - s));
		if (p == end)
			return;
		if (*p == '<' && end - p > 2 && (letter(p[1]) || (p[1] == '/' && letter(p[2])))) {
			s = tag(&w, p, end);
			continue;
		}
		if (*p)
			buf_putc(out, *p); /* a NUL goes */
		s = p + 1;
	}
}
