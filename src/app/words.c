/* words - the terms of whatever is new in the store. */
#include "app/words.h"

#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/centre.h"
#include "app/tables.h"
#include "base/log.h"
#include "base/mem.h"
#include "feeds/html.h"
#include "model/digest.h"
#include "text/lang.h"

/* ---- one article ---- */

/* What a pass over the store carries. */
struct reading {
	struct digest digest;
	struct buf text;
	struct term_count *count; /* (cap) room */
	size_t cap;
};

static void reading_clear(struct reading *r)
{
	digest_clear(&r->digest);
	buf_clear(&r->text);
	free(r->count);
}

static void digest_item(struct reading *r, const struct item *it)
{
	const char *title = it->title ? it->title : "", *cats = it->categories ? it->categories : "";
	struct digest_text t = { .title = title, .title_n = strlen(title), .categories = cats, .categories_n = strlen(cats) };
	const char *body = body_of_item(it);

	buf_cut(&r->text, 0);
	html_text(&r->text, body, strlen(body));
	buf_putc(&r->text, '\n');
	t.body_n = r->text.len;
	buf_puts(&r->text, title);
	t.body = buf_str(&r->text);
	t.lang = lang_detect(t.body, r->text.len, it->language);
	digest_article(&r->digest, &t);
}

static enum err put_terms(struct app *app, struct reading *r, int64_t id, struct err_info *info)
{
	const struct terms *terms = r->digest.terms;
	size_t n;
	double length;
	const struct digest_term *t = digest_terms(&r->digest, &n, &length);

	if (n > r->cap) {
		r->cap = 2 * n;
		r->count = mem_resize(r->count, r->cap, sizeof *r->count);
	}
	for (size_t i = 0; i < n; i++) {
		struct term_count *c = &r->count[i];
		uint32_t number;

		c->tf = t[i].tf;
		c->name = terms_spelling(terms, t[i].term, &c->len);
		c->surface = terms_form(terms, t[i].form, &c->surface_len, &number);
	}
	return terms_put(&app->store, id, r->count, n, length, info);
}

static enum err put_vector(struct app *app, const struct reading *r, int64_t id, struct err_info *info)
{
	float mean[VECTORS_DIMS_MOST], title[VECTORS_DIMS_MOST];
	bool found = digest_mean(&r->digest, mean), titled = digest_title_mean(&r->digest, title);

	return wordvecs_put(&app->store, id, found ? mean : NULL, titled ? title : NULL, found ? (int)r->digest.vector.table->dims : 0, info);
}

static enum err index_article(struct app *app, struct reading *r, int64_t id, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct item it;
	enum err e = articles_get(&app->store, id, &a, &it, info);

	if (e == OK) {
		digest_item(r, &it);
		e = put_terms(app, r, id, info);
	}
	if (e == OK)
		e = put_vector(app, r, id, info);
	arena_clear(&a);
	return e;
}

/* ---- what waits for its vectors ---- */

#define WORDS_MANY 0 /* instead of the list where it would be too long: no article has this number */

enum err words_fresh(struct store *st, struct arena *a, struct words_fresh *out, struct err_info *info)
{
	struct words_fresh f = { 0 };
	const void *bytes;
	size_t n = 0;
	enum err e = blob_get(st, WORDS_BLOB, a, &f.version, &bytes, &n, info);

	if (e == OK) {
		f.id = bytes;
		f.n = n / sizeof *f.id;
		f.many = f.n && f.id[0] == WORDS_MANY;
	}
	if (e == OK || e == ERR_NOTFOUND)
		*out = f;
	return e == ERR_NOTFOUND ? OK : e;
}

enum err words_taken(struct store *st, int64_t version, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct words_fresh f;
	enum err e = words_fresh(st, &a, &f, info);

	if (e == OK && f.version == version && f.n)
		e = blob_put(st, WORDS_BLOB, version, NULL, 0, info);
	arena_clear(&a);
	return e;
}

/* ---- all that are new ---- */

#define TERMS_BATCH 1000 /* articles in one transaction: a tenth of a second or two; what they count is written once a term */
#define TERMS_MOST ((size_t)1 << 17) /* remembered at once, with their forms about 30 MB */

/* Those that wait for their vectors, and this batch behind them. */
static enum err count_batch(struct app *app, struct arena *a, const struct id_list *ids, struct err_info *info)
{
	static const int64_t many = WORDS_MANY;
	struct words_fresh f;
	enum err e = words_fresh(&app->store, a, &f, info);
	int64_t *all;

	if (e != OK)
		return e;
	if (f.many || f.n + ids->n > WORDS_LISTED)
		return blob_put(&app->store, WORDS_BLOB, f.version + 1, &many, sizeof many, info);
	all = arena_alloc(a, (f.n + ids->n) * sizeof *all);
	if (f.n)
		memcpy(all, f.id, f.n * sizeof *all);
	memcpy(all + f.n, ids->id, ids->n * sizeof *all);
	return blob_put(&app->store, WORDS_BLOB, f.version + 1, all, (f.n + ids->n) * sizeof *all, info);
}

static enum err index_batch(struct app *app, struct reading *r, size_t *done, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids = { 0 };
	enum err e = terms_pending(&app->store, TERMS_BATCH, &a, &ids, info);

	if (e == OK && ids.n)
		e = db_begin(app->store.db, info);
	for (size_t i = 0; i < ids.n && e == OK; i++)
		e = index_article(app, r, ids.id[i], info);
	if (ids.n && e == OK)
		e = count_batch(app, &a, &ids, info);
	if (ids.n)
		e = db_end(app->store.db, e, info);
	*done = ids.n;
	arena_clear(&a);
	return e;
}

/* The table that is chosen, and a store that follows it. */
static enum err open_table(struct app *app, struct vectors *table, struct err_info *info)
{
	if (tables_open(app, table, info) != OK)
		log_say("%s; likeness goes by the feeds' own words alone", info->text);
	return centre_follow(&app->store, table, info);
}

static enum err index_all(struct app *app, const struct vectors *table, size_t *total, struct err_info *info)
{
	struct reading r = { .text = BUF_INIT };
	size_t done = 1;
	enum err e = digest_init(&r.digest, table, info);

	while (e == OK && done) {
		e = index_batch(app, &r, &done, info);
		*total += done;
		if (e == OK && terms_count(r.digest.terms) > TERMS_MOST) {
			digest_clear(&r.digest);
			e = digest_init(&r.digest, table, info);
		}
	}
	reading_clear(&r);
	return e;
}

enum err words_index(struct app *app, size_t *total, struct err_info *info)
{
	struct vectors table = VECTORS_INIT;
	enum err e = open_table(app, &table, info);

	*total = 0;
	if (e == OK)
		e = index_all(app, &table, total, info);
	vectors_close(&table);
	return e;
}
