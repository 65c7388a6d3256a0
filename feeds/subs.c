#include "feeds/subs.h"

#include <string.h>

#include "base/utf8.h"

void draft_tag(struct sub_draft *d, struct arena *a, const char *s, size_t n)
{
	struct buf b = BUF_INIT;

	utf8_clean(&b, s, n, UTF8_LINE);
	for (size_t i = 0; i < d->n_tags; i++)
		if (strcmp(d->tags[i], buf_str(&b)) == 0)
			buf_cut(&b, 0);
	if (b.len && d->n_tags < SUBS_TAGS)
		d->tags[d->n_tags++] = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
}

void subs_add(struct subs *list, struct arena *a, const struct sub_draft *d)
{
	struct sub *sub;

	/* the array doubles at powers of two; what it leaves behind dies with the arena */
	if ((list->n & (list->n - 1)) == 0) {
		struct sub *more = arena_alloc(a, (list->n ? 2 * list->n : 1) * sizeof *more);

		if (list->n)
			memcpy(more, list->sub, list->n * sizeof *more);
		list->sub = more;
	}
	sub = &list->sub[list->n++];
	*sub = (struct sub){ .url = arena_strdup(a, d->url), .title = arena_strdup(a, d->title), .n_tags = d->n_tags, .hidden = d->hidden };
	sub->tags = arena_alloc(a, d->n_tags * sizeof *sub->tags);
	memcpy(sub->tags, d->tags, d->n_tags * sizeof *sub->tags);
}
