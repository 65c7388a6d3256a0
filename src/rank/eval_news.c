#include "rank/eval_news.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "model/digest.h"
#include "model/lsa.h"
#include "model/topics.h"
#include "text/lang.h"

#define NEWS_BYTES ((size_t)1 << 30)
#define NEWS_TITLE 2 /* how many times the words of a title count */
#define TRIES 2 /* as app/vectorise.c has it for so many articles */

/* Means of word vectors, article by article; centred in the end. */
struct means {
	float *raw;  /* (articles x dims) */
	bool *known; /* (articles) has one */
	size_t cap;
};

typedef bool mean_fn(const struct digest *d, float *out);

/* Words counted, before they can be weighed. */
struct counts {
	struct digest digest;
	struct csr tf;       /* (articles x terms) counts, then weights */
	double *length;      /* (articles) */
	size_t length_cap;
	struct means words, title; /* of all its words, of the title's alone */
};

/* Dimensions of the word vectors, 0 without a table. */
static size_t dims(const struct counts *c)
{
	const struct vectors *table = c->digest.vector.table;

	return table ? table->dims : 0;
}

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

/* A vector of the words that were just counted, as the next row. */
static void keep_mean(struct means *m, const struct counts *c, mean_fn *mean, size_t row)
{
	size_t d = dims(c);

	if (row >= m->cap) {
		m->cap = m->cap ? 2 * m->cap : 1024;
		m->raw = mem_resize(m->raw, m->cap * d + 1, sizeof *m->raw);
		m->known = mem_resize(m->known, m->cap, sizeof *m->known);
	}
	m->known[row] = mean(&c->digest, m->raw + row * d);
}

static void means_clear(struct means *m)
{
	free(m->raw);
	free(m->known);
}

static void count_article(struct counts *c, struct field title, struct field abstract, struct field category, struct field sub)
{
	size_t row = c->tf.rows;

	digest_begin(&c->digest, abstract.n ? lang_detect(abstract.s, abstract.n, "en") : lang_detect(title.s, title.n, "en"));
	digest_title(&c->digest, title.s, title.n, NEWS_TITLE);
	digest_words(&c->digest, abstract.s, abstract.n, 1);
	digest_words(&c->digest, category.s, category.n, 1); /* as in the reader's own store */
	digest_words(&c->digest, sub.s, sub.n, 1);
	keep_mean(&c->words, c, digest_mean, row);
	keep_mean(&c->title, c, digest_title_mean, row);
	MEM_GROW(c->length, row, c->length_cap);
	c->length[row] = digest_row(&c->digest, &c->tf);
}

static void counts_clear(struct counts *c)
{
	digest_clear(&c->digest);
	csr_clear(&c->tf);
	free(c->length);
	means_clear(&c->words);
	means_clear(&c->title);
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
static void centre(struct means *m, size_t rows, size_t d)
{
	size_t known = 0;
	double *sum = mem_zero(d + 1, sizeof *sum);
	float *mean = mem_zero(d + 1, sizeof *mean);

	for (size_t i = 0; i < rows; i++) {
		known += m->known[i];
		for (size_t k = 0; k < d && m->known[i]; k++)
			sum[k] += (double)m->raw[i * d + k];
	}
	for (size_t k = 0; k < d && known; k++)
		mean[k] = (float)(sum[k] / (double)known);
	for (size_t i = 0; i < rows; i++)
		if (m->known[i])
			vectors_centre(m->raw + i * d, mean, d, m->raw + i * d);
	free(sum);
	free(mean);
}

/* The article's row (d), NULL where it has none. */
static const float *mean_of(const struct means *m, size_t row, size_t d)
{
	return m->known[row] ? m->raw + row * d : NULL;
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
	size_t d = dims(c);
	float *vec;

	tally_weigh(&c->digest.tally, &c->tf, c->length);
	lsa_fit(&lsa, &c->tf, LSA_DIMS_MOST, seed);
	corpus->side[SIDE_LSA].d = lsa.d;
	corpus->side[SIDE_WORDS].d = corpus->side[SIDE_TITLE].d = (int)d;
	centre(&c->words, c->tf.rows, d);
	centre(&c->title, c->tf.rows, d);
	vec = mem_zero((size_t)lsa.d + 1, sizeof *vec);
	for (size_t i = 0; i < c->tf.rows; i++) {
		size_t from = c->tf.ptr[i];

		lsa_fold(&lsa, &c->tf, i, vec);
		(void)corpus_add(corpus, &docs[i], c->tf.col + from, c->tf.val + from, c->tf.ptr[i + 1] - from, (struct doc_vectors){ {
			[SIDE_WORDS] = mean_of(&c->words, i, d), [SIDE_TITLE] = mean_of(&c->title, i, d), [SIDE_LSA] = vec } });
	}
	corpus->values[FACET_CATEGORY] = (int)n->category.n;
	find_topics(corpus, seed);
	free(vec);
	lsa_clear(&lsa);
}

enum err news_read(struct news *out, const char *dir, const struct vectors *table, uint64_t seed, struct err_info *info)
{
	struct counts c = { .tf = CSR_INIT };
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct doc *docs = NULL;
	enum err err;

	*out = (struct news){ .by_name = MAP_INIT, .category = MAP_INIT };
	corpus_init(&out->corpus, 0, 0);
	buf_printf(&path, "%s/news.tsv", dir);
	err = buf_read_file(&text, buf_str(&path), NEWS_BYTES, info);
	if (!err)
		err = digest_init(&c.digest, table, info);
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
