#include "ui/marked.h"

#include <string.h>

#include "ui/style.h"

static const char *sign(const struct mark *m)
{
	return m->weight < 0 ? "-" : "*";
}

/* The text with its signs, and where each word came to lie. */
static const char *with_signs(struct arena *a, const char *text, const struct mark *mark, size_t n, struct span *span)
{
	struct buf b = BUF_INIT;
	size_t at = 0;
	const char *out;

	for (size_t i = 0; i < n; i++) {
		buf_add(&b, text + at, mark[i].from - at);
		span[i].from = b.len;
		buf_puts(&b, sign(&mark[i]));
		buf_add(&b, text + mark[i].from, mark[i].len);
		buf_puts(&b, sign(&mark[i]));
		span[i].len = b.len - span[i].from;
		at = mark[i].from + mark[i].len;
	}
	buf_puts(&b, text + at);
	out = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

size_t marked_lines(struct arena *a, const char *text, const struct mark *mark, size_t n, int width, bool ascii, struct line **out)
{
	struct span *span = arena_zero(a, n + 1, sizeof *span);
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = text, .spans = span, .n_spans = n };
	struct blocks bs = { .block = &b, .n = 1 };

	for (size_t i = 0; i < n; i++)
		span[i] = (struct span){ mark[i].from, mark[i].len, mark[i].weight < 0 ? SPAN_ITALIC : SPAN_BOLD, 0 };
	if (ascii)
		b.text = with_signs(a, text, mark, n, span);
	return layout_blocks(a, &bs, width, ascii, out);
}

bool marked_has(const struct line *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->run[i].style != SPAN_PLAIN)
			return true;
	return false;
}

unsigned marked_style(const struct run *r, unsigned plain)
{
	return r->style & SPAN_BOLD ? STYLE_FOR : r->style & SPAN_ITALIC ? STYLE_AGAINST : plain;
}
