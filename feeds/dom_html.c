/* dom_html - HTML as the tree of dom.h. */
#include "feeds/dom.h"

#include <string.h>

#include "feeds/html_read.h"
#include "feeds/mend.h"

struct builder {
	struct arena *arena;
	struct dom *at; /* the open element */
	size_t nodes;
	struct buf text; /* that is no node yet */
	struct buf value;
};

static void append(struct builder *b, struct dom *node)
{
	node->ns = "";
	node->parent = b->at;
	if (b->at->last)
		b->at->last->next = node;
	else
		b->at->first = node;
	b->at->last = node;
	b->nodes++;
}

static void flush_text(struct builder *b)
{
	if (b->text.len) {
		struct dom *node = arena_zero(b->arena, 1, sizeof *node);

		node->text = arena_strndup(b->arena, b->text.s, b->text.len);
		append(b, node);
		buf_cut(&b->text, 0);
	}
}

static const char *lower(struct arena *a, const char *s, size_t n)
{
	char *out = arena_strndup(a, s, n);

	for (char *p = out; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	return out;
}

static int enter(void *ctx, const struct html_start *start)
{
	struct builder *b = ctx;
	struct dom *node;
	struct dom_attr **at;

	if (b->nodes >= MEND_NODES)
		return HTML_PASS;
	flush_text(b);
	node = arena_zero(b->arena, 1, sizeof *node);
	node->name = start->is ? start->is->name : lower(b->arena, start->name, start->len);
	append(b, node);
	at = &node->attrs;
	for (size_t i = 0; i < start->n_attrs; i++, at = &(*at)->next, b->nodes++) {
		const struct html_attr *attr = &start->attr[i];

		*at = arena_zero(b->arena, 1, sizeof **at);
		buf_cut(&b->value, 0);
		html_decode(&b->value, attr->value, attr->len <= HTML_VALUE ? attr->len : 0);
		(*at)->name = lower(b->arena, attr->name, attr->name_len);
		(*at)->ns = "";
		(*at)->value = arena_strndup(b->arena, buf_str(&b->value), b->value.len);
	}
	if (!start->is || !(start->is->is & TAG_VOID))
		b->at = node;
	return HTML_ENTER;
}

static void leave(void *ctx, const struct tag *is, int mark)
{
	struct builder *b = ctx;

	(void)is, (void)mark;
	flush_text(b);
	b->at = b->at->parent;
}

static void text(void *ctx, const char *s, size_t n)
{
	struct builder *b = ctx;

	for (size_t i = 0; i < n; i++) {
		size_t run = strnlen(s + i, n - i);

		buf_add(&b->text, s + i, run);
		i += run; /* over the NUL */
	}
}

enum err dom_html(struct arena *a, const char *s, size_t n, struct dom **root, struct err_info *info)
{
	static const struct html_events events = { enter, leave, text };
	struct builder b = { .arena = a };

	(void)info;
	b.at = *root = arena_zero(a, 1, sizeof **root);
	b.at->name = "html";
	b.at->ns = "";
	html_read(s, n, &events, &b);
	flush_text(&b);
	buf_clear(&b.text);
	buf_clear(&b.value);
	return OK;
}
