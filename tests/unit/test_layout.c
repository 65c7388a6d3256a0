/* test_layout - no line is wider than asked, nothing is lost, and each kind of block looks as it should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "ui/layout.h"
#include "ui_values.h"

static int width_of(const struct line *l)
{
	int w = l->indent;

	for (size_t i = 0; i < l->n; i++)
		w += utf8_cells(l->run[i].text, l->run[i].len);
	return w;
}

/* Lays out one block and compares with lines given as one text. */
static void expect(const struct block *b, int width, const char *wanted)
{
	struct arena a = ARENA_INIT;
	struct blocks bs = { .block = (struct block *)b, .n = 1 };
	struct buf out = BUF_INIT;
	struct line *line;
	size_t n = layout_blocks(&a, &bs, width, false, &line);

	layout_text(line, n, &out);
	assert_string_equal(buf_str(&out), wanted);
	buf_clear(&out);
	arena_clear(&a);
}

static void a_paragraph_breaks_between_words(void **state)
{
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = "one two three four" };

	(void)state;
	expect(&b, 10, "one two\nthree four\n");
	expect(&b, 13, "one two three\nfour\n");
	b.text = "first line\nsecond";
	expect(&b, 40, "first line\nsecond\n");
}

static void a_word_wider_than_the_line_is_cut_hard(void **state)
{
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = "x abcdefghijklmnopqrstuvwxyz" };

	(void)state;
	expect(&b, 10, "x\nabcdefghij\nklmnopqrst\nuvwxyz\n");
}

static void scripts_without_blanks_break_between_clusters(void **state)
{
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = "彗星接近太阳时冰会升华" };

	(void)state;
	expect(&b, 10, "彗星接近太\n阳时冰会升\n华\n");
	expect(&b, 11, "彗星接近太\n阳时冰会升\n华\n");
	b.text = "彗星接近，太阳时";
	expect(&b, 10, "彗星接近，\n太阳时\n"); /* a comma doesn't start a line */
}

static void blocks_carry_their_signs(void **state)
{
	struct block item = { .kind = BLOCK_ITEM, .level = 1, .text = "an item that is long" }, code = { .kind = BLOCK_CODE, .text = "\tif (x)\n\t\treturn;" };
	struct block quote = { .kind = BLOCK_QUOTE, .level = 2, .quote = 2, .text = "said once and again" };

	(void)state;
	expect(&item, 12, "• an item\n  that is\n  long\n");
	item.number = 12;
	item.level = 2;
	expect(&item, 30, "  12. an item that is long\n");
	expect(&quote, 16, "> > said once\n> > and again\n");
	item.quote = 1;
	item.number = 0;
	item.level = 1;
	expect(&item, 14, "> • an item\n>   that is\n>   long\n");
	expect(&code, 40, "      if (x)\n          return;\n");
	expect(&(struct block){ .kind = BLOCK_RULE }, 12, "────────────\n");
}

static void links_are_numbered_behind_their_text_and_listed(void **state)
{
	struct arena a = ARENA_INIT;
	struct span spans[] = { { 4, 3, SPAN_LINK, 1 }, { 7, 4, SPAN_LINK | SPAN_BOLD, 1 }, { 16, 5, SPAN_LINK, 2 } };
	struct block b = { .kind = BLOCK_PARAGRAPH, .text = "see one two and three.", .spans = spans, .n_spans = 3 };
	const char *links[] = { "https://a.example/", "https://b.example/long/enough/to/be/cut" };
	struct blocks bs = { .block = &b, .n = 1, .links = links, .n_links = 2 };
	struct buf out = BUF_INIT;
	struct line *line;
	size_t n = layout_blocks(&a, &bs, 30, false, &line);

	(void)state;
	layout_text(line, n, &out);
	assert_string_equal(out.s, "see one two[1] and three[2].\n\n[1] https://a.example/\n[2] https://b.example/long/eno\n    ugh/to/be/cut\n");
	buf_clear(&out);
	arena_clear(&a);
}

/* What is left when blanks, breaks and signs are taken away must be the text: compared as a sequence of the other bytes. */
static void squeeze(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\n')
			buf_putc(out, s[i]);
}

static void nothing_is_wider_or_lost_at_any_width(void **state)
{
	struct item item;
	struct blocks bs;
	struct rng r;

	(void)state;
	values_article(&item, &bs);
	rng_seed(&r, 5);
	for (int width = 10; width < 140; width++)
		for (size_t i = 0; i < bs.n; i++) {
			struct blocks one = { .block = &bs.block[i], .n = 1 };
			struct block plain = bs.block[i];
			struct arena a = ARENA_INIT;
			struct buf got = BUF_INIT, want = BUF_INIT, text = BUF_INIT;
			struct line *line;
			size_t n;

			plain.n_spans = 0;
			if (plain.kind == BLOCK_PARAGRAPH)
				one.block = &plain;
			n = layout_blocks(&a, &one, width, false, &line);
			for (size_t k = 0; k < n; k++)
				assert_true(width_of(&line[k]) <= width);
			if (plain.kind == BLOCK_PARAGRAPH) {
				layout_text(line, n, &text);
				squeeze(&got, text.s, text.len);
				squeeze(&want, plain.text, strlen(plain.text));
				assert_string_equal(got.s, want.s);
			}
			buf_clear(&got);
			buf_clear(&want);
			buf_clear(&text);
			arena_clear(&a);
		}
}

/* Spans that overlap, run backwards, stand past the end or cut a character: laid out without reading outside the text. */
static void spans_that_make_no_sense_do_no_harm(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 6);
	for (int i = 0; i < 2000; i++) {
		struct span spans[6];
		struct block b = { .kind = (enum block_kind)rng_below(&r, 8), .level = (int)rng_below(&r, 12), .quote = (int)rng_below(&r, 12), .text = "zwölf Boxkämpfer 彗星 jagen",
			.spans = spans, .n_spans = 6 };
		struct blocks bs = { .block = &b, .n = 1 };
		struct arena a = ARENA_INIT;
		struct line *line;
		int width = (int)rng_below(&r, 60);
		size_t n;

		for (size_t k = 0; k < 6; k++)
			spans[k] = (struct span){ rng_below(&r, 50), rng_below(&r, 8) ? rng_below(&r, 30) : SIZE_MAX, rng_below(&r, 32), (int)rng_below(&r, 4) };
		n = layout_blocks(&a, &bs, width, rng_below(&r, 2), &line);
		for (size_t k = 0; k < n; k++)
			assert_true(width_of(&line[k]) <= (width < 10 ? 10 : width));
		arena_clear(&a);
	}
}

/* ---- tables ---- */

/* A row of cells parted by '|' in `words`: of one table, a header where it begins with '='. */
static struct block row_of(struct arena *a, const char *words)
{
	struct block b = { .kind = BLOCK_TABLE_ROW, .table = 1, .header = *words == '=' };
	size_t *cell = arena_zero(a, 8, sizeof *cell);
	struct buf text = BUF_INIT;

	for (words += b.header; words; words = strchr(words, '|') ? strchr(words, '|') + 1 : NULL) {
		if (b.n_cells)
			buf_puts(&text, BLOCK_CELLS);
		cell[b.n_cells++] = text.len;
		buf_add(&text, words, strcspn(words, "|"));
	}
	b.text = arena_strdup(a, buf_str(&text));
	b.cell = cell;
	buf_clear(&text);
	return b;
}

static void expect_table(const char *const *rows, size_t n, int width, bool ascii, const char *wanted)
{
	struct arena a = ARENA_INIT;
	struct block b[8];
	struct blocks bs = { .block = b, .n = n };
	struct buf out = BUF_INIT;
	struct line *line;

	for (size_t i = 0; i < n; i++)
		b[i] = row_of(&a, rows[i]);
	n = layout_blocks(&a, &bs, width, ascii, &line);
	for (size_t i = 0; i < n; i++)
		assert_true(width_of(&line[i]) <= width);
	layout_text(line, n, &out);
	assert_string_equal(buf_str(&out), wanted);
	buf_clear(&out);
	arena_clear(&a);
}

static void columns_stand_below_each_other(void **state)
{
	static const char *const rows[] = { "=who|when|how bright", "Lind|30 March|4.1", "R. Okonkwo||12", "x|y" };

	(void)state;
	expect_table(rows, 4, 60, false,
		"who        │ when     │ how bright\n───────────┼──────────┼───────────\nLind       │ 30 March │        4.1\n"
		"R. Okonkwo │          │         12\nx          │ y        │\n");
	expect_table(rows, 2, 60, true, "who  | when     | how bright\n-----+----------+-----------\nLind | 30 March |        4.1\n");
}

static void what_is_too_wide_is_wrapped_in_its_column(void **state)
{
	static const char *const rows[] = { "=version|notes", "one|The first that could be used", "two|Faster\nand smaller" };

	(void)state;
	expect_table(rows, 3, 26, false,
		"version │ notes\n────────┼─────────────────\none     │ The first that\n        │ could be used\ntwo     │ Faster\n        │ and smaller\n");
}

static void without_room_each_value_stands_behind_its_header(void **state)
{
	static const char *const rows[] = { "=observer|observation|afterwards", "Okonkwo|a comet seen|", "Lind|clouds|rain" };
	static const char *const bare[] = { "abcdefgh|abcdefgh|abcdefgh" };

	(void)state;
	expect_table(rows, 3, 20, false, "observer: Okonkwo\nobservation: a\n  comet seen\n\nobserver: Lind\nobservation:\n  clouds\nafterwards: rain\n");
	expect_table(bare, 1, 20, false, "abcdefgh | abcdefgh\n| abcdefgh\n");
}

static void a_row_in_a_quotation_is_quoted(void **state)
{
	struct arena a = ARENA_INIT;
	struct block b = row_of(&a, "one|two");

	(void)state;
	b.quote = 1;
	expect(&b, 20, "> one │ two\n");
	arena_clear(&a);
}

static void tables_hold_at_any_width(void **state)
{
	static const char *const words[] = { "", "a", "comet", "彗星接近太阳时", "a longer run of words", "unbreakableunbreakableunbreakable", "4.5 %", "line\nend" };
	struct rng r;

	(void)state;
	rng_seed(&r, 7);
	for (int i = 0; i < 1500; i++) {
		struct arena a = ARENA_INIT;
		struct block b[5];
		struct blocks bs = { .block = b, .n = 5 };
		struct line *line;
		int width = 10 + (int)rng_below(&r, 90);
		size_t n;

		for (size_t k = 0; k < bs.n; k++) {
			char row[300] = "";
			size_t cells = 1 + rng_below(&r, 6), at = 0;

			for (size_t c = 0; c < cells; c++)
				at += (size_t)snprintf(row + at, sizeof row - at, "%s%s", c ? "|" : k ? "" : "=", words[rng_below(&r, 8)]);
			b[k] = row_of(&a, row);
			b[k].quote = (int)rng_below(&r, 4) == 0;
		}
		n = layout_blocks(&a, &bs, width, rng_below(&r, 2), &line);
		for (size_t k = 0; k < n; k++)
			assert_true(width_of(&line[k]) <= width);
		arena_clear(&a);
	}
}

/* ---- what blocks say of themselves ---- */

static void items_are_lettered_and_in_roman_numbers(void **state)
{
	static const struct { int number; char numbering; const char *wanted; } cases[] = {
		{ 1, 'a', "a. x\n" }, { 26, 'a', "z. x\n" }, { 27, 'a', "aa. x\n" }, { 703, 'A', "AAA. x\n" }, { 4, 'i', "iv. x\n" }, { 1994, 'I', "MCMXCIV. x\n" }, { 7, '1', "7. x\n" },
		{ 5000, 'i', "5000. x\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct block b = { .kind = BLOCK_ITEM, .level = 1, .number = cases[i].number, .numbering = cases[i].numbering, .text = "x" };

		expect(&b, 40, cases[i].wanted);
	}
}

static void words_from_right_to_left_end_at_the_right(void **state)
{
	struct block b = { .kind = BLOCK_PARAGRAPH, .rtl = true, .text = "שלום עולם טוב" };

	(void)state;
	expect(&b, 20, "       שלום עולם טוב\n");
	expect(&b, 10, " שלום עולם\n       טוב\n");
}

static void pictures_are_in_brackets_and_paragraphs_stand_in(void **state)
{
	struct span link = { 0, 6, SPAN_LINK, 1 };
	struct block b[] = { { .kind = BLOCK_IMAGE, .text = "a crab", .spans = &link, .n_spans = 1 }, { .kind = BLOCK_PARAGRAPH, .level = 1, .tight = true, .text = "what it is, and more of it" } };
	struct blocks bs = { .block = b, .n = 2 };
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct line *line;
	size_t n;

	(void)state;
	n = layout_blocks(&a, &bs, 20, false, &line);
	layout_text(line, n, &out);
	assert_string_equal(buf_str(&out), "[image: a crab][1]\n  what it is, and\n  more of it\n");
	buf_clear(&out);
	arena_clear(&a);
	b[1].quote = 1;
	expect(&b[1], 20, ">   what it is, and\n>   more of it\n");
}

static void nothing_gives_no_lines(void **state)
{
	struct arena a = ARENA_INIT;
	struct blocks bs = { 0 };
	struct line *line;

	(void)state;
	assert_int_equal(layout_blocks(&a, &bs, 40, false, &line), 0);
	expect(&(struct block){ .kind = BLOCK_CODE, .text = "" }, 20, "\n");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_breaks_between_words),
		cmocka_unit_test(a_word_wider_than_the_line_is_cut_hard),
		cmocka_unit_test(scripts_without_blanks_break_between_clusters),
		cmocka_unit_test(blocks_carry_their_signs),
		cmocka_unit_test(links_are_numbered_behind_their_text_and_listed),
		cmocka_unit_test(nothing_is_wider_or_lost_at_any_width),
		cmocka_unit_test(spans_that_make_no_sense_do_no_harm),
		cmocka_unit_test(columns_stand_below_each_other),
		cmocka_unit_test(what_is_too_wide_is_wrapped_in_its_column),
		cmocka_unit_test(without_room_each_value_stands_behind_its_header),
		cmocka_unit_test(a_row_in_a_quotation_is_quoted),
		cmocka_unit_test(tables_hold_at_any_width),
		cmocka_unit_test(items_are_lettered_and_in_roman_numbers),
		cmocka_unit_test(words_from_right_to_left_end_at_the_right),
		cmocka_unit_test(pictures_are_in_brackets_and_paragraphs_stand_in),
		cmocka_unit_test(nothing_gives_no_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
