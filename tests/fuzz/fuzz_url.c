/* fuzz_url - a base address and a reference, one a line: resolving again changes nothing, and what may be followed is nothing else underneath. */
#include <string.h>
#include <strings.h>

#include "check.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/url.h"

static void check(struct arena *a, const char *base, const char *ref)
{
	const char *once = url_resolve(a, base, ref), *wire = url_wire(a, once);

	check_same(url_resolve(a, NULL, once), once);
	check_clean(once, UTF8_LINE);
	check_same(url_wire(a, wire), wire);
	for (const char *p = wire; *p; p++)
		need((unsigned char)*p > ' ' && *p != 0x7F && *p != '#' && *p != '"' && *p != '<');
	for (const char *p = url_ascii(a, once); *p; p++)
		need((unsigned char)*p > ' ' && (unsigned char)*p < 0x7F);
	need(strcmp(url_shown(a, url_shown(a, ref)), url_shown(a, ref)) == 0 && utf8_valid(url_shown(a, ref), strlen(url_shown(a, ref))));
	for (const char *p = url_shown(a, ref); *p; p++)
		need((unsigned char)*p > ' ' && *p != 0x7F);
	if (url_allowed(once, URL_FETCH)) {
		need(strncasecmp(once, "http://", 7) == 0 || strncasecmp(once, "https://", 8) == 0);
		need(url_allowed(once, URL_LINK) && *url_host(a, once));
	}
	need(!url_loopback(once) || *url_host(a, once));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, size ? (const char *)data : "", size);
	char *line = strchr(text, '\n');

	if (line)
		*line++ = '\0';
	check(&a, NULL, text);
	check(&a, "http://a/b/c/d;p?q", text);
	if (line)
		check(&a, text, line);
	arena_clear(&a);
	return 0;
}
