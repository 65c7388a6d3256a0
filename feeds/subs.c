#include "feeds/subs.h"

#include <string.h>

#include "base/utf8.h"
#include "feeds/settings.h"

const char *tag_bare(const char *tag)
{
	while (*tag && (strchr("~! \t", *tag) || settings_word(tag)))
		tag++;
	return tag;
}

void draft_setting(struct sub_draft *d, struct arena *a, const char *s)
{
	if (d->n_settings < SUBS_SETTINGS)
		d->settings[d->n_settings++] = arena_strdup(a, s);
}

void draft_tag(struct sub_draft *d, struct arena *a, const char *s, size_t n)
{
	struct buf b = BUF_INIT;
	const char *tag;
	bool fresh;

	utf8_clean(&b, s, n, UTF8_LINE);
	tag = tag_bare(buf_str(&b));
	fresh = *tag && d->n_tags < SUBS_TAGS;
	for (size_t i = 0; i < d->n_tags; i++)
		fresh = fresh && strcmp(d->tags[i], tag) != 0;
	if (fresh)
		d->tags[d->n_tags++] = arena_strdup(a, tag);
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
	sub->n_settings = d->n_settings;
	sub->settings = arena_alloc(a, d->n_settings * sizeof *sub->settings);
	memcpy(sub->settings, d->settings, d->n_settings * sizeof *sub->settings);
}
