/* html_blocks_text - blocks in the making. */
#include "feeds/html_blocks_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* n bytes in a style: the last span grown, or a new one. */
static void add_styled(struct maker *m, const char *s, size_t n, unsigned style, int link)
{
	struct span *last = m->n_span ? &m->span[m->n_span - 1] : NULL;

	if (style || link) {
		if (last && last->from + last->len == m->text.len && last->style == style && last->link == link) {
			last->len += n;
		} else {
			MEM_GROW(m->span, m->n_span, m->cap_span);
			m->span[m->n_span++] = (struct span){ m->text.len, n, style, link };
		}
	}
	buf_add(&m->text, s, n);
}

/* The blank that is due belongs to a span only where the words on both its sides do. */
static void add_due_blank(struct maker *m)
{
	bool inside = m->blank_style == m->style && m->blank_link == m->link;

	if (!m->blank)
		return;
	m->blank = false;
	if (m->text.len && m->text.s[m->text.len - 1] != '\n')
		add_styled(m, " ", 1, inside ? m->style : 0, inside ? m->link : 0);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void fold(struct maker *m, const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		size_t from = i;

		while (i < n && !is_blank(s[i]))
			i++;
		if (i > from) {
			add_due_blank(m);
			add_styled(m, s + from, i - from, m->style, m->link);
		}
		if (i < n) {
			m->blank = true;
			m->blank_style = m->style;
			m->blank_link = m->link;
		}
		while (i < n && is_blank(s[i]))
			i++;
	}
}

/* Code as it stands; tabs to every eighth cell, since whoever draws it starts at a margin of its own. */
static void keep(struct maker *m, const char *s, size_t n)
{
	for (size_t i = 0, k; i < n; i += k) {
		for (k = 0; i + k < n && s[i + k] != '\t'; k++)
			;
		if (k) {
			add_styled(m, s + i, k, m->style, m->link);
		} else {
			size_t line = m->text.len;

			while (line && m->text.s[line - 1] != '\n')
				line--;
			add_styled(m, "        ", (size_t)(8 - (m->text.len ? utf8_cells(m->text.s + line, m->text.len - line) : 0) % 8), m->style, m->link);
			k = 1;
		}
	}
}

/* make_words - see html_blocks_text.h. Cannot fail. */
void make_words(struct maker *m, const char *s)
{
	struct buf clean = BUF_INIT;

	utf8_clean(&clean, s, strlen(s), UTF8_TEXT);
	if (m->code)
		keep(m, buf_str(&clean), clean.len);
	else
		fold(m, buf_str(&clean), clean.len);
	buf_clear(&clean);
}

/* make_break - see html_blocks_text.h. At the start of a block there is nothing to break. */
void make_break(struct maker *m)
{
	m->blank = false;
	if (m->text.len || m->code)
		add_styled(m, "\n", 1, 0, 0);
}

/* make_link - see html_blocks_text.h. Returns 1.. in the order of first appearance. */
int make_link(struct maker *m, const char *url)
{
	bool added;
	int64_t number = *map_at(&m->index, url, strlen(url), (int64_t)m->n_links + 1, &added);

	if (added) {
		MEM_GROW(m->links, m->n_links, m->cap_links);
		m->links[m->n_links++] = arena_strdup(m->arena, url);
	}
	return (int)number;
}

/* Nothing but blanks, no-break and zero-width ones too. */
static bool is_empty(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		if (cp > ' ' && cp != 0xA0 && cp != 0xFEFF && cp != 0x3000 && (cp < 0x2000 || cp > 0x200F))
			return false;
	}
	return true;
}

static void trim(struct maker *m)
{
	size_t n = m->text.len;

	while (n && (m->text.s[n - 1] == '\n' || m->text.s[n - 1] == ' '))
		n--;
	if (m->text.len)
		buf_cut(&m->text, n);
	while (m->n_span && m->span[m->n_span - 1].from >= n)
		m->n_span--;
	if (m->n_span) {
		struct span *last = &m->span[m->n_span - 1];

		if (last->from + last->len > n)
			last->len = n - last->from;
	}
}

static void file(struct maker *m, enum block_kind kind, int level)
{
	struct block *b;

	MEM_GROW(m->block, m->n, m->cap);
	b = &m->block[m->n++];
	*b = (struct block){ .kind = kind, .level = level, .quote = m->quote, .number = kind == BLOCK_ITEM ? m->number : 0 };
	b->text = arena_strndup(m->arena, buf_str(&m->text), m->text.len);
	b->n_spans = m->n_span;
	b->spans = arena_zero(m->arena, m->n_span ? m->n_span : 1, sizeof *b->spans);
	if (m->n_span)
		memcpy(b->spans, m->span, m->n_span * sizeof *b->spans);
}

/* make_block - see html_blocks_text.h. A paragraph in a quotation is filed as BLOCK_QUOTE. */
bool make_block(struct maker *m)
{
	bool seen = !is_empty(buf_str(&m->text), m->text.len);

	trim(m);
	if (seen) {
		if (m->kind == BLOCK_PARAGRAPH && m->quote && m->level == 0)
			file(m, BLOCK_QUOTE, m->quote);
		else
			file(m, m->kind, m->level);
	}
	buf_cut(&m->text, 0);
	m->n_span = 0;
	m->blank = false;
	return seen;
}

/* make_rule - see html_blocks_text.h. */
void make_rule(struct maker *m)
{
	make_block(m);
	file(m, BLOCK_RULE, 0);
}

/* make_done - see html_blocks_text.h. */
void make_done(struct maker *m, struct blocks *out)
{
	make_block(m);
	*out = (struct blocks){ .n = m->n, .n_links = m->n_links };
	out->block = arena_zero(m->arena, m->n + 1, sizeof *out->block);
	out->links = arena_zero(m->arena, m->n_links + 1, sizeof *out->links);
	if (m->n)
		memcpy(out->block, m->block, m->n * sizeof *out->block);
	if (m->n_links)
		memcpy(out->links, m->links, m->n_links * sizeof *out->links);
	buf_clear(&m->text);
	map_clear(&m->index);
	free(m->block);
	free(m->span);
	free(m->links);
}
