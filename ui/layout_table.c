/* layout_table - the rows of a table side by side, as wide as their words; wrapped within their columns where they are wider than the screen; one below the other
 * where even that has no room. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/layout_flow.h"

#define COLUMNS_MOST 64
#define WORD_MOST 24    /* cells; a longer word is cut before a column is given more than others */
#define COLUMN_LEAST 4

struct table {
	struct layout *l;
	const struct block *row;
	size_t n, columns;
	int width[COLUMNS_MOST];   /* of the widest line of a cell; then as drawn */
	int word[COLUMNS_MOST];    /* of the widest word, at most WORD_MOST */
	bool number[COLUMNS_MOST]; /* numbers below the header ... */
	bool words[COLUMNS_MOST];  /* ... or anything else: then not right-aligned */
	struct lead lead;
};

static void cell_flow(struct flow *f, const struct block *b, size_t i)
{
	if (i < b->n_cells)
		flow_range(f, b, b->cell[i], i + 1 < b->n_cells ? b->cell[i + 1] - strlen(BLOCK_CELLS) : SIZE_MAX);
	buf_add(&f->text, "", 0);
}

/* ---- how wide ---- */

static int widest(const char *s, const char *parted)
{
	int most = 0;

	while (*s) {
		size_t n = strcspn(s, parted);
		int cells = utf8_cells(s, n);

		most = cells > most ? cells : most;
		s += n + (s[n] != '\0');
	}
	return most;
}

/* Digits with the signs and the short units that stand around them. */
static bool is_number(const char *s)
{
	size_t digits = 0, rest = 0;

	for (; *s && *s != '['; s++) {
		if (*s >= '0' && *s <= '9')
			digits++;
		else if ((unsigned char)*s < 0x80 && !strchr("+-.,:%$/() ", *s))
			rest++;
	}
	return digits > 0 && rest <= 3 && rest <= digits;
}

static void measure(struct table *t, const struct block *b)
{
	for (size_t i = 0; i < b->n_cells && i < COLUMNS_MOST; i++) {
		struct flow f = { .text = BUF_INIT };
		int width, word;

		cell_flow(&f, b, i);
		width = widest(f.text.s, "\n");
		word = widest(f.text.s, " \n");
		word = word > WORD_MOST ? WORD_MOST : word;
		t->width[i] = width > t->width[i] ? width : t->width[i];
		t->word[i] = word > t->word[i] ? word : t->word[i];
		if (!b->header && is_number(f.text.s))
			t->number[i] = true;
		else if (!b->header && f.text.len && strcmp(f.text.s, "-") != 0)
			t->words[i] = true;
		flow_clear(&f);
	}
}

static int sum(const struct table *t, int most)
{
	int n = 3 * (int)(t->columns - 1);

	for (size_t i = 0; i < t->columns; i++) {
		int wide = t->width[i] < most ? t->width[i] : most;

		n += wide < t->word[i] ? t->word[i] : wide;
	}
	return n;
}

/* Give each column its width: what it wants, or as much as all the others that want too much. Returns false where there is no room for their longest words. */
static bool fit(struct table *t)
{
	int room = t->l->width - t->lead.indent - (int)strlen(t->lead.each), most = COLUMN_LEAST;

	if (sum(t, COLUMN_LEAST) > room)
		return false;
	while (most < room && sum(t, most + 1) <= room)
		most++;
	for (size_t i = 0; i < t->columns; i++) {
		int wide = t->width[i] < most ? t->width[i] : most;

		t->width[i] = wide < t->word[i] ? t->word[i] : wide;
	}
	return true;
}

/* ---- columns ---- */

/* One cell while its row is drawn. */
struct cell {
	struct flow flow;
	const char *text;    /* the flow's, of the arena */
	unsigned char *may;
	size_t at;
};

static void put(struct line *line, const char *s, size_t n)
{
	if (n)
		line->run[line->n++] = (struct run){ .text = s, .len = n };
}

static void put_blanks(struct layout *l, struct line *line, int n)
{
	if (n > 0)
		put(line, arena_printf(l->arena, "%*s", n, ""), (size_t)n);
}

/* The next line of a cell, in its column; blanks behind it unless it is the last. */
static void put_cell(struct table *t, struct line *line, struct cell *c, size_t column)
{
	size_t len = c->flow.text.len, end = c->at < len ? line_end(c->text, len, c->at, t->width[column], c->may) : len;
	size_t to = without_blanks(c->text, c->at < len ? c->at : len, end);
	int spare = t->width[column] - utf8_cells(c->text + c->at, to - c->at);

	if (t->number[column])
		put_blanks(t->l, line, spare);
	line->n += flow_runs(&c->flow, c->text, c->at, to, line->run + line->n);
	if (!t->number[column] && column + 1 < t->columns)
		put_blanks(t->l, line, spare);
	for (c->at = end; c->at < len && c->text[c->at] == ' '; c->at++)
		;
}

static void put_separator(const struct table *t, struct line *line)
{
	if (t->l->ascii)
		put(line, " | ", 3);
	else
		put(line, " \xE2\x94\x82 ", 5);
}

static bool is_left(const struct table *t, const struct cell *cell)
{
	for (size_t i = 0; i < t->columns; i++)
		if (cell[i].at < cell[i].flow.text.len)
			return true;
	return false;
}

static void put_row(struct table *t, const struct block *b)
{
	struct cell cell[COLUMNS_MOST];
	size_t pieces = 0;

	for (size_t i = 0; i < t->columns; i++) {
		struct flow *f = &cell[i].flow;

		*f = (struct flow){ .text = BUF_INIT };
		cell_flow(f, b, i);
		cell[i].text = arena_strndup(t->l->arena, f->text.s, f->text.len);
		cell[i].may = arena_alloc(t->l->arena, f->text.len + 1);
		cell[i].at = 0;
		if (widest(f->text.s, "\n") > t->width[i])
			flow_breaks(t->l, f, cell[i].may);
		else
			memset(cell[i].may, 0, f->text.len + 1);
		pieces += f->n + 3;
	}
	do {
		struct line *line = line_new(t->l, b, t->lead.indent);

		line->run = arena_zero(t->l->arena, pieces + 1, sizeof *line->run);
		put(line, t->lead.each, strlen(t->lead.each));
		for (size_t i = 0; i < t->columns; i++) {
			if (i)
				put_separator(t, line);
			put_cell(t, line, &cell[i], i);
		}
	} while (is_left(t, cell));
	for (size_t i = 0; i < t->columns; i++)
		flow_clear(&cell[i].flow);
}

/* The rule below the header. */
static void put_rule(struct table *t, const struct block *b)
{
	struct line *line = line_new(t->l, b, t->lead.indent);
	struct buf s = BUF_INIT;

	buf_puts(&s, t->lead.each);
	for (size_t i = 0; i < t->columns; i++) {
		if (i)
			buf_puts(&s, t->l->ascii ? "-+-" : "\xE2\x94\x80\xE2\x94\xBC\xE2\x94\x80");
		for (int k = 0; k < t->width[i]; k++)
			buf_puts(&s, t->l->ascii ? "-" : "\xE2\x94\x80");
	}
	line->run = arena_zero(t->l->arena, 1, sizeof *line->run);
	put(line, arena_strndup(t->l->arena, s.s, s.len), s.len);
	buf_clear(&s);
}

static void put_columns(struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		put_row(t, &t->row[i]);
		if (t->row[i].header && i + 1 < t->n && !t->row[i + 1].header)
			put_rule(t, &t->row[i]);
	}
}

/* ---- no room for columns ---- */

/* The cells of a row one below the other, each behind its header. */
static void put_folded(struct table *t, const struct block *b, const struct block *header)
{
	for (size_t i = 0; i < b->n_cells; i++) {
		struct flow f = { .text = BUF_INIT }, value = { .text = BUF_INIT };
		struct lead lead = t->lead;

		cell_flow(&value, b, i);
		if (value.text.len) {
			cell_flow(&f, header, i);
			if (f.text.len) {
				MEM_GROW(f.piece, f.n, f.cap);
				f.piece[f.n++] = (struct piece){ f.text.len, f.text.len + 2, SPAN_PLAIN, 0 };
				buf_puts(&f.text, ": ");
			}
			cell_flow(&f, b, i);
			lead.hang = 2;
			layout_wrap(t->l, b, &f, &lead);
		}
		flow_clear(&value);
		flow_clear(&f);
	}
}

static void put_flowing(struct table *t, const struct block *b)
{
	struct flow f = { .text = BUF_INIT };

	flow_range(&f, b, 0, SIZE_MAX);
	buf_add(&f.text, "", 0);
	layout_wrap(t->l, b, &f, &t->lead);
	flow_clear(&f);
}

static void put_fold(struct table *t)
{
	static const struct block nothing = { .kind = BLOCK_TABLE_ROW };
	const struct block *header = NULL;
	bool parted = true;

	for (size_t i = 0; i < t->n; i++) {
		const struct block *b = &t->row[i];

		if (b->header && i + 1 < t->n) {
			header = b;
			continue;
		}
		if (!header) {
			put_flowing(t, b);
			continue;
		}
		if (!parted)
			(void)line_new(t->l, &nothing, 0);
		put_folded(t, b, header);
		parted = false;
	}
}

size_t layout_table(struct layout *l, const struct block *b, size_t n)
{
	struct table t = { .l = l, .row = b, .lead = lead_of(l, b) };

	while (t.n < n && b[t.n].kind == BLOCK_TABLE_ROW && b[t.n].text && b[t.n].n_cells && b[t.n].table == b->table && b[t.n].quote == b->quote) {
		if (b[t.n].n_cells > t.columns)
			t.columns = b[t.n].n_cells < COLUMNS_MOST ? b[t.n].n_cells : COLUMNS_MOST;
		t.n++;
	}
	for (size_t i = 0; i < t.n; i++)
		measure(&t, &b[i]);
	for (size_t i = 0; i < t.columns; i++)
		t.number[i] &= !t.words[i];
	if (t.n && fit(&t))
		put_columns(&t);
	else if (t.n)
		put_fold(&t);
	return t.n;
}
