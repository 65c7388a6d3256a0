#include "html_check.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define DEPTH 256

static const char elements[] =
	" a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code dd del details dfn dir div dl dt em figcaption figure footer"
	" h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav ol p pre q rb rp rt ruby s samp section small source span strike strong sub summary sup"
	" table tbody td tfoot th thead time tr tt u ul var video wbr ";
static const char voids[] = " br hr img source wbr ";
static const char attributes[] = " alt cite colspan datetime dir height href lang reversed rowspan src start title type value width ";
static const char addresses[] = " href src cite ";
static const char *const schemes[] = { "http://", "https://", "ftp://", "gopher://", "gemini://", "mailto:", "magnet:" };

struct at {
	const char *p, *end;
	struct { const char *s; size_t n; } open[DEPTH];
	size_t depth;
};

static bool among(const char *list, const char *s, size_t n)
{
	for (const char *p = list; (p = strchr(p, ' ')) != NULL && p[1]; p++)
		if (strncmp(p + 1, s, n) == 0 && p[1 + n] == ' ')
			return n > 0;
	return false;
}

static size_t name(const struct at *a)
{
	const char *p = a->p;

	while (p < a->end && ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')))
		p++;
	return (size_t)(p - a->p);
}

/* "&amp;" and the three others, nothing else. */
static bool is_reference(const struct at *a)
{
	static const char *const all[] = { "&amp;", "&lt;", "&gt;", "&quot;" };

	for (size_t i = 0; i < 4; i++)
		if ((size_t)(a->end - a->p) >= strlen(all[i]) && memcmp(a->p, all[i], strlen(all[i])) == 0)
			return true;
	return false;
}

static bool is_address(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (n > strlen(schemes[i]) && strncasecmp(s, schemes[i], strlen(schemes[i])) == 0)
			return memchr(s, ' ', n) == NULL;
	return false;
}

/* ' name="value"' at a->p. */
static const char *attribute(struct at *a)
{
	const char *which = ++a->p, *value;
	size_t n = name(a);

	a->p += n;
	if (!among(attributes, which, n))
		return "an attribute that isn't allowed";
	if (a->end - a->p < 2 || a->p[0] != '=')
		return among(" reversed ", which, n) ? NULL : "an attribute without a value";
	if (a->p[1] != '"')
		return "a value that isn't quoted";
	for (value = a->p += 2; a->p < a->end && *a->p != '"'; a->p++)
		if (*a->p == '<' || *a->p == '>' || *a->p == '\n' || *a->p == '\t' || (*a->p == '&' && !is_reference(a)))
			return "a bare sign in a value";
	if (a->p == a->end)
		return "a value that doesn't end";
	if (among(addresses, which, n) && !is_address(value, (size_t)(a->p - value)))
		return "an address that isn't allowed";
	a->p++;
	return NULL;
}

static const char *tag(struct at *a)
{
	bool ends = a->end - a->p > 1 && a->p[1] == '/';
	const char *which = a->p += 1 + ends, *wrong = NULL;
	size_t n = name(a);

	a->p += n;
	if (!among(elements, which, n))
		return "an element that isn't allowed";
	while (!ends && !wrong && a->p < a->end && *a->p == ' ')
		wrong = attribute(a);
	if (wrong)
		return wrong;
	if (a->p == a->end || *a->p++ != '>')
		return "a tag that doesn't end";
	if (ends)
		return a->depth && a->open[a->depth - 1].n == n && memcmp(a->open[--a->depth].s, which, n) == 0 ? NULL : "an end tag of what isn't open";
	if (among(voids, which, n))
		return NULL;
	if (a->depth == DEPTH)
		return "elements too deep";
	a->open[a->depth].s = which;
	a->open[a->depth++].n = n;
	return NULL;
}

/* What no terminal may be told, in UTF-8: C0 but line end and tab, DEL, C1. */
static bool has_controls(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || (c == 0xc2 && i + 1 < n && (unsigned char)s[i + 1] < 0xa0))
			return true;
	}
	return false;
}

const char *html_wrong(const char *s, size_t n)
{
	struct at a = { .p = s, .end = s + n };

	if (!utf8_valid(s, n))
		return "bytes that aren't UTF-8";
	if (has_controls(s, n))
		return "a control character";
	while (a.p < a.end) {
		const char *wrong = NULL;

		if (*a.p == '<')
			wrong = tag(&a);
		else if (*a.p == '>' || (*a.p == '&' && !is_reference(&a)))
			wrong = "a bare sign";
		else
			a.p++;
		if (wrong)
			return wrong;
	}
	return a.depth ? "an element that doesn't end" : NULL;
}

static const char *block_wrong(const struct block *b, size_t n_links)
{
	size_t len = strlen(b->text), at = 0;

	if (!utf8_valid(b->text, len) || has_controls(b->text, len) || strchr(b->text, '\t'))
		return "text that may not be shown";
	for (size_t k = 0; k < b->n_spans; at = b->spans[k].from + b->spans[k].len, k++) {
		const struct span *span = &b->spans[k];

		if (span->from < at || span->len == 0 || span->from + span->len > len)
			return "a span out of order";
		if (!utf8_valid(b->text + span->from, span->len))
			return "a span that cuts a character";
		if (span->link < 0 || (size_t)span->link > n_links)
			return "a link without an address";
	}
	for (size_t k = 0; k < b->n_cells; k++)
		if (b->cell[k] > len || (k && (b->cell[k] < b->cell[k - 1] + 3 || memcmp(b->text + b->cell[k] - 3, BLOCK_CELLS, 3) != 0)))
			return "a cell out of order";
	if ((b->kind == BLOCK_TABLE_ROW) != (b->n_cells > 1) || b->level < 0 || b->quote < 0 || b->number < 0)
		return "a block that says what it can't be";
	return NULL;
}

const char *blocks_wrong(const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const char *wrong = block_wrong(&blocks->block[i], blocks->n_links);

		if (wrong)
			return wrong;
	}
	for (size_t i = 0; i < blocks->n_links; i++)
		if (!is_address(blocks->links[i], strlen(blocks->links[i])))
			return "an address that isn't allowed";
	return NULL;
}
