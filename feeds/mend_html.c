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

/* Elements that close by themselves or hold nothing: they don't count for depth. */
static bool shallow(const char *name, size_t len)
{
	static const char *const names[] = { "p", "li", "br", "hr", "img", "td", "th", "tr", "dt", "dd", "option", "input", "meta", "link",
		"area", "base", "col", "embed", "source", "track", "wbr", "param", "thead", "tbody", "tfoot", "colgroup" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && strncasecmp(names[i], name, len) == 0)
			return true;
	return false;
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

struct walk {
	struct buf *out;
	size_t depth;
};

/* The tag at s. Returns what lies behind it. */
static const char *tag(struct walk *w, const char *s, const char *end)
{
	bool closing = s[1] == '/';
	const char *name = s + 1 + closing, *p = name, *cut, *next;

	while (p < end && !blank(*p) && *p != '>')
		p++;
	next = walk_tag(p, end, &cut);
	if (!shallow(name, (size_t)(p - name))) {
		bool beyond = w->depth >= MEND_DEPTH;

		if (closing && w->depth) {
			beyond = w->depth > MEND_DEPTH;
			w->depth--;
		} else if (!closing) {
			w->depth++;
		}
		if (beyond)
			return next;
	}
	buf_add(w->out, s, (size_t)(cut - s));
	buf_putc(w->out, '>');
	return next;
}

void mend_html(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;
	struct walk w = { out, 0 };

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
