/* html_blocks - an item's HTML as blocks for layout: what each element means for the block that is open. */
#include "feeds/html.h"

#include <stdlib.h>
#include <string.h>

#include "feeds/html_blocks_text.h"
#include "feeds/html_links.h"
#include "feeds/html_read.h"

#define EMOJI_PIXELS 32 /* a picture no larger stands in the line of words */

struct list {
	bool ordered;
	char numbering;
	int next, step;   /* of the next item; a reversed list of unknown length counts 0, -1, ... until it ends */
	bool unknown;
	size_t from;      /* its first block */
};

/* What an element changed, told back when it is left. */
enum change { MARK_LINK = 1, MARK_PRE = 2, MARK_ROW = 4, MARK_MEDIA = 8, MARK_RTL = 16, MARK_ABBR = 32, MARK_RAISED = 64 };

struct blocker {
	struct maker make;
	struct html_links links;
	struct buf value, words;      /* scratch */
	struct list list[HTML_DEPTH];
	size_t n_lists;
	bool linked, pre;
	bool item;                    /* an <li> was opened and has no block yet */
	int described;                /* <dd> in which we are */
	int paragraphs;               /* of the open cell */
	int bold, italic, code, strike; /* how often each is open */
	int media;                    /* we are in a film that is linked already: 1; it has words of its own: 2 */
	const char *abbr;             /* what the open one is short for */
	struct map said;              /* what was said of abbreviations */
	size_t raised, raised_in;     /* where the open superscript began, SIZE_MAX none, and how many blocks were done then */
};

static void set_style(struct blocker *b)
{
	b->make.style = (b->bold ? SPAN_BOLD : 0u) | (b->italic ? SPAN_ITALIC : 0u) | (b->code && !b->pre ? SPAN_CODE : 0u) |
			(b->strike ? SPAN_STRIKE : 0u) | (b->make.link ? SPAN_LINK : 0u);
}

static void words(struct blocker *b, const char *s)
{
	make_words(&b->make, s, strlen(s));
}

static void set_kind(struct blocker *b, enum block_kind kind, int level)
{
	b->make.kind = kind;
	b->make.level = level;
}

static int depth(const struct blocker *b)
{
	return (int)b->n_lists + b->described;
}

/* What words are, where no element nearer says otherwise: an item's first block, another of its blocks, or a paragraph. */
static void set_default_kind(struct blocker *b)
{
	set_kind(b, b->item ? BLOCK_ITEM : BLOCK_PARAGRAPH, b->item && !b->n_lists ? 1 : depth(b));
}

/* End the open block. Within a row of a table and within code the words flow on. */
static void end_block(struct blocker *b)
{
	if (b->make.row) {
		words(b, " ");
		return;
	}
	if (b->pre)
		return;
	if (make_block(&b->make) && b->make.kind == BLOCK_ITEM)
		b->item = false;
	set_default_kind(b);
}

static int number_of(struct blocker *b, const struct html_start *start, const char *name, int otherwise)
{
	long n = html_value(start, name, &b->value) ? strtol(buf_str(&b->value), NULL, 10) : 0;

	return n > 0 && n < 1000000 ? (int)n : otherwise;
}

/* ---- lists ---- */

static char numbering_of(struct blocker *b, const struct html_start *start)
{
	return html_value(start, "type", &b->value) && b->value.len == 1 && strchr("aAiI", b->value.s[0]) ? b->value.s[0] : '1';
}

static void open_list(struct blocker *b, const struct html_start *start, bool ordered)
{
	struct list *l = &b->list[b->n_lists];
	int from = ordered ? number_of(b, start, "start", 0) : 0;
	bool reversed = ordered && html_has(start, "reversed");

	end_block(b);
	*l = (struct list){ .ordered = ordered, .next = from ? from : 1, .step = reversed ? -1 : 1, .from = b->make.n };
	l->numbering = ordered ? numbering_of(b, start) : 0;
	l->unknown = reversed && !from;
	if (l->unknown)
		l->next = -1;
	b->n_lists++;
	b->item = false;
	set_default_kind(b);
}

/* The numbers of a reversed list, now that it is known how long it is. */
static void number_backwards(struct blocker *b, const struct list *l)
{
	for (size_t i = l->from; i < b->make.n; i++) {
		struct block *block = &b->make.block[i];

		if (block->kind == BLOCK_ITEM && block->number < 0)
			block->number += -l->next;
	}
}

static void close_list(struct blocker *b)
{
	const struct list *l = &b->list[b->n_lists - 1];

	end_block(b);
	if (l->unknown)
		number_backwards(b, l);
	b->n_lists--;
	b->item = false;
	set_default_kind(b);
}

static void open_item(struct blocker *b, const struct html_start *start)
{
	struct list *l = b->n_lists ? &b->list[b->n_lists - 1] : NULL;
	int number = 0;

	end_block(b);
	if (l && l->ordered) {
		number = l->unknown ? l->next : number_of(b, start, "value", l->next);
		l->next = number + l->step;
	}
	b->item = true;
	b->make.number = number;
	b->make.numbering = l ? l->numbering : 0;
	set_default_kind(b);
}

/* ---- tables ---- */

/* Something that doesn't stand in a row of values: the table is there for the look of the page. */
static void leave_row(struct blocker *b)
{
	if (!b->make.row)
		return;
	set_default_kind(b);
	make_row_undone(&b->make);
}

static int open_row(struct blocker *b)
{
	end_block(b);
	if (b->make.row || b->pre)
		return 0;
	make_row(&b->make);
	return MARK_ROW;
}

static void open_cell(struct blocker *b, const struct html_start *start, bool header)
{
	int across = number_of(b, start, "colspan", 1), down = number_of(b, start, "rowspan", 1);

	b->paragraphs = 0;
	if (!b->make.row)
		end_block(b);
	else
		make_cell(&b->make, across < MAKE_COLUMNS ? across : MAKE_COLUMNS, down, header);
}

static void close_row(struct blocker *b)
{
	if (b->make.row)
		make_row_end(&b->make);
	end_block(b);
}

/* What the start of a block means for the row that is open. */
static void check_row(struct blocker *b, const struct tag *is)
{
	switch (is->id) {
	case TAG_TABLE: case TAG_UL: case TAG_OL: case TAG_DL: case TAG_BLOCKQUOTE: case TAG_PRE: case TAG_H1: case TAG_H2: case TAG_H3: case TAG_HR:
		leave_row(b);
		break;
	case TAG_P:
		if (++b->paragraphs > 1)
			leave_row(b);
		break;
	default: break;
	}
}

/* ---- pictures, sound and film ---- */

/* The last part of an address's path; of the maker's arena. */
static const char *last_segment(struct blocker *b, const char *url)
{
	size_t n = strcspn(url, "?#"), from = n;

	while (from && url[from - 1] != '/')
		from--;
	return arena_strndup(b->make.arena, url + from, n - from);
}

static void linked_words(struct blocker *b, const char *s, const char *url)
{
	int link = b->make.link;

	if (!link && url)
		b->make.link = make_link(&b->make, url);
	set_style(b);
	words(b, s);
	b->make.link = link;
	set_style(b);
}

/* The words that stand for a picture: its alt, title or file name, and its size where that is told. */
static const char *image_words(struct blocker *b, const struct html_start *img, const char *url, bool small)
{
	int width = number_of(b, img, "width", 0), height = number_of(b, img, "height", 0);
	bool said = (html_value(img, "alt", &b->words) && b->words.len) || (html_value(img, "title", &b->words) && b->words.len);
	const char *s = said ? buf_str(&b->words) : small || !url ? "" : last_segment(b, url);

	return width && height && !small && (*s || url) ? arena_printf(b->make.arena, "%s%s%d\xC3\x97%d", s, *s ? ", " : "", width, height) : s;
}

/* A small picture is a word; any other a block of its own, its text linked to where it is (or to where the link around it leads). */
static void image(struct blocker *b, const struct html_start *img)
{
	bool heading = b->make.kind == BLOCK_HEADING;
	bool small = b->make.row || b->pre || number_of(b, img, "width", 1 << 20) <= EMOJI_PIXELS || number_of(b, img, "height", 1 << 20) <= EMOJI_PIXELS;
	int level = b->make.level;
	const char *url, *s;

	if (html_unseen(img))
		return;
	url = links_src(&b->links, img);
	s = image_words(b, img, url, small);
	if (small || !*s) {
		words(b, s);
		return;
	}
	end_block(b);
	set_kind(b, BLOCK_IMAGE, depth(b));
	linked_words(b, s, url);
	make_block(&b->make);
	set_default_kind(b);
	if (heading)
		set_kind(b, BLOCK_HEADING, level);
}

/* A block of one link: what it is and where. */
static void link_block(struct blocker *b, const char *what, const char *where, const char *url)
{
	end_block(b);
	linked_words(b, arena_printf(b->make.arena, "%s: %s", what, where), url);
	end_block(b);
}

/* <video> or <audio> with an address of its own, or the first <source> in one without. */
static int media(struct blocker *b, const struct html_start *start)
{
	const char *url = links_src(&b->links, start);

	if (url && !b->media)
		link_block(b, start->is->name, last_segment(b, url), url);
	else
		end_block(b);
	if (b->media)
		return 0;
	b->media = url ? 1 : start->is->name[0] == 'v' ? -1 : -2;
	return MARK_MEDIA;
}

static void source(struct blocker *b, const struct html_start *start)
{
	const char *url = b->media < 0 ? links_src(&b->links, start) : NULL;

	if (!url)
		return;
	link_block(b, b->media == -1 ? "video" : "audio", last_segment(b, url), url);
	b->media = 1;
}

static void embedded(struct blocker *b, const struct html_start *start)
{
	const char *url = html_unseen(start) ? NULL : links_src(&b->links, start);

	if (!url)
		return;
	links_short(&b->words, url);
	link_block(b, "embedded", buf_str(&b->words), url);
}

/* ---- words ---- */

static int open_link(struct blocker *b, const struct html_start *start)
{
	const char *url = b->linked ? NULL : links_href(&b->links, start, "href");

	if (!url || links_inside(&b->links, url))
		return 0;
	b->linked = true;
	b->make.link = make_link(&b->make, url);
	return MARK_LINK;
}

static int open_abbr(struct blocker *b, const struct html_start *start)
{
	if (b->abbr || b->pre || !html_value(start, "title", &b->value) || b->value.len == 0)
		return 0;
	b->abbr = arena_strndup(b->make.arena, b->value.s, b->value.len);
	return MARK_ABBR;
}

/* What an abbreviation is short for, in parentheses, the first time. */
static void close_abbr(struct blocker *b)
{
	bool added;

	(void)map_at(&b->said, b->abbr, strlen(b->abbr), 1, &added);
	if (added)
		words(b, arena_printf(b->make.arena, " (%s)", b->abbr));
	b->abbr = NULL;
}

static int open_raised(struct blocker *b)
{
	if (b->raised != SIZE_MAX)
		return 0;
	b->raised = b->make.text.len;
	b->raised_in = b->make.n;
	return MARK_RAISED;
}

static int open_code(struct blocker *b)
{
	if (b->make.row || b->pre)
		return 0;
	end_block(b);
	b->pre = b->make.code = true;
	set_kind(b, BLOCK_CODE, 0);
	return MARK_PRE;
}

static void close_code(struct blocker *b)
{
	b->pre = b->make.code = false;
	end_block(b);
}

static void count_style(struct blocker *b, const struct tag *is, int step)
{
	switch (is->id) {
	case TAG_B: case TAG_TH: case TAG_DT: case TAG_SUMMARY: b->bold += step; break;
	case TAG_I: b->italic += step; break;
	case TAG_CODE: b->code += step; break;
	case TAG_DEL: b->strike += step; break;
	default: break;
	}
	set_style(b);
}

/* ---- the walk ---- */

static void open_heading(struct blocker *b, enum tag_id id)
{
	end_block(b);
	if (!b->make.row && !b->pre && !b->item)
		set_kind(b, BLOCK_HEADING, (int)(id - TAG_H1) + 1);
}

/* What is added next stands right below the last block, if that is of this kind. */
static void stay_close(struct blocker *b, enum block_kind kind)
{
	b->make.tight = !b->make.row && b->make.n > 0 && b->make.block[b->make.n - 1].kind == kind;
}

static void open_description(struct blocker *b)
{
	end_block(b);
	b->described++;
	stay_close(b, BLOCK_PARAGRAPH);
	set_default_kind(b);
}

static int open_element(struct blocker *b, const struct html_start *start)
{
	enum tag_id id = start->is->id;

	switch (id) {
	case TAG_A: return open_link(b, start);
	case TAG_ABBR: return open_abbr(b, start);
	case TAG_BR: make_break(&b->make); break;
	case TAG_IMG: image(b, start); break;
	case TAG_MEDIA: return media(b, start);
	case TAG_SOURCE: source(b, start); break;
	case TAG_Q: words(b, "\xE2\x80\x9C"); break;
	case TAG_RT: words(b, "("); break;
	case TAG_SUB: case TAG_SUP: return open_raised(b);
	case TAG_UL: case TAG_OL: open_list(b, start, id == TAG_OL); break;
	case TAG_LI: open_item(b, start); break;
	case TAG_DD: open_description(b); break;
	case TAG_FIGCAPTION:
		end_block(b);
		stay_close(b, BLOCK_IMAGE);
		break;
	case TAG_PRE: return open_code(b);
	case TAG_TABLE:
		end_block(b);
		make_table(&b->make);
		break;
	case TAG_TR: return open_row(b);
	case TAG_TD: case TAG_TH: open_cell(b, start, id == TAG_TH); break;
	case TAG_BLOCKQUOTE:
		end_block(b);
		b->make.quote++;
		break;
	case TAG_HR:
		end_block(b);
		if (!b->pre)
			make_rule(&b->make);
		break;
	case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: open_heading(b, id); break;
	default:
		if (start->is->is & TAG_BLOCK)
			end_block(b);
	}
	return 0;
}

/* Does a block say that its words run the other way than those around it? */
static int turn(struct blocker *b, const struct html_start *start)
{
	bool rtl;

	if (!(start->is->is & TAG_BLOCK) || !html_value(start, "dir", &b->value))
		return 0;
	rtl = strcmp(buf_str(&b->value), "rtl") == 0;
	if (rtl == b->make.rtl || (!rtl && strcmp(buf_str(&b->value), "ltr") != 0))
		return 0;
	b->make.rtl = rtl;
	return MARK_RTL;
}

static int enter(void *ctx, const struct html_start *start)
{
	struct blocker *b = ctx;
	int mark;

	if (!start->is)
		return HTML_PASS;
	if (start->is->id == TAG_EMBED)
		embedded(b, start);
	if (start->is->is & TAG_DROPPED || start->is->id == TAG_RP)
		return HTML_SKIP;
	check_row(b, start->is);
	if (b->media > 0 && start->is->is & TAG_ENDS_P)
		b->media = 2;
	mark = open_element(b, start);
	if (!(start->is->is & TAG_VOID))
		count_style(b, start->is, 1);
	return mark | turn(b, start);
}

static void leave_marked(struct blocker *b, const struct tag *is, int mark)
{
	if (mark & MARK_LINK) {
		b->linked = false;
		b->make.link = 0;
	}
	if (mark & MARK_ABBR)
		close_abbr(b);
	if (mark & MARK_RAISED) {
		if (b->raised_in == b->make.n)
			make_raised(&b->make, b->raised, is->id == TAG_SUP);
		b->raised = SIZE_MAX;
	}
	if (mark & MARK_MEDIA)
		b->media = 0;
	if (mark & MARK_PRE)
		close_code(b);
	if (mark & MARK_ROW)
		close_row(b);
}

static void leave(void *ctx, const struct tag *is, int mark)
{
	struct blocker *b = ctx;

	if (mark & ~MARK_RTL)
		leave_marked(b, is, mark);
	switch (is->id) {
	case TAG_Q: words(b, "\xE2\x80\x9D"); break;
	case TAG_RT: words(b, ")"); break;
	case TAG_UL: case TAG_OL: close_list(b); break;
	case TAG_TABLE:
		end_block(b);
		make_table(&b->make);
		b->make.tight = false;
		break;
	case TAG_LI:
		end_block(b);
		b->item = false;
		set_default_kind(b);
		break;
	case TAG_DD:
		end_block(b);
		b->described--;
		b->make.tight = false;
		set_default_kind(b);
		break;
	case TAG_CAPTION:
		end_block(b);
		stay_close(b, BLOCK_PARAGRAPH);
		break;
	case TAG_FIGCAPTION:
		end_block(b);
		b->make.tight = false;
		break;
	case TAG_BLOCKQUOTE:
		end_block(b);
		b->make.quote--;
		break;
	default:
		if (is->is & TAG_BLOCK)
			end_block(b);
	}
	count_style(b, is, -1);
	if (mark & MARK_RTL)
		b->make.rtl = !b->make.rtl;
}

static void text(void *ctx, const char *s, size_t n)
{
	struct blocker *b = ctx;
	size_t skip = b->pre && b->make.text.len == 0 && *s == '\n'; /* a line end right behind <pre> isn't there */

	if (b->media != 1)
		make_words(&b->make, s + skip, n - skip);
}

/* ---- text without any markup: empty lines are all that parts it ---- */

static void collect(void *ctx, const char *s, size_t n)
{
	buf_add(ctx, s, n);
}

static void plain_paragraphs(struct blocker *b, const char *s, size_t n)
{
	static const struct html_events events = { .text = collect };
	struct buf plain = BUF_INIT;
	const char *at, *end;

	html_read(s, n, &events, &plain);
	for (at = buf_str(&plain); (end = strstr(at, "\n\n")) != NULL; at = end + 2) {
		make_words(&b->make, at, (size_t)(end - at));
		make_block(&b->make);
	}
	make_words(&b->make, at, plain.len - (size_t)(at - buf_str(&plain)));
	buf_clear(&plain);
}

/* html_blocks - see html.h.
 *   a  [in,out] owns all of out;  s  n bytes of UTF-8;  base  absolute address or NULL;  out [out]
 * Cannot fail; O(n). */
void html_blocks(struct arena *a, const char *s, size_t n, const char *base, struct blocks *out)
{
	static const struct html_events events = { enter, leave, text };
	struct blocker b = { .make = { .arena = a, .index = MAP_INIT, .kind = BLOCK_PARAGRAPH }, .links = { .base = base }, .said = MAP_INIT, .raised = SIZE_MAX };

	if (n && memchr(s, '<', n))
		html_read(s, n, &events, &b);
	else if (n)
		plain_paragraphs(&b, s, n);
	make_done(&b.make, out);
	links_clear(&b.links);
	map_clear(&b.said);
	buf_clear(&b.value);
	buf_clear(&b.words);
}
