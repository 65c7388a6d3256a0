/* fuzz_discover - any bytes as a web page: the feeds that it names are addresses that we fetch, each once, with clean titles. */
#include <string.h>

#include "check.h"
#include "base/mem.h"
#include "feeds/discover.h"
#include "feeds/url.h"

static void check_found(const struct found_feed *f, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		need(f[i].url && url_allowed(f[i].url, URL_FETCH));
		check_address(f[i].url);
		check_clean(f[i].title, UTF8_LINE);
		check_clean(f[i].type, UTF8_LINE);
		for (size_t k = 0; k < i; k++)
			need(strcmp(f[i].url, f[k].url) != 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const base[] = { "https://site.example/dir/page.html?x", NULL };
	const char *html = size ? (const char *)data : "";

	for (size_t b = 0; b < sizeof base / sizeof *base; b++) {
		struct arena a = ARENA_INIT;
		struct found_feed *found, *again;
		size_t n = discover_feeds(&a, html, size, base[b], &found);

		check_found(found, n);
		need(discover_feeds(&a, html, size, base[b], &again) == n);
		for (size_t i = 0; i < n; i++)
			check_same(found[i].url, again[i].url);
		arena_clear(&a);
	}
	return 0;
}
