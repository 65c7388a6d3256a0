/* Atom 1.0 (RFC 4287) and 0.3. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feeds/fields.h"
#include "feeds/formats.h"

#define RULE(vocab, name, field, rank) { name, VOCAB_##vocab, FIELD_##field, rank }

static const struct rule entry_rules[] = {
	RULE(CORE, "title", TITLE, 5), RULE(DC, "title", TITLE, 2), RULE(MEDIA, "title", TITLE, 1),
	RULE(CORE, "id", ID, 5), RULE(CORE, "guid", ID, 3), RULE(DC, "identifier", ID, 2),
	RULE(CORE, "published", PUBLISHED, 5), RULE(CORE, "issued", PUBLISHED, 4), RULE(CORE, "created", PUBLISHED, 3),
	RULE(TERMS, "issued", PUBLISHED, 3), RULE(TERMS, "created", PUBLISHED, 2), RULE(CORE, "pubdate", PUBLISHED, 2), RULE(DC, "date", PUBLISHED, 1),
	RULE(CORE, "updated", UPDATED, 5), RULE(CORE, "modified", UPDATED, 4), RULE(TERMS, "modified", UPDATED, 3), RULE(DC, "date", UPDATED, 1),
	RULE(CORE, "summary", SUMMARY, 5), RULE(CORE, "description", SUMMARY, 4), RULE(DC, "description", SUMMARY, 3), RULE(MEDIA, "description", SUMMARY, 1),
	RULE(CORE, "content", CONTENT, 5), RULE(CONTENT, "encoded", CONTENT, 4),
	RULE(CORE, "author", AUTHOR, 5), RULE(DC, "creator", AUTHOR, 4), RULE(DC, "author", AUTHOR, 3),
	RULE(ITUNES, "author", AUTHOR, 2), RULE(MEDIA, "credit", AUTHOR, 1),
	RULE(DC, "language", LANGUAGE, 2), RULE(CORE, "link", LINK, 1), RULE(CORE, "source", SOURCE, 1),
	RULE(MEDIA, "thumbnail", IMAGE, 5), RULE(ITUNES, "image", IMAGE, 4), RULE(MEDIA, "group", MEDIA, 2), RULE(MEDIA, "content", MEDIA, 1),
};

static const struct rule feed_rules[] = {
	RULE(CORE, "title", TITLE, 5), RULE(DC, "title", TITLE, 2),
	RULE(CORE, "subtitle", SUMMARY, 5), RULE(CORE, "tagline", SUMMARY, 4), RULE(CORE, "description", SUMMARY, 3),
	RULE(CORE, "updated", UPDATED, 5), RULE(CORE, "modified", UPDATED, 4), RULE(DC, "date", UPDATED, 2),
	RULE(CORE, "author", AUTHOR, 5), RULE(DC, "creator", AUTHOR, 4), RULE(DC, "language", LANGUAGE, 2),
	RULE(CORE, "icon", IMAGE, 5), RULE(CORE, "logo", IMAGE, 4), RULE(ITUNES, "image", IMAGE, 2),
};

#define RULES(r) r, sizeof(r) / sizeof *(r)

static const char *authors(struct reading *r, const struct dom *node)
{
	return people_authors(r, node, RULES(entry_rules));
}

/* RFC 4287, 4.2.1: an entry without an author has its source's, then the feed's. Nothing else is taken from a source: its id and title are those of
 * another feed, and would be the same for all its entries. */
static const char *entry_author(struct reading *r, const struct dom *entry, const struct fields *f, const char *of_feed)
{
	const char *author = authors(r, entry);

	if (!author && f->node[FIELD_SOURCE])
		author = authors(r, f->node[FIELD_SOURCE]);
	return author ? author : of_feed;
}

/* Atom 0.3: of a content in several forms the best; else node itself. */
static const struct dom *one_form(const struct dom *node)
{
	const char *type = node ? dom_value(node, "type") : NULL;
	const struct dom *best = NULL;

	if (!type || strncasecmp(type, "multipart/", 10) != 0)
		return node;
	for (const struct dom *c = node->first; c; c = c->next) {
		if (!c->name || strcmp(c->name, "content") != 0)
			continue;
		type = dom_value(c, "type");
		if (!best || (type && strcasestr(type, "html")))
			best = c;
	}
	return best ? best : node;
}

static const char *entry_link(struct reading *r, const struct dom *entry, const struct fields *f)
{
	const struct dom *content = f->node[FIELD_CONTENT];
	const char *url = link_find(r, entry, NULL);

	if (!url && f->node[FIELD_LINK])
		url = value_url(r, f->node[FIELD_LINK], value_plain(r, f->node[FIELD_LINK]));
	if (!url && content)
		url = value_url(r, content, dom_value(content, "src"));
	if (!url)
		url = link_find(r, entry, "related");
	return url ? url : link_find(r, entry, "via");
}

static void read_entry(struct reading *r, const struct dom *entry, const char *author, struct entry *e)
{
	struct fields f = { 0 };
	struct lists l = { 0 };
	const struct dom *text;
	const char *base;

	fields_gather(r, entry, RULES(entry_rules), &f);
	f.node[FIELD_CONTENT] = one_form(f.node[FIELD_CONTENT]);
	if (!f.node[FIELD_SUMMARY])
		f.node[FIELD_SUMMARY] = media_child(r, f.node[FIELD_MEDIA], "description");
	lists_gather(&l, r, entry);
	*e = (struct entry){ .id = value_plain(r, f.node[FIELD_ID]), .title = value_line(r, f.node[FIELD_TITLE]), .link = entry_link(r, entry, &f) };
	base = r->base ? r->base : e->link;
	e->author = entry_author(r, entry, &f, author);
	e->published = fields_date(r, entry, RULES(entry_rules), FIELD_PUBLISHED);
	e->updated = fields_date(r, entry, RULES(entry_rules), FIELD_UPDATED);
	e->summary = value_html(r, f.node[FIELD_SUMMARY], base, &e->pixels);
	e->content = value_html(r, f.node[FIELD_CONTENT], base, &e->pixels);
	text = f.node[FIELD_CONTENT] ? f.node[FIELD_CONTENT] : entry;
	e->language = clean_line(r->a, dom_xml_lang(text, value_plain(r, f.node[FIELD_LANGUAGE])));
	e->image = media_image(r, &f, &l);
	e->comments = link_find(r, entry, "replies");
	lists_move(&l, r, e);
}

static void read_feed(struct reading *r, const struct dom *root, struct feed_doc *doc)
{
	struct fields f = { 0 };

	fields_gather(r, root, RULES(feed_rules), &f);
	doc->title = value_line(r, f.node[FIELD_TITLE]);
	doc->link = link_find(r, root, NULL);
	doc->description = value_line(r, f.node[FIELD_SUMMARY]);
	doc->language = clean_line(r->a, dom_xml_lang(root, value_plain(r, f.node[FIELD_LANGUAGE])));
	doc->updated = fields_date(r, root, RULES(feed_rules), FIELD_UPDATED);
	doc->icon = value_image(r, f.node[FIELD_IMAGE]);
	doc->ttl = -1;
}

static void head(struct reading *r, const struct dom *root, struct feed_doc *doc)
{
	reading_own(r, root->ns);
	r->atom = true;
	doc->ttl = -1;
	doc->updated = DATE_NONE;
	if (strcmp(root->name, "entry") == 0) /* RFC 4287, 2: a document may be one entry */
		return;
	reading_rest(r, root, link_find(r, root, NULL));
	read_feed(r, root, doc);
	r->author = authors(r, root);
}

static void entry(struct reading *r, const struct dom *node, const struct feed_doc *doc, struct entry *e)
{
	(void)doc;
	read_entry(r, node, r->author, e);
}

const struct format atom_format = { "entry", head, entry };
