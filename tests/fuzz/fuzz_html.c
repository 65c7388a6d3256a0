/* fuzz_html - any bytes as an item's HTML: sanitised once is sanitised for good, and text, line and blocks hold together. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/html.h"

#define BASE "https://example.org/a/b?c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int holds)
{
	if (!holds)
		abort();
}

static void check_blocks(const char *s, size_t n)
{
	struct arena a = ARENA_INIT;
	struct blocks blocks;

	html_blocks(&a, s, n, BASE, &blocks);
	for (size_t i = 0; i < blocks.n; i++) {
		const struct block *b = &blocks.block[i];
		size_t len = strlen(b->text), at = 0;

		need(utf8_valid(b->text, len) && !strpbrk(b->text, "\x1b\a\b\r\t\x7f"));
		for (size_t k = 0; k < b->n_spans; k++) {
			const struct span *span = &b->spans[k];

			need(span->from >= at && span->len > 0 && span->from + span->len <= len);
			need(span->link >= 0 && (size_t)span->link <= blocks.n_links);
			at = span->from + span->len;
		}
	}
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF_INIT, twice = BUF_INIT, text = BUF_INIT;
	const char *s = size ? (const char *)data : "";

	html_sanitise(&once, s, size, BASE, NULL);
	html_sanitise(&twice, buf_str(&once), once.len, BASE, NULL);
	need(once.len == twice.len && memcmp(buf_str(&once), buf_str(&twice), once.len) == 0);
	need(utf8_valid(buf_str(&once), once.len) && !strstr(buf_str(&once), "<script"));
	html_text(&text, s, size);
	html_line(&text, s, size);
	need(utf8_valid(buf_str(&text), text.len));
	check_blocks(s, size);
	buf_clear(&once);
	buf_clear(&twice);
	buf_clear(&text);
	return 0;
}
