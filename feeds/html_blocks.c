/* html_blocks - an item's HTML as blocks for layout: what each element means for the block that is open. */
#include "feeds/html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feeds/dom.h"
#include "feeds/html_blocks_text.h"
#include "feeds/html_tags.h"

#define EMOJI_PIXELS 32 /* a picture no larger stands in the line of words */

struct lists {
	bool *ordered;
	int *next;
	size_t n, cap;
};

struct blocker {
	struct maker make;
	const char *base;
	struct lists lists;
	const struct dom *pre, *link, *row;    /* the outermost that we are in, NULL none */
	bool item;                             /* an <li> was opened and has no block yet */
	int cells;                             /* of the row so far */
	int bold, italic, code, strike;        /* how often each is open */
};

static void set_style(struct blocker *b)
{
	b->make.style = (b->bold ? SPAN_BOLD : 0u) | (b->italic ? SPAN_ITALIC : 0u) | (b->code && !b->pre ? SPAN_CODE : 0u) |
			(b->strike ? SPAN_STRIKE : 0u) | (b->make.link ? SPAN_LINK : 0u);
}

static void set_kind(struct blocker *b, enum block_kind kind, int level)
{
	b->make.kind = kind;
	b->make.level = level;
}

/* What words are, where no element nearer says otherwise: an item's first block, another of its blocks, or a paragraph. */
static void set_default_kind(struct blocker *b)
{
	set_kind(b, b->item ? BLOCK_ITEM : BLOCK_PARAGRAPH, (int)b->lists.n);
}

/* End the open block. Within a row of a table and within code the words flow on. */
static void end_block(struct blocker *b)
{
	if (b->row) {
		make_words(&b->make, " ");
		return;
	}
	if (b->pre)
		return;
	if (make_block(&b->make) && b->make.kind == BLOCK_ITEM)
		b->item = false;
	set_default_kind(b);
}

static int number_of(const struct dom *node, const char *name, int otherwise)
{
	const char *value = dom_value(node, name);
	long n = value ? strtol(value, NULL, 10) : 0;

	return n > 0 && n < 1000000 ? (int)n : otherwise;
}

/* ---- lists ---- */

static void open_list(struct blocker *b, const struct dom *node, bool ordered)
{
	struct lists *l = &b->lists;

	end_block(b);
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->ordered = mem_resize(l->ordered, l->cap, sizeof *l->ordered);
		l->next = mem_resize(l->next, l->cap, sizeof *l->next);
	}
	l->ordered[l->n] = ordered;
	l->next[l->n++] = ordered ? number_of(node, "start", 1) : 0;
	b->item = false;
	set_default_kind(b);
}

static void close_list(struct blocker *b)
{
	end_block(b);
	b->lists.n--;
	b->item = false;
	set_default_kind(b);
}

static void open_item(struct blocker *b, const struct dom *node)
{
	struct lists *l = &b->lists;
	int number = 0;

	end_block(b);
	if (l->n && l->ordered[l->n - 1]) {
		number = number_of(node, "value", l->next[l->n - 1]);
		l->next[l->n - 1] = number + 1;
	}
	b->item = true;
	b->make.number = number;
	set_kind(b, BLOCK_ITEM, l->n ? (int)l->n : 1);
}

/* ---- tables ---- */

static bool is_cell(const struct dom *node)
{
	return node->name && (strcmp(node->name, "td") == 0 || strcmp(node->name, "th") == 0);
}

/* Does a cell hold more than words: is the table there for the look of the page? */
static bool holds_blocks(const struct dom *cell)
{
	static const enum tag_id ids[] = { TAG_TABLE, TAG_UL, TAG_OL, TAG_BLOCKQUOTE, TAG_PRE, TAG_H1, TAG_H2, TAG_H3, TAG_HR };
	int paragraphs = 0;

	for (const struct dom *node = cell->first; node; node = node->next) {
		const struct tag *tag = node->name ? tag_find(node->name) : NULL;

		if (!tag)
			continue;
		for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
			if (tag->id == ids[i])
				return true;
		if (tag->id == TAG_P && ++paragraphs > 1)
			return true;
	}
	return false;
}

/* A row of values, not a frame around a page: more than one cell, and words only in them. */
static bool is_data_row(const struct dom *row)
{
	int cells = 0;

	for (const struct dom *node = row->first; node; node = node->next) {
		if (!is_cell(node))
			continue;
		if (holds_blocks(node))
			return false;
		cells++;
	}
	return cells > 1;
}

static void open_row(struct blocker *b, const struct dom *node)
{
	end_block(b);
	if (b->row || b->pre || !is_data_row(node))
		return;
	b->row = node;
	b->cells = 0;
	set_kind(b, BLOCK_TABLE_ROW, 0);
}

static void open_cell(struct blocker *b, const struct dom *node)
{
	if (!b->row) {
		end_block(b);
	} else if (node->parent == b->row && b->cells++) {
		unsigned style = b->make.style;

		b->make.style = 0;
		make_words(&b->make, " | ");
		b->make.style = style;
	}
}

static void close_row(struct blocker *b, const struct dom *node)
{
	if (b->row == node) {
		b->row = NULL;
		make_block(&b->make);
	}
	end_block(b);
}

/* ---- pictures, sound and film ---- */

static const char *last_segment(struct arena *a, const char *url)
{
	size_t n = strcspn(url, "?#"), from = n;

	while (from && url[from - 1] != '/')
		from--;
	return arena_strndup(a, url + from, n - from);
}

static void linked_words(struct blocker *b, const char *words, const char *url)
{
	int link = b->make.link;

	if (!link && url)
		b->make.link = make_link(&b->make, url);
	set_style(b);
	make_words(&b->make, words);
	b->make.link = link;
	set_style(b);
}

static bool in_line(const struct dom *img)
{
	return number_of(img, "width", 1 << 20) <= EMOJI_PIXELS || number_of(img, "height", 1 << 20) <= EMOJI_PIXELS;
}

/* A small picture is a word; any other a block of its own, its text linked to where it is (or to where the link around it leads). */
static void image(struct blocker *b, const struct dom *img)
{
	const char *alt = dom_value(img, "alt"), *title = dom_value(img, "title");
	const char *url = html_image_url(b->make.arena, img, b->base);
	const char *words = alt && *alt ? alt : title && *title ? title : "";
	bool heading = b->make.kind == BLOCK_HEADING;
	int level = b->make.level;

	if (html_pixel(img) || (!*words && !url))
		return;
	if (b->row || b->pre || in_line(img)) {
		make_words(&b->make, words);
		return;
	}
	end_block(b);
	set_kind(b, BLOCK_IMAGE, (int)b->lists.n);
	linked_words(b, *words ? words : last_segment(b->make.arena, url), url);
	make_block(&b->make);
	set_default_kind(b);
	if (heading)
		set_kind(b, BLOCK_HEADING, level);
}

static const char *media_url(struct blocker *b, const struct dom *media)
{
	const char *url = html_image_url(b->make.arena, media, b->base);

	for (const struct dom *node = media->first; node && !url; node = node->next)
		if (node->name && strcmp(node->name, "source") == 0)
			url = html_image_url(b->make.arena, node, b->base);
	return url;
}

static void media(struct blocker *b, const struct dom *node)
{
	const char *url = strcmp(node->name, "source") == 0 ? NULL : media_url(b, node);

	if (!url)
		return;
	end_block(b);
	linked_words(b, arena_printf(b->make.arena, "%s: %s", node->name, last_segment(b->make.arena, url)), url);
	end_block(b);
}

/* ---- the walk ---- */

static void open_code(struct blocker *b, const struct dom *node)
{
	if (b->row || b->pre)
		return;
	end_block(b);
	b->pre = node;
	b->make.code = true;
	set_kind(b, BLOCK_CODE, 0);
}

static void close_code(struct blocker *b, const struct dom *node)
{
	if (b->pre != node)
		return;
	b->pre = NULL;
	b->make.code = false;
	end_block(b);
}

static void open_link(struct blocker *b, const struct dom *node)
{
	const char *url = b->link ? NULL : html_link_url(b->make.arena, node, "href", b->base);

	if (!url)
		return;
	b->link = node;
	b->make.link = make_link(&b->make, url);
}

static void count_style(struct blocker *b, enum tag_id id, int step)
{
	if (id == TAG_B || id == TAG_TH || id == TAG_DT)
		b->bold += step;
	else if (id == TAG_I)
		b->italic += step;
	else if (id == TAG_CODE)
		b->code += step;
	else if (id == TAG_DEL)
		b->strike += step;
	set_style(b);
}

static void open_element(struct blocker *b, const struct dom *node, const struct tag *tag)
{
	switch (tag->id) {
	case TAG_A: open_link(b, node); break;
	case TAG_BR: make_break(&b->make); break;
	case TAG_IMG: image(b, node); break;
	case TAG_MEDIA: media(b, node); break;
	case TAG_Q: make_words(&b->make, "\xE2\x80\x9C"); break;
	case TAG_UL: case TAG_OL: open_list(b, node, tag->id == TAG_OL); break;
	case TAG_LI: open_item(b, node); break;
	case TAG_PRE: open_code(b, node); break;
	case TAG_TR: open_row(b, node); break;
	case TAG_TD: case TAG_TH: open_cell(b, node); break;
	case TAG_BLOCKQUOTE:
		end_block(b);
		b->make.quote++;
		break;
	case TAG_HR:
		end_block(b);
		if (!b->row && !b->pre)
			make_rule(&b->make);
		break;
	case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6:
		end_block(b);
		if (!b->row && !b->pre && !b->item)
			set_kind(b, BLOCK_HEADING, (int)(tag->id - TAG_H1) + 1);
		break;
	default:
		if (tag->is & TAG_BLOCK)
			end_block(b);
	}
	count_style(b, tag->id, 1);
}

static bool enter(void *ctx, const struct dom *node)
{
	struct blocker *b = ctx;
	const struct tag *tag = node->name ? tag_find(node->name) : NULL;

	if (!node->name) {
		/* a line end right behind <pre> isn't there */
		make_words(&b->make, node->text + (b->pre && b->make.text.len == 0 && node->text[0] == '\n'));
		return false;
	}
	if (tag && tag->is & TAG_DROPPED)
		return false;
	if (tag)
		open_element(b, node, tag);
	return true;
}

static void leave(void *ctx, const struct dom *node)
{
	struct blocker *b = ctx;
	const struct tag *tag = tag_find(node->name);

	if (!tag)
		return;
	switch (tag->id) {
	case TAG_A:
		if (b->link == node) {
			b->link = NULL;
			b->make.link = 0;
		}
		break;
	case TAG_Q: make_words(&b->make, "\xE2\x80\x9D"); break;
	case TAG_UL: case TAG_OL: close_list(b); break;
	case TAG_PRE: close_code(b, node); break;
	case TAG_TR: close_row(b, node); break;
	case TAG_TD: case TAG_TH:
		if (!b->row)
			end_block(b);
		break;
	case TAG_LI:
		end_block(b);
		b->item = false;
		set_default_kind(b);
		break;
	case TAG_BLOCKQUOTE:
		end_block(b);
		b->make.quote--;
		break;
	default:
		if (tag->is & TAG_BLOCK)
			end_block(b);
	}
	count_style(b, tag->id, -1);
}

/* Text without any markup: empty lines are all that parts it. */
static void plain_paragraphs(struct blocker *b, const char *s)
{
	while (*s) {
		const char *end = strstr(s, "\n\n");
		size_t n = end ? (size_t)(end - s) : strlen(s);

		make_words(&b->make, arena_strndup(b->make.arena, s, n));
		make_block(&b->make);
		s += n + (end ? 2 : 0);
	}
}

/* html_blocks - see html.h.
 *   a  [in,out] owns all of out;  s  n bytes of UTF-8;  base  absolute address or NULL;  out [out]
 * Cannot fail; O(n). */
void html_blocks(struct arena *a, const char *s, size_t n, const char *base, struct blocks *out)
{
	static const struct html_visitor visitor = { enter, leave };
	struct blocker b = { .make = { .arena = a, .index = MAP_INIT, .kind = BLOCK_PARAGRAPH }, .base = base };
	struct arena tree = ARENA_INIT;
	const struct dom *root;

	if (n && html_tree(&tree, s, n, &root) == OK) {
		if (root->first && !root->first->name && !root->first->next)
			plain_paragraphs(&b, root->first->text);
		else
			html_walk(root, &visitor, &b);
	}
	arena_clear(&tree);
	make_done(&b.make, out);
	free(b.lists.ordered);
	free(b.lists.next);
}
