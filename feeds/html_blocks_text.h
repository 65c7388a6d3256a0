/* html_blocks_text - blocks in the making: words folded into the block that is open, with spans of style and numbered links. */
#ifndef ECLOSE_FEEDS_HTML_BLOCKS_TEXT_H
#define ECLOSE_FEEDS_HTML_BLOCKS_TEXT_H

#include "base/buf.h"
#include "base/map.h"
#include "item.h"

#define MAKE_COLUMNS 64 /* of a table; the words of further cells join the last */

struct maker {
	struct arena *arena;
	struct block *block;      /* done */
	size_t n, cap;
	struct buf text;          /* of the open block */
	struct buf clean;         /* scratch */
	struct span *span;
	size_t n_span, cap_span;
	bool blank;               /* one is due before the next word */
	unsigned blank_style;     /* what it stands in */
	int blank_link;
	int marks;                /* of utf8_clean_on */
	struct map index;         /* address -> footnote */
	const char **links;
	size_t n_links, cap_links;

	/* how the open block will be filed, and what words are added in */
	enum block_kind kind;
	int level, quote, number;
	char numbering;
	bool rtl, tight;
	unsigned style;
	int link;
	bool code;                /* blanks and line ends are kept */
	int column;               /* of code: cells of the line so far */

	/* the row of a table that is open */
	bool row, all_headers;
	int table;                /* which of the tables it is in */
	size_t cell[MAKE_COLUMNS], n_cells;
	int down[MAKE_COLUMNS];   /* rows that a cell from above reaches into each column */
	int across;               /* further columns that the open cell takes */
};

/* make_words - add cleaned text: blanks folded, or kept in code. */
void make_words(struct maker *m, const char *s, size_t n);
/* make_break - a line end within the block (<br>). */
void make_break(struct maker *m);
/* make_raised - what was added behind byte `from` of the open block is a superscript (or a subscript): digits and signs as Unicode has them; else "^(...)" where more
 * than letters are raised. Left alone where styles change within. */
void make_raised(struct maker *m, size_t from, bool above);
/* make_link - the footnote number of an address, each once. */
int make_link(struct maker *m, const char *url);
/* make_block - file the open block, if it holds anything to see, and start one. Returns whether it did. */
bool make_block(struct maker *m);
/* make_rule - a BLOCK_RULE. */
void make_rule(struct maker *m);
/* make_done - move all to out (the arena's) and give the rest back. */
void make_done(struct maker *m, struct blocks *out);

/* ---- tables ---- */

/* make_table - a table begins or ends: nothing reaches down into its rows. */
void make_table(struct maker *m);
/* make_row - a row begins; its words are filed as BLOCK_TABLE_ROW by make_row_end where it has more than one cell, else as the kind of the moment. */
void make_row(struct maker *m);
/* make_cell - a cell of the row, across so many columns and down so many rows (from 1). */
void make_cell(struct maker *m, int across, int down, bool header);
void make_row_end(struct maker *m);
/* make_row_undone - the row is the frame of a page and no data: each cell so far is filed as a block of the kind of the moment, and no row is open. */
void make_row_undone(struct maker *m);

/* ---- between these two files ---- */

/* make_part - file bytes from..to of the open block, with their spans, if there is anything to see. Returns whether there is. */
bool make_part(struct maker *m, size_t from, size_t to, enum block_kind kind, int level);
/* make_anew - empty the open block. */
void make_anew(struct maker *m);

#endif
