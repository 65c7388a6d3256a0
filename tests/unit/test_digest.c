/* digest - the short way from text to terms and vectors, against the long one over strings; in languages of every kind of script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/rng.h"
#include "model/digest.h"
#include "model/vectors_file.h"

#define DIM 21 /* no multiple of what is added at once */
#define TERMS_MOST 400

static const struct article { const char *lang, *title, *body, *categories; } article[] = {
	{ "en", "Readers' comets brightening over COVID-19 wards", "The comet brightened, and readers read on. Comets brighten; the comet's tail don't. C/2025 W3 was 3.5 days late.", "Astronomy\nScience" },
	{ "en", "", "", "" },
	{ "en", "Comets", "comets COMETS comet cometary naïve café Café", "" },
	{ "de", "Die Brücke am Fluss", "Die Häuser an der Brücke sind alt. Das Haus am Fluß ist älter, die Brücken sind es auch.", "Städte\nHäuser" },
	{ "fr", "L'été à l'Opéra", "Aujourd'hui, l'opéra d'été attend qu'une étoile naisse. Les étés se suivent.", "Musique" },
	{ "tr", "İzmir'de ışık", "IŞIK İzmir'den geldi; sır ile sir bir değil.", "" },
	{ "el", "ΣΊΣΥΦΟΣ στην Αθήνα", "Ο Σίσυφος και οι επιστήμονες βρήκαν στην Αθήνα ένα νέο απολίθωμα· ο Σίσυφος γέλασε.", "ΝΈΑ" },
	{ "ru", "Комета над городом", "Ёлка и комета: кометы над городами видны, город спит. Привет, мир!", "Наука" },
	{ "uk", "Їжак у тумані", "Їжаки йдуть у туман, а туман іде до їжака.", "" },
	{ "ar", "المدينة القديمة", "والمدينة القديمة على البحر، والبحر أزرق. المدينة قديمة.", "ثقافة" },
	{ "he", "העיר העתיקה", "העיר העתיקה על הים, והים כחול.", "" },
	{ "zh", "彗星越过城市", "今晚的彗星越过城市上空,城市的人都看见了彗星。目的地是红的。", "科学" },
	{ "ja", "彗星が町を越える", "今夜、彗星が町の上を越えます。町の人はりんごを食べながら彗星を見ました。", "科学" },
	{ "ko", "서울에서 본 혜성", "서울에서는 혜성이 보였다. 사람들이 서울의 혜성을 보았다.", "과학" },
	{ "th", "ดาวหางเหนือเมือง", "คืนนี้ดาวหางผ่านเหนือเมือง คนในเมืองเห็นดาวหาง", "" },
	{ "hi", "शहर के ऊपर धूमकेतु", "आज रात धूमकेतु शहर के ऊपर से गुज़रा, शहर के लोगों ने धूमकेतु देखा।", "" },
	{ "", "libzark-2.4.1 C++ F-16 www.example.org", "x 7 中 http://a.example/libzark ... --- ½ 100,000 averyveryverylongwordthatnoshortwaywilltake", "misc" },
};

#define ARTICLES (sizeof article / sizeof *article)

/* ---- the long way ---- */

struct naive {
	struct map by_term;
	struct { char term[80], surface[80]; float tf; } count[TERMS_MOST];
	size_t n;
	double length;
	float weight;
	const struct vectors *table; /* NULL: not for this language */
	float sum[DIM];
	double total;
};

static void add_row(struct naive *c, size_t row)
{
	double w = (double)c->weight * vectors_sif(c->table, row);
	float scale;

	memcpy(&scale, &c->table->scale[row], sizeof scale);
	for (size_t k = 0; k < DIM; k++)
		c->sum[k] += scale * (float)w * (float)c->table->row[row * DIM + k];
	c->total += w;
}

static void count_naively(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct naive *c = user;
	int64_t i = *map_at(&c->by_term, term, n, (int64_t)c->n, NULL), row = -1;

	if ((size_t)i == c->n) {
		assert_true(c->n < TERMS_MOST && n < 80 && surface_n < 80);
		memcpy(c->count[c->n].term, term, n);
		memcpy(c->count[c->n++].surface, surface, surface_n);
	}
	c->count[i].tf += c->weight;
	c->length += (double)c->weight;
	if (c->table)
		row = vectors_find(c->table, surface, surface_n);
	if (c->table && row < 0)
		row = vectors_find(c->table, term, n);
	if (row >= 0)
		add_row(c, (size_t)row);
}

static struct naive *naive_of(struct terms *terms, const struct article *a, const struct vectors *table)
{
	struct naive *c = mem_zero(1, sizeof *c);

	c->table = table;
	c->weight = 1;
	terms_each(terms, a->body, strlen(a->body), a->lang, count_naively, c);
	c->weight = DIGEST_TITLE;
	terms_each(terms, a->title, strlen(a->title), a->lang, count_naively, c);
	c->weight = 1;
	terms_each(terms, a->categories, strlen(a->categories), a->lang, count_naively, c);
	return c;
}

/* ---- the same by both ways ---- */

static void same_terms(struct digest *d, const struct naive *want)
{
	size_t n;
	double length;
	const struct digest_term *t = digest_terms(d, &n, &length);

	assert_int_equal(n, want->n);
	assert_true(length == want->length);
	for (size_t i = 0; i < n; i++) {
		size_t len;
		uint32_t term;
		const char *s = terms_form(d->terms, t[i].form, &len, &term);

		assert_int_equal(term, t[i].term);
		assert_int_equal(len, strlen(want->count[i].surface));
		assert_memory_equal(s, want->count[i].surface, len);
		assert_string_equal(terms_spelling(d->terms, term, &len), want->count[i].term);
		assert_int_equal(len, strlen(want->count[i].term));
		assert_true(t[i].tf == want->count[i].tf);
	}
}

/* The row of a matrix has the same counts, by ascending number. */
static void same_row(struct digest *d, const struct naive *want, struct csr *m)
{
	size_t row = m->rows, len;
	double length = digest_row(d, m);

	assert_true(length == want->length);
	assert_int_equal(m->ptr[row + 1] - m->ptr[row], want->n);
	for (size_t k = m->ptr[row]; k < m->ptr[row + 1]; k++) {
		const char *s = terms_spelling(d->terms, m->col[k], &len);
		int64_t i = map_get(&want->by_term, s, len, -1);

		assert_true(i >= 0 && m->val[k] == want->count[i].tf);
	}
}

static size_t same_vector(const struct digest *d, const struct naive *want)
{
	float mean[DIM] = { 0 };

	assert_int_equal(digest_mean(d, mean), want->total > 0);
	for (size_t k = 0; k < DIM && want->total > 0; k++)
		assert_true(fabs((double)mean[k] - (double)want->sum[k] / want->total) <= 1e-6 * (1 + fabs((double)mean[k])));
	return want->total > 0;
}

/* Twice, so that words are new at first and known later. Returns the articles that had a vector. */
static size_t same_both_ways(const struct vectors *table)
{
	struct digest d = { 0 };
	struct csr m = CSR_INIT;
	struct terms *terms = NULL;
	size_t vectors = 0;

	assert_int_equal(digest_init(&d, table, NULL), OK);
	assert_int_equal(terms_new(&terms, NULL), OK);
	for (size_t i = 0; i < 2 * ARTICLES; i++) {
		const struct article *a = &article[i % ARTICLES];
		bool meant = table && (!*table->lang || !*a->lang || strcmp(table->lang, a->lang) == 0);
		struct naive *want = naive_of(terms, a, meant ? table : NULL);

		digest_article(&d, &(struct digest_text){ a->body, a->title, a->categories, strlen(a->body), strlen(a->title), strlen(a->categories), a->lang });
		same_terms(&d, want);
		vectors += same_vector(&d, want);
		same_row(&d, want, &m);
		map_clear(&want->by_term);
		free(want);
	}
	csr_clear(&m);
	digest_clear(&d);
	terms_free(terms);
	return vectors / 2;
}

/* ---- a table ---- */

struct make { struct vectors_make m; struct rng r; uint32_t rank; };

/* Every third word and every fifth stem is known. */
static void add_word(void *user, const char *term, size_t n, const char *surface, size_t surface_n)
{
	struct make *k = user;
	float x[DIM];

	for (size_t i = 0; i < DIM; i++)
		x[i] = (float)rng_normal(&k->r);
	k->rank++;
	if (k->rank % 3 == 0)
		(void)vectors_make_add(&k->m, surface, surface_n, k->rank, x);
	else if (k->rank % 5 == 0)
		(void)vectors_make_add(&k->m, term, n, k->rank, x);
}

static void make_table(const char *lang, struct vectors *out)
{
	char path[] = "/tmp/eclose-digest-XXXXXX";
	struct make k = { .rank = 0 };
	struct terms *terms = NULL;
	struct err_info info;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(terms_new(&terms, NULL), OK);
	rng_seed(&k.r, 11);
	vectors_make_init(&k.m, DIM);
	for (size_t i = 0; i < ARTICLES; i++) {
		terms_each(terms, article[i].body, strlen(article[i].body), article[i].lang, add_word, &k);
		terms_each(terms, article[i].title, strlen(article[i].title), article[i].lang, add_word, &k);
	}
	assert_int_equal(vectors_make_write(&k.m, lang, path, &info), OK);
	vectors_make_clear(&k.m);
	terms_free(terms);
	assert_int_equal(vectors_open(out, path, &info), OK);
	unlink(path);
}

static void numbers_give_what_strings_give(void **state)
{
	struct vectors table = VECTORS_INIT;

	(void)state;
	make_table("", &table);
	assert_true(same_both_ways(&table) >= ARTICLES - 3);
	vectors_close(&table);
}

static void a_table_is_for_its_own_language(void **state)
{
	struct vectors table = VECTORS_INIT;

	(void)state;
	make_table("ru", &table);
	assert_int_equal(same_both_ways(&table), 1 + 1); /* and the one of which nobody knows */
	vectors_close(&table);
}

static void without_a_table_there_are_terms(void **state)
{
	struct vectors none = VECTORS_INIT;

	(void)state;
	assert_int_equal(same_both_ways(&none), 0);
	assert_int_equal(same_both_ways(NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_give_what_strings_give),
		cmocka_unit_test(a_table_is_for_its_own_language),
		cmocka_unit_test(without_a_table_there_are_terms),
	};

	return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
