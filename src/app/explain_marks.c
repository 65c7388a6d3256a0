/* explain_marks - which words of an article carry its score. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "app/explain_private.h"
#include "feeds/html.h"
#include "rank/why.h"
#include "text/lang.h"
#include "text/terms.h"

#define CARRY_MOST 16   /* terms */
#define CARRY_LEAST 0.1 /* of the largest weight */

struct carrier { uint32_t col; const char *name; double weight; };

static int by_weight(const void *a, const void *b)
{
	const struct carrier *x = a, *y = b;

	if (fabs(x->weight) != fabs(y->weight))
		return fabs(x->weight) > fabs(y->weight) ? -1 : 1;
	return (x->col > y->col) - (x->col < y->col);
}

/* What the reader said of the term outright. */
static double said(const struct edits *ed, uint32_t col)
{
	for (size_t i = 0; i < ed->n; i++)
		if (ed->row[i].facet == FACET_COUNT && ed->row[i].value == (int64_t)col)
			return ed->row[i].weight;
	return 0;
}

/* The terms that carry the score, the heaviest first. Returns how many. */
static size_t carriers(struct ranker *r, size_t doc, struct arena *a, struct carrier **out)
{
	const struct csr *t = &r->loaded.corpus.terms;
	double *weight;
	size_t n = why_terms(a, &r->profile, doc, app_now(r->app), &weight), kept = 0;
	struct carrier *c = arena_zero(a, n + 1, sizeof *c);

	for (size_t i = 0; i < n; i++)
		c[i] = (struct carrier){ .col = t->col[t->ptr[doc] + i], .weight = weight[i] + said(&r->profile.edits, t->col[t->ptr[doc] + i]) };
	qsort(c, n, sizeof *c, by_weight);
	while (kept < n && kept < CARRY_MOST && c[kept].weight != 0 && fabs(c[kept].weight) >= CARRY_LEAST * fabs(c[0].weight)) {
		c[kept].name = terms_name(&r->app->store, c[kept].col, a);
		kept++;
	}
	*out = c;
	return kept;
}

/* ---- words of a text ---- */

struct finder {
	struct store *st;
	const struct carrier *carrier;
	size_t n_carriers;
	struct map known;     /* term -> index of its carrier + 1, 0 none */
	struct mark *mark;
	size_t n, cap;
};

static int64_t carrier_of(struct finder *f, const char *term, size_t n)
{
	int64_t id;

	if (terms_id(f->st, term, n, &id, NULL) != OK)
		return 0;
	for (size_t i = 0; i < f->n_carriers; i++)
		if (f->carrier[i].col == (uint64_t)id)
			return (int64_t)i + 1;
	return 0;
}

/* A name comes before the words in it: these are marked only where it isn't. */
static void hear(void *user, const char *term, size_t n, size_t from, size_t to)
{
	struct finder *f = user;
	bool added;
	int64_t *known = map_at(&f->known, term, n, 0, &added), which;

	if (added)
		*known = carrier_of(f, term, n);
	which = *known;
	if (!which || (f->n && from < f->mark[f->n - 1].from + f->mark[f->n - 1].len))
		return;
	MEM_GROW(f->mark, f->n, f->cap);
	f->mark[f->n++] = (struct mark){ from, to - from, f->carrier[which - 1].name, f->carrier[which - 1].weight };
}

static struct mark *find(struct finder *f, struct terms *terms, const char *text, const char *lang, struct arena *a, size_t *n)
{
	struct mark *out;

	f->n = 0;
	(void)terms_each_at(terms, text, strlen(text), lang, hear, f);
	out = arena_zero(a, f->n + 1, sizeof *out);
	if (f->n)
		memcpy(out, f->mark, f->n * sizeof *out);
	*n = f->n;
	return out;
}

/* The language as it was told when its terms were counted: by the text with the title behind it. */
static const char *language_of(const struct item *it, const char *title, const char *text)
{
	struct buf b = BUF_INIT;
	const char *lang;

	buf_puts(&b, text);
	buf_putc(&b, '\n');
	buf_puts(&b, title);
	lang = lang_detect(buf_str(&b), b.len, it->language);
	buf_clear(&b);
	return lang;
}

static const char *plain_text(const struct item *it, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *body = body_of_item(it), *text;

	html_text(&b, body, strlen(body));
	text = arena_strdup(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

enum err explain_marks(struct ranker *r, size_t doc, struct arena *a, struct why *out, struct err_info *info)
{
	struct finder f = { .st = &r->app->store };
	struct arena scratch = ARENA_INIT;
	struct carrier *carrier;
	struct terms *terms;
	const char *lang;
	struct item it;
	enum err e = articles_get(f.st, r->loaded.items.item[doc].id, &scratch, &it, info);

	if (e == OK)
		e = terms_new(&terms, info);
	if (e != OK) {
		arena_clear(&scratch);
		return e;
	}
	f.n_carriers = carriers(r, doc, a, &carrier);
	f.carrier = carrier;
	out->text = plain_text(&it, a);
	lang = language_of(&it, out->entry.title, out->text);
	out->title_mark = find(&f, terms, out->entry.title, lang, a, &out->n_title_marks);
	out->text_mark = find(&f, terms, out->text, lang, a, &out->n_text_marks);
	terms_free(terms);
	map_clear(&f.known);
	free(f.mark);
	arena_clear(&scratch);
	return OK;
}
