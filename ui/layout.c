#include "ui/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/layout_flow.h"

/* ---- one block as one flow of text, footnote marks and all ---- */

static void flow_add(struct flow *f, const char *s, size_t n, unsigned style, int link)
{
	size_t from = f->text.len;

	buf_add(&f->text, s, n);
	if (n == 0)
		return;
	MEM_GROW(f->piece, f->n, f->cap);
	f->piece[f->n++] = (struct piece){ from, f->text.len, style, link };
}

/* An address is marked once, behind the last of the spans that belong together. */
static void flow_mark(struct flow *f, const struct block *b, size_t i)
{
	char mark[16];
	int link = b->spans[i].link, n;

	if (link <= 0 || (i + 1 < b->n_spans && b->spans[i + 1].link == link))
		return;
	n = snprintf(mark, sizeof mark, "[%d]", link);
	flow_add(f, mark, (size_t)n, SPAN_PLAIN, link);
}

/* The next start of a character at or behind `at`: a span never cuts one. */
static size_t whole(const char *s, size_t len, size_t at)
{
	while (at < len && ((unsigned char)s[at] & 0xc0) == 0x80)
		at++;
	return at;
}

void flow_range(struct flow *f, const struct block *b, size_t at, size_t end)
{
	size_t len = strlen(b->text);

	end = end < len ? end : len;
	for (size_t i = 0; i < b->n_spans; i++) {
		const struct span *s = &b->spans[i];
		size_t from = s->from < at ? at : s->from, to = s->from + s->len;

		if (from > end || to > end || to < from)
			continue;
		from = whole(b->text, len, from);
		to = whole(b->text, len, to);
		flow_add(f, b->text + at, from - at, SPAN_PLAIN, 0);
		flow_add(f, b->text + from, to - from, s->style, s->link);
		if (b->kind != BLOCK_IMAGE)
			flow_mark(f, b, i);
		at = to;
	}
	flow_add(f, b->text + at, end - at, SPAN_PLAIN, 0);
}

void flow_clear(struct flow *f)
{
	buf_clear(&f->text);
	free(f->piece);
	*f = (struct flow){ .text = BUF_INIT };
}

/* A picture is what stands for it, in brackets, and where it is. */
static void flow_image(struct flow *f, const struct block *b)
{
	flow_add(f, "[image: ", 8, SPAN_PLAIN, 0);
	flow_range(f, b, 0, SIZE_MAX);
	flow_add(f, "]", 1, SPAN_PLAIN, 0);
	if (b->n_spans)
		flow_mark(f, b, b->n_spans - 1);
}

/* ---- lines ---- */

struct line *line_new(struct layout *l, const struct block *b, int indent)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 64;
		struct line *grown = arena_zero(l->arena, cap, sizeof *grown);

		if (l->n)
			memcpy(grown, l->line, l->n * sizeof *grown);
		l->line = grown;
		l->cap = cap;
	}
	l->line[l->n] = (struct line){ .indent = indent, .kind = b->kind, .level = b->level };
	return &l->line[l->n++];
}

static void line_blank(struct layout *l)
{
	static const struct block nothing = { .kind = BLOCK_PARAGRAPH };

	(void)line_new(l, &nothing, 0);
}

size_t flow_runs(const struct flow *f, const char *text, size_t from, size_t to, struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct piece *p = &f->piece[i];
		size_t a = p->from > from ? p->from : from, z = p->to < to ? p->to : to;

		if (a < z)
			run[n++] = (struct run){ text + a, z - a, p->style, p->link };
	}
	return n;
}

static int line_cells(const struct line *line)
{
	int n = line->indent;

	for (size_t i = 0; i < line->n; i++)
		n += utf8_cells(line->run[i].text, line->run[i].len);
	return n;
}

/* The part [from, to) of the flow becomes a line: the lead, then a run for each piece that reaches into it. */
static void line_emit(struct layout *l, const struct block *b, const struct flow *f, const char *text, size_t from, size_t to,
	const struct lead *lead, bool first)
{
	struct line *line = line_new(l, b, lead->indent + (*lead->each || first ? 0 : lead->hang));
	struct run *run = arena_zero(l->arena, f->n + 3, sizeof *run);
	size_t n = 0;

	if (*lead->each)
		run[n++] = (struct run){ .text = lead->each, .len = strlen(lead->each) };
	if (first && *lead->first)
		run[n++] = (struct run){ .text = lead->first, .len = strlen(lead->first) };
	else if (*lead->each && lead->hang && !first)
		run[n++] = (struct run){ .text = arena_printf(l->arena, "%*s", lead->hang, ""), .len = (size_t)lead->hang };
	n += flow_runs(f, text, from, to, run + n);
	line->run = run;
	line->n = n;
	if (b->rtl && line_cells(line) < l->width)
		line->indent += l->width - line_cells(line);
}

/* ---- breaking ---- */

void flow_breaks(struct layout *l, const struct flow *f, unsigned char *may)
{
	UErrorCode status = U_ZERO_ERROR;
	UText text = UTEXT_INITIALIZER;

	memset(may, 0, f->text.len + 1);
	for (size_t i = 1; i < f->text.len; i++)
		may[i] = f->text.s[i - 1] == ' ' || f->text.s[i - 1] == '\n';
	if (!l->brk)
		return;
	utext_openUTF8(&text, f->text.s, (int64_t)f->text.len, &status);
	ubrk_setUText(l->brk, &text, &status);
	if (U_SUCCESS(status))
		for (int32_t at = ubrk_first(l->brk); at != UBRK_DONE; at = ubrk_next(l->brk))
			may[at] = 1;
	utext_close(&text);
}

size_t without_blanks(const char *s, size_t from, size_t to)
{
	while (to > from && (s[to - 1] == ' ' || s[to - 1] == '\n'))
		to--;
	return to;
}

size_t line_end(const char *s, size_t n, size_t from, int room, const unsigned char *may)
{
	size_t at = from, last = from;
	int used = 0;

	while (at < n) {
		int w;
		size_t len = utf8_cluster(s + at, n - at, &w);

		if (s[at] == '\n')
			return at + 1;
		if (used + w > room && s[at] != ' ')
			return last > from ? last : at > from ? at : at + len;
		used += w;
		at += len;
		if (at < n && may[at])
			last = at;
	}
	return n;
}

static int cells(const char *s)
{
	return utf8_cells(s, strlen(s));
}

void layout_wrap(struct layout *l, const struct block *b, struct flow *f, const struct lead *lead)
{
	int room = l->width - lead->indent - cells(lead->each) - (lead->hang > cells(lead->first) ? lead->hang : cells(lead->first));
	const char *text = arena_strndup(l->arena, buf_str(&f->text), f->text.len);
	unsigned char *may = arena_alloc(l->arena, f->text.len + 1);
	bool first = true;

	flow_breaks(l, f, may);
	for (size_t from = 0; from < f->text.len;) {
		size_t end = line_end(text, f->text.len, from, room < 4 ? 4 : room, may);

		line_emit(l, b, f, text, from, without_blanks(text, from, end), lead, first);
		first = false;
		from = end;
		while (from < f->text.len && text[from] == ' ')
			from++;
	}
}

/* Code keeps its lines and blanks; what is too wide goes on below. */
static void cut(struct layout *l, const struct block *b, struct flow *f, const struct lead *lead)
{
	int room = l->width - lead->indent - cells(lead->each);
	const char *text = arena_strndup(l->arena, buf_str(&f->text), f->text.len);
	size_t from = 0;

	do {
		const char *newline = memchr(text + from, '\n', f->text.len - from);
		size_t end = newline ? (size_t)(newline - text) : f->text.len;
		size_t fit = utf8_fit(text + from, end - from, room < 4 ? 4 : room, NULL);

		line_emit(l, b, f, text, from, from + fit, lead, false);
		from += fit;
		if (from == end)
			from++;
	} while (from < f->text.len);
}

/* ---- blocks ---- */

static void expand_tabs(struct flow *f, const char *s)
{
	int col = 0;

	for (; *s; s++) {
		if (*s == '\t') {
			int n = 4 - col % 4;

			buf_add(&f->text, "    ", (size_t)n);
			col += n;
			continue;
		}
		buf_putc(&f->text, *s);
		col = *s == '\n' ? 0 : col + 1;
	}
	MEM_GROW(f->piece, f->n, f->cap);
	f->piece[f->n++] = (struct piece){ 0, f->text.len, SPAN_CODE, 0 };
}

#define DEPTH_MOST 6 /* deeper nesting is shown no deeper, so that narrow screens keep room for words */

static int clamp(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* n as "a", "b", ... "z", "aa"; or as a Roman number, of which upper is told by the case of `form`. */
static void letters(char *out, size_t size, int n, char form)
{
	static const struct { int value; const char *sign; } roman[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" },
		{ 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
	struct buf b = BUF_INIT;

	for (size_t i = 0; (form | 0x20) == 'i' && i < sizeof roman / sizeof *roman; i++)
		for (; n >= roman[i].value; n -= roman[i].value)
			buf_puts(&b, roman[i].sign);
	for (int unit = 26; (form | 0x20) == 'a' && n > 0; n = (n - 1) / unit)
		buf_putc(&b, (char)('a' + (n - 1) % unit));
	for (size_t i = 0, k = b.len; (form | 0x20) == 'a' && i + 1 < k; i++) { /* it was written from behind */
		char c = b.s[i];

		b.s[i] = b.s[--k];
		b.s[k] = c;
	}
	for (size_t i = 0; form < 'a' && i < b.len; i++)
		b.s[i] = (char)(b.s[i] & ~0x20);
	snprintf(out, size, "%s. ", buf_str(&b));
	buf_clear(&b);
}

/* The bullet or number of an item, and how far in it stands; a lead that would leave no room for words stands further out, then is a bullet. */
static void lead_item(struct layout *l, const struct block *b, struct lead *lead)
{
	int depth = clamp(b->level, 1, DEPTH_MOST) - 1, most = l->width - cells(lead->each) - 5;
	char sign[24];

	if (b->number > 0 && b->number < 4000 && b->numbering && strchr("aAiI", b->numbering))
		letters(sign, sizeof sign, b->number, b->numbering);
	else if (b->number > 0)
		snprintf(sign, sizeof sign, "%d. ", b->number);
	if (b->number <= 0 || (int)strlen(sign) > most)
		snprintf(sign, sizeof sign, "%s ", l->ascii ? "*" : "•");
	while (depth > 0 && 2 * depth + cells(sign) > most)
		depth--;
	lead->first = arena_printf(l->arena, "%*s%s", *lead->each ? 2 * depth : 0, "", sign);
	lead->indent = *lead->each ? 0 : 2 * depth;
	lead->hang = cells(lead->first);
}

/* Another paragraph of an item, or what describes a term: in as far as the item. */
static void lead_within(struct layout *l, const struct block *b, struct lead *lead)
{
	int depth = clamp(b->level, 0, DEPTH_MOST);

	while (depth > 0 && 2 * depth > l->width / 3)
		depth--;
	lead->hang = 2 * depth;
	lead->first = depth ? arena_printf(l->arena, "%*s", lead->hang, "") : "";
}

struct lead lead_of(struct layout *l, const struct block *b)
{
	static const char QUOTES[] = "> > > > > > ";
	int quote = b->kind == BLOCK_QUOTE && b->level > b->quote ? b->level : b->quote;
	struct lead lead = { .first = "" };

	quote = clamp(quote, 0, DEPTH_MOST);
	while (quote > 1 && 2 * quote > l->width / 3)
		quote--;
	lead.each = QUOTES + 2 * (DEPTH_MOST - quote);
	if (b->kind == BLOCK_CODE)
		lead.indent = *lead.each ? 0 : 2;
	else if (b->kind == BLOCK_ITEM)
		lead_item(l, b, &lead);
	else if (b->level > 0 && (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_IMAGE))
		lead_within(l, b, &lead);
	return lead;
}

static void rule(struct layout *l, const struct block *b)
{
	struct line *line = line_new(l, b, 0);
	struct buf s = BUF_INIT;

	for (int i = 0; i < l->width; i++)
		buf_puts(&s, l->ascii ? "-" : "─");
	line->run = arena_zero(l->arena, 1, sizeof *line->run);
	line->run[0] = (struct run){ .text = arena_strndup(l->arena, s.s, s.len), .len = s.len };
	line->n = 1;
	buf_clear(&s);
}

/* Items of a list and rows of a table stand together. */
static bool together(const struct block *a, const struct block *b)
{
	return b->tight || (a->kind == b->kind && a->quote == b->quote && (a->kind == BLOCK_ITEM || (a->kind == BLOCK_TABLE_ROW && a->table == b->table)));
}

static void block(struct layout *l, const struct block *b)
{
	struct flow f = { .text = BUF_INIT };
	struct lead lead = lead_of(l, b);

	if (b->kind == BLOCK_RULE) {
		rule(l, b);
		return;
	}
	if (b->kind == BLOCK_CODE)
		expand_tabs(&f, b->text);
	else if (b->kind == BLOCK_IMAGE)
		flow_image(&f, b);
	else
		flow_range(&f, b, 0, SIZE_MAX);
	buf_add(&f.text, "", 0);
	if (b->kind == BLOCK_CODE)
		cut(l, b, &f, &lead);
	else
		layout_wrap(l, b, &f, &lead);
	flow_clear(&f);
}

/* The addresses, each under its number, cut hard where they don't fit. */
static void footnotes(struct layout *l, const struct blocks *b)
{
	static const struct block note = { .kind = BLOCK_PARAGRAPH };

	if (b->n_links == 0)
		return;
	line_blank(l);
	for (size_t i = 0; i < b->n_links; i++) {
		struct flow f = { .text = BUF_INIT };
		struct lead lead = { .each = "", .first = arena_printf(l->arena, "[%zu] ", i + 1) };
		size_t n = strlen(b->links[i]), at = 0;
		const char *text = arena_strndup(l->arena, b->links[i], n);

		lead.hang = cells(lead.first);
		flow_add(&f, text, n, SPAN_LINK, (int)i + 1);
		do {
			size_t fit = utf8_fit(text + at, n - at, l->width - lead.hang, NULL);

			line_emit(l, &note, &f, text, at, at + fit, &lead, at == 0);
			at += fit ? fit : 1;
		} while (at < n);
		flow_clear(&f);
	}
}

size_t layout_blocks(struct arena *a, const struct blocks *b, int width, bool ascii, struct line **out)
{
	struct layout l = { .arena = a, .width = width < 10 ? 10 : width, .ascii = ascii };
	UErrorCode status = U_ZERO_ERROR;
	const struct block *before = NULL;

	l.brk = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
	if (U_FAILURE(status))
		l.brk = NULL;
	for (size_t i = 0, rows; i < b->n; i += rows ? rows : 1) {
		const struct block *now = &b->block[i];

		rows = 0;
		if (!now->text && now->kind != BLOCK_RULE)
			continue;
		if (before && !together(before, now))
			line_blank(&l);
		rows = layout_table(&l, now, b->n - i);
		if (!rows)
			block(&l, now);
		before = rows ? now + rows - 1 : now;
	}
	footnotes(&l, b);
	ubrk_close(l.brk);
	*out = l.line;
	return l.n;
}

void layout_text(const struct line *line, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		size_t start = out->len;

		for (int k = 0; k < line[i].indent; k++)
			buf_putc(out, ' ');
		for (size_t k = 0; k < line[i].n; k++)
			buf_add(out, line[i].run[k].text, line[i].run[k].len);
		while (out->len > start && out->s[out->len - 1] == ' ')
			buf_cut(out, out->len - 1);
		buf_putc(out, '\n');
	}
}
