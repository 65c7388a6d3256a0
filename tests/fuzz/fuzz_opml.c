/* Any bytes as a list of subscriptions: what is read can be written in both forms and comes back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "feeds/opml.h"
#include "feeds/urls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_urls(const struct subs *subs, struct buf *out)
{
	for (size_t i = 0; i < subs->n; i++)
		urls_line(&subs->sub[i], out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct buf first = BUF_INIT, again = BUF_INIT, opml = BUF_INIT;
	struct subs subs, back;

	if (subs_import(&a, (const char *)data, size, &subs, NULL) == OK) {
		write_urls(&subs, &first);
		if (urls_read(&a, buf_str(&first), first.len, &back, NULL) != OK || back.n != subs.n)
			abort();
		write_urls(&back, &again);
		if (strcmp(buf_str(&first), buf_str(&again)) != 0)
			abort();
		opml_write(&subs, "all", &opml);
		if (opml_read(&a, buf_str(&opml), opml.len, &back, NULL) != OK || back.n != subs.n)
			abort();
	}
	buf_clear(&first);
	buf_clear(&again);
	buf_clear(&opml);
	arena_clear(&a);
	return 0;
}
