/* fuzz_feed - any bytes as a feed: what comes out keeps every promise of feeds/parse.h, and comes out the same again.
 *
 * This one file makes six programs: with FUZZ_FORMAT the bytes stand within a document of that format, so that none are spent on finding one. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "feeds/parse.h"

enum { ANY, RSS, RDF, ATOM, CDF, JSON };

#ifndef FUZZ_FORMAT
#define FUZZ_FORMAT ANY
#endif

#define DC " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
#define MEDIA " xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\""

static const struct { const char *head, *tail; } around[] = {
	[ANY] = { "", "" },
	[RSS] = { "<rss version=\"2.0\"" DC MEDIA " xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>F</title>", "</channel></rss>" },
	[RDF] = { "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"" DC ">", "</rdf:RDF>" },
	[ATOM] = { "<feed xmlns=\"http://www.w3.org/2005/Atom\"" MEDIA "><title>F</title>", "</feed>" },
	[CDF] = { "<CHANNEL HREF=\"http://site.example/\"><TITLE>F</TITLE>", "</CHANNEL>" },
	[JSON] = { "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\"items\":[", "]}" },
};

static void wrap(struct buf *out, const uint8_t *data, size_t size)
{
	buf_puts(out, around[FUZZ_FORMAT].head);
	buf_add(out, data, size);
	buf_puts(out, around[FUZZ_FORMAT].tail);
}

/* json [out] the document's, empty where there is none; spend: it is read by feed_parse_spend().
 * The bytes lie in a block of just their size, so that a read behind them is seen. */
static enum err parse(const struct buf *text, bool spend, struct buf *json)
{
	const struct parse_hints hints = { NULL, "http://feed.example/dir/feed.xml" };
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	char *exact = mem_alloc(text->len ? text->len : 1);
	struct feed_doc doc;
	enum err e;

	memcpy(exact, buf_str(text), text->len);
	e = spend ? feed_parse_spend(&a, exact, text->len, &hints, &doc, &info) : feed_parse(&a, exact, text->len, &hints, &doc, &info);
	free(exact);
	check_words(e, &info);
	if (e == OK) {
		check_doc(&doc);
		feed_json(&doc, json);
	}
	arena_clear(&a);
	return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT, first = BUF_INIT, again = BUF_INIT;

	wrap(&text, data, size);
	need(parse(&text, false, &first) == parse(&text, true, &again));
	check_same(buf_str(&first), buf_str(&again));
	buf_clear(&text);
	buf_clear(&first);
	buf_clear(&again);
	return 0;
}
