/* html_tags - what each HTML element is to us. */
#ifndef ECLOSE_FEEDS_HTML_TAGS_H
#define ECLOSE_FEEDS_HTML_TAGS_H

#include <stddef.h>

enum tag_is {
	TAG_KEPT = 1,     /* stays in sanitised HTML */
	TAG_VOID = 2,     /* has no content and no end tag */
	TAG_DROPPED = 4,  /* goes with all that is in it */
	TAG_BLOCK = 8,    /* stands on lines of its own */
	TAG_ENDS_P = 16,  /* its start tag ends an open paragraph */
	TAG_SPECIAL = 32, /* the end tag of an element of words doesn't reach through it */
	TAG_FORMAT = 64,  /* <b> and its kin: their end tags reach through paragraphs, though not through TAG_FRAME */
	TAG_FRAME = 128,  /* a part of a list, table or quotation */
	TAG_RAW = 256,    /* what is in it is no markup, up to its end tag */
	TAG_WORDS = 512,  /* of a raw one: references in it count */
};

enum tag_id {
	TAG_OTHER, TAG_A, TAG_ABBR, TAG_B, TAG_BDO, TAG_BLOCKQUOTE, TAG_BR, TAG_CAPTION, TAG_CODE, TAG_DD, TAG_DEL, TAG_DL, TAG_DT, TAG_EMBED, TAG_FIGCAPTION, TAG_H1, TAG_H2, TAG_H3, TAG_H4,
	TAG_H5, TAG_H6, TAG_HR, TAG_I, TAG_IMG, TAG_INS, TAG_LI, TAG_MEDIA, TAG_OL, TAG_P, TAG_PRE, TAG_Q, TAG_RP, TAG_RT, TAG_SOURCE, TAG_SPAN, TAG_SUB, TAG_SUMMARY, TAG_SUP,
	TAG_TABLE, TAG_TBODY, TAG_TD, TAG_TH, TAG_TIME, TAG_TR, TAG_UL,
	TAG_IDS
};

struct tag {
	const char *name;
	unsigned char len;
	enum tag_id id; /* synonyms share one: b and strong */
	unsigned is;    /* enum tag_is, or-ed */
};

/* tag_find - by name (len bytes, any case). Returns NULL for what we don't know: its content is kept, its tag isn't. O(1). */
const struct tag *tag_find(const char *name, size_t len);
/* tag_of - the first of that id. */
const struct tag *tag_of(enum tag_id id);

#endif
