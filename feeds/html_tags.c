/* html_tags - what each HTML element is to us. */
#include "feeds/html_tags.h"

#include <assert.h>
#include <stdbool.h>

#define INLINE TAG_KEPT
#define FORMAT (TAG_KEPT | TAG_FORMAT)
#define BLOCK (TAG_KEPT | TAG_BLOCK | TAG_ENDS_P | TAG_SPECIAL)
#define WRAP (TAG_BLOCK | TAG_ENDS_P | TAG_SPECIAL)
#define FRAME (BLOCK | TAG_FRAME)
#define PART (TAG_KEPT | TAG_BLOCK | TAG_SPECIAL | TAG_FRAME)
#define VOID (TAG_KEPT | TAG_VOID)
#define DROP TAG_DROPPED
#define GONE (TAG_DROPPED | TAG_VOID)
#define RAW (TAG_DROPPED | TAG_RAW)
#define RAW_WORDS (TAG_DROPPED | TAG_RAW | TAG_WORDS)

#define T(name, id, is) { name, sizeof name - 1, TAG_##id, is }

/* By first letter. What isn't here, or has nothing set, loses its tag and keeps its content. */
static const struct tag tags[] = {
	T("a", A, FORMAT), T("abbr", ABBR, INLINE), T("acronym", ABBR, INLINE), T("address", OTHER, BLOCK), T("annotation", OTHER, DROP),
	T("annotation-xml", OTHER, DROP), T("applet", OTHER, DROP), T("area", OTHER, GONE), T("article", OTHER, BLOCK), T("aside", OTHER, BLOCK),
	T("audio", MEDIA, TAG_KEPT | TAG_BLOCK),
	T("b", B, FORMAT), T("base", OTHER, GONE), T("basefont", OTHER, GONE), T("bdi", BDO, INLINE), T("bdo", BDO, INLINE), T("bgsound", OTHER, GONE),
	T("big", OTHER, FORMAT), T("blockquote", BLOCKQUOTE, FRAME), T("body", OTHER, TAG_BLOCK), T("br", BR, VOID), T("button", OTHER, DROP),
	T("canvas", OTHER, 0), T("caption", CAPTION, PART), T("center", OTHER, BLOCK), T("cite", I, INLINE), T("code", CODE, FORMAT), T("col", OTHER, GONE),
	T("colgroup", OTHER, 0), T("command", OTHER, GONE),
	T("datalist", OTHER, DROP), T("dd", DD, FRAME), T("del", DEL, INLINE), T("details", OTHER, BLOCK), T("dfn", I, INLINE), T("dialog", OTHER, WRAP),
	T("dir", UL, FRAME), T("div", OTHER, BLOCK), T("dl", DL, FRAME), T("dt", DT, FRAME),
	T("em", I, FORMAT), T("embed", EMBED, GONE),
	T("fieldset", OTHER, WRAP), T("figcaption", FIGCAPTION, BLOCK), T("figure", OTHER, BLOCK), T("font", OTHER, TAG_FORMAT), T("footer", OTHER, BLOCK),
	T("form", OTHER, WRAP), T("frame", OTHER, GONE), T("frameset", OTHER, TAG_BLOCK),
	T("h1", H1, BLOCK), T("h2", H2, BLOCK), T("h3", H3, BLOCK), T("h4", H4, BLOCK), T("h5", H5, BLOCK), T("h6", H6, BLOCK), T("header", OTHER, BLOCK),
	T("hgroup", OTHER, WRAP), T("hr", HR, VOID | TAG_BLOCK | TAG_ENDS_P),
	T("i", I, FORMAT), T("iframe", EMBED, RAW), T("image", IMG, VOID), T("img", IMG, VOID), T("input", OTHER, GONE), T("ins", INS, INLINE),
	T("isindex", OTHER, GONE),
	T("kbd", CODE, INLINE), T("keygen", OTHER, GONE),
	T("label", OTHER, 0), T("legend", OTHER, TAG_BLOCK), T("li", LI, FRAME), T("link", OTHER, GONE), T("listing", PRE, BLOCK),
	T("main", OTHER, BLOCK), T("map", OTHER, 0), T("mark", OTHER, INLINE), T("menu", UL, FRAME), T("meta", OTHER, GONE),
	T("nav", OTHER, BLOCK), T("nobr", OTHER, TAG_FORMAT), T("noembed", OTHER, RAW), T("noframes", OTHER, RAW), T("noscript", OTHER, 0),
	T("object", OTHER, 0), T("ol", OL, FRAME), T("optgroup", OTHER, DROP), T("option", OTHER, DROP),
	T("p", P, BLOCK), T("param", OTHER, GONE), T("picture", OTHER, 0), T("plaintext", PRE, BLOCK | TAG_RAW), T("pre", PRE, BLOCK),
	T("q", Q, INLINE),
	T("rb", OTHER, INLINE), T("rp", RP, INLINE), T("rt", RT, INLINE), T("ruby", OTHER, INLINE),
	T("s", DEL, FORMAT), T("samp", CODE, INLINE), T("script", OTHER, RAW), T("search", OTHER, WRAP), T("section", OTHER, BLOCK), T("select", OTHER, DROP),
	T("small", OTHER, FORMAT), T("source", SOURCE, VOID), T("span", SPAN, INLINE), T("strike", DEL, FORMAT), T("strong", B, FORMAT), T("style", OTHER, RAW),
	T("sub", SUB, INLINE), T("summary", SUMMARY, BLOCK), T("sup", SUP, INLINE), T("svg", OTHER, DROP),
	T("table", TABLE, FRAME), T("tbody", TBODY, PART), T("td", TD, PART), T("template", OTHER, DROP), T("textarea", OTHER, RAW_WORDS), T("tfoot", TBODY, PART),
	T("th", TH, PART), T("thead", TBODY, PART), T("time", TIME, INLINE), T("title", OTHER, RAW_WORDS), T("tr", TR, PART), T("track", OTHER, GONE),
	T("tt", CODE, FORMAT),
	T("u", OTHER, FORMAT), T("ul", UL, FRAME),
	T("var", I, INLINE), T("video", MEDIA, TAG_KEPT | TAG_BLOCK),
	T("wbr", OTHER, VOID),
	T("xmp", PRE, BLOCK | TAG_RAW),
};

/* Where the names of each letter begin in tags; the last entry is the end. A test walks all names. */
static const unsigned char starts[27] = { 0, 11, 22, 30, 40, 42, 50, 50, 59, 66, 66, 68, 73, 78, 83, 87, 92, 93, 97, 113, 126, 128, 130, 131, 132, 132, 132 };

static_assert(sizeof tags / sizeof *tags == 132, "starts[] counts the names");

static bool is_named(const struct tag *t, const char *name)
{
	for (size_t i = 1; i < t->len; i++)
		if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) != t->name[i])
			return false;
	return true;
}

/* tag_find - see html_tags.h. */
const struct tag *tag_find(const char *name, size_t len)
{
	unsigned letter = len ? ((unsigned char)name[0] | 0x20u) - 'a' : 26;

	if (letter >= 26)
		return NULL;
	for (const struct tag *t = tags + starts[letter], *end = tags + starts[letter + 1]; t < end; t++)
		if (t->len == len && is_named(t, name))
			return t;
	return NULL;
}

/* tag_of - see html_tags.h. */
const struct tag *tag_of(enum tag_id id)
{
	const struct tag *t = tags;

	while (t->id != id)
		t++;
	return t;
}
