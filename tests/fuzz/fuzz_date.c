/* fuzz_date - any string as a date: what is read can be written, and read again gives the same second; so does any second that can be written. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "base/mem.h"

#define UNTOUCHED 1234567

static void check_text(struct arena *a, const char *s)
{
	int64_t t = UNTOUCHED, around = UNTOUCHED;
	bool is = date_parse(s, &t);

	need(is || t == UNTOUCHED);
	if (is)
		check_date(t);
	if (strlen(s) > 100)
		return; /* what is long is prose, and blanks count */
	need(date_parse(arena_printf(a, " \t%s\r\n", s), &around) == is && around == t);
}

/* Two seconds anywhere in the years that can be written, made of 16 bytes. */
static void check_seconds(const uint8_t *data)
{
	const int64_t least = date_from_civil(1, 1, 1, 0, 0, 0), most = date_from_civil(9999, 12, 31, 23, 59, 59);
	char text[DATE_TEXT];
	uint64_t raw[2];
	int64_t t[2];

	memcpy(raw, data, sizeof raw);
	for (int i = 0; i < 2; i++) {
		t[i] = least + (int64_t)(raw[i] % (uint64_t)(most - least + 1));
		check_date(t[i]);
	}
	date_age(t[0], t[1], text);
	need(*text && utf8_cells(text, strlen(text)) <= 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;

	check_text(&a, arena_strndup(&a, size ? (const char *)data : "", size));
	if (size >= 16)
		check_seconds(data);
	arena_clear(&a);
	return 0;
}
