#include "app/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "text/lang.h"
#include "text/tfidf.h"

/* ---- the facts beside the terms ---- */

struct numbering {
	struct map *of; /* (FACET_COUNT) those of feeds, categories, authors, languages and tags are used */
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

const char *author_key(struct arena *a, const struct item *it)
{
	return it->author && *it->author ? category_key(a, it->author, strlen(it->author)) : NULL;
}

const char *language_key(struct arena *a, const struct item *it)
{
	const char *told = it->title ? lang_detect(it->title, strlen(it->title), it->language) : "";
	size_t n = it->language ? strcspn(it->language, "-_") : 0;

	return *told ? told : n ? category_key(a, it->language, n) : NULL;
}

static int number_name(struct map *m, const char *key)
{
	return key ? number(m, key, strlen(key)) : -1;
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
			cat[doc->n_cat++] = number(&num->of[FACET_CATEGORY], category_key(&num->scratch, s, len), len);
		s += len + (s[len] == '\n');
	}
	doc->cat = cat;
}

/* Tags are words. */
static void set_tags(struct doc *doc, const char *words, struct numbering *num)
{
	size_t n = words ? strlen(words) : 0;
	int *tag = arena_alloc(&num->scratch, (n / 2 + 1) * sizeof *tag);

	for (const char *s = words; s && *s;) {
		size_t len = strcspn(s, " ");

		if (len)
			tag[doc->n_tag++] = number(&num->of[FACET_TAG], category_key(&num->scratch, s, len), len);
		s += len + (s[len] == ' ');
	}
	doc->tag = tag;
}

/* What is derived for an article. */
struct known {
	bool derived;
	struct derived der;
	struct wordvecs_found found;
	float *words, *title; /* centred */
};

static enum err word_vectors(struct loaded *l, int64_t id, struct known *k, struct arena *a, struct err_info *info)
{
	const struct centre *c = &l->centre;
	size_t d = (size_t)c->d;
	enum err e;

	if (!d)
		return OK;
	k->words = arena_alloc(a, 2 * d * sizeof *k->words);
	k->title = k->words + d;
	e = wordvecs_get(l->store, id, c->d, k->words, k->title, &k->found, info);
	if (e == OK && k->found.words)
		vectors_centre(k->words, c->mean, d, k->words);
	if (e == OK && k->found.title)
		vectors_centre(k->title, c->title, d, k->title);
	return e;
}

/* Of n articles, (n) of the arena: one table after the other, each in its own order. */
static enum err load_known(struct loaded *l, const int64_t *ids, size_t n, struct arena *a, struct known **out, struct err_info *info)
{
	size_t *order = store_order(ids, n, a);
	struct known *k = arena_zero(a, n + 1, sizeof *k);
	enum err e = OK;

	for (size_t i = 0; i < n && (e == OK || e == ERR_NOTFOUND); i++) {
		e = derived_get(l->store, ids[order[i]], a, &k[order[i]].der, info);
		k[order[i]].derived = e == OK;
	}
	e = e == ERR_NOTFOUND ? OK : e;
	for (size_t i = 0; i < n && e == OK; i++)
		e = word_vectors(l, ids[order[i]], &k[order[i]], a, info);
	if (e == OK)
		*out = k;
	return e;
}

static void add_doc(struct loaded *l, struct numbering *num, const struct csr *rows, size_t i, const struct item *it, const struct known *k)
{
	struct doc doc = { .id = it->id, .at = item_time(it), .story = it->id, .topic = -1, .words = it->words, .feeds_telling = 1 };
	const float *vec = NULL;

	if (k->derived) {
		doc.story = k->der.story;
		doc.feeds_telling = k->der.feeds_telling > 0 ? k->der.feeds_telling : 1;
		doc.coverage = run_coverage(&l->run, k->der.coverage);
		doc.topic = k->der.topic < l->corpus.values[FACET_TOPIC] ? k->der.topic : -1;
		vec = k->der.d == l->corpus.side[SIDE_LSA].d ? k->der.vec : NULL;
	}
	doc.feed = number(&num->of[FACET_FEED], (const char *)&it->feed_id, sizeof it->feed_id);
	doc.author = number_name(&num->of[FACET_AUTHOR], author_key(&num->scratch, it));
	doc.language = number_name(&num->of[FACET_LANGUAGE], language_key(&num->scratch, it));
	set_categories(&doc, it->categories, num);
	set_tags(&doc, it->tags, num);
	corpus_add(&l->corpus, &doc, rows->col + rows->ptr[i], rows->val + rows->ptr[i], rows->ptr[i + 1] - rows->ptr[i],
		   (struct doc_vectors){ { [SIDE_WORDS] = k->found.words ? k->words : NULL, [SIDE_TITLE] = k->found.title ? k->title : NULL, [SIDE_LSA] = vec } });
}

/* ---- names ---- */

enum asked { ASKED_TERM, ASKED_STEM, ASKED_TOPIC, ASKED_LENGTH };

/* Where a name or key that was asked of the store once is kept: a page is explained anew with every step of the slider. */
static const char **kept(struct loaded *l, enum asked what, size_t which)
{
	size_t key[2] = { what, which };
	int64_t next = (int64_t)l->asked.n, at = *map_at(&l->asked, (const char *)key, sizeof key, next, NULL);

	if (at == next) {
		MEM_GROW(l->answer, (size_t)at, l->answer_cap);
		l->answer[at] = NULL;
	}
	return &l->answer[at];
}

static const char *term_name(void *user, uint32_t col)
{
	struct loaded *l = user;
	const char **name = kept(l, ASKED_TERM, col);

	if (!*name)
		*name = terms_name(l->store, col, &l->arena);
	return *name;
}

static const char *facet_name(void *user, enum facet f, int which)
{
	const struct loaded *l = user;

	if (f == FACET_TOPIC)
		return l->topics[which].name;
	return l->name[f] ? l->name[f][which] : NULL;
}

/* Topics and lengths are told by their numbers. */
static const char *facet_key(void *user, enum facet f, size_t which)
{
	struct loaded *l = user;
	const char **key;

	if (f != FACET_COUNT && f != FACET_TOPIC && f != FACET_LENGTH)
		return l->key[f][which];
	key = kept(l, f == FACET_COUNT ? ASKED_STEM : f == FACET_TOPIC ? ASKED_TOPIC : ASKED_LENGTH, which);
	if (!*key)
		*key = f == FACET_COUNT ? terms_stem(l->store, (uint32_t)which, &l->arena) :
			arena_printf(&l->arena, "%zu", f == FACET_TOPIC ? (size_t)l->topics[which].id : which);
	return *key;
}

static int64_t find_number(const struct loaded *l, enum facet f, const char *key)
{
	char *end;
	long number = strtol(key, &end, 10);

	if (!*key || *end)
		return -1;
	if (f == FACET_LENGTH)
		return number >= 0 && number < LENGTHS ? number : -1;
	for (int i = 0; i < l->corpus.values[FACET_TOPIC]; i++)
		if (l->topics[i].id == number)
			return i;
	return -1;
}

static int64_t find_key(void *user, enum facet f, const char *key)
{
	const struct loaded *l = user;
	int64_t term;

	if (f == FACET_COUNT)
		return terms_id(l->store, key, strlen(key), &term, NULL) == OK ? term : -1;
	if (f == FACET_TOPIC || f == FACET_LENGTH)
		return find_number(l, f, key);
	for (int i = 0; i < l->corpus.values[f]; i++)
		if (l->key[f][i] && strcmp(l->key[f][i], key) == 0)
			return i;
	return -1;
}

static const char *title_of(void *user, size_t doc)
{
	return ((struct loaded *)user)->items.item[doc].title;
}

/* A longer copy of n pointers. */
static const char **longer(struct arena *a, const char **old, size_t n, size_t to)
{
	const char **out = arena_zero(a, to + 1, sizeof *out);

	return n ? memcpy(out, old, n * sizeof *out) : out;
}

/* Keys as names: of categories and languages, in lower case. */
static void keep_keys(struct loaded *l, enum facet f)
{
	const struct map *m = &l->number[f];
	size_t old = (size_t)l->corpus.values[f];

	l->name[f] = longer(&l->arena, l->name[f], old, m->n);
	l->key[f] = longer(&l->arena, l->key[f], old, m->n);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slot[i].key && (size_t)m->slot[i].value >= old)
			l->name[f][m->slot[i].value] = l->key[f][m->slot[i].value] = arena_strndup(&l->arena, m->slot[i].key, m->slot[i].len);
	l->corpus.values[f] = (int)m->n;
}

static void keep_names(struct loaded *l)
{
	size_t feeds = l->number[FACET_FEED].n;
	int64_t *id = arena_zero(&l->arena, feeds + 1, sizeof *id);

	keep_keys(l, FACET_CATEGORY);
	keep_keys(l, FACET_LANGUAGE);
	keep_keys(l, FACET_TAG);
	keep_keys(l, FACET_AUTHOR);
	l->name[FACET_FEED] = arena_zero(&l->arena, feeds + 1, sizeof *l->name[FACET_FEED]);
	for (size_t i = 0; i < l->items.n; i++) {
		const struct doc *d = &l->corpus.doc[i];

		l->name[FACET_FEED][d->feed] = l->items.item[i].feed_title;
		id[d->feed] = l->items.item[i].feed_id;
		if (d->author >= 0) /* as it is written */
			l->name[FACET_AUTHOR][d->author] = l->items.item[i].author;
	}
	l->feed_id = id;
	l->corpus.values[FACET_FEED] = (int)feeds;
	l->corpus.names = (struct corpus_names){ l, term_name, facet_name, title_of, facet_key, find_key };
}

/* A feed's address without what is of this machine alone: the folder of a file. */
static const char *place_of(const char *url)
{
	const char *slash = strncmp(url, "file:", 5) == 0 ? strrchr(url, '/') : NULL;

	return slash ? slash + 1 : url;
}

struct feed_keys { struct loaded *l; const struct map *number; int64_t *key; };

static void keep_key(void *user, int64_t id, const char *url)
{
	struct feed_keys *k = user;
	int64_t feed = map_get(k->number, (const char *)&id, sizeof id, -1);

	if (feed < 0)
		return;
	k->l->key[FACET_FEED][feed] = arena_strdup(&k->l->arena, url);
	url = place_of(url);
	k->key[feed] = (int64_t)hash_bytes(url, strlen(url));
}

/* By its address a feed is the same in every store; numbers go by the order of subscription. */
static enum err key_feeds(struct loaded *l, struct err_info *info)
{
	const struct map *number = &l->number[FACET_FEED];
	struct feed_keys k = { l, number, arena_zero(&l->arena, number->n + 1, sizeof *k.key) };

	l->corpus.feed_key = k.key;
	l->key[FACET_FEED] = arena_zero(&l->arena, number->n + 1, sizeof *l->key[FACET_FEED]);
	return feeds_urls(l->store, keep_key, &k, info);
}

/* The share of one value in all that is recent, by its corpus number. An author's name is here as it is written, not as its key. */
static double share_of(struct loaded *l, const struct share_table *t, enum facet f, int which)
{
	const char *name = l->name[f] ? l->name[f][which] : NULL;

	if (f == FACET_FEED)
		return shares_get(t, f, l->feed_id[which]);
	return shares_get(t, f, name ? shares_name(category_key(&l->arena, name, strlen(name))) : which);
}

/* Of the values that came last. */
static void keep_shares(struct loaded *l)
{
	for (int f = 0; l->shared && f < FACET_COUNT; f++) {
		size_t n = (size_t)l->corpus.values[f], old = (size_t)l->n_shared[f];
		double *share;

		if (l->corpus.share[f] && n == old)
			continue;
		share = arena_zero(&l->arena, n + 1, sizeof *share);
		if (old)
			memcpy(share, l->corpus.share[f], old * sizeof *share);
		for (size_t i = old; i < n; i++)
			share[i] = share_of(l, &l->shares, (enum facet)f, (int)i);
		l->corpus.share[f] = share;
		l->n_shared[f] = (int)n;
	}
	l->corpus.publishing = l->shares.values[FACET_FEED];
}

static enum err load_shares(struct loaded *l, struct err_info *info)
{
	enum err e = shares_load(&l->shares, l->store, info);

	l->shared = e == OK;
	return e == ERR_NOTFOUND ? OK : e;
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
	if (e == OK)
		e = run_load(l->store, &l->run, info);
	if (e != OK)
		return e;
	e = topics_load(l->store, &l->arena, &l->topics, &topics, info);
	l->corpus.values[FACET_TOPIC] = e == OK ? (int)topics : 0;
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

/* The share of all stored articles that have each term, for as many columns as there are. */
static void keep_term_shares(struct loaded *l, size_t cols)
{
	const struct term_stats *stats = &l->stats;
	float *share;

	if (l->corpus.term_share && cols <= l->corpus.terms.cols)
		return;
	share = arena_zero(&l->arena, cols + 1, sizeof *share);
	for (size_t i = 0; i < cols && i < stats->n && stats->docs > 0; i++)
		share[i] = (float)((double)stats->df[i] / (double)stats->docs);
	l->corpus.term_share = share;
}

/* The rows of those that aren't there yet, behind the others; first [out] of them. */
static enum err add_items(struct loaded *l, const int64_t *ids, size_t n, struct arena *scratch, size_t *first, struct err_info *info)
{
	int64_t *fresh = arena_alloc(scratch, (n + 1) * sizeof *fresh);
	struct item_list more;
	size_t m = 0;
	enum err e;

	for (size_t i = 0; i < n; i++)
		if (corpus_find(&l->corpus, ids[i]) < 0)
			fresh[m++] = ids[i];
	*first = l->items.n;
	e = articles_brief(l->store, fresh, m, &l->arena, &more, info);
	if (e != OK)
		return e;
	l->items.item = mem_resize(l->items.item, l->items.n + more.n + 1, sizeof *l->items.item);
	memcpy(l->items.item + l->items.n, more.item, more.n * sizeof *more.item);
	l->items.n += more.n;
	return OK;
}

enum err load_more(struct loaded *l, const int64_t *ids, size_t n, struct err_info *info)
{
	struct numbering num = { l->number, ARENA_INIT };
	struct csr rows = CSR_INIT;
	size_t feeds = l->number[FACET_FEED].n, first = 0;
	struct known *known = NULL;
	int64_t *here;
	enum err e = add_items(l, ids, n, &num.scratch, &first, info);

	here = arena_alloc(&num.scratch, (n + 1) * sizeof *here);
	for (size_t i = first; i < l->items.n; i++)
		here[i - first] = l->items.item[i].id;
	if (e == OK)
		e = load_rows_by(l->store, &l->stats, here, l->items.n - first, &rows, info);
	if (e == OK)
		keep_term_shares(l, rows.cols);
	if (e == OK)
		e = load_known(l, here, l->items.n - first, &num.scratch, &known, info);
	if (!first)
		csr_reserve(&l->corpus.terms, l->items.n, rows.rows ? rows.ptr[rows.rows] : 0);
	for (size_t i = first; i < l->items.n && e == OK; i++)
		add_doc(l, &num, &rows, i - first, &l->items.item[i], &known[i - first]);
	if (e == OK)
		keep_names(l);
	if (e == OK && (!first || l->number[FACET_FEED].n > feeds))
		e = key_feeds(l, info);
	if (e == OK)
		keep_shares(l);
	if (e == OK && l->corpus.terms.cols < rows.cols)
		l->corpus.terms.cols = rows.cols;
	csr_clear(&rows);
	arena_clear(&num.scratch);
	return e;
}

enum err load_corpus(struct store *st, const int64_t *ids, size_t n, struct loaded *out, struct err_info *info)
{
	int d, topics;
	enum err e;

	*out = (struct loaded){ .store = st };
	e = load_shape(out, &d, info);
	topics = out->corpus.values[FACET_TOPIC];
	corpus_init(&out->corpus, out->centre.d, d);
	out->corpus.values[FACET_TOPIC] = topics;
	if (e == OK)
		e = terms_df(st, &out->arena, &out->stats, info);
	if (e == OK)
		e = load_shares(out, info);
	if (e == OK)
		e = load_more(out, ids, n, info);
	if (e != OK)
		loaded_clear(out);
	return e;
}

void loaded_clear(struct loaded *l)
{
	corpus_clear(&l->corpus);
	map_clear(&l->asked);
	free(l->answer);
	free(l->items.item);
	shares_clear(&l->shares);
	for (int f = 0; f < FACET_COUNT; f++)
		map_clear(&l->number[f]);
	arena_clear(&l->arena);
	*l = (struct loaded){ 0 };
}
