/* fuzz_html - any bytes as an item's HTML: what is written is of the allow-list, balanced and read as the same again; text, line and blocks hold together. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/html_check.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/dom.h"
#include "feeds/html.h"

#define BASE "https://example.org/a/b?c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(const char *wrong)
{
	if (!wrong)
		return;
	fprintf(stderr, "%s\n", wrong);
	abort();
}

static void check_blocks(const char *s, size_t n)
{
	struct arena a = ARENA_INIT;
	struct blocks blocks;

	html_blocks(&a, s, n, BASE, &blocks);
	need(blocks_wrong(&blocks));
	arena_clear(&a);
}

static bool same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(buf_str(a), buf_str(b), a->len) == 0;
}

static void check_text(const char *s, size_t n)
{
	struct buf text = BUF_INIT, line = BUF_INIT;

	html_text(&text, s, n);
	html_line(&line, s, n);
	need(utf8_valid(buf_str(&text), text.len) && utf8_valid(buf_str(&line), line.len) ? NULL : "text that isn't UTF-8");
	need(strchr(buf_str(&line), '\n') || strstr(buf_str(&line), "  ") || strlen(buf_str(&line)) != line.len ? "a line that isn't one" : NULL);
	buf_clear(&text);
	buf_clear(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	const char *s = size ? (const char *)data : "";
	struct arena a = ARENA_INIT;
	struct dom *root;

	html_sanitise(&once, s, size, BASE, NULL);
	html_sanitise(&twice, buf_str(&once), once.len, BASE, NULL);
	need(same(&once, &twice) ? NULL : "sanitising twice is something else");
	need(html_wrong(buf_str(&once), once.len));
	check_text(s, size);
	check_blocks(s, size);
	check_blocks(buf_str(&once), once.len);
	need(dom_html(&a, s, size, &root, NULL) == OK ? NULL : "no tree");
	arena_clear(&a);
	buf_clear(&once);
	buf_clear(&twice);
	return 0;
}
