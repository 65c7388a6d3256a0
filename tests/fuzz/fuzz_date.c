/* Any string as a date: what is read can be written, and read again gives the same second. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = mem_alloc(size + 1), text[DATE_TEXT];
	int64_t t, again;

	memcpy(s, data, size);
	s[size] = '\0';
	if (date_parse(s, &t) && t >= date_from_civil(1, 1, 1, 0, 0, 0) && t <= date_from_civil(9999, 12, 31, 23, 59, 59))
		if (!date_parse(date_rfc3339(t, text), &again) || again != t)
			abort();
	free(s);
	return 0;
}
