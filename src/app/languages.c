#include "app/languages.h"

#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "text/lang.h"

/* Articles of one feed that declare one language. */
struct group {
	const char *declared; /* may be NULL */
	struct buf titles;
	const char *language;
};

/* group [out] (items->n) the number of each article's group. Returns how many there are. */
static size_t find_groups(const struct item_list *items, size_t *group, struct arena *scratch)
{
	struct map groups = MAP_INIT;
	size_t n;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		const char *key = arena_printf(scratch, "%lld %s", (long long)it->feed_id, it->language ? it->language : "");

		group[i] = (size_t)*map_at(&groups, key, strlen(key), (int64_t)groups.n, NULL);
	}
	n = groups.n;
	map_clear(&groups);
	return n;
}

void languages_tell(const struct item_list *items, const char **language, struct arena *scratch)
{
	size_t *group = arena_zero(scratch, items->n + 1, sizeof *group), n = find_groups(items, group, scratch);
	struct group *g = arena_zero(scratch, n + 1, sizeof *g);

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		struct buf *titles = &g[group[i]].titles;

		g[group[i]].declared = it->language;
		if (it->title && titles->len + strlen(it->title) < LANGUAGES_TITLES)
			buf_printf(titles, "%s\n", it->title);
	}
	for (size_t k = 0; k < n; k++) {
		g[k].language = lang_detect(buf_str(&g[k].titles), g[k].titles.len, g[k].declared);
		buf_clear(&g[k].titles);
	}
	for (size_t i = 0; i < items->n; i++)
		language[i] = g[group[i]].language;
}
