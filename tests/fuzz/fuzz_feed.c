/* Any bytes through feed_parse: what comes out is valid UTF-8 without a control character, and its JSON is JSON. */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "feeds/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct parse_hints hints = { NULL, "http://feed.example/dir/feed.xml" };
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct feed_doc doc;

	if (feed_parse(&a, (const char *)data, size, &hints, &doc, &info) == OK) {
		json_t *json;

		feed_json(&doc, &out);
		for (size_t i = 0; i < out.len; i++)
			if (((unsigned char)out.s[i] < 0x20 && out.s[i] != '\n') || out.s[i] == 0x7f)
				abort();
		json = json_loadb(buf_str(&out), out.len, 0, NULL);
		if (!json)
			abort();
		json_decref(json);
	} else if (!info.text[0]) {
		abort(); /* a failure says why */
	}
	buf_clear(&out);
	arena_clear(&a);
	return 0;
}
