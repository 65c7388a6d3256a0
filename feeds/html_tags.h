/* html_tags - what each HTML element is to us, and a walk over a tree that needs no stack however deep it is. */
#ifndef ECLOSE_FEEDS_HTML_TAGS_H
#define ECLOSE_FEEDS_HTML_TAGS_H

#include <stdbool.h>

#include "feeds/dom.h"

enum tag_is {
	TAG_KEPT = 1,     /* stays in sanitised HTML */
	TAG_VOID = 2,     /* has no content and no end tag */
	TAG_DROPPED = 4,  /* goes with all that is in it */
	TAG_BLOCK = 8,    /* stands on lines of its own */
};

enum tag_id {
	TAG_OTHER, TAG_A, TAG_B, TAG_BLOCKQUOTE, TAG_BR, TAG_CODE, TAG_DD, TAG_DEL, TAG_DT, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5, TAG_H6, TAG_HR, TAG_I,
	TAG_IMG, TAG_LI, TAG_MEDIA, TAG_OL, TAG_P, TAG_PRE, TAG_Q, TAG_SPAN, TAG_TABLE, TAG_TD, TAG_TH, TAG_TR, TAG_UL,
};

struct tag {
	const char *name;
	enum tag_id id; /* synonyms share one: b and strong */
	unsigned is;    /* enum tag_is, or-ed */
};

/* tag_find - by lower-case name. Returns NULL for what we don't know: its content is kept, its tag isn't. */
const struct tag *tag_find(const char *name);

/* html_tree - a fragment as a tree: the element whose children are the fragment's own. Errors: those of dom_html. */
enum err html_tree(struct arena *a, const char *s, size_t n, const struct dom **root);

/* enter: does the walk go into the node? Text nodes and elements alike; leave is told only of what was entered. */
struct html_visitor {
	bool (*enter)(void *ctx, const struct dom *node);
	void (*leave)(void *ctx, const struct dom *node);
};

/* html_walk - all nodes below root in order. O(nodes), constant memory. */
void html_walk(const struct dom *root, const struct html_visitor *visitor, void *ctx);

/* html_pixel - is this <img> one that isn't there to be seen: 1 pixel or less wide or high, or hidden? */
bool html_pixel(const struct dom *img);
/* html_image_url - where an <img> is, absolute, http or https; of the arena. NULL where it has no such address (data:, cid:, ...).
 * Pictures that a script would load later are found by their data-src. base may be NULL. */
const char *html_image_url(struct arena *a, const struct dom *img, const char *base);
/* html_link_url - attribute name of node as an absolute address that may be shown (url_allowed); of the arena, NULL none. */
const char *html_link_url(struct arena *a, const struct dom *node, const char *name, const char *base);

#endif
