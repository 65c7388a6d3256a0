/* Media RSS: pictures, and what can be heard or seen. */
#include <string.h>
#include <strings.h>

#include "feeds/fields.h"

const struct dom *media_child(struct reading *r, const struct dom *node, const char *name)
{
	for (const struct dom *c = node ? node->first : NULL; c; c = c->next)
		if (c->name && strcmp(c->name, name) == 0 && reading_vocab(r, c) == VOCAB_MEDIA)
			return c;
	return NULL;
}

static bool is_picture(const struct dom *content)
{
	const char *type = dom_value(content, "type"), *medium = dom_value(content, "medium");

	return (type && strncasecmp(type, "image/", 6) == 0) || (medium && strcasecmp(medium, "image") == 0);
}

static bool can_play(const struct dom *content)
{
	const char *type = dom_value(content, "type"), *medium = dom_value(content, "medium");

	if (type && (strncasecmp(type, "audio/", 6) == 0 || strncasecmp(type, "video/", 6) == 0))
		return true;
	return medium && (strcasecmp(medium, "audio") == 0 || strcasecmp(medium, "video") == 0);
}

static void add_media(struct lists *l, struct reading *r, const struct dom *node, bool groups)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		if (!c->name || reading_vocab(r, c) != VOCAB_MEDIA)
			continue;
		if (groups && strcmp(c->name, "group") == 0)
			add_media(l, r, c, false);
		else if (strcmp(c->name, "content") == 0 && can_play(c))
			lists_enclosure(l, r, c, dom_value(c, "url"), dom_value(c, "type"), dom_value(c, "filesize"));
	}
}

void media_enclosures(struct lists *l, struct reading *r, const struct dom *node)
{
	add_media(l, r, node, true);
}

static const char *first_picture(const struct lists *l)
{
	for (size_t i = 0; i < l->n_enclosures; i++)
		if (l->enclosures[i].type && strncasecmp(l->enclosures[i].type, "image/", 6) == 0)
			return l->enclosures[i].url;
	return NULL;
}

const char *media_image(struct reading *r, const struct fields *f, const struct lists *l)
{
	const struct dom *media = f->node[FIELD_MEDIA], *inner;
	const char *url = value_image(r, f->node[FIELD_IMAGE]);

	if (!url && media)
		url = value_image(r, media_child(r, media, "thumbnail"));
	if (!url && media) {
		inner = strcmp(media->name, "group") == 0 ? media_child(r, media, "content") : media;
		if (inner && is_picture(inner))
			url = value_image(r, inner);
	}
	return url ? url : first_picture(l);
}
