#include "model/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROW_NONE UINT32_MAX

/* What is known of a word as it is written, in its language. */
struct digest_form {
	uint32_t term, row; /* of the table, ROW_NONE where it has neither the word nor its stem */
	double sif;
};

enum err digest_init(struct digest *d, const struct vectors *table, struct err_info *info)
{
	struct terms *terms;
	enum err e = terms_new(&terms, info);

	if (e != OK)
		return e;
	*d = (struct digest){ .terms = terms, .tally = TALLY_INIT, .lang = "" };
	text_vector_init(&d->vector, table);
	text_vector_init(&d->title, table);
	return OK;
}

void digest_clear(struct digest *d)
{
	terms_free(d->terms);
	tally_clear(&d->tally);
	text_vector_clear(&d->vector);
	text_vector_clear(&d->title);
	free(d->form);
	free(d->said);
	free(d->term);
	*d = (struct digest){ 0 };
}

void digest_begin(struct digest *d, const char *lang)
{
	const struct vectors *table = d->vector.table;

	tally_forget(&d->tally);
	text_vector_empty(&d->vector);
	text_vector_empty(&d->title);
	d->lang = lang;
	d->meant = table && (!*table->lang || !*lang || strcmp(table->lang, lang) == 0);
}

/* ---- words ---- */

static struct digest_form look_up(const struct digest *d, uint32_t number)
{
	size_t n, term_n;
	struct digest_form f = { .row = ROW_NONE };
	const char *word = terms_form(d->terms, number, &n, &f.term), *term = terms_spelling(d->terms, f.term, &term_n);
	int64_t row = d->vector.table ? vectors_find_stem(d->vector.table, word, n, term, term_n) : -1;

	if (row >= 0) {
		f.row = (uint32_t)row;
		f.sif = vectors_sif(d->vector.table, (size_t)row);
	}
	return f;
}

/* A form as it comes: what is known of it begins to come from memory. */
static void hear(void *user, uint32_t number)
{
	struct digest *d = user;

	while (d->forms <= number) {
		MEM_GROW(d->form, d->forms, d->forms_cap);
		d->form[d->forms] = look_up(d, (uint32_t)d->forms);
		d->forms++;
	}
	__builtin_prefetch(&d->form[number]);
	MEM_GROW(d->said, d->said_n, d->said_cap);
	d->said[d->said_n++] = number;
}

static void count(struct digest *d, uint32_t number)
{
	const struct digest_form *f = &d->form[number];
	struct tally *t = &d->tally;
	size_t n = t->n;

	tally_term(t, f->term);
	if (t->n > n) { /* first sight */
		MEM_GROW(d->term, n, d->terms_cap);
		d->term[n].form = number;
	}
	if (!d->meant || f->row == ROW_NONE)
		return;
	text_vector_add(&d->vector, f->row, (double)t->weight * f->sif);
	if (d->in_title)
		text_vector_add(&d->title, f->row, f->sif);
}

#define AHEAD 8 /* forms whose terms are on their way */

void digest_words(struct digest *d, const char *text, size_t n, float weight)
{
	d->tally.weight = weight;
	d->said_n = 0;
	(void)terms_each_form(d->terms, text, n, d->lang, hear, d);
	for (size_t i = 0; i < d->said_n; i++) {
		if (i + AHEAD < d->said_n)
			tally_fetch(&d->tally, d->form[d->said[i + AHEAD]].term);
		count(d, d->said[i]);
	}
}

void digest_title(struct digest *d, const char *text, size_t n, float weight)
{
	d->in_title = true;
	digest_words(d, text, n, weight);
	d->in_title = false;
}

void digest_article(struct digest *d, const struct digest_text *text)
{
	digest_begin(d, text->lang);
	digest_words(d, text->body, text->body_n, 1);
	digest_title(d, text->title, text->title_n, DIGEST_TITLE);
	digest_words(d, text->categories, text->categories_n, 1);
}

/* ---- what came of them ---- */

bool digest_mean(const struct digest *d, float *out)
{
	return text_vector_mean(&d->vector, out);
}

bool digest_title_mean(const struct digest *d, float *out)
{
	return text_vector_mean(&d->title, out);
}

double digest_row(struct digest *d, struct csr *m)
{
	return tally_row(&d->tally, m);
}

const struct digest_term *digest_terms(struct digest *d, size_t *n, double *length)
{
	const struct tally *t = &d->tally;

	for (size_t i = 0; i < t->n; i++) {
		d->term[i].term = t->seen[i];
		d->term[i].tf = t->count[t->seen[i]].now;
	}
	*n = t->n;
	*length = t->length;
	return d->term;
}
