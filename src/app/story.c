#include "app/story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/load.h"
#include "feeds/html.h"
#include "model/simhash.h"

/* ---- texts ---- */

static enum err hash_article(struct store *st, struct words *w, int64_t id, uint64_t *hash, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct item it;
	enum err e = articles_get(st, id, &a, &it, info);

	if (e == OK) {
		const char *body = body_of_item(&it);

		html_text(&text, body, strlen(body));
		*hash = simhash_article(w, it.title ? it.title : "", buf_str(&text), text.len);
	}
	buf_clear(&text);
	arena_clear(&a);
	return e;
}

enum err story_hashes(struct store *st, const int64_t *id, const int64_t *story, size_t n, uint64_t *hash, struct err_info *info)
{
	size_t *size = mem_zero(n + 1, sizeof *size);
	struct words *w;
	enum err e = words_new(&w, info);

	if (e != OK) {
		free(size);
		return e;
	}
	for (size_t i = 0; i < n; i++)
		size[story[i]]++;
	for (size_t i = 0; i < n && e == OK; i++) {
		hash[i] = 0;
		if (size[story[i]] > 1)
			e = hash_article(st, w, id[i], &hash[i], info);
	}
	words_free(w);
	free(size);
	return e;
}

/* ---- what the reader usually reads ---- */

/* How little the words of each row are those of what the reader reads: 1 - cosine with the sum of all readings; 1 before the first. */
static void find_wording(const struct csr *rows, const struct profile *p, struct telling *t)
{
	const struct csr *terms = p ? &p->corpus->terms : NULL;
	size_t cols = terms && terms->cols > rows->cols ? terms->cols : rows->cols;
	double *sum = mem_zero(cols + 1, sizeof *sum), squares = 0;

	for (size_t i = 0; p && i < p->n; i++)
		csr_axpy(terms, p->reading[i].doc, p->reading[i].weight, sum);
	for (size_t c = 0; c < cols; c++)
		squares += sum[c] * sum[c];
	for (size_t i = 0; i < rows->rows; i++)
		t[i].wording = squares > 0 ? 1 - csr_dot_dense(rows, i, sum) / sqrt(squares) : 1;
	free(sum);
}

static const struct feed *find_feed(const struct feed_list *feeds, int64_t id)
{
	for (size_t i = 0; i < feeds->n; i++)
		if (feeds->feed[i].id == id)
			return &feeds->feed[i];
	return NULL;
}

/* Trust in a feed: the share of its articles that was read, as if ten more unread ones had come; how usual it is: what was read of it, beside the most read feed. */
static void find_feeds(const struct feed_list *feeds, const struct item_list *items, struct telling *t)
{
	double most = 0;

	for (size_t i = 0; i < feeds->n; i++)
		most = fmax(most, (double)(feeds->feed[i].items - feeds->feed[i].unread));
	for (size_t i = 0; i < items->n; i++) {
		const struct feed *f = find_feed(feeds, items->item[i].feed_id);
		double read = f ? (double)(f->items - f->unread) : 0;

		t[i].trust = f ? (read + 1) / ((double)f->items + 10) : 0;
		t[i].source = most > 0 ? 1 - read / most : 1;
	}
}

/* ---- a story ---- */

enum err story_of(struct store *st, int64_t article, int64_t *story, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct derived d;
	struct item_list there;
	enum err e = articles_brief(st, &article, 1, &a, &there, info);

	if (e == OK && !there.n)
		e = err_set(info, ERR_NOTFOUND, "no article %lld", (long long)article);
	if (e == OK) {
		e = derived_get(st, article, &a, &d, info);
		if (e == OK || e == ERR_NOTFOUND)
			*story = e == OK ? d.story : article;
		e = e == ERR_NOTFOUND ? OK : e;
	}
	arena_clear(&a);
	return e;
}

static enum err describe(struct store *st, const struct ranker *r, const struct item_list *items, struct arena *a, struct telling *t, struct err_info *info)
{
	int64_t *id = arena_zero(a, items->n + 1, sizeof *id), *one = arena_zero(a, items->n + 1, sizeof *one);
	uint64_t *hash = arena_zero(a, items->n + 1, sizeof *hash);
	struct csr rows = CSR_INIT;
	struct feed_list feeds;
	enum err e = feeds_load(st, true, a, &feeds, info);

	for (size_t i = 0; i < items->n; i++)
		id[i] = items->item[i].id;
	if (e == OK)
		e = story_hashes(st, id, one, items->n, hash, info);
	if (e == OK)
		e = load_rows(st, id, items->n, &rows, info);
	if (e != OK)
		return e;
	for (size_t i = 0; i < items->n; i++)
		t[i] = (struct telling){ .at = item_time(&items->item[i]), .words = items->item[i].words, .hash = hash[i] };
	find_wording(&rows, r ? ranker_profile(r) : NULL, t);
	find_feeds(&feeds, items, t);
	csr_clear(&rows);
	return OK;
}

/* Items and tellings in the order in which they are shown. */
static void arrange(const struct item_list *items, const struct telling *t, struct arena *a, struct story *out)
{
	size_t n = items->n, *order = arena_zero(a, n + 1, sizeof *order), *place = arena_zero(a, n + 1, sizeof *place);

	tellings_order(t, n, tellings_lead(t, n), order);
	out->items = (struct item_list){ arena_alloc(a, (n + 1) * sizeof *items->item), n };
	out->telling = arena_alloc(a, (n + 1) * sizeof *t);
	for (size_t i = 0; i < n; i++)
		place[order[i]] = i;
	for (size_t i = 0; i < n; i++) {
		out->items.item[i] = items->item[order[i]];
		out->telling[i] = t[order[i]];
		if (out->telling[i].copy_of >= 0)
			out->telling[i].copy_of = (long)place[out->telling[i].copy_of];
	}
}

enum err story_load(struct store *st, const struct ranker *r, int64_t story, struct arena *a, struct story *out, struct err_info *info)
{
	struct article_query q = { .topic = -1, .story = story, .order = ORDER_OLD };
	struct item_list items;
	struct telling *t;
	enum err e = articles_list(st, &q, a, &items, info);

	if (e == OK && !items.n)
		e = err_set(info, ERR_NOTFOUND, "no story %lld", (long long)story);
	if (e != OK)
		return e;
	t = arena_zero(a, items.n + 1, sizeof *t);
	e = describe(st, r, &items, a, t, info);
	if (e != OK)
		return e;
	tellings_copies(t, items.n);
	arrange(&items, t, a, out);
	return OK;
}
