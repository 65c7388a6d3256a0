#include "base/spell.h"

#include <string.h>

#define WORD_MOST 31

static size_t least_of(size_t a, size_t b, size_t c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

size_t spell_distance(const char *a, const char *b)
{
	size_t row[WORD_MOST + 1], n = strnlen(a, WORD_MOST), m = strnlen(b, WORD_MOST);

	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t up = row[j];

			row[j] = least_of(up + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = up;
		}
	}
	return row[m];
}

bool spell_near(const char *written, const char *name)
{
	return 2 * spell_distance(written, name) <= strlen(written);
}
