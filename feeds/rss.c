/* RSS 0.90 to 2.0 and RSS 1.0 (RDF), whatever they call themselves; and CDF, whose channels and items say in attributes what theirs say in elements.
 *
 * Dates: pubDate says when an item was published, dc:date doesn't say of what it is the date. So dc:date counts as the latest change, and as the
 * publication where nothing else tells; pubDate never as a change. What a feed doesn't say stays absent. */
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
	RULE(CORE, "guid", ID, 5), RULE(ATOM, "id", ID, 4), RULE(CORE, "id", ID, 3),
	RULE(CORE, "pubdate", PUBLISHED, 7), RULE(ATOM, "published", PUBLISHED, 6), RULE(ATOM, "issued", PUBLISHED, 6),
	RULE(CORE, "published", PUBLISHED, 5), RULE(TERMS, "issued", PUBLISHED, 5), RULE(TERMS, "created", PUBLISHED, 4),
	RULE(ATOM, "created", PUBLISHED, 4), RULE(DC, "date", PUBLISHED, 3), RULE(TERMS, "date", PUBLISHED, 3), RULE(CORE, "date", PUBLISHED, 2),
	RULE(DC, "date.taken", PUBLISHED, 1),
	RULE(ATOM, "updated", UPDATED, 5), RULE(ATOM, "modified", UPDATED, 5), RULE(TERMS, "modified", UPDATED, 4),
	RULE(CORE, "updated", UPDATED, 3), RULE(CORE, "modified", UPDATED, 3), RULE(CORE, "lastbuilddate", UPDATED, 2), RULE(DC, "date", UPDATED, 1),
	RULE(TERMS, "date", UPDATED, 1),
	RULE(CORE, "description", SUMMARY, 7), RULE(RDF, "description", SUMMARY, 5), RULE(CORE, "abstract", SUMMARY, 5), RULE(ATOM, "summary", SUMMARY, 6), RULE(CORE, "summary", SUMMARY, 5),
	RULE(DC, "description", SUMMARY, 4), RULE(TERMS, "abstract", SUMMARY, 3), RULE(ITUNES, "summary", SUMMARY, 3),
	RULE(MEDIA, "description", SUMMARY, 2), RULE(ITUNES, "subtitle", SUMMARY, 1),
	RULE(CONTENT, "encoded", CONTENT, 7), RULE(CORE, "encoded", CONTENT, 6), RULE(OTHER, "encoded", CONTENT, 5),
	RULE(ATOM, "content", CONTENT, 5), RULE(XHTML, "body", CONTENT, 4), RULE(XHTML, "div", CONTENT, 4), RULE(CORE, "body", CONTENT, 3),
	RULE(CORE, "fullitem", CONTENT, 3), RULE(CORE, "content", CONTENT, 2),
	RULE(CORE, "author", AUTHOR, 9), RULE(ATOM, "author", AUTHOR, 8), RULE(DC, "creator", AUTHOR, 7), RULE(ITUNES, "author", AUTHOR, 6),
	RULE(DC, "author", AUTHOR, 5), RULE(TERMS, "creator", AUTHOR, 5), RULE(CORE, "creator", AUTHOR, 5), RULE(CORE, "managingeditor", AUTHOR, 4), RULE(PODCAST, "person", AUTHOR, 3),
	RULE(MEDIA, "credit", AUTHOR, 3), RULE(DC, "contributor", AUTHOR, 2), RULE(DC, "publisher", AUTHOR, 1),
	RULE(CORE, "language", LANGUAGE, 2), RULE(DC, "language", LANGUAGE, 3), RULE(TERMS, "language", LANGUAGE, 1),
	RULE(MEDIA, "thumbnail", IMAGE, 5), RULE(ITUNES, "image", IMAGE, 4), RULE(CORE, "image", IMAGE, 3), RULE(CORE, "thumbnail", IMAGE, 2),
	RULE(CORE, "comments", COMMENTS, 2), RULE(MEDIA, "group", MEDIA, 2), RULE(MEDIA, "content", MEDIA, 1),
};

static const struct rule channel_rules[] = {
	RULE(CORE, "title", TITLE, 5), RULE(ATOM, "title", TITLE, 4), RULE(DC, "title", TITLE, 3), RULE(ITUNES, "title", TITLE, 1),
	RULE(CORE, "description", SUMMARY, 5), RULE(ATOM, "subtitle", SUMMARY, 4), RULE(CORE, "tagline", SUMMARY, 3),
	RULE(CORE, "subtitle", SUMMARY, 3), RULE(CORE, "abstract", SUMMARY, 3), RULE(DC, "description", SUMMARY, 3), RULE(ITUNES, "summary", SUMMARY, 2), RULE(ITUNES, "subtitle", SUMMARY, 1),
	RULE(CORE, "language", LANGUAGE, 3), RULE(DC, "language", LANGUAGE, 2),
	RULE(CORE, "lastbuilddate", UPDATED, 6), RULE(ATOM, "updated", UPDATED, 5), RULE(TERMS, "modified", UPDATED, 5),
	RULE(CORE, "pubdate", UPDATED, 4), RULE(DC, "date", UPDATED, 3),
	RULE(CORE, "image", IMAGE, 5), RULE(ATOM, "icon", IMAGE, 4), RULE(ATOM, "logo", IMAGE, 3), RULE(ITUNES, "image", IMAGE, 2), RULE(CORE, "logo", IMAGE, 1),
	RULE(CORE, "ttl", TTL, 1), RULE(UPDATES, "updateperiod", PERIOD, 1), RULE(UPDATES, "updatefrequency", FREQUENCY, 1),
};

#define RULES(r) r, sizeof(r) / sizeof *(r)

/* ---- one item ---- */

/* The text of an element that is an address. "&amp;" in it was escaped once too often: no address means that. */
static const char *address(struct reading *r, const struct dom *node)
{
	const char *s = value_plain(r, node);
	char *copy = s ? arena_strdup(r->a, s) : NULL, *to = copy;

	for (const char *from = copy; from && *from; *to++ = *from++)
		if (strncmp(from, "&amp;", 5) == 0) {
			*to++ = '&';
			from += 5;
			if (!*from)
				break;
		}
	if (to)
		*to = '\0';
	return copy;
}

/* The text of the first link element that has one; a link to a page in other words. */
static const char *first_link(struct reading *r, const struct dom *node)
{
	const char *url = NULL;

	for (const struct dom *c = node->first; c && !url; c = c->next)
		if (c->name && strcmp(c->name, "link") == 0 && reading_vocab(r, c) == VOCAB_CORE)
			url = value_url(r, c, address(r, c));
	return url ? url : link_find(r, node, NULL);
}

/* A guid is an address unless it says that it isn't. Most that say nothing are none either, so a relative one must say that it is. */
static const char *permalink(struct reading *r, const struct dom *guid)
{
	const char *says = guid && strcmp(guid->name, "guid") == 0 ? dom_value(guid, "ispermalink") : NULL, *id = guid ? address(r, guid) : NULL;

	if (!id || (says && strcasecmp(says, "false") == 0))
		return NULL;
	return url_allowed(id, URL_FETCH) || (says && strcasecmp(says, "true") == 0) ? value_url(r, guid, id) : NULL;
}

/* CDF: an attribute of the item, or an anchor in it. */
static const char *cdf_link(struct reading *r, const struct dom *node)
{
	const struct dom *anchor = dom_child(node, NULL, "a");
	const char *href = dom_value(node, "href");

	if (!href && anchor)
		href = dom_value(anchor, "href");
	return value_url(r, node, href);
}

static const char *item_link(struct reading *r, const struct dom *item, const struct fields *f)
{
	const char *url = first_link(r, item);

	if (!url)
		url = permalink(r, f->node[FIELD_ID]);
	if (!url)
		url = value_url(r, item, dom_value(item, "about"));
	return url ? url : cdf_link(r, item);
}

/* RSS 1.0: the address by which RDF speaks of the item; Dublin Core's identifier may be the same for several. */
static const char *item_id(struct reading *r, const struct dom *item, const struct fields *f)
{
	const char *id = value_plain(r, f->node[FIELD_ID]);

	if (!id)
		id = clean_line(r->a, dom_value(item, "about"));
	for (const struct dom *c = item->first; c && !id; c = c->next)
		if (c->name && strcmp(c->name, "identifier") == 0 && reading_vocab(r, c) == VOCAB_DC)
			id = value_plain(r, c);
	return id;
}

/* Of two descriptions, or of a summary and a description, the second is the text, where there is no other. */
static void look_for_second(struct reading *r, const struct dom *item, struct fields *f)
{
	const struct dom *first = NULL;

	for (const struct dom *c = item->first; c && !f->node[FIELD_CONTENT]; c = c->next) {
		if (!c->name || (strcmp(c->name, "description") != 0 && strcmp(c->name, "summary") != 0) || reading_vocab(r, c) != VOCAB_CORE || fields_empty(c))
			continue;
		if (first) {
			f->node[FIELD_SUMMARY] = first;
			f->node[FIELD_CONTENT] = c;
		}
		first = c;
	}
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

static int64_t cdf_date(struct reading *r, const struct dom *node)
{
	const char *s = clean_line(r->a, dom_value(node, "lastmod"));
	int64_t t = DATE_NONE;

	return s && date_parse(s, &t) ? t : DATE_NONE;
}

/* The author isn't taken from the channel: its managingEditor answers for the whole, and in a planet or a paper wrote hardly any of the items. */
static void read_item(struct reading *r, const struct dom *item, const struct feed_doc *doc, struct entry *e)
{
	struct fields f = { 0 };
	struct lists l = { 0 };
	const char *base;

	if (reading_vocab(r, item) == VOCAB_OTHER) {
		r->own_ns = item->ns; /* a namespace of its own */
		r->last_ns = NULL;
	}
	fields_gather(r, item, RULES(item_rules), &f);
	look_in_group(r, &f);
	look_for_second(r, item, &f);
	lists_gather(&l, r, item);
	*e = (struct entry){ .id = item_id(r, item, &f), .title = value_line(r, f.node[FIELD_TITLE]), .link = item_link(r, item, &f) };
	base = r->base ? r->base : e->link;
	e->author = people_authors(r, item, RULES(item_rules));
	if (!e->author && f.node[FIELD_MEDIA])
		e->author = people_authors(r, f.node[FIELD_MEDIA], RULES(item_rules));
	e->published = fields_date(r, item, RULES(item_rules), FIELD_PUBLISHED);
	e->updated = fields_date(r, item, RULES(item_rules), FIELD_UPDATED);
	if (e->updated == DATE_NONE)
		e->updated = cdf_date(r, item);
	e->summary = value_html(r, f.node[FIELD_SUMMARY], base, &e->pixels);
	e->content = value_html(r, f.node[FIELD_CONTENT], base, &e->pixels);
	e->language = value_plain(r, f.node[FIELD_LANGUAGE]);
	if (!e->language)
		e->language = clean_line(r->a, dom_xml_lang(item, doc->language));
	e->image = media_image(r, &f, &l);
	e->comments = value_url(r, item, address(r, f.node[FIELD_COMMENTS]));
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

/* The hours of RSS's skipHours: 0..23 and, in 0.91, 24 for midnight. */
static uint32_t skip_hours(struct reading *r, const struct dom *channel)
{
	const struct dom *list = dom_child(channel, NULL, "skiphours");
	uint32_t hours = 0;

	for (const struct dom *c = list ? list->first : NULL; c; c = c->next) {
		const char *s = c->name && strcmp(c->name, "hour") == 0 ? value_plain(r, c) : NULL;
		long hour = s && s[0] >= '0' && s[0] <= '9' ? strtol(s, NULL, 10) : -1;

		if (hour >= 0 && hour <= 24)
			hours |= (uint32_t)1 << hour % 24;
	}
	return hours;
}

static unsigned skip_days(struct reading *r, const struct dom *channel)
{
	static const char *const names[] = { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" };
	const struct dom *list = dom_child(channel, NULL, "skipdays");
	unsigned days = 0;

	for (const struct dom *c = list ? list->first : NULL; c; c = c->next) {
		const char *s = c->name && strcmp(c->name, "day") == 0 ? value_plain(r, c) : NULL;

		for (unsigned i = 0; s && i < 7; i++)
			if (strcasecmp(s, names[i]) == 0)
				days |= 1u << i;
	}
	return days;
}

static const char *channel_link(struct reading *r, const struct dom *channel)
{
	const char *url = first_link(r, channel);

	return url ? url : cdf_link(r, channel);
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
	doc->updated = fields_date(r, channel, RULES(channel_rules), FIELD_UPDATED);
	if (doc->updated == DATE_NONE)
		doc->updated = cdf_date(r, channel);
	doc->icon = value_image(r, f.node[FIELD_IMAGE]);
	doc->ttl = channel_ttl(r, &f);
	doc->skip_hours = skip_hours(r, channel);
	doc->skip_days = skip_days(r, channel);
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
