#include "store/typed_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define NEAR_USUAL 10
#define NEAR_MOST 999
/* A beginning of two letters is hundreds of words, all of which FTS5 has to gather before it answers: among 100,000 articles, for a quarter of a second. */
#define BEGINNING_LEAST 3

/* ---- one word or phrase after the other ---- */

enum join { JOIN_AND, JOIN_OR, JOIN_NEAR };

struct term {
	struct word word;
	enum field field;
	enum join join;     /* to the term before */
	int distance;       /* of JOIN_NEAR, words */
	bool quoted, without;
	bool beginning;     /* of a word is enough */
};

struct reader {
	const char *at;
	const char *close;  /* of the NEAR( ) that is being read; NULL none */
	int distance;       /* of that */
	bool inside;        /* of that: there was a term in it */
	bool plain;         /* quotes are all that means anything */
	bool any;           /* there was a term */
	bool without;       /* the one before is to be absent */
};

/* Bytes of the blank at s: ASCII's, or the ideographic one, which is what the space bar gives who types Chinese or Japanese. */
static size_t blank(const char *s)
{
	if (*s && strchr(" \t\r\n\f\v", *s))
		return 1;
	return strncmp(s, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

static size_t word_length(const char *s, const char *close)
{
	size_t n = 0;

	while (s[n] && s + n != close && s[n] != '"' && !blank(s + n))
		n++;
	return n;
}

static const char *after_blanks(const char *s)
{
	for (size_t n; (n = blank(s)) > 0;)
		s += n;
	return s;
}

/* "title:" and so on at s: its length, 0 where there is none, or nothing behind it. */
static size_t field_at(const char *s, enum field *field)
{
	static const char *const name[FIELD_COUNT] = { "title:", "text:", "author:", "feed:" };

	for (int i = 0; i < FIELD_COUNT; i++) {
		size_t n = strlen(name[i]), k = 0;

		while (k < n && (s[k] | 0x20) == (name[i][k] | 0x20) && (s[k] == ':') == (name[i][k] == ':'))
			k++;
		if (k == n && s[n] && !blank(s + n)) {
			*field = (enum field)i;
			return n;
		}
	}
	return 0;
}

/* ", 5)" before the bracket that closes: where it begins, and the number; `close` where there is none. */
static const char *distance_before(const char *open, const char *close, int *distance)
{
	const char *p = close;
	long n;

	while (p > open && p[-1] >= '0' && p[-1] <= '9')
		p--;
	n = p < close ? strtol(p, NULL, 10) : 0;
	while (p > open && blank(p - 1) == 1)
		p--;
	if (n < 1 || p == open || p[-1] != ',')
		return close;
	*distance = n > NEAR_MOST ? NEAR_MOST : (int)n;
	return p - 1;
}

/* "NEAR(" at r->at, with a bracket that closes it outside of quotes: what is in it is read next, up to r->close. */
static bool near_opens(struct reader *r)
{
	bool quoted = false;
	const char *open, *p;

	if (r->close || strncmp(r->at, "NEAR(", 5) != 0)
		return false;
	open = r->at + 5;
	for (p = open; *p && (quoted || *p != ')'); p++)
		quoted ^= *p == '"';
	if (!*p)
		return false;
	r->distance = NEAR_USUAL;
	r->close = distance_before(open, p, &r->distance);
	r->at = open;
	return true;
}

static void near_closes(struct reader *r)
{
	r->at = r->close + strcspn(r->close, ")");
	r->at += *r->at == ')';
	r->close = NULL;
	r->inside = false;
}

/* OR or NEAR at r->at, alone: it joins what stands before it and behind it. */
static bool join_at(struct reader *r, enum join *join)
{
	size_t n = word_length(r->at, NULL);
	enum join found;

	if (n == 2 && strncmp(r->at, "OR", 2) == 0)
		found = JOIN_OR;
	else if (n == 4 && strncmp(r->at, "NEAR", 4) == 0)
		found = JOIN_NEAR;
	else
		return false;
	r->at += n;
	*join = found;
	return true;
}

/* Without the signs about it, which are no part of a word to the index either. */
static struct word trimmed(struct word w)
{
	while (w.n && (unsigned char)*w.s < 0x80 && !fold_searchable(w.s, 1)) {
		w.s++;
		w.n--;
	}
	while (w.n && (unsigned char)w.s[w.n - 1] < 0x80 && !fold_searchable(w.s + w.n - 1, 1))
		w.n--;
	return w;
}

/* The term at r->at, whether it can be searched for or not. */
static void read_term(struct reader *r, struct term *t)
{
	const char *p = r->at;

	*t = (struct term){ .field = FIELD_ANY, .distance = NEAR_USUAL };
	if (!r->plain && !r->close && *p == '-' && p[1] && !blank(p + 1)) {
		t->without = true;
		p++;
	}
	if (!r->plain)
		p += field_at(p, &t->field);
	t->quoted = *p == '"';
	p += t->quoted;
	t->word = (struct word){ p, t->quoted ? strcspn(p, "\"") : word_length(p, r->close) };
	p += t->word.n;
	r->at = p + (*p && t->quoted);
	if (!r->plain)
		t->word = trimmed(t->word);
}

/* Passes over what is no term: blanks, brackets, operators. false at the end. */
static bool next_place(struct reader *r, enum join *join)
{
	for (;;) {
		r->at = after_blanks(r->at);
		if (r->close && r->at >= r->close)
			near_closes(r);
		else if (!*r->at)
			return false;
		else if (r->plain || (!near_opens(r) && (r->close || !r->any || !join_at(r, join))))
			return true;
	}
}

/* The next term that has a letter or digit in it. A quote that is never closed reaches to the end. What is to be absent isn't joined to anything. */
static bool next_term(struct reader *r, struct term *t)
{
	enum join join = JOIN_AND;

	do {
		if (!next_place(r, &join))
			return false;
		read_term(r, t);
	} while (!fold_searchable(t->word.s, t->word.n));
	if (r->close) {
		t->distance = r->distance;
		join = r->inside ? JOIN_NEAR : join;
	}
	t->join = t->without || r->without ? JOIN_AND : join;
	r->inside = r->close != NULL;
	r->without = t->without;
	r->any = true;
	return true;
}

/* A word is long enough to be the beginning of one. */
static bool may_begin(const struct term *t)
{
	size_t letters = 0;

	for (size_t i = 0; i < t->word.n; i++)
		letters += ((unsigned char)t->word.s[i] & 0xc0) != 0x80;
	return letters >= BEGINNING_LEAST || (unsigned char)*t->word.s >= 0xe0;
}

/* All terms of what was typed, in order; the last, if nothing follows it, is the beginning of a word. Frees: free. */
static struct term *read_terms(const char *typed, size_t *n)
{
	struct reader r = { .at = typed };
	struct term *list = NULL, t;
	size_t cap = 0;

	*n = 0;
	while (next_term(&r, &t)) {
		MEM_GROW(list, *n, cap);
		list[(*n)++] = t;
	}
	if (*n) {
		struct term *last = &list[*n - 1];

		last->beginning = !last->quoted && !last->without && last->word.s + last->word.n == r.at && may_begin(last);
	}
	return list;
}

/* ---- as FTS5 has it ---- */

/* What is taken over into FTS5's own quotes: the word without quotes and bytes that aren't UTF-8. */
static void add_quoted(const struct term *t, struct buf *out)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < t->word.n;) {
		uint32_t cp;
		char utf8[4];

		i += utf8_decode(t->word.s + i, t->word.n - i, &cp);
		if (cp != '"')
			buf_add(out, utf8, utf8_encode(cp, utf8));
	}
	buf_puts(out, t->beginning ? "\"*" : "\"");
}

static void add_field(enum field field, struct buf *out)
{
	static const char *const name[FIELD_COUNT] = { "title", "text", "author", "feed" };

	if (field != FIELD_ANY)
		buf_printf(out, "%s:", name[field]);
}

/* The terms t[0..n) that are to be near each other, or one alone. Returns n, at least 1. */
static size_t add_near(const struct term *t, size_t most, struct buf *out)
{
	size_t n = 1;

	while (n < most && t[n].join == JOIN_NEAR)
		n++;
	add_field(t->field, out);
	if (n == 1) {
		add_quoted(t, out);
		return 1;
	}
	buf_puts(out, "NEAR(");
	for (size_t i = 0; i < n; i++) {
		add_quoted(&t[i], out);
		buf_putc(out, ' ');
	}
	buf_printf(out, ", %d)", t[n - 1].distance);
	return n;
}

/* "(a OR b) AND (c)" of all that are (`without` false) or aren't wanted ("a OR b"). */
static int add_terms(const struct term *t, size_t n, bool without, struct buf *out)
{
	int added = 0;

	for (size_t i = 0; i < n;) {
		if (t[i].without != without) {
			i++;
			continue;
		}
		if (added)
			buf_puts(out, without || t[i].join == JOIN_OR ? " OR " : ") AND (");
		else
			buf_putc(out, '(');
		i += add_near(&t[i], n - i, out);
		added++;
	}
	if (added)
		buf_putc(out, ')');
	return added;
}

int typed_expression(const char *typed, struct buf *out)
{
	struct buf absent = BUF_INIT;
	size_t n;
	struct term *t = read_terms(typed, &n);
	int wanted = add_terms(t, n, false, out);

	if (wanted && add_terms(t, n, true, &absent)) {
		struct buf both = BUF_INIT;

		buf_printf(&both, "(%s) NOT %s", buf_str(out), buf_str(&absent));
		buf_cut(out, 0);
		buf_puts(out, buf_str(&both));
		buf_clear(&both);
	}
	buf_clear(&absent);
	free(t);
	return wanted;
}

/* ---- as tests ---- */

bool typed_in_title(const char *title, const char *typed)
{
	struct reader r = { .at = typed, .plain = true };
	struct term t;

	while (next_term(&r, &t))
		if (!fold_found(title, strlen(title), &t.word, FOLD_ANYWHERE))
			return false;
	return true;
}

struct head { const char *s; size_t n; };

static bool in_heads(const struct head *head, const struct term *t)
{
	enum fold_where where = t->beginning ? FOLD_BEGINNING : FOLD_WORD;

	for (int i = 0; i < FIELD_COUNT; i++)
		if ((t->field == FIELD_ANY || t->field == (enum field)i) && fold_found(head[i].s, head[i].n, &t->word, where))
			return true;
	return false;
}

/* Nearness is left out of account: heads are short. */
static bool all_in_heads(const struct head *head, const struct term *t, size_t n)
{
	bool one = false, any = false;

	for (size_t i = 0; i < n; i++) {
		if (t[i].without) {
			if (in_heads(head, &t[i]))
				return false;
			continue;
		}
		if (any && !one && t[i].join != JOIN_OR)
			return false;
		one = t[i].join == JOIN_OR ? one || in_heads(head, &t[i]) : in_heads(head, &t[i]);
		any = true;
	}
	return any && one;
}

bool typed_in_heads(const char *heads, const char *typed)
{
	struct head head[FIELD_COUNT] = { [FIELD_TEXT] = { "", 0 } };
	static const enum field order[] = { FIELD_TITLE, FIELD_AUTHOR, FIELD_FEED };
	struct term *t;
	size_t n;
	bool found;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		head[order[i]] = (struct head){ heads, strcspn(heads, "\x1f") };
		heads += head[order[i]].n + (heads[head[order[i]].n] != '\0');
	}
	t = read_terms(typed, &n);
	found = all_in_heads(head, t, n);
	free(t);
	return found;
}
