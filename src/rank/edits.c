#include "rank/edits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- subjects ---- */

bool edit_facet(const char *subject, enum facet *f, const char **key)
{
	const char *colon = strchr(subject, ':');
	size_t n = colon ? (size_t)(colon - subject) : 0;

	if (!n || !colon[1])
		return false;
	*key = colon + 1;
	*f = FACET_COUNT;
	if (n == 4 && strncmp(subject, "term", n) == 0)
		return true;
	for (int i = 0; i < FACET_COUNT; i++)
		if (strlen(facet_word[i]) == n && strncmp(subject, facet_word[i], n) == 0) {
			*f = (enum facet)i;
			return true;
		}
	return false;
}

const char *edit_words(struct arena *a, double weight, const char *name)
{
	if (fabs(weight) >= EDIT_MOST)
		return arena_printf(a, "%s: %s", weight > 0 ? "pinned" : "banned", name);
	return arena_printf(a, "you: %+.1f %s", weight, name);
}

/* Where the corpus has it. */
static void resolve(const struct edits *ed, struct edit_row *row)
{
	const struct corpus_names *names = &ed->corpus->names;
	const char *key;

	row->value = -1;
	if (edit_facet(row->subject, &row->facet, &key) && names->find)
		row->value = names->find(names->user, row->facet, key);
}

/* ---- what holds ---- */

void edits_init(struct edits *ed, const struct corpus *c)
{
	*ed = (struct edits){ .corpus = c };
}

void edits_grow(struct edits *ed)
{
	for (size_t i = 0; i < ed->n; i++)
		resolve(ed, &ed->row[i]);
}

void edits_clear(struct edits *ed)
{
	for (size_t i = 0; i < ed->n; i++)
		free(ed->row[i].subject);
	free(ed->row);
	*ed = (struct edits){ 0 };
}

const struct edit_row *edits_find(const struct edits *ed, const char *subject)
{
	for (size_t i = 0; i < ed->n; i++)
		if (strcmp(ed->row[i].subject, subject) == 0)
			return &ed->row[i];
	return NULL;
}

/* Rows stand in the order in which they were said last, so that what is folded anew adds up in the same order to the same bits. */
static void take_out(struct edits *ed, size_t at)
{
	free(ed->row[at].subject);
	memmove(&ed->row[at], &ed->row[at + 1], (ed->n - at - 1) * sizeof *ed->row);
	ed->n--;
}

void edits_apply(struct edits *ed, const struct event *e)
{
	const struct edit_row *old = e->subject ? edits_find(ed, e->subject) : NULL;
	struct edit_row row = { .weight = fmin(fmax(e->value, -EDIT_MOST), EDIT_MOST), .at = e->at, .article = e->article, .id = e->id };

	if (old)
		take_out(ed, (size_t)(old - ed->row));
	if (row.weight == 0 || !e->subject || isnan(e->value))
		return;
	row.subject = mem_strdup(e->subject);
	resolve(ed, &row);
	MEM_GROW(ed->row, ed->n, ed->cap);
	ed->row[ed->n++] = row;
}

uint64_t edits_hash(const struct edits *ed)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < ed->n; i++)
		hash += (hash_bytes(ed->row[i].subject, strlen(ed->row[i].subject)) ^ hash_bytes(&ed->row[i].weight, sizeof(double))) * 0x9e3779b97f4a7c15u;
	return hash;
}

/* ---- an article ---- */

static bool has_term(const struct csr *t, size_t doc, int64_t col)
{
	size_t lo = t->ptr[doc], hi = t->ptr[doc + 1];

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if ((int64_t)t->col[mid] < col)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->ptr[doc + 1] && (int64_t)t->col[lo] == col;
}

bool edits_touch(const struct edits *ed, const struct edit_row *row, size_t doc)
{
	int one, n;
	const int *which;

	if (row->value < 0)
		return false;
	if (row->facet == FACET_COUNT)
		return has_term(&ed->corpus->terms, doc, row->value);
	which = doc_facet(&ed->corpus->doc[doc], row->facet, &one, &n);
	for (int i = 0; i < n; i++)
		if (which[i] == row->value)
			return true;
	return false;
}

static double clip(double sum)
{
	return fmin(fmax(sum, -EDITS_MOST), EDITS_MOST);
}

double edits_sum(const struct edits *ed, size_t doc, bool *banned)
{
	double sum = 0;

	if (banned)
		*banned = false;
	for (size_t i = 0; i < ed->n; i++) {
		if (!edits_touch(ed, &ed->row[i], doc))
			continue;
		sum += ed->row[i].weight;
		if (banned && ed->row[i].weight <= -EDIT_MOST)
			*banned = true;
	}
	return clip(sum);
}

double edits_share(const struct edits *ed, size_t doc, double *part)
{
	double sum = 0, kept;

	for (size_t i = 0; i < ed->n; i++) {
		part[i] = edits_touch(ed, &ed->row[i], doc) ? ed->row[i].weight : 0;
		sum += part[i];
	}
	kept = clip(sum);
	for (size_t i = 0; i < ed->n && kept != sum; i++)
		part[i] *= kept / sum;
	return kept;
}
