#include "app/editions.h"

#include <string.h>

#include "app/body.h"
#include "text/worddiff.h"

static const char *plain(struct arena *a, const char *summary, const char *content)
{
	const struct entry e = { .summary = summary, .content = content };
	struct buf b = BUF_INIT;
	const char *text;

	body_text(NULL, &e, &b);
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_clear(&b);
	return text;
}

/* What is between a part and what stands before it in its own text: a line end, a blank, or nothing where words need none. At its beginning there may be something of the
 * other text. */
static const char *gap(const char *text, size_t from)
{
	if (from && text[from - 1] == '\n')
		return "\n";
	return from == 0 || text[from - 1] == ' ' || text[from - 1] == '\t' ? " " : "";
}

#define ISLAND 2 /* words */

/* The two texts as one, in the arena. mark [out] what stands in signs. */
static const char *beside(struct arena *a, const char *before, const char *after, struct mark **mark, size_t *n)
{
	struct diff_part *part;
	size_t n_parts = worddiff(a, before, after, ISLAND, &part);
	struct buf b = BUF_INIT;
	const char *text;

	*mark = arena_alloc(a, (n_parts + 1) * sizeof **mark);
	*n = 0;
	for (size_t i = 0; i < n_parts; i++) {
		bool gone = part[i].kind == DIFF_GONE;
		const char *from = gone ? before : after;
		size_t start;

		if (b.len)
			buf_puts(&b, gap(from, part[i].from));
		start = b.len;
		if (part[i].kind == DIFF_SAME) {
			buf_add(&b, from + part[i].from, part[i].len);
			continue;
		}
		buf_puts(&b, gone ? "[-" : "{+");
		buf_add(&b, from + part[i].from, part[i].len);
		buf_puts(&b, gone ? "-]" : "+}");
		(*mark)[(*n)++] = (struct mark){ start, b.len - start, NULL, gone ? -1 : 1 };
	}
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_clear(&b);
	return text;
}

enum err app_editions(struct app *app, const struct item *it, struct arena *a, struct editions *out, struct err_info *info)
{
	const char *title = it->title ? it->title : "", *text = plain(a, it->summary, it->content);
	struct earlier_list l;
	enum err e = articles_earlier(&app->store, it->id, a, &l, info);

	if (e != OK)
		return e;
	*out = (struct editions){ .title = it->title, .edition = arena_zero(a, l.n + 1, sizeof *out->edition), .n = l.n };
	for (size_t i = 0; i < l.n; i++) {
		struct edition *x = &out->edition[i];
		const char *was_title = l.text[i].title ? l.text[i].title : "", *was = plain(a, l.text[i].summary, l.text[i].content);

		x->at = l.text[i].at;
		x->title = beside(a, was_title, title, &x->title_mark, &x->n_title_marks);
		x->text = beside(a, was, text, &x->text_mark, &x->n_text_marks);
		title = was_title;
		text = was;
	}
	return OK;
}
