/* words - the terms of whatever is new in the store. */
#include "app/words.h"

#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/centre.h"
#include "app/tables.h"
#include "base/log.h"
#include "base/map.h"
#include "feeds/html.h"
#include "text/lang.h"
#include "text/terms.h"

#define TITLE_WEIGHT 2.0f
#define CATEGORY_WEIGHT 1.0f

/* ---- terms of one article ---- */

struct tally {
	struct map by_term;       /* -> index into count */
	struct term_count *count;
	size_t n, cap;
	struct arena words;
	float weight;             /* of what is being counted */
	double length;
	struct text_vector vector;
	bool meant;               /* the table is for this language */
};

static void count_term(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct tally *t = user;
	bool added;
	int64_t i = *map_at(&t->by_term, term, n, (int64_t)t->n, &added);

	if (added) {
		MEM_GROW(t->count, t->n, t->cap);
		t->count[t->n++] = (struct term_count){ arena_strndup(&t->words, term, n), n, arena_strndup(&t->words, surface, surface_n), surface_n, 0 };
	}
	if (t->meant)
		text_vector_count(&t->vector, surface, surface_n, term, n, (double)t->weight);
	t->count[i].tf += t->weight;
	t->length += t->weight;
}

static void tally_clear(struct tally *t)
{
	map_clear(&t->by_term);
	free(t->count);
	arena_clear(&t->words);
	text_vector_clear(&t->vector);
	*t = (struct tally){ 0 };
}

/* An article whose language nobody knows is looked up as well: what few words are found then are better than nothing. */
static bool speaks(const struct vectors *table, const char *lang)
{
	return table->map && (!*table->lang || !*lang || strcmp(table->lang, lang) == 0);
}

static void count_item(struct terms *terms, const struct item *it, struct tally *t)
{
	struct buf text = BUF_INIT;
	const char *title = it->title ? it->title : "", *cats = it->categories ? it->categories : "", *body = body_of_item(it), *lang;

	html_text(&text, body, strlen(body));
	buf_puts(&text, "\n");
	buf_puts(&text, title);
	lang = lang_detect(buf_str(&text), text.len, it->language);
	buf_cut(&text, text.len - strlen(title));
	t->meant = t->vector.table && speaks(t->vector.table, lang);
	t->weight = 1;
	terms_each(terms, buf_str(&text), text.len, lang, count_term, t);
	t->weight = TITLE_WEIGHT;
	terms_each(terms, title, strlen(title), lang, count_term, t);
	t->weight = CATEGORY_WEIGHT;
	terms_each(terms, cats, strlen(cats), lang, count_term, t);
	buf_clear(&text);
}

static enum err put_vector(struct app *app, int64_t id, const struct tally *t, struct err_info *info)
{
	float mean[VECTORS_DIMS_MOST];
	int found = text_vector_mean(&t->vector, mean);

	return wordvecs_put(&app->store, id, found ? mean : NULL, found ? (int)t->vector.table->dims : 0, info);
}

static enum err index_article(struct app *app, struct terms *terms, const struct vectors *table, int64_t id, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct tally t = { 0 };
	struct item it;
	enum err e = articles_get(&app->store, id, &a, &it, info);

	text_vector_init(&t.vector, table);
	if (e == OK) {
		count_item(terms, &it, &t);
		e = terms_put(&app->store, id, t.count, t.n, t.length, info);
	}
	if (e == OK)
		e = put_vector(app, id, &t, info);
	tally_clear(&t);
	arena_clear(&a);
	return e;
}

#define TERMS_BATCH 500 /* articles in one transaction */

static enum err count_batch(struct app *app, struct arena *a, struct err_info *info)
{
	int64_t version = 0;
	const void *bytes;
	size_t n;
	enum err e = blob_get(&app->store, WORDS_BLOB, a, &version, &bytes, &n, info);

	return e == OK || e == ERR_NOTFOUND ? blob_put(&app->store, WORDS_BLOB, version + 1, NULL, 0, info) : e;
}

static enum err index_batch(struct app *app, struct terms *terms, const struct vectors *table, size_t *done, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	struct id_list ids = { 0 };
	enum err e = terms_pending(&app->store, TERMS_BATCH, &a, &ids, info);

	if (e == OK && ids.n)
		e = db_begin(app->store.db, info);
	for (size_t i = 0; i < ids.n && e == OK; i++)
		e = index_article(app, terms, table, ids.id[i], info);
	if (ids.n && e == OK)
		e = count_batch(app, &a, info);
	if (ids.n && e == OK)
		e = db_commit(app->store.db, info);
	else if (ids.n)
		db_rollback(app->store.db);
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
	struct terms *terms;
	size_t done = 1;
	enum err e = terms_new(&terms, info);

	if (e != OK)
		return e;
	while (e == OK && done) {
		e = index_batch(app, terms, table, &done, info);
		*total += done;
	}
	terms_free(terms);
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
