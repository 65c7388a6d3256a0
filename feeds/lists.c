/* The fields of an item that come several times: categories and enclosures. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feeds/fields.h"
#include "feeds/url.h"

#define LIST_MOST 512 /* of each kind; no item that means well has more */

void lists_category(struct lists *l, struct reading *r, const char *s)
{
	const char *name;

	if (l->n_categories == LIST_MOST || !(name = clean_line(r->a, s)))
		return;
	for (size_t i = 0; i < l->n_categories; i++)
		if (strcmp(l->categories[i], name) == 0)
			return;
	MEM_GROW(l->categories, l->n_categories, l->cap_categories);
	l->categories[l->n_categories++] = name;
}

/* Bytes; -1 where the words are no number. */
static int64_t length_of(const char *s)
{
	char *end;
	long long n;

	if (!s)
		return -1;
	n = strtoll(s, &end, 10);
	return end == s || n < 0 ? -1 : n;
}

void lists_enclosure(struct lists *l, struct reading *r, const struct dom *node, const char *url, const char *type, const char *length)
{
	struct enclosure e;

	if (l->n_enclosures == LIST_MOST)
		return;
	e = (struct enclosure){ value_url(r, node, url), clean_line(r->a, type), length_of(length) };
	if (!e.url)
		return;
	for (size_t i = 0; i < l->n_enclosures; i++)
		if (strcmp(l->enclosures[i].url, e.url) == 0)
			return;
	MEM_GROW(l->enclosures, l->n_enclosures, l->cap_enclosures);
	l->enclosures[l->n_enclosures++] = e;
}

/* Words between commas. */
static void keywords(struct lists *l, struct reading *r, const struct dom *node)
{
	const char *s = value_plain(r, node);

	while (s && *s) {
		size_t n = strcspn(s, ",");

		lists_category(l, r, arena_strndup(r->a, s, n));
		s += n + (s[n] == ',');
	}
}

static void category(struct lists *l, struct reading *r, const struct dom *node, enum vocab vocab)
{
	if (vocab == VOCAB_ITUNES) {
		lists_category(l, r, dom_value(node, "text"));
		for (const struct dom *c = node->first; c; c = c->next)
			if (c->name && strcmp(c->name, "category") == 0)
				lists_category(l, r, dom_value(c, "text"));
	} else if (dom_value(node, "term") && *dom_value(node, "term")) {
		lists_category(l, r, dom_value(node, "term"));
	} else {
		const char *text = value_line(r, node);

		lists_category(l, r, text ? text : dom_value(node, "label"));
	}
}

/* An element of an item that may come more than once. */
static void one(struct lists *l, struct reading *r, const struct dom *c)
{
	enum vocab vocab = reading_vocab(r, c);
	bool own = vocab == VOCAB_CORE || vocab == VOCAB_ATOM;

	if (own && strcmp(c->name, "enclosure") == 0)
		lists_enclosure(l, r, c, dom_value(c, "url") ? dom_value(c, "url") : dom_value(c, "href"), dom_value(c, "type"), dom_value(c, "length"));
	else if (own && strcmp(c->name, "link") == 0 && dom_value(c, "rel") && strcasecmp(dom_value(c, "rel"), "enclosure") == 0)
		lists_enclosure(l, r, c, dom_value(c, "href"), dom_value(c, "type"), dom_value(c, "length"));
	else if (strcmp(c->name, "category") == 0 && vocab != VOCAB_OTHER)
		category(l, r, c, vocab);
	else if (strcmp(c->name, "subject") == 0 && (vocab == VOCAB_DC || vocab == VOCAB_TERMS))
		lists_category(l, r, value_line(r, c));
	else if (strcmp(c->name, "keywords") == 0 && (vocab == VOCAB_ITUNES || vocab == VOCAB_MEDIA))
		keywords(l, r, c);
}

/* podcast:alternateEnclosure, whose addresses are those of its sources. */
static void podcast_enclosures(struct lists *l, struct reading *r, const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		if (!c->name || strcmp(c->name, "alternateenclosure") != 0 || reading_vocab(r, c) != VOCAB_PODCAST)
			continue;
		for (const struct dom *source = c->first; source; source = source->next)
			if (source->name && strcmp(source->name, "source") == 0)
				lists_enclosure(l, r, source, dom_value(source, "uri"), dom_value(c, "type"), dom_value(c, "length"));
	}
}

void lists_gather(struct lists *l, struct reading *r, const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		if (c->name)
			one(l, r, c);
		for (const struct dom *in = c->name && strcmp(c->name, "categories") == 0 ? c->first : NULL; in; in = in->next)
			if (in->name && strcmp(in->name, "category") == 0)
				one(l, r, in);
	}
	if (!l->n_enclosures)
		podcast_enclosures(l, r, node);
	if (!l->n_enclosures)
		media_enclosures(l, r, node);
}

void lists_move(struct lists *l, struct reading *r, struct entry *e)
{
	if (l->n_categories) {
		e->categories = arena_alloc(r->a, l->n_categories * sizeof *e->categories);
		memcpy(e->categories, l->categories, l->n_categories * sizeof *e->categories);
	}
	if (l->n_enclosures) {
		e->enclosures = arena_alloc(r->a, l->n_enclosures * sizeof *e->enclosures);
		memcpy(e->enclosures, l->enclosures, l->n_enclosures * sizeof *e->enclosures);
	}
	e->n_categories = l->n_categories;
	e->n_enclosures = l->n_enclosures;
	free(l->categories);
	free(l->enclosures);
	*l = (struct lists){ 0 };
}
