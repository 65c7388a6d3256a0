/* RSS 0.90 to 2.0 and RSS 1.0 (RDF), whatever they call themselves. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feeds/fields.h"
#include "feeds/formats.h"
#include "feeds/url.h"

#define RULE(vocab, name, field, rank) { name, VOCAB_##vocab, FIELD_##field, rank }

static const struct rule item_rules[] = {
	RULE(CORE, "title", TITLE, 5), RULE(ATOM, "title", TITLE, 4), RULE(DC, "title", TITLE, 3), RULE(MEDIA, "title", TITLE, 2),
	RULE(ITUNES, "title", TITLE, 1),
	RULE(CORE, "guid", ID, 5), RULE(ATOM, "id", ID, 4), RULE(CORE, "id", ID, 3), RULE(DC, "identifier", ID, 2),
	RULE(CORE, "pubdate", PUBLISHED, 7), RULE(ATOM, "published", PUBLISHED, 6), RULE(ATOM, "issued", PUBLISHED, 6),
	RULE(CORE, "published", PUBLISHED, 5), RULE(TERMS, "issued", PUBLISHED, 5), RULE(TERMS, "created", PUBLISHED, 4),
	RULE(DC, "date", PUBLISHED, 3), RULE(TERMS, "date", PUBLISHED, 3), RULE(CORE, "date", PUBLISHED, 2),
	RULE(ATOM, "updated", UPDATED, 5), RULE(ATOM, "modified", UPDATED, 5), RULE(TERMS, "modified", UPDATED, 4),
	RULE(CORE, "updated", UPDATED, 3), RULE(CORE, "lastbuilddate", UPDATED, 2), RULE(DC, "date", UPDATED, 1),
	RULE(CORE, "description", SUMMARY, 7), RULE(ATOM, "summary", SUMMARY, 6), RULE(CORE, "summary", SUMMARY, 5),
	RULE(DC, "description", SUMMARY, 4), RULE(TERMS, "abstract", SUMMARY, 3), RULE(ITUNES, "summary", SUMMARY, 3),
	RULE(MEDIA, "description", SUMMARY, 2), RULE(ITUNES, "subtitle", SUMMARY, 1),
	RULE(CONTENT, "encoded", CONTENT, 7), RULE(CORE, "encoded", CONTENT, 6), RULE(OTHER, "encoded", CONTENT, 5),
	RULE(ATOM, "content", CONTENT, 5), RULE(XHTML, "body", CONTENT, 4), RULE(XHTML, "div", CONTENT, 4), RULE(CORE, "body", CONTENT, 3),
	RULE(CORE, "fullitem", CONTENT, 3), RULE(CORE, "content", CONTENT, 2),
	RULE(CORE, "author", AUTHOR, 5), RULE(ATOM, "author", AUTHOR, 4), RULE(DC, "creator", AUTHOR, 6), RULE(TERMS, "creator", AUTHOR, 3),
	RULE(DC, "author", AUTHOR, 3), RULE(ITUNES, "author", AUTHOR, 2), RULE(DC, "contributor", AUTHOR, 1),
	RULE(CORE, "language", LANGUAGE, 2), RULE(DC, "language", LANGUAGE, 3), RULE(TERMS, "language", LANGUAGE, 1),
	RULE(MEDIA, "thumbnail", IMAGE, 5), RULE(ITUNES, "image", IMAGE, 4), RULE(CORE, "image", IMAGE, 3), RULE(CORE, "thumbnail", IMAGE, 2),
	RULE(CORE, "comments", COMMENTS, 2), RULE(CORE, "link", LINK, 2), RULE(CORE, "source", SOURCE, 1), RULE(MEDIA, "group", MEDIA, 2),
	RULE(MEDIA, "content", MEDIA, 1),
};

static const struct rule channel_rules[] = {
	RULE(CORE, "title", TITLE, 5), RULE(ATOM, "title", TITLE, 4), RULE(DC, "title", TITLE, 3), RULE(ITUNES, "title", TITLE, 1),
	RULE(CORE, "link", LINK, 2),
	RULE(CORE, "description", SUMMARY, 5), RULE(ATOM, "subtitle", SUMMARY, 4), RULE(CORE, "tagline", SUMMARY, 3),
	RULE(DC, "description", SUMMARY, 3), RULE(ITUNES, "summary", SUMMARY, 2), RULE(ITUNES, "subtitle", SUMMARY, 1),
	RULE(CORE, "language", LANGUAGE, 3), RULE(DC, "language", LANGUAGE, 2),
	RULE(CORE, "lastbuilddate", UPDATED, 6), RULE(ATOM, "updated", UPDATED, 5), RULE(TERMS, "modified", UPDATED, 5),
	RULE(CORE, "pubdate", UPDATED, 4), RULE(DC, "date", UPDATED, 3),
	RULE(CORE, "image", IMAGE, 5), RULE(ATOM, "icon", IMAGE, 4), RULE(ATOM, "logo", IMAGE, 3), RULE(ITUNES, "image", IMAGE, 2),
	RULE(CORE, "ttl", TTL, 1), RULE(UPDATES, "updateperiod", PERIOD, 1), RULE(UPDATES, "updatefrequency", FREQUENCY, 1),
};

#define RULES(r) r, sizeof(r) / sizeof *(r)

/* ---- one item ---- */

/* The first link element that says something; an address in a guid or rdf:about serves where there is none. */
static const char *item_link(struct reading *r, const struct dom *item, const struct fields *f)
{
	const struct dom *guid = f->node[FIELD_ID];
	const char *url = NULL, *permalink = guid ? dom_value(guid, "ispermalink") : NULL;

	for (const struct dom *c = item->first; c && !url; c = c->next)
		if (c->name && strcmp(c->name, "link") == 0 && reading_vocab(r, c) == VOCAB_CORE)
			url = value_url(r, c, value_plain(r, c));
	if (!url)
		url = link_find(r, item, NULL);
	if (!url && guid && !(permalink && strcasecmp(permalink, "false") == 0)) {
		const char *id = value_plain(r, guid);

		if (id && url_allowed(id, URL_FETCH))
			url = value_url(r, guid, id);
	}
	return url ? url : value_url(r, item, dom_value(item, "about"));
}

static const char *item_id(struct reading *r, const struct dom *item, const struct fields *f)
{
	const char *id = value_plain(r, f->node[FIELD_ID]);

	return id ? id : clean_line(r->a, dom_value(item, "about"));
}

/* Titles and descriptions may stand in a media:group only. */
static void look_in_group(struct reading *r, struct fields *f)
{
	const struct dom *media = f->node[FIELD_MEDIA];

	if (!media)
		return;
	if (!f->node[FIELD_TITLE])
		f->node[FIELD_TITLE] = media_child(r, media, "title");
	if (!f->node[FIELD_SUMMARY])
		f->node[FIELD_SUMMARY] = media_child(r, media, "description");
}

static void read_item(struct reading *r, const struct dom *item, const struct feed_doc *doc, struct entry *e)
{
	struct fields f = { 0 };
	struct lists l = { 0 };
	const char *base;

	fields_gather(r, item, RULES(item_rules), &f);
	look_in_group(r, &f);
	lists_gather(&l, r, item);
	*e = (struct entry){ .id = item_id(r, item, &f), .title = value_line(r, f.node[FIELD_TITLE]), .link = item_link(r, item, &f) };
	base = r->base ? r->base : e->link;
	e->author = value_person(r, f.node[FIELD_AUTHOR]);
	e->published = value_date(r, f.node[FIELD_PUBLISHED]);
	e->updated = value_date(r, f.node[FIELD_UPDATED]);
	e->summary = value_html(r, f.node[FIELD_SUMMARY], base, &e->pixels);
	e->content = value_html(r, f.node[FIELD_CONTENT], base, &e->pixels);
	e->language = value_plain(r, f.node[FIELD_LANGUAGE]);
	if (!e->language)
		e->language = clean_line(r->a, dom_xml_lang(item, doc->language));
	e->image = media_image(r, &f, &l);
	e->comments = value_url(r, item, value_plain(r, f.node[FIELD_COMMENTS]));
	if (!e->comments)
		e->comments = link_find(r, item, "replies");
	lists_move(&l, r, e);
}

/* ---- the channel ---- */

/* Minutes between two looks, from ttl or from the syndication module. */
static int channel_ttl(struct reading *r, const struct fields *f)
{
	static const struct { const char *period; int minutes; } periods[] = {
		{ "hourly", 60 }, { "daily", 1440 }, { "weekly", 10080 }, { "monthly", 43200 }, { "yearly", 525600 },
	};
	const char *ttl = value_plain(r, f->node[FIELD_TTL]), *period = value_plain(r, f->node[FIELD_PERIOD]);
	const char *frequency = value_plain(r, f->node[FIELD_FREQUENCY]);
	long n = ttl ? strtol(ttl, NULL, 10) : -1;

	if (n > 0)
		return n > 525600 ? 525600 : (int)n;
	for (size_t i = 0; period && i < sizeof periods / sizeof *periods; i++)
		if (strcasecmp(period, periods[i].period) == 0) {
			n = frequency ? strtol(frequency, NULL, 10) : 1;
			return n > 0 && n < periods[i].minutes ? periods[i].minutes / (int)n : periods[i].minutes;
		}
	return -1;
}

static const char *channel_link(struct reading *r, const struct dom *channel)
{
	const char *url = NULL;

	for (const struct dom *c = channel->first; c && !url; c = c->next)
		if (c->name && strcmp(c->name, "link") == 0 && reading_vocab(r, c) == VOCAB_CORE)
			url = value_url(r, c, value_plain(r, c));
	return url ? url : link_find(r, channel, NULL);
}

static void read_channel(struct reading *r, const struct dom *root, const struct dom *channel, struct feed_doc *doc)
{
	struct fields f = { 0 };
	const char *lang;

	fields_gather(r, channel, RULES(channel_rules), &f);
	if (channel != root && !f.node[FIELD_IMAGE])
		f.node[FIELD_IMAGE] = dom_child(root, NULL, "image"); /* beside the channel in 0.90 and 1.0; in it only a reference */
	else if (f.node[FIELD_IMAGE] && dom_value(f.node[FIELD_IMAGE], "resource") && dom_child(root, NULL, "image"))
		f.node[FIELD_IMAGE] = dom_child(root, NULL, "image");
	doc->title = value_line(r, f.node[FIELD_TITLE]);
	doc->link = channel_link(r, channel);
	doc->description = value_line(r, f.node[FIELD_SUMMARY]);
	lang = value_plain(r, f.node[FIELD_LANGUAGE]);
	doc->language = lang ? lang : clean_line(r->a, dom_xml_lang(channel, NULL));
	doc->updated = value_date(r, f.node[FIELD_UPDATED]);
	doc->icon = value_image(r, f.node[FIELD_IMAGE]);
	doc->ttl = channel_ttl(r, &f);
}

static void head(struct reading *r, const struct dom *root, struct feed_doc *doc)
{
	const struct dom *channel = strcmp(root->name, "channel") == 0 ? root : dom_child(root, NULL, "channel");

	reading_own(r, channel ? channel->ns : root->ns);
	channel = channel ? channel : root;
	reading_rest(r, channel, channel_link(r, channel));
	read_channel(r, root, channel, doc);
}

const struct format rss_format = { "item", head, read_item };
