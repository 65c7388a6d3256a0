/* Text that was UTF-8 already when a program took it for Latin-1 and made UTF-8 of it: "cafÃ©". */
#include <string.h>

#include "base/utf8.h"
#include "feeds/fields.h"

/* The byte of windows-1252 that stands for a character, or of Latin-1 where that has it; -1 none. */
static int byte_of(uint32_t cp)
{
	static const uint16_t upper[32] = {
		0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
		0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
	};

	if (cp < 0x100)
		return (int)cp;
	for (int i = 0; i < 32; i++)
		if (upper[i] == cp)
			return 0x80 + i;
	return -1;
}

static size_t ascii(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

/* The bytes of a run of other characters at s into out (as many bytes as s has is enough). Returns the bytes of the run, 0 where a character has none. */
static size_t run_bytes(const char *s, size_t n, char *out, size_t *len)
{
	size_t i = 0;

	*len = 0;
	while (i < n && (unsigned char)s[i] >= 0x80) {
		uint32_t cp;
		int byte;

		i += utf8_decode(s + i, n - i, &cp);
		byte = byte_of(cp);
		if (byte < 0)
			return 0;
		out[(*len)++] = (char)byte;
	}
	return i;
}

#define RUN 256 /* bytes; words of a text that was encoded twice are shorter */

void text_once(struct buf *b)
{
	struct buf once = BUF_INIT;
	size_t i = 0;

	if (ascii(buf_str(b), b->len) == b->len)
		return;
	while (i < b->len) {
		char bytes[RUN];
		size_t plain = ascii(b->s + i, b->len - i), len, taken;

		buf_add(&once, b->s + i, plain);
		i += plain;
		if (i == b->len)
			break;
		taken = run_bytes(b->s + i, b->len - i < RUN ? b->len - i : RUN, bytes, &len);
		if (!taken || !utf8_valid(bytes, len)) { /* one that wasn't: nothing was */
			buf_clear(&once);
			return;
		}
		buf_add(&once, bytes, len);
		i += taken;
	}
	if (once.len < b->len) {
		buf_cut(b, 0);
		buf_add(b, once.s, once.len);
	}
	buf_clear(&once);
}
