#include "feeds/mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "feeds/mend_parts.h"

#define WINDOW ((size_t)65536)     /* bytes made at a time */
#define PIECE ((size_t)4096)       /* of text: a run; libxml2 may have hundreds of bytes in hand before it tells of the first, and each stands for one */
#define SPENT ((size_t)1 << 20)    /* so much is given back at a time */

static bool starts(const struct mend *m, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(m->end - m->s) >= n && memcmp(m->s, what, n) == 0;
}

/* The first place of what in m, or NULL. */
static const char *find(const struct mend *m, const char *what)
{
	return memmem(m->s, (size_t)(m->end - m->s), what, strlen(what));
}

/* ---- what is left out ---- */

/* The '>' of the document type at s, quotes and brackets minded; NULL where it has none. */
static const char *doctype_end(const char *s, const char *end)
{
	int inside = 0;

	for (; s < end; s++) {
		char c = *s;

		if (c == '[')
			inside++;
		else if (c == ']')
			inside--;
		else if (c == '>' && inside <= 0)
			return s;
		else if (c == '"' || (c == '\'' && inside <= 0)) {
			const char *q = memchr(s + 1, c, (size_t)(end - s - 1));

			if (q)
				s = q;
		}
	}
	return NULL;
}

/* Leave out up to p, which is len bytes long, or to the next '>' where p is NULL. */
static void skip_to(struct mend *m, const char *p, size_t len)
{
	if (!p) {
		m->lost = m->repaired = true;
		len = 1;
		p = memchr(m->s, '>', (size_t)(m->end - m->s));
	}
	m->s = p ? p + len : m->end;
}

static void outside(struct mend *m, const char *end)
{
	for (; m->s < end; m->s++)
		m->repaired |= !mend_blank(*m->s);
}

/* ---- a piece ---- */

/* "<![CDATA[" at m->s. */
static void cdata(struct mend *m)
{
	const char *p;

	m->s += 9;
	p = find(m, "]]>");
	m->repaired |= !p;
	p = p ? p : m->end;
	if (m->depth)
		m->raw_end = p;
	else
		m->s = m->end - p >= 3 ? p + 3 : p;
}

/* Where a piece of text ends that goes no further than end: between characters. */
static const char *piece_end(const struct mend *m, const char *end)
{
	size_t n = (size_t)(end - m->s);

	if (n <= PIECE)
		return end;
	n = utf8_cut(m->s, PIECE);
	return m->s + (n ? n : PIECE);
}

/* A piece of the CDATA section that m->s stands in. */
static void raw(struct mend *m)
{
	const char *end = m->raw_end;

	mend_run(m, piece_end(m, end), true);
	if (m->s < end)
		return;
	m->s = m->end - end >= 3 ? end + 3 : m->end;
	m->raw_end = NULL;
}

/* '<' at m->s. */
static void markup(struct mend *m)
{
	if (starts(m, "<![CDATA["))
		cdata(m);
	else if (starts(m, "<!--"))
		skip_to(m, m->lost ? NULL : find(m, "-->"), 3);
	else if (starts(m, "<?"))
		skip_to(m, m->lost ? NULL : find(m, "?>"), 2);
	else if (starts(m, "</"))
		mend_end_tag(m);
	else if (starts(m, "<!") && !m->root) {
		const char *close = m->lost ? NULL : doctype_end(m->s + 2, m->end);

		m->declared = true;
		if (close)
			mend_declare(m, m->s, close);
		skip_to(m, close, 1);
	} else if (m->end - m->s < 2 || !mend_name_start(m->s[1]) || !mend_start_tag(m)) {
		m->repaired = true;
		if (m->depth)
			mend_bare(m);
		m->s++;
	}
}

/* The document's next piece: some text, or one tag. */
static void step(struct mend *m)
{
	const char *most = piece_end(m, m->end), *next;

	if (m->raw_end) {
		raw(m);
		return;
	}
	next = memchr(m->s, '<', (size_t)(most - m->s));
	if (m->depth)
		mend_run(m, next ? next : most, false);
	else
		outside(m, next ? next : most);
	if (m->s < m->end && *m->s == '<')
		markup(m);
}

/* Drop the texts that were read. */
static void drop_read(struct mend *m)
{
	m->text.len -= m->text_read;
	m->n_runs -= m->runs_read;
	if (m->text.len && m->text_read)
		memmove(m->text.s, m->text.s + m->text_read, m->text.len);
	if (m->n_runs && m->runs_read)
		memmove(m->run, m->run + m->runs_read, m->n_runs * sizeof *m->run);
	m->text_read = m->runs_read = 0;
}

static void fill(struct mend *m)
{
	size_t kept;

	buf_cut(&m->out, 0);
	m->out_read = 0;
	drop_read(m);
	kept = m->text.len;
	while (m->out.len + (m->text.len - kept) < WINDOW && m->s < m->end && !m->ended)
		step(m);
	if (m->s == m->end && !m->ended) {
		m->repaired |= m->depth > 0;
		while (m->depth)
			mend_close(m);
	}
	if (m->spend && (size_t)(m->s - m->spent) > SPENT) {
		mem_spend(m->spent, m->s);
		m->spent = m->s;
	}
}

/* ---- reading ---- */

struct mend *mend_new(const char *s, size_t n, mend_entity *entity, bool spend)
{
	struct mend *m = mem_zero(1, sizeof *m);

	m->s = m->spent = s;
	m->end = s + n;
	m->entity = entity;
	m->spend = spend;
	m->patience = n + SPENT;
	buf_add(&m->out, "", 0);
	return m;
}

size_t mend_read(struct mend *m, char *to, size_t len)
{
	size_t n;

	if (m->out_read == m->out.len)
		fill(m);
	n = m->out.len - m->out_read;
	if (n > len)
		n = len;
	if (n)
		memcpy(to, m->out.s + m->out_read, n);
	m->out_read += n;
	return n;
}

size_t mend_left(const struct mend *m)
{
	return (size_t)(m->end - m->s);
}

bool mend_repaired(const struct mend *m)
{
	return m->repaired;
}

void mend_free(struct mend *m)
{
	if (!m)
		return;
	buf_clear(&m->out);
	buf_clear(&m->text);
	free(m->run);
	buf_clear(&m->names);
	buf_clear(&m->words.text);
	free(m);
}
