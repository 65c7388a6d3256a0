/* compare - two pages side by side. */
#include "app/explain.h"

static int place_in(const struct page *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->entries[i].id == id)
			return (int)i + 1;
	return 0;
}

static void add_moved(struct arena *a, struct moved *out, size_t *n, const struct page_entry *e, int from, int to)
{
	if (from != to)
		out[(*n)++] = (struct moved){ e->id, arena_strdup(a, e->title), arena_strdup(a, e->feed), from, to };
}

size_t pages_compare(const struct page *before, const struct page *after, size_t most, struct arena *a, struct moved **out)
{
	size_t n = 0;

	*out = arena_zero(a, 2 * most + 1, sizeof **out);
	for (size_t i = 0; i < after->n && i < most; i++)
		add_moved(a, *out, &n, &after->entries[i], place_in(before, after->entries[i].id), (int)i + 1);
	for (size_t i = 0; i < before->n && i < most; i++) {
		int to = place_in(after, before->entries[i].id);

		if (to == 0 || to > (int)most)
			add_moved(a, *out, &n, &before->entries[i], (int)i + 1, to);
	}
	return n;
}
