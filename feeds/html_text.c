/* html_text - the text of an item, without its markup. */
#include "feeds/html.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/dom.h"
#include "feeds/html_tags.h"

struct texter {
	struct buf out;
	bool blank, line; /* before the next word */
};

static void add(struct texter *t, const char *s)
{
	for (; *s; s++) {
		if (*s == ' ' || (*s >= '\t' && *s <= '\r')) {
			t->blank = true;
			continue;
		}
		if (t->out.len && (t->line || t->blank))
			buf_putc(&t->out, t->line ? '\n' : ' ');
		t->line = t->blank = false;
		buf_putc(&t->out, *s);
	}
}

static bool enter(void *ctx, const struct dom *node)
{
	struct texter *t = ctx;
	const struct tag *tag = node->name ? tag_find(node->name) : NULL;

	if (!node->name) {
		add(t, node->text);
		return false;
	}
	if (!tag)
		return true;
	if (tag->is & TAG_DROPPED)
		return false;
	if (tag->id == TAG_TD || tag->id == TAG_TH)
		t->blank = true;
	else if (tag->is & TAG_BLOCK || tag->id == TAG_BR)
		t->line = true;
	return true;
}

static void leave(void *ctx, const struct dom *node)
{
	struct texter *t = ctx;
	const struct tag *tag = tag_find(node->name);

	if (!tag || !(tag->is & TAG_BLOCK))
		return;
	if (tag->id == TAG_TD || tag->id == TAG_TH)
		t->blank = true;
	else
		t->line = true;
}

static void extract(struct texter *t, const char *s, size_t n)
{
	static const struct html_visitor visitor = { enter, leave };
	struct arena a = ARENA_INIT;
	const struct dom *root;

	if (memchr(s, '<', n) || memchr(s, '&', n) || memchr(s, '\0', n)) {
		if (html_tree(&a, s, n, &root) == OK)
			html_walk(root, &visitor, t);
	} else { /* no markup: most titles */
		add(t, arena_strndup(&a, s, n));
	}
	arena_clear(&a);
}

/* html_text - see html.h.
 *   out  [in,out] appended to;  s  n bytes of UTF-8
 * Cannot fail. */
void html_text(struct buf *out, const char *s, size_t n)
{
	struct texter t = { .out = BUF_INIT };

	if (n == 0)
		return;
	extract(&t, s, n);
	utf8_clean(out, buf_str(&t.out), t.out.len, UTF8_TEXT);
	buf_clear(&t.out);
}

/* html_line - see html.h. */
void html_line(struct buf *out, const char *s, size_t n)
{
	struct texter t = { .out = BUF_INIT };

	if (n == 0)
		return;
	extract(&t, s, n);
	utf8_clean(out, buf_str(&t.out), t.out.len, UTF8_LINE);
	buf_clear(&t.out);
}
