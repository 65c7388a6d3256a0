#include "feeds/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BARE_MOST ((size_t)16384) /* bytes of an entry without its content */

/* ---- one entry in one block ---- */

static size_t size_of(const char *s)
{
	return s ? strlen(s) + 1 : 0;
}

static size_t entry_size(const struct entry *e)
{
	size_t n = size_of(e->id) + size_of(e->title) + size_of(e->link) + size_of(e->author) + size_of(e->summary) + size_of(e->content) +
		   size_of(e->language) + size_of(e->image) + size_of(e->comments);

	for (size_t i = 0; i < e->n_categories; i++)
		n += sizeof *e->categories + size_of(e->categories[i]);
	for (size_t i = 0; i < e->n_enclosures; i++)
		n += sizeof *e->enclosures + size_of(e->enclosures[i].url) + size_of(e->enclosures[i].type);
	return n;
}

static const char *place(char **to, const char *s)
{
	char *at = *to;
	size_t n = size_of(s);

	if (!s)
		return NULL;
	memcpy(at, s, n);
	*to += n;
	return at;
}

/* e in a block of `size` bytes: first what must be aligned, then the strings. */
static struct entry packed(const struct entry *e, char *block)
{
	struct entry out = *e;

	out.enclosures = (struct enclosure *)(void *)block;
	block += e->n_enclosures * sizeof *e->enclosures;
	out.categories = (const char **)(void *)block;
	block += e->n_categories * sizeof *e->categories;
	out.id = place(&block, e->id);
	out.title = place(&block, e->title);
	out.link = place(&block, e->link);
	out.author = place(&block, e->author);
	out.summary = place(&block, e->summary);
	out.content = place(&block, e->content);
	out.language = place(&block, e->language);
	out.image = place(&block, e->image);
	out.comments = place(&block, e->comments);
	for (size_t i = 0; i < e->n_categories; i++)
		out.categories[i] = place(&block, e->categories[i]);
	for (size_t i = 0; i < e->n_enclosures; i++)
		out.enclosures[i] = (struct enclosure){ place(&block, e->enclosures[i].url), place(&block, e->enclosures[i].type), e->enclosures[i].length };
	return out;
}

/* ---- all of them ---- */

bool results_full(const struct results *r)
{
	return r->full || r->n == RESULTS_MOST;
}

void results_skip(struct results *r)
{
	r->left_out++;
}

static bool fits(const struct results *r, size_t size, size_t left)
{
	return !r->bare && r->bytes + size <= RESULTS_BYTES && (!left || r->bytes + size + left <= RESULTS_TOGETHER);
}

void results_add(struct results *r, const struct entry *e, size_t left)
{
	struct entry one = *e;
	size_t size = entry_size(e) + sizeof *e;

	if (!fits(r, size, left)) {
		one.summary = one.content = NULL;
		one.n_categories = one.n_enclosures = 0;
		size = entry_size(&one) + sizeof one;
		r->full = r->bytes + size > RESULTS_BYTES + RESULTS_BYTES / 8;
		if (size > BARE_MOST || r->full) {
			r->left_out++;
			return;
		}
		r->bare++;
	}
	MEM_GROW(r->entry, r->n, r->cap);
	r->entry[r->n++] = packed(&one, arena_alloc(r->a, size - sizeof one));
	r->bytes += size;
}

void results_move(struct results *r, struct feed_doc *doc)
{
	doc->entries = arena_alloc(r->a, r->n * sizeof *r->entry);
	if (r->n)
		memcpy(doc->entries, r->entry, r->n * sizeof *r->entry);
	doc->n_entries = r->n;
	results_drop(r);
}

void results_drop(struct results *r)
{
	free(r->entry);
	*r = (struct results){ .a = r->a };
}

const char *results_base(const char *base, const char *s, size_t n)
{
	size_t tags = 0;

	if (!base || n / 3 * strlen(base) <= RESULTS_LINKS) /* a link takes three bytes at the very least */
		return base;
	for (size_t i = 0; i < n; i++)
		tags += s[i] == '<';
	return tags * strlen(base) <= RESULTS_LINKS ? base : NULL;
}

/* ---- words ---- */

void left_out_add(struct buf *out, const char *fmt, ...)
{
	char part[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(part, sizeof part, fmt, ap);
	va_end(ap);
	buf_puts(out, out->len ? "; " : "");
	buf_puts(out, part);
}

void results_words(const struct results *r, struct buf *out)
{
	if (r->left_out)
		left_out_add(out, "%zu entr%s left out; %zu were read", r->left_out, r->left_out == 1 ? "y was" : "ies were", r->n);
	if (r->bare)
		left_out_add(out, "the content of the last %zu was left out: what stands before them takes as much as one document may", r->bare);
}
