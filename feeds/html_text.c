/* html_text - the text of an item, without its markup. */
#include "feeds/html.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/html_read.h"

struct texter {
	struct buf *out;
	size_t start;     /* where in out the text begins */
	bool raw;         /* cleaned later */
	bool blank, line; /* before the next word */
	int marks;        /* of utf8_clean_on */
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A word or a piece of one. */
static void add_word(struct texter *t, const char *s, size_t n)
{
	size_t before = t->out->len, from;

	if (before > t->start && (t->line || t->blank)) {
		buf_putc(t->out, t->line ? '\n' : ' ');
		t->marks = 0;
	}
	from = t->out->len;
	if (t->raw)
		buf_add(t->out, s, n);
	else
		utf8_clean_on(t->out, s, n, &t->marks);
	if (t->out->len > from)
		t->line = t->blank = false;
	else
		buf_cut(t->out, before); /* nothing of it may be shown */
}

static void text(void *ctx, const char *s, size_t n)
{
	struct texter *t = ctx;

	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && !is_blank(s[k]); k++)
			;
		if (k > i)
			add_word(t, s + i, k - i);
		for (; k < n && is_blank(s[k]); k++)
			t->blank = true;
	}
}

static void part(struct texter *t, const struct tag *is)
{
	if (is->id == TAG_TD || is->id == TAG_TH)
		t->blank = true;
	else if (is->is & TAG_BLOCK || is->id == TAG_BR)
		t->line = true;
}

static int enter(void *ctx, const struct html_start *start)
{
	struct texter *t = ctx;

	if (!start->is)
		return HTML_PASS;
	if (start->is->is & TAG_DROPPED || start->is->id == TAG_RP)
		return HTML_SKIP;
	part(t, start->is);
	if (start->is->id == TAG_RT)
		add_word(t, "(", 1);
	return HTML_ENTER;
}

static void leave(void *ctx, const struct tag *is, int mark)
{
	struct texter *t = ctx;

	(void)mark;
	part(t, is);
	if (is->id == TAG_RT)
		add_word(t, ")", 1);
}

static const struct html_events events = { enter, leave, text };

/* html_text - see html.h.
 *   out  [in,out] appended to;  s  n bytes of UTF-8
 * Cannot fail; O(n). */
void html_text(struct buf *out, const char *s, size_t n)
{
	struct texter t = { .out = out, .start = out->len };

	buf_add(out, "", 0);
	html_read(s, n, &events, &t);
}

/* html_line - see html.h. */
void html_line(struct buf *out, const char *s, size_t n)
{
	struct buf words = BUF_INIT;
	struct texter t = { .out = &words, .raw = true };

	html_read(s, n, &events, &t);
	utf8_clean(out, buf_str(&words), words.len, UTF8_LINE);
	buf_clear(&words);
}
