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
	if (m->text.len && m->text.s[m->text.len - 1] != '\n' && !(m->row && m->n_cells && m->text.len == m->cell[m->n_cells - 1]))
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

/* The cells of the open line, with s (n bytes of code) behind it. */
static int column_behind(const struct maker *m, const char *s, size_t n)
{
	size_t line = n;

	while (line && s[line - 1] != '\n')
		line--;
	return (line ? 0 : m->column) + utf8_cells(s + line, n - line);
}

/* Code as it stands; tabs to every eighth cell, since whoever draws it starts at a margin of its own. */
static void keep(struct maker *m, const char *s, size_t n)
{
	for (size_t i = 0, k; i < n; i += k) {
		for (k = 0; i + k < n && s[i + k] != '\t'; k++)
			;
		if (k) {
			add_styled(m, s + i, k, m->style, m->link);
			m->column = column_behind(m, s + i, k);
		} else {
			int blanks = 8 - m->column % 8;

			add_styled(m, "        ", (size_t)blanks, m->style, m->link);
			m->column += blanks;
			k = 1;
		}
	}
}

/* make_words - see html_blocks_text.h. Cannot fail. */
void make_words(struct maker *m, const char *s, size_t n)
{
	buf_cut(&m->clean, 0);
	utf8_clean_on(&m->clean, s, n, &m->marks);
	if (m->code)
		keep(m, buf_str(&m->clean), m->clean.len);
	else
		fold(m, buf_str(&m->clean), m->clean.len);
}

/* make_break - see html_blocks_text.h. At the start of a block there is nothing to break. */
void make_break(struct maker *m)
{
	m->blank = false;
	if (m->text.len || m->code)
		add_styled(m, "\n", 1, 0, 0);
	m->column = 0;
}

/* ---- above and below the line ---- */

/* The raised or lowered form of a character; 0 where Unicode has none that terminals know. */
static uint32_t raised(uint32_t cp, bool above)
{
	static const uint16_t above_digits[10] = { 0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079 };
	static const char signs[] = "+-=()";

	if (cp >= '0' && cp <= '9')
		return above ? above_digits[cp - '0'] : 0x2080 + cp - '0';
	if (cp == 0x2212 || cp == 0x2013)
		cp = '-';
	for (uint32_t i = 0; signs[i]; i++)
		if (cp == (uint32_t)signs[i])
			return (above ? 0x207A : 0x208A) + i;
	return above && cp == 'n' ? 0x207F : 0;
}

/* Written with raised characters into out; false where one of them has no such form. */
static bool raise_all(struct buf *out, const char *s, size_t n, bool above)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		char bytes[4];

		i += utf8_decode(s + i, n - i, &cp);
		cp = raised(cp, above);
		if (!cp)
			return false;
		buf_add(out, bytes, utf8_encode(cp, bytes));
	}
	return n > 0;
}

/* Letters alone ("1st", "Mme", "CO2e") read well as they are, and so does whatever isn't a formula. */
static bool is_formula(const char *s, size_t n)
{
	size_t signs = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == ' ' || s[i] == '[' || s[i] == '\n')
			return false;
		signs += (unsigned char)s[i] < 0x80 && strchr("0123456789+-/=", s[i]) != NULL;
	}
	return signs > 0;
}

void make_raised(struct maker *m, size_t from, bool above)
{
	struct span *last = m->n_span ? &m->span[m->n_span - 1] : NULL;
	struct buf out = BUF_INIT;
	size_t n = m->text.len > from ? m->text.len - from : 0, end = m->text.len;
	bool within;

	if (!n || m->code)
		return;
	if (m->text.s[from] == ' ') {
		from++;
		n--;
	}
	within = last && last->from <= from && last->from + last->len == end;
	if (last && last->from + last->len > from && !within)
		return;
	if (!raise_all(&out, m->text.s + from, n, above)) {
		buf_cut(&out, 0);
		if (is_formula(m->text.s + from, n))
			buf_printf(&out, n == 1 ? "%c%.*s" : "%c(%.*s)", above ? '^' : '_', (int)n, m->text.s + from);
	}
	if (out.len) {
		buf_cut(&m->text, from);
		buf_add(&m->text, out.s, out.len);
		if (within)
			last->len += m->text.len - end; /* may be less: the sum is right by wrapping round */
	}
	buf_clear(&out);
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

static struct block *file(struct maker *m, enum block_kind kind, int level)
{
	struct block *b;

	MEM_GROW(m->block, m->n, m->cap);
	b = &m->block[m->n++];
	*b = (struct block){ .kind = kind, .level = level, .quote = m->quote, .text = "", .tight = m->tight, .rtl = m->rtl };
	m->tight = false;
	return b;
}

/* The spans of bytes from..to, counted from there; of the arena. */
static struct span *spans_of(struct maker *m, size_t from, size_t to, size_t *n)
{
	struct span *out = arena_zero(m->arena, m->n_span ? m->n_span : 1, sizeof *out);

	*n = 0;
	for (size_t i = 0; i < m->n_span; i++) {
		struct span s = m->span[i];
		size_t end = s.from + s.len < to ? s.from + s.len : to;

		if (s.from < from)
			s.from = from;
		if (s.from >= end)
			continue;
		s.len = end - s.from;
		s.from -= from;
		out[(*n)++] = s;
	}
	return out;
}

bool make_part(struct maker *m, size_t from, size_t to, enum block_kind kind, int level)
{
	struct block *b;
	bool item = kind == BLOCK_ITEM;

	while (kind != BLOCK_TABLE_ROW && to > from && (m->text.s[to - 1] == '\n' || m->text.s[to - 1] == ' '))
		to--;
	if (is_empty(buf_str(&m->text) + from, to - from))
		return false;
	if (kind == BLOCK_PARAGRAPH && m->quote && level == 0)
		b = file(m, BLOCK_QUOTE, m->quote);
	else
		b = file(m, kind, level);
	b->number = item ? m->number : 0;
	b->numbering = item ? m->numbering : 0;
	b->text = arena_strndup(m->arena, m->text.s + from, to - from);
	b->spans = spans_of(m, from, to, &b->n_spans);
	return true;
}

void make_anew(struct maker *m)
{
	buf_cut(&m->text, 0);
	m->n_span = 0;
	m->blank = false;
	m->marks = m->column = 0;
}

/* make_block - see html_blocks_text.h. A paragraph in a quotation is filed as BLOCK_QUOTE. */
bool make_block(struct maker *m)
{
	bool seen = make_part(m, 0, m->text.len, m->kind, m->level);

	make_anew(m);
	return seen;
}

/* make_rule - see html_blocks_text.h. */
void make_rule(struct maker *m)
{
	make_block(m);
	(void)file(m, BLOCK_RULE, 0);
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
	buf_clear(&m->clean);
	map_clear(&m->index);
	free(m->block);
	free(m->span);
	free(m->links);
}
