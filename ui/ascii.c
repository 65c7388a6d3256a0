#include "ui/ascii.h"

#include <stddef.h>
#include <unicode/unorm2.h>

struct likeness {
	uint32_t first, last;
	char c;
};

/* Ascending. Every glyph that a view draws with is here, beside the punctuation that feeds use. */
static const struct likeness LIKE[] = {
	{ 0x00a0, 0x00a0, ' ' }, { 0x00a9, 0x00a9, 'c' }, { 0x00ab, 0x00ab, '"' }, { 0x00ae, 0x00ae, 'r' }, { 0x00b0, 0x00b0, 'o' },
	{ 0x00b4, 0x00b4, '\'' }, { 0x00b7, 0x00b7, '.' }, { 0x00bb, 0x00bb, '"' }, { 0x00c6, 0x00c6, 'A' }, { 0x00d7, 0x00d7, 'x' },
	{ 0x00d8, 0x00d8, 'O' }, { 0x00df, 0x00df, 's' }, { 0x00e6, 0x00e6, 'a' }, { 0x00f8, 0x00f8, 'o' }, { 0x0110, 0x0110, 'D' },
	{ 0x0111, 0x0111, 'd' }, { 0x0131, 0x0131, 'i' }, { 0x0141, 0x0141, 'L' }, { 0x0142, 0x0142, 'l' }, { 0x0152, 0x0152, 'O' },
	{ 0x0153, 0x0153, 'o' }, { 0x2000, 0x200a, ' ' }, { 0x2010, 0x2015, '-' }, { 0x2018, 0x201b, '\'' }, { 0x201c, 0x201f, '"' },
	{ 0x2020, 0x2021, '+' }, { 0x2022, 0x2023, '*' }, { 0x2024, 0x2025, '.' }, { 0x2026, 0x2026, '~' }, { 0x202f, 0x202f, ' ' },
	{ 0x2032, 0x2032, '\'' }, { 0x2033, 0x2033, '"' }, { 0x2039, 0x2039, '<' }, { 0x203a, 0x203a, '>' }, { 0x20ac, 0x20ac, 'E' },
	{ 0x2190, 0x2190, '<' }, { 0x2191, 0x2191, '^' }, { 0x2192, 0x2192, '>' }, { 0x2193, 0x2193, 'v' }, { 0x2212, 0x2212, '-' },
	{ 0x2260, 0x2260, '#' }, { 0x2264, 0x2264, '<' }, { 0x2265, 0x2265, '>' }, { 0x2500, 0x2500, '-' }, { 0x2501, 0x2501, '=' },
	{ 0x2502, 0x2503, '|' }, { 0x2504, 0x250b, '-' }, { 0x250c, 0x254b, '+' }, { 0x254c, 0x254d, '-' }, { 0x2550, 0x2550, '=' },
	{ 0x2551, 0x2551, '|' }, { 0x2581, 0x2583, '_' }, { 0x2584, 0x2587, '=' }, { 0x2588, 0x258c, '#' }, { 0x258d, 0x258f, '-' },
	{ 0x2590, 0x2590, '#' }, { 0x25a0, 0x25a0, '#' }, { 0x25a1, 0x25a1, '-' }, { 0x25b2, 0x25b2, '^' }, { 0x25bc, 0x25bc, 'v' }, { 0x25c7, 0x25c7, '*' }, { 0x25cf, 0x25cf, 'O' },
	{ 0x2605, 0x2605, '!' }, { 0x2713, 0x2713, 'x' }, { 0x3000, 0x3000, ' ' },
};

static int compare(uint32_t cp, const struct likeness *l)
{
	return cp < l->first ? -1 : cp > l->last;
}

static char by_look(uint32_t cp)
{
	size_t lo = 0, hi = sizeof LIKE / sizeof LIKE[0];

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int side = compare(cp, &LIKE[mid]);

		if (side == 0)
			return LIKE[mid].c;
		if (side < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return '\0';
}

/* The base letter under the marks: e for é, 1 for ①, A for the full-width A. */
static char by_decomposition(uint32_t cp)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	UChar parts[32];
	int32_t n;

	if (U_FAILURE(status))
		return '?';
	n = unorm2_getDecomposition(nfkd, (UChar32)cp, parts, 32, &status);
	if (U_FAILURE(status) || n < 1 || parts[0] < 0x20 || parts[0] > 0x7e)
		return '?';
	return (char)parts[0];
}

char ascii_like(uint32_t cp)
{
	char c;

	if (cp >= 0x20 && cp < 0x7f)
		return (char)cp;
	c = by_look(cp);
	return c ? c : by_decomposition(cp);
}
