/* fields - what RSS and Atom have in common: vocabularies, the choice among several elements for one field, and values made fit to keep. */
#ifndef ECLOSE_FEEDS_FIELDS_H
#define ECLOSE_FEEDS_FIELDS_H

#include "feeds/dom.h"
#include "item.h"

/* The vocabularies by which elements are told apart, whatever their prefix. CORE is the feed's own: no namespace, one of RSS, or the document element's. */
enum vocab { VOCAB_CORE, VOCAB_ATOM, VOCAB_DC, VOCAB_TERMS, VOCAB_CONTENT, VOCAB_MEDIA, VOCAB_ITUNES, VOCAB_PODCAST, VOCAB_RDF, VOCAB_XHTML, VOCAB_UPDATES,
	VOCAB_OTHER };

enum field {
	FIELD_TITLE, FIELD_LINK, FIELD_ID, FIELD_PUBLISHED, FIELD_UPDATED, FIELD_SUMMARY, FIELD_CONTENT, FIELD_AUTHOR, FIELD_LANGUAGE,
	FIELD_IMAGE, FIELD_COMMENTS, FIELD_TTL, FIELD_PERIOD, FIELD_FREQUENCY, FIELD_ENCLOSURE, FIELD_CATEGORY, FIELD_MEDIA, FIELD_SOURCE,
	FIELD_COUNT
};

/* One document while it is read. */
struct reading {
	struct arena *a;
	const char *base;    /* where the document came from, NULL unknown */
	const char *own_ns;  /* the document element's namespace */
	bool atom;           /* core elements are Atom's: text constructs */
	bool brief;          /* summaries and contents are not wanted any more */
	const char *author;  /* the feed's, for entries without one; NULL none */
	const char *last_ns; /* asked for most recently */
	enum vocab last;
};

/* An element's meaning; rank decides among several, the higher wins, the first among equals. */
struct rule {
	const char *name;
	unsigned char vocab, field, rank;
};

/* What was found for one item or channel. */
struct fields {
	const struct dom *node[FIELD_COUNT];
	int rank[FIELD_COUNT];
};

enum vocab reading_vocab(struct reading *r, const struct dom *node);
/* reading_base - what relative links at node are relative to. NULL where nothing is known. */
const char *reading_base(struct reading *r, const struct dom *node);

/* reading_own - the namespace whose elements are CORE. */
void reading_own(struct reading *r, const char *ns);
/* reading_rest - where the document's own address is not known, its self link or its site's (link, may be NULL) stands in for it. */
void reading_rest(struct reading *r, const struct dom *feed, const char *link);

/* fields_gather - look through node's children. rules (n) are the format's own; an element that says nothing, by text or attribute, is passed over. */
void fields_gather(struct reading *r, const struct dom *node, const struct rule *rules, size_t n, struct fields *f);

/* fields_empty - neither text nor elements, nor an attribute that is a value. */
bool fields_empty(const struct dom *node);
/* fields_date - the date of that field of node, for which f was gathered: of its elements the best that can be read. DATE_NONE where there is none. */
int64_t fields_date(struct reading *r, const struct dom *node, const struct rule *rules, size_t n, const struct fields *f, enum field field);

/* Values; NULL (DATE_NONE) for a NULL node or an empty one. Strings are of the arena. */
const char *value_line(struct reading *r, const struct dom *node);  /* plain text of what may be HTML, one line */
const char *value_plain(struct reading *r, const struct dom *node); /* the characters as they are, cleaned, one line */
const char *value_html(struct reading *r, const struct dom *node, const char *base, int *pixels); /* sanitised; base where node has none of its own; pixels as in html_sanitise */
const char *value_url(struct reading *r, const struct dom *node, const char *ref);    /* absolute, of a scheme that may be opened */
int64_t value_date(struct reading *r, const struct dom *node);
const char *value_image(struct reading *r, const struct dom *node); /* from url, href, a child url or the text */
/* text_once - text that was encoded as UTF-8 twice is decoded once more, if all of it was. */
void text_once(struct buf *b);
const char *clean_line(struct arena *a, const char *s);             /* NULL where nothing is left */

/* people_authors - whom node's children name as its authors by rules (n): those of the highest rank, joined by ", "; a name of lower rank before a mail
 * address of higher. NULL if none. */
const char *people_authors(struct reading *r, const struct dom *node, const struct rule *rules, size_t n);

/* Lists that grow while an item is read. */
struct lists {
	const char **categories;
	size_t n_categories, cap_categories;
	struct enclosure *enclosures;
	size_t n_enclosures, cap_enclosures;
};

void lists_category(struct lists *l, struct reading *r, const char *s); /* cleaned; each once */
void lists_enclosure(struct lists *l, struct reading *r, const struct dom *node, const char *url, const char *type, const char *length);
/* lists_gather - categories, enclosures and links of node's children; audio and video of media:content where nothing else is enclosed. */
void lists_gather(struct lists *l, struct reading *r, const struct dom *node);
/* lists_move - into e, in the arena; l is empty and needs no clearing afterwards. */
void lists_move(struct lists *l, struct reading *r, struct entry *e);

/* media_child - the first child of that name of Media RSS; NULL if none, or where node is NULL. */
const struct dom *media_child(struct reading *r, const struct dom *node, const char *name);
/* media_enclosures - media:content that can be heard or seen, of node and of its groups. */
void media_enclosures(struct lists *l, struct reading *r, const struct dom *node);
/* media_image - a thumbnail, a picture among the media, or an enclosure that is one. */
const char *media_image(struct reading *r, const struct fields *f, const struct lists *l);

/* link_find - the address of the best link element with an href: rel (NULL: alternate or none), HTML before other types. NULL if none. */
const char *link_find(struct reading *r, const struct dom *node, const char *rel);

#endif
