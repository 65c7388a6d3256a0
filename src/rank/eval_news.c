#include "rank/eval_news.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "model/lsa.h"
#include "model/topics.h"
#include "text/lang.h"
#include "text/terms.h"

#define NEWS_BYTES ((size_t)1 << 30)
#define NEWS_TITLE 2 /* how many times the words of a title count */
#define NEWS_DIMENSIONS 64
#define TRIES 2 /* as app/vectorise.c has it for so many articles */

/* Words counted, before they can be weighed. */
struct counts {
	struct terms *terms;
	struct map vocabulary;
	struct csr tf;       /* (articles x terms) counts */
	uint32_t *df;        /* (terms) */
	float *now;          /* (terms) counts of the article at hand, 0 between articles */
	uint32_t *touched;   /* (n) its terms */
	size_t n, cap, terms_cap;
	double *length;      /* (articles) */
	size_t length_cap;
	double total;
	float weight;        /* of the words being counted */
	struct text_vector words; /* of the article at hand */
	float *raw;          /* (articles x dims) means of the words, not centred */
	bool *known;         /* (articles) has one */
	size_t raw_cap;
};

bool news_line(const char *text, size_t n, size_t *at, struct field *line)
{
	const char *end;

	if (*at >= n)
		return false;
	line->s = text + *at;
	end = memchr(line->s, '\n', n - *at);
	line->n = end ? (size_t)(end - line->s) : n - *at;
	*at += line->n + 1;
	if (line->n && line->s[line->n - 1] == '\r')
		line->n--;
	return true;
}

size_t news_fields(struct field line, char sep, struct field *f, size_t most)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= line.n; i++) {
		if (i < line.n && line.s[i] != sep)
			continue;
		if (n < most)
			f[n] = (struct field){ line.s + from, i - from };
		n++;
		from = i + 1;
	}
	return n;
}

static void count_term(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct counts *c = user;
	bool fresh;
	uint32_t col;

	text_vector_count(&c->words, surface, surface_n, term, n, (double)c->weight);
	col = (uint32_t)*map_at(&c->vocabulary, term, n, (int64_t)c->vocabulary.n, &fresh);
	if (fresh && col >= c->terms_cap) {
		c->terms_cap = c->terms_cap ? 2 * c->terms_cap : 4096;
		c->df = mem_resize(c->df, c->terms_cap, sizeof *c->df);
		c->now = mem_resize(c->now, c->terms_cap, sizeof *c->now);
	}
	if (fresh) {
		c->df[col] = 0;
		c->now[col] = 0;
	}
	if (c->now[col] == 0) {
		MEM_GROW(c->touched, c->n, c->cap);
		c->touched[c->n++] = col;
	}
	c->now[col] += c->weight;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The vector of the words that were just counted, as the next row. */
static void keep_words(struct counts *c, size_t row)
{
	size_t d = c->words.table ? c->words.table->dims : 0;

	if (row >= c->raw_cap) {
		c->raw_cap = c->raw_cap ? 2 * c->raw_cap : 1024;
		c->raw = mem_resize(c->raw, c->raw_cap * d + 1, sizeof *c->raw);
		c->known = mem_resize(c->known, c->raw_cap, sizeof *c->known);
	}
	c->known[row] = d && text_vector_mean(&c->words, c->raw + row * d);
}

static void count_article(struct counts *c, struct field title, struct field abstract, struct field category, struct field sub)
{
	const char *lang = abstract.n ? lang_detect(abstract.s, abstract.n, "en") : lang_detect(title.s, title.n, "en");
	float *val;
	double length = 0;

	c->n = 0;
	text_vector_empty(&c->words);
	c->weight = NEWS_TITLE;
	(void)terms_each(c->terms, title.s, title.n, lang, count_term, c);
	c->weight = 1;
	(void)terms_each(c->terms, abstract.s, abstract.n, lang, count_term, c);
	(void)terms_each(c->terms, category.s, category.n, lang, count_term, c); /* as in the reader's own store */
	(void)terms_each(c->terms, sub.s, sub.n, lang, count_term, c);
	keep_words(c, c->tf.rows);
	if (c->n)
		qsort(c->touched, c->n, sizeof *c->touched, by_number);
	val = mem_zero(c->n + 1, sizeof *val);
	for (size_t i = 0; i < c->n; i++) {
		val[i] = c->now[c->touched[i]];
		c->now[c->touched[i]] = 0;
		c->df[c->touched[i]]++;
		length += (double)val[i];
	}
	MEM_GROW(c->length, c->tf.rows, c->length_cap);
	c->length[c->tf.rows] = length;
	c->total += length;
	csr_add_row(&c->tf, c->touched, val, c->n);
	free(val);
}

/* Counts to TF-IDF, in place. */
static void weigh(struct counts *c)
{
	double docs = (double)c->tf.rows;
	uint32_t *df = mem_zero(c->tf.cols + 1, sizeof *df);

	for (size_t i = 0; i < c->tf.rows; i++) {
		size_t from = c->tf.ptr[i], n = c->tf.ptr[i + 1] - from;

		for (size_t j = 0; j < n; j++)
			df[j] = c->df[c->tf.col[from + j]];
		tfidf_weigh(c->tf.val + from, df, n, docs, c->length[i], c->total / docs);
	}
	free(df);
}

static void counts_clear(struct counts *c)
{
	if (c->terms)
		terms_free(c->terms);
	map_clear(&c->vocabulary);
	csr_clear(&c->tf);
	free(c->df);
	free(c->now);
	free(c->touched);
	free(c->length);
	free(c->raw);
	free(c->known);
	text_vector_clear(&c->words);
}

static int category_number(struct news *n, const char *s, size_t len)
{
	return (int)*map_at(&n->category, s, len, (int64_t)n->category.n, NULL);
}

/* The article's facts; its terms and vector come when all have been counted. */
static void facts_add(struct news *n, size_t at, struct field category, struct field sub, struct doc *doc)
{
	struct buf path = BUF_INIT;
	int cat[2], n_cat = 0;

	if (category.n) {
		cat[n_cat++] = category_number(n, category.s, category.n);
		if (sub.n) {
			buf_add(&path, category.s, category.n);
			buf_putc(&path, '/');
			buf_add(&path, sub.s, sub.n);
			cat[n_cat++] = category_number(n, path.s, path.len);
		}
	}
	buf_clear(&path);
	MEM_GROW(n->top, at, n->cap);
	n->top[at] = n_cat ? cat[0] : -1;
	*doc = (struct doc){ .id = (int64_t)at + 1, .at = DATE_NONE, .story = (int64_t)at + 1, .feed = -1, .topic = -1, .author = -1, .language = -1, .n_cat = n_cat, .feeds_telling = 1 };
	if (n_cat) {
		int *kept = arena_alloc(&n->corpus.arena, sizeof cat);

		memcpy(kept, cat, sizeof cat);
		doc->cat = kept;
	}
}

/* All lines: facts into docs (grown), words into counts. */
static enum err parse(struct news *n, struct counts *c, const struct buf *text, struct doc **docs, struct err_info *info)
{
	struct field line, f[5];
	size_t at = 0, number = 0, rows = 0, cap = 0;

	while (news_line(text->s, text->len, &at, &line)) {
		size_t found = news_fields(line, '\t', f, 5);
		bool fresh;

		number++;
		if (found < 5)
			return err_set(info, ERR_SYNTAX, "news.tsv:%zu: %zu fields where at least 5 are due (id, category, subcategory, title, abstract)", number, found);
		if (!f[0].n)
			return err_set(info, ERR_SYNTAX, "news.tsv:%zu: no id in the first field", number);
		(void)map_at(&n->by_name, f[0].s, f[0].n, (int64_t)rows, &fresh);
		if (!fresh)
			return err_set(info, ERR_SYNTAX, "news.tsv:%zu: %.*s was there before", number, (int)(f[0].n < 40 ? f[0].n : 40), f[0].s);
		MEM_GROW(*docs, rows, cap);
		facts_add(n, rows, f[1], f[2], &(*docs)[rows]);
		count_article(c, f[3], f[4], f[1], f[2]);
		rows++;
	}
	return rows ? OK : err_set(info, ERR_SYNTAX, "news.tsv: no article in it");
}

/* Centred by their mean, at unit length, in place. */
static void centre_words(struct counts *c)
{
	size_t d = c->words.table ? c->words.table->dims : 0, known = 0;
	double *sum = mem_zero(d + 1, sizeof *sum);
	float *mean = mem_zero(d + 1, sizeof *mean);

	for (size_t i = 0; i < c->tf.rows; i++) {
		known += c->known[i];
		for (size_t k = 0; k < d && c->known[i]; k++)
			sum[k] += (double)c->raw[i * d + k];
	}
	for (size_t k = 0; k < d && known; k++)
		mean[k] = (float)(sum[k] / (double)known);
	for (size_t i = 0; i < c->tf.rows; i++)
		if (c->known[i])
			vectors_centre(c->raw + i * d, mean, d, c->raw + i * d);
	free(sum);
	free(mean);
}

/* Topics of the corpus, made as the reader's own are; feeds and languages aren't known. */
static void find_topics(struct corpus *c, uint64_t seed)
{
	size_t words = (size_t)c->side[SIDE_WORDS].d, lsa = (size_t)c->side[SIDE_LSA].d, d = words + lsa;
	int k = lsa ? topics_count(c->n) : 0, *topic = mem_alloc((c->n + 1) * sizeof *topic);
	float *row = mem_zero(c->n * d + 1, sizeof *row), *centroid = mem_zero((size_t)k * d + 1, sizeof *centroid);

	memset(topic, 0xff, (c->n + 1) * sizeof *topic);
	for (size_t i = 0; i < c->n && k; i++)
		topics_row(corpus_vector(c, SIDE_WORDS, i), words, corpus_vector(c, SIDE_LSA, i), lsa, row + i * d);
	if (k)
		topics_fit_best(row, c->n, d, k, seed, TRIES, topic, centroid);
	for (size_t i = 0; i < c->n; i++)
		c->doc[i].topic = topic[i];
	c->values[FACET_TOPIC] = k;
	free(topic);
	free(row);
	free(centroid);
}

static void build(struct news *n, struct counts *c, const struct doc *docs, uint64_t seed)
{
	struct lsa lsa;
	struct corpus *corpus = &n->corpus;
	size_t d = c->words.table ? c->words.table->dims : 0;
	float *vec;

	weigh(c);
	lsa_fit(&lsa, &c->tf, NEWS_DIMENSIONS, seed);
	corpus->side[SIDE_LSA].d = lsa.d;
	corpus->side[SIDE_WORDS].d = (int)d;
	centre_words(c);
	vec = mem_zero((size_t)lsa.d + 1, sizeof *vec);
	for (size_t i = 0; i < c->tf.rows; i++) {
		size_t from = c->tf.ptr[i];

		lsa_fold(&lsa, &c->tf, i, vec);
		(void)corpus_add(corpus, &docs[i], c->tf.col + from, c->tf.val + from, c->tf.ptr[i + 1] - from, c->known[i] ? c->raw + i * d : NULL, vec);
	}
	corpus->values[FACET_CATEGORY] = (int)n->category.n;
	find_topics(corpus, seed);
	free(vec);
	lsa_clear(&lsa);
}

enum err news_read(struct news *out, const char *dir, const struct vectors *table, uint64_t seed, struct err_info *info)
{
	struct counts c = { .vocabulary = MAP_INIT };
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct doc *docs = NULL;
	enum err err;

	*out = (struct news){ .by_name = MAP_INIT, .category = MAP_INIT };
	corpus_init(&out->corpus, 0, 0);
	text_vector_init(&c.words, table);
	buf_printf(&path, "%s/news.tsv", dir);
	err = buf_read_file(&text, buf_str(&path), NEWS_BYTES, info);
	if (!err)
		err = terms_new(&c.terms, info);
	if (!err)
		err = parse(out, &c, &text, &docs, info);
	if (!err)
		build(out, &c, docs, seed);
	counts_clear(&c);
	free(docs);
	buf_clear(&path);
	buf_clear(&text);
	return err;
}

void news_clear(struct news *n)
{
	corpus_clear(&n->corpus);
	map_clear(&n->by_name);
	map_clear(&n->category);
	free(n->top);
}
