#include "rank/corpus.h"

#include <stdlib.h>
#include <string.h>

void corpus_init(struct corpus *c, int d)
{
	*c = (struct corpus){ .d = d, .by_id = MAP_INIT, .terms = CSR_INIT, .arena = ARENA_INIT };
}

void corpus_clear(struct corpus *c)
{
	free(c->doc);
	free(c->vec);
	csr_clear(&c->terms);
	map_clear(&c->by_id);
	arena_clear(&c->arena);
	*c = (struct corpus){ 0 };
}

static void grow(struct corpus *c)
{
	if (c->n < c->cap)
		return;
	c->cap = c->cap ? 2 * c->cap : 64;
	c->doc = mem_resize(c->doc, c->cap, sizeof *c->doc);
	if (c->d)
		c->vec = mem_resize(c->vec, c->cap * (size_t)c->d, sizeof *c->vec);
}

size_t corpus_add(struct corpus *c, const struct doc *doc, const uint32_t *col, const float *val, size_t n, const float *vec)
{
	size_t at = c->n, d = (size_t)c->d;
	struct doc *mine;

	grow(c);
	mine = &c->doc[at];
	*mine = *doc;
	if (doc->n_cat > 0) {
		int *cat = arena_alloc(&c->arena, (size_t)doc->n_cat * sizeof *cat);

		memcpy(cat, doc->cat, (size_t)doc->n_cat * sizeof *cat);
		mine->cat = cat;
	} else {
		mine->cat = NULL;
		mine->n_cat = 0;
	}
	csr_add_row(&c->terms, col, val, n);
	if (d && vec)
		memcpy(c->vec + at * d, vec, d * sizeof *vec);
	else if (d)
		memset(c->vec + at * d, 0, d * sizeof *vec);
	*map_at(&c->by_id, (const char *)&mine->id, sizeof mine->id, 0, NULL) = (int64_t)at;
	c->n++;
	return at;
}

int64_t corpus_find(const struct corpus *c, int64_t id)
{
	return map_get(&c->by_id, (const char *)&id, sizeof id, -1);
}

bool corpus_has_vector(const struct corpus *c, size_t doc)
{
	const float *x = c->d ? c->vec + doc * (size_t)c->d : NULL;

	for (int i = 0; i < c->d; i++)
		if (x[i] != 0)
			return true;
	return false;
}
