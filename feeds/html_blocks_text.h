/* html_blocks_text - blocks in the making: words folded into the block that is open, with spans of style and numbered links. */
#ifndef ECLOSE_FEEDS_HTML_BLOCKS_TEXT_H
#define ECLOSE_FEEDS_HTML_BLOCKS_TEXT_H

#include "base/buf.h"
#include "base/map.h"
#include "item.h"

struct maker {
	struct arena *arena;
	struct block *block;      /* done */
	size_t n, cap;
	struct buf text;          /* of the open block */
	struct span *span;
	size_t n_span, cap_span;
	bool blank;               /* one is due before the next word */
	unsigned blank_style;     /* what it stands in */
	int blank_link;
	struct map index;         /* address -> footnote */
	const char **links;
	size_t n_links, cap_links;

	/* how the open block will be filed, and what words are added in */
	enum block_kind kind;
	int level, quote, number;
	unsigned style;
	int link;
	bool code;                /* blanks and line ends are kept */
};

/* make_words - add cleaned text: blanks folded, or kept in code. */
void make_words(struct maker *m, const char *s);
/* make_break - a line end within the block (<br>). */
void make_break(struct maker *m);
/* make_link - the footnote number of an address, each once. */
int make_link(struct maker *m, const char *url);
/* make_block - file the open block, if it holds anything to see, and start one. Returns whether it did. */
bool make_block(struct maker *m);
/* make_rule - a BLOCK_RULE. */
void make_rule(struct maker *m);
/* make_done - move all to out (the arena's) and give the rest back. */
void make_done(struct maker *m, struct blocks *out);

#endif
