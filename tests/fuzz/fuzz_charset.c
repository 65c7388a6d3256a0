/* fuzz_charset - a Content-Type on the first line, and any bytes behind it: what they are decoded to is UTF-8, no larger than so much, and stays what it is. */
#include <string.h>

#include "check.h"
#include "base/mem.h"
#include "feeds/sniff.h"

#define MOST_A_BYTE 4 /* bytes of UTF-8 that one byte may become: a control or a single-byte letter three, half of a pair of Big5-HKSCS or JIS X 0213 a letter and a mark */

static void check(const char *s, size_t n, const char *mime)
{
	struct buf once = BUF_INIT, again = BUF_INIT;
	const char *charset = NULL, *name = NULL;

	buf_puts(&once, "before"); /* it is appended to */
	sniff_utf8(&once, s, n, mime, &charset);
	need(charset && *charset && once.len >= 6 && memcmp(once.s, "before", 6) == 0);
	need(utf8_valid(once.s + 6, once.len - 6) && once.len - 6 <= MOST_A_BYTE * n + 3);
	need(once.len < 9 || memcmp(once.s + 6, "\xef\xbb\xbf", 3) != 0);
	need(sniff_format(once.s + 6, once.len - 6) <= SNIFF_OTHER);
	buf_puts(&again, "before");
	sniff_utf8(&again, s, n, mime, &name);
	check_same(charset, name);
	need(again.len == once.len && memcmp(again.s, once.s, once.len) == 0);
	buf_clear(&once);
	buf_clear(&again);
}

/* UTF-8 that is called UTF-8 is left alone. With NULs among its letters it may be UTF-16 or UTF-32. */
static void check_utf8(const char *s, size_t n)
{
	struct buf out = BUF_INIT;
	const char *charset = NULL;

	if (!utf8_valid(s, n) || (n && (memchr(s, '\0', n) || (unsigned char)*s == 0xef)))
		return;
	sniff_utf8(&out, s, n, "application/xml; charset=utf-8", &charset);
	check_same(charset, "utf-8");
	need(out.len == n && memcmp(buf_str(&out), s, n) == 0);
	buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
	struct arena a = ARENA_INIT;
	const char *body = line ? (const char *)line + 1 : (const char *)data;
	size_t n = line ? size - (size_t)(line + 1 - data) : size;

	if (n == 0)
		body = "";
	if (line)
		check(body, n, arena_strndup(&a, (const char *)data, (size_t)(line - data)));
	check(body, n, NULL);
	check_utf8(body, n);
	arena_clear(&a);
	return 0;
}
