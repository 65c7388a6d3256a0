/* Who wrote it: names out of what feeds put into their fields for people. */
#include <string.h>
#include <strings.h>

#include "feeds/fields.h"
#include "feeds/html.h"

#define PEOPLE_LONGEST 1000 /* bytes of names in a row; further ones are left out */

static bool in_address(char c)
{
	return (unsigned char)c > ' ' && !strchr("()<>[],;:\"'", c);
}

/* The only mail address in s: its start, and its bytes in *len. NULL where there is none, or more than one. */
static const char *address_in(const char *s, size_t *len)
{
	const char *at = strchr(s, '@'), *from = at, *end;

	if (!at || strchr(at + 1, '@'))
		return NULL;
	while (from > s && in_address(from[-1]))
		from--;
	for (end = at + 1; in_address(*end); end++)
		;
	*len = (size_t)(end - from);
	return from < at && end > at + 1 ? from : NULL;
}

static bool goes(char c)
{
	return c && strchr(" \t,;:\"'<>", c);
}

/* s (n bytes) without blanks, quotes and brackets around it. */
static const char *bare(struct arena *a, const char *s, size_t n)
{
	for (;;) {
		while (n && goes(s[0]))
			s++, n--;
		while (n && goes(s[n - 1]))
			n--;
		if (n < 2 || s[0] != '(' || s[n - 1] != ')')
			return n ? arena_strndup(a, s, n) : NULL;
		s++;
		n -= 2;
	}
}

/* The name in "me@example.com (Name)", "Name (me@example.com)" and "Name <me@example.com>"; s itself where there is no address, or nothing
 * else. Of the arena, or s. */
static const char *person_name(struct arena *a, const char *s)
{
	size_t len, before;
	const char *address = address_in(s, &len), *rest, *name;

	if (!address)
		return s;
	before = (size_t)(address - s);
	rest = address + len;
	if (before >= 7 && strncasecmp(address - 7, "mailto:", 7) == 0)
		before -= 7;
	/* the brackets around it go as well: "Name (me@example.com)", "Name <me@example.com>" */
	if (before && (s[before - 1] == '(' || s[before - 1] == '<' || s[before - 1] == '[') && (*rest == ')' || *rest == '>' || *rest == ']')) {
		before--;
		rest++;
	}
	name = clean_line(a, bare(a, arena_printf(a, "%.*s%s", (int)before, s, rest), before + strlen(rest))); /* one blank where the address was */
	return name ? name : arena_strndup(a, address, len);
}

static bool person_is_address(const char *name)
{
	size_t len;

	return address_in(name, &len) == name && !name[len];
}

/* The text of an element that names somebody, as it is: "Name <me@example.com>" is no markup. HTML where it isn't that. */
static const char *text_name(struct reading *r, const struct dom *node)
{
	const char *s = value_plain(r, node);

	if (!s)
		return NULL;
	if (strchr(s, '@'))
		s = person_name(r->a, s);
	return strpbrk(s, "<&") ? value_line(r, node) : s;
}

/* A name before an address. */
static const char *value_person(struct reading *r, const struct dom *node)
{
	static const char *const parts[] = { "name", "email", "homepage", "uri", "url" };

	if (!node)
		return NULL;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct dom *part = dom_child(node, NULL, parts[i]);
		const char *s = part ? value_plain(r, part) : NULL;

		if (s)
			return s;
	}
	return text_name(r, node);
}

static const char *join(struct reading *r, const char *all, const char *one)
{
	if (!all)
		return one;
	return strlen(all) + strlen(one) < PEOPLE_LONGEST ? arena_printf(r->a, "%s, %s", all, one) : all;
}

/* The rank of c as an author, 0 if it is none. */
static int author_rank(struct reading *r, const struct dom *c, const struct rule *rules, size_t n)
{
	enum vocab vocab;
	const char *role;

	if (!c->name)
		return 0;
	vocab = reading_vocab(r, c);
	role = vocab == VOCAB_MEDIA || vocab == VOCAB_PODCAST ? dom_value(c, "role") : NULL;
	if (vocab == VOCAB_MEDIA && (!role || strcasecmp(role, "author") != 0))
		return 0; /* whoever took the picture */
	if (vocab == VOCAB_PODCAST && role && strcasecmp(role, "host") != 0 && strcasecmp(role, "author") != 0)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (rules[i].field == FIELD_AUTHOR && rules[i].vocab == vocab && strcmp(rules[i].name, c->name) == 0)
			return rules[i].rank;
	return 0;
}

const char *people_authors(struct reading *r, const struct dom *node, const struct rule *rules, size_t n)
{
	const char *all = NULL, *address = NULL;
	int best = 0;

	for (const struct dom *c = node->first; c; c = c->next) {
		int rank = author_rank(r, c, rules, n);
		const char *one = rank && rank >= best ? value_person(r, c) : NULL;

		if (!one)
			continue;
		if (person_is_address(one)) {
			address = address ? address : one;
			continue;
		}
		all = rank > best ? one : join(r, all, one);
		best = rank;
	}
	return all ? all : address;
}
