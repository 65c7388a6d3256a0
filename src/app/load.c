#include "app/load.h"

#include <string.h>

#include "app/shares.h"
#include "base/map.h"
#include "text/tfidf.h"

int64_t item_time(const struct item *it)
{
	int64_t said = it->published != DATE_NONE ? it->published : it->updated;

	return said == DATE_NONE || said > it->fetched ? it->fetched : said;
}

/* ---- term rows ---- */

struct weigher {
	struct term_stats stats;
	struct arena arena; /* of one article, cleared after it */
	struct csr *out;
};

static enum err weigh(struct store *st, int64_t id, struct weigher *w, struct err_info *info)
{
	struct termvec v = { 0 };
	double length = 0;
	uint32_t *df;
	enum err e = terms_vector(st, id, &w->arena, &v, &length, info);

	if (e == ERR_NOTFOUND)
		v.n = 0;
	else if (e != OK)
		return e;
	df = arena_alloc(&w->arena, (v.n + 1) * sizeof *df);
	for (size_t i = 0; i < v.n; i++)
		df[i] = v.id[i] < w->stats.n ? w->stats.df[v.id[i]] : 1;
	tfidf_weigh(v.tf, df, v.n, (double)w->stats.docs, length, w->stats.mean_length);
	csr_add_row(w->out, v.id, v.tf, v.n);
	arena_clear(&w->arena);
	return OK;
}

enum err load_rows(struct store *st, const int64_t *ids, size_t n, struct csr *out, struct err_info *info)
{
	struct weigher w = { .out = out };
	struct arena keep = ARENA_INIT; /* of the frequencies */
	enum err e = terms_df(st, &keep, &w.stats, info);

	for (size_t i = 0; i < n && e == OK; i++)
		e = weigh(st, ids[i], &w, info);
	if (e == OK && out->cols < w.stats.n)
		out->cols = w.stats.n;
	if (e != OK)
		csr_clear(out);
	arena_clear(&w.arena);
	arena_clear(&keep);
	return e;
}

/* ---- the facts beside the terms ---- */

struct numbering {
	struct map feeds, categories;
	struct arena scratch;
};

static int number(struct map *m, const char *key, size_t len)
{
	return (int)*map_at(m, key, len, (int64_t)m->n, NULL);
}

const char *category_key(struct arena *a, const char *name, size_t len)
{
	char *key = arena_strndup(a, name, len);

	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return key;
}

/* Categories are one name a line. */
static void set_categories(struct doc *doc, const char *lines, struct numbering *num)
{
	size_t most = 1;
	int *cat;

	for (const char *s = lines; s && (s = strchr(s, '\n')); s++)
		most++;
	cat = arena_alloc(&num->scratch, most * sizeof *cat);
	for (const char *s = lines; s && *s;) {
		size_t len = strcspn(s, "\n");

		if (len)
			cat[doc->n_cat++] = number(&num->categories, category_key(&num->scratch, s, len), len);
		s += len + (s[len] == '\n');
	}
	doc->cat = cat;
}

/* The article's word vector, centred, into out; *found false where it has none. */
static enum err word_vector(struct loaded *l, int64_t id, float *out, bool *found, struct err_info *info)
{
	enum err e = OK;

	*found = false;
	if (l->centre.d)
		e = wordvecs_get(l->store, id, l->centre.d, out, found, info);
	if (e == OK && *found)
		vectors_centre(out, l->centre.mean, (size_t)l->centre.d, out);
	return e;
}

static enum err add_doc(struct loaded *l, struct numbering *num, const struct csr *rows, size_t i, const struct item *it, struct err_info *info)
{
	struct derived der = { .topic = -1 };
	struct doc doc = { .id = it->id, .at = item_time(it), .story = it->id, .topic = -1, .words = it->words, .feeds_telling = 1 };
	enum err e = derived_get(l->store, it->id, &num->scratch, &der, info);
	float words[VECTORS_DIMS_MOST];
	const float *vec = NULL;
	bool found = false;

	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if (e == OK) {
		doc.story = der.story;
		doc.feeds_telling = der.feeds_telling > 0 ? der.feeds_telling : 1;
		doc.coverage = der.coverage;
		doc.topic = der.topic < l->corpus.topics ? der.topic : -1;
		vec = der.d == l->corpus.side[SIDE_LSA].d ? der.vec : NULL;
	}
	e = word_vector(l, it->id, words, &found, info);
	if (e != OK)
		return e;
	doc.feed = number(&num->feeds, (const char *)&it->feed_id, sizeof it->feed_id);
	set_categories(&doc, it->categories, num);
	corpus_add(&l->corpus, &doc, rows->col + rows->ptr[i], rows->val + rows->ptr[i], rows->ptr[i + 1] - rows->ptr[i], found ? words : NULL, vec);
	return OK;
}

/* ---- names ---- */

static const char *term_name(void *user, uint32_t col)
{
	struct loaded *l = user;

	return terms_name(l->store, col, &l->arena);
}

static const char *feed_name(void *user, int feed)
{
	return ((struct loaded *)user)->feed[feed];
}

static const char *category_name(void *user, int cat)
{
	return ((struct loaded *)user)->category[cat];
}

static const char *topic_name(void *user, int topic)
{
	return ((struct loaded *)user)->topics[topic].name;
}

static const char *title_of(void *user, size_t doc)
{
	return ((struct loaded *)user)->items.item[doc].title;
}

static void keep_names(struct loaded *l, const struct numbering *num)
{
	l->feed = arena_zero(&l->arena, num->feeds.n + 1, sizeof *l->feed);
	l->category = arena_zero(&l->arena, num->categories.n + 1, sizeof *l->category);
	for (size_t i = 0; i < num->categories.cap; i++) {
		const struct map_slot *s = &num->categories.slot[i];

		if (s->key)
			l->category[s->value] = arena_strndup(&l->arena, s->key, s->len);
	}
	for (size_t i = 0; i < l->items.n; i++)
		l->feed[l->corpus.doc[i].feed] = l->items.item[i].feed_title;
	l->corpus.feeds = (int)num->feeds.n;
	l->corpus.categories = (int)num->categories.n;
	l->corpus.names = (struct corpus_names){ l, term_name, feed_name, category_name, topic_name, title_of };
}

/* Shares of feeds, categories and topics in all that is recent, by corpus number. */
static enum err load_shares(struct loaded *l, const struct numbering *num, struct err_info *info)
{
	struct share_table table;
	double *feed = arena_zero(&l->arena, num->feeds.n + 1, sizeof *feed);
	double *category = arena_zero(&l->arena, num->categories.n + 1, sizeof *category);
	double *topic = arena_zero(&l->arena, (size_t)l->corpus.topics + 1, sizeof *topic);
	enum err e = shares_load(&table, l->store, info);

	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	for (size_t i = 0; i < l->items.n; i++)
		feed[l->corpus.doc[i].feed] = shares_get(&table, SHARE_FEED, l->items.item[i].feed_id);
	for (size_t i = 0; i < num->categories.n; i++)
		category[i] = shares_get(&table, SHARE_CATEGORY, shares_category(l->category[i]));
	for (int t = 0; t < l->corpus.topics; t++)
		topic[t] = shares_get(&table, SHARE_TOPIC, t);
	l->corpus.share.feed = feed;
	l->corpus.share.category = category;
	l->corpus.share.topic = topic;
	shares_clear(&table);
	return OK;
}

/* Dimensions of the stored vectors and the version that they belong to. */
static enum err load_shape(struct loaded *l, int *d, struct err_info *info)
{
	const void *s;
	size_t n, topics;
	int32_t dims;
	enum err e = blob_get(l->store, DERIVED_BLOB, &l->arena, &l->version, &s, &n, info);

	*d = 0;
	if (e == OK && n == sizeof dims) {
		memcpy(&dims, s, sizeof dims);
		*d = dims > 0 && dims <= 4096 ? dims : 0;
	} else if (e != OK && e != ERR_NOTFOUND)
		return e;
	e = centre_load(l->store, &l->arena, &l->centre, info);
	if (e != OK)
		return e;
	e = topics_load(l->store, &l->arena, &l->topics, &topics, info);
	l->corpus.topics = e == OK ? (int)topics : 0;
	return e;
}

enum err load_another_version(struct store *st, struct arena *a, const int *d, struct err_info *info)
{
	int64_t version = 0;
	const void *old = NULL;
	size_t n = 0;
	int32_t dims = 0;
	enum err e = blob_get(st, DERIVED_BLOB, a, &version, &old, &n, info);

	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if (d)
		dims = *d;
	else if (n == sizeof dims)
		memcpy(&dims, old, sizeof dims);
	return blob_put(st, DERIVED_BLOB, version + 1, &dims, sizeof dims, info);
}

static enum err fill(struct loaded *l, const int64_t *ids, size_t n, struct err_info *info)
{
	struct numbering num = { MAP_INIT, MAP_INIT, ARENA_INIT };
	struct csr rows = CSR_INIT;
	int64_t *here;
	enum err e = articles_brief(l->store, ids, n, &l->arena, &l->items, info);

	here = arena_alloc(&num.scratch, (l->items.n + 1) * sizeof *here);
	for (size_t i = 0; i < l->items.n; i++)
		here[i] = l->items.item[i].id;
	if (e == OK)
		e = load_rows(l->store, here, l->items.n, &rows, info);
	for (size_t i = 0; i < l->items.n && e == OK; i++)
		e = add_doc(l, &num, &rows, i, &l->items.item[i], info);
	if (e == OK)
		keep_names(l, &num);
	if (e == OK)
		e = load_shares(l, &num, info);
	if (e == OK && l->corpus.terms.cols < rows.cols)
		l->corpus.terms.cols = rows.cols;
	csr_clear(&rows);
	map_clear(&num.feeds);
	map_clear(&num.categories);
	arena_clear(&num.scratch);
	return e;
}

enum err load_corpus(struct store *st, const int64_t *ids, size_t n, struct loaded *out, struct err_info *info)
{
	int d, topics;
	enum err e;

	*out = (struct loaded){ .store = st };
	e = load_shape(out, &d, info);
	topics = out->corpus.topics;
	corpus_init(&out->corpus, out->centre.d, d);
	out->corpus.topics = topics;
	if (e == OK)
		e = fill(out, ids, n, info);
	if (e != OK)
		loaded_clear(out);
	return e;
}

void loaded_clear(struct loaded *l)
{
	corpus_clear(&l->corpus);
	arena_clear(&l->arena);
	*l = (struct loaded){ 0 };
}
