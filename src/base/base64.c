#include "base/base64.h"

#include <stdint.h>

static const char sign[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, const void *s, size_t n)
{
	const unsigned char *p = s;

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
		char four[4] = { sign[v >> 18], sign[v >> 12 & 63], left > 1 ? sign[v >> 6 & 63] : '=', left > 2 ? sign[v & 63] : '=' };

		buf_add(out, four, sizeof four);
	}
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_decode(struct buf *out, const char *text, size_t n)
{
	if (n % 4)
		return false;
	for (size_t i = 0; i < n; i += 4) {
		size_t pad = i + 4 < n ? 0 : (text[i + 3] == '=') + (text[i + 2] == '=' && text[i + 3] == '=');
		uint32_t v = 0;

		for (size_t k = 0; k < 4; k++) {
			int d = k >= 4 - pad ? 0 : value_of(text[i + k]);

			if (d < 0)
				return false;
			v = v << 6 | (uint32_t)d;
		}
		buf_add(out, (const char[]){ (char)(v >> 16), (char)(v >> 8), (char)v }, 3 - pad);
	}
	return true;
}
