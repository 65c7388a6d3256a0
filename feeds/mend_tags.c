/* The mender's tags: names, attributes, and which end tag ends what. */
#include <string.h>

#include "base/utf8.h"
#include "feeds/mend_parts.h"

/* ---- names ---- */

struct hashes {
	uint64_t exact, lower; /* as written; without regard to case */
};

/* FNV-1a (Fowler, Noll and Vo). Never 0. */
static struct hashes hash(const char *s, size_t n, uint64_t seed)
{
	struct hashes h = { 0xcbf29ce484222325u ^ seed, 0xcbf29ce484222325u ^ seed };

	for (size_t i = 0; i < n; i++) {
		h.exact = (h.exact ^ (unsigned char)s[i]) * 0x100000001b3u;
		h.lower = (h.lower ^ (unsigned char)mend_lower(s[i])) * 0x100000001b3u;
	}
	h.exact |= h.exact == 0;
	return h;
}

/* May libxml2 have this name? It keeps every different one, and so do we, up to MEND_NAMES. */
static bool admit(struct mend *m, uint64_t hash)
{
	size_t i = hash % (2 * MEND_NAMES);

	while (m->known[i] && m->known[i] != hash)
		i = (i + 1) % (2 * MEND_NAMES);
	if (m->known[i])
		return true;
	if (m->n_known == MEND_NAMES)
		return false;
	m->known[i] = hash;
	m->n_known++;
	return true;
}

/* A name as libxml2 takes it: letters of other scripts become '_', and one colon at most stays, inside. */
static void put_name(struct buf *out, struct mend_name name)
{
	char plain[MEND_NAME];
	size_t n = name.len < MEND_NAME ? name.len : MEND_NAME;
	bool colon = false;

	for (size_t i = 0; i < n; i++) {
		char c = name.s[i];

		if (c == ':') {
			bool keep = !colon && i > 0 && i + 1 < n && mend_name_start(name.s[i + 1]);

			colon = true;
			c = keep ? ':' : '_';
		}
		plain[i] = (unsigned char)c >= 0x80 ? '_' : c;
	}
	buf_add(out, plain, n);
}

static struct mend_name read_name(const char *p, const char *end)
{
	struct mend_name name = { p, 0 };

	while (p < end && mend_name_char(*p))
		p++;
	name.len = (size_t)(p - name.s);
	return name;
}

/* ---- end tags ---- */

void mend_close(struct mend *m)
{
	struct mend_open *top = &m->open[--m->depth];

	mend_put(m, "</", 2);
	mend_put(m, m->names.s + top->at, strlen(m->names.s + top->at));
	mend_put(m, ">", 1);
	buf_cut(&m->names, top->at);
	m->scope = top->scope;
	m->ended = m->depth == 0;
}

void mend_end_tag(struct mend *m)
{
	struct mend_name name;
	const char *close = memchr(m->s, '>', (size_t)(m->end - m->s));
	uint64_t is;
	size_t k;

	m->s += 2;
	while (m->s < m->end && mend_blank(*m->s))
		m->s++;
	name = read_name(m->s, m->end);
	is = hash(name.s, name.len, 0).lower;
	m->s = close ? close + 1 : m->end;
	if (m->deeper) {
		m->deeper--;
		return;
	}
	for (k = m->depth; k > 0 && m->open[k - 1].hash != is; k--)
		;
	if (k == 0) {
		m->repaired = true; /* closes nothing */
		return;
	}
	m->repaired |= k != m->depth;
	while (m->depth >= k)
		mend_close(m);
}

/* ---- attributes ---- */

struct attributes {
	uint64_t seen[MEND_ATTRIBUTES];
	size_t n;         /* looked at */
	size_t from;      /* where the tag stands in the output */
};

static bool seen(const struct attributes *list, uint64_t hash)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->seen[i] == hash)
			return true;
	return false;
}

/* The value at m->s (behind '='), within the tag. Returns it; m->s moves behind it. */
static struct mend_name read_value(struct mend *m, const char *end)
{
	struct mend_name value;

	while (m->s < end && mend_blank(*m->s))
		m->s++;
	if (m->s < end && (*m->s == '"' || *m->s == '\'')) {
		const char *q = memchr(m->s + 1, *m->s, (size_t)(end - m->s - 1));

		value = (struct mend_name){ m->s + 1, (size_t)((q ? q : end) - m->s - 1) };
		m->s = q ? q + 1 : end;
		return value;
	}
	m->repaired = true;
	value = (struct mend_name){ m->s, 0 };
	while (m->s < end && !mend_blank(*m->s))
		m->s++;
	value.len = (size_t)(m->s - value.s);
	return value;
}

/* A declaration of a namespace: may it be made? *is [out] whether it is one. */
static bool may_declare(struct mend *m, struct mend_name name, struct mend_name value, bool *is)
{
	bool prefixed = name.len > 6 && memcmp(name.s, "xmlns:", 6) == 0;

	*is = prefixed || (name.len == 5 && memcmp(name.s, "xmlns", 5) == 0);
	if (!*is)
		return true;
	if (value.len == 0 && prefixed)
		return false; /* a prefix can't be undeclared */
	if (m->scope == MEND_SCOPE || value.len > MEND_NAME * 4 || !admit(m, hash(value.s, value.len, 1).exact)) {
		m->repaired = true;
		return false;
	}
	m->scope++;
	return true;
}

static void put_attribute(struct mend *m, struct attributes *list, struct mend_name name, struct mend_name value)
{
	const char *back = m->s;
	uint64_t is = hash(name.s, name.len, 0).exact;
	bool declares;

	if (seen(list, is) || m->out.len - list->from > MEND_TAG || !admit(m, is)) {
		m->repaired = true;
		return;
	}
	list->seen[list->n] = is;
	if (!may_declare(m, name, value, &declares))
		return;
	if (value.len > MEND_VALUE) {
		m->repaired = true;
		value.len = utf8_cut(value.s, MEND_VALUE);
	}
	mend_put(m, " ", 1);
	put_name(&m->out, name);
	mend_put(m, "=\"", 2);
	m->s = value.s;
	mend_value(m, value.s + value.len);
	m->s = back;
	mend_put(m, "\"", 1);
}

/* The attributes up to end, which is the tag's '>' or its "/>". */
static void attributes(struct mend *m, const char *end)
{
	struct attributes list;

	list.from = m->out.len;
	for (list.n = 0; m->s < end;) {
		struct mend_name name, value = { "", 0 };

		if (!mend_name_start(*m->s)) {
			m->repaired |= !mend_blank(*m->s);
			m->s++;
			continue;
		}
		if (list.n == MEND_ATTRIBUTES) {
			m->repaired = true;
			return;
		}
		name = read_name(m->s, end);
		m->s += name.len;
		while (m->s < end && mend_blank(*m->s))
			m->s++;
		if (m->s < end && *m->s == '=') {
			m->s++;
			value = read_value(m, end);
		} else {
			m->repaired = true;
		}
		list.seen[list.n] = 0;
		put_attribute(m, &list, name, value);
		list.n++;
	}
}

/* ---- start tags ---- */

/* Looking for the end of a tag came to nothing, n bytes on: a document in which that happens again and again isn't looked through each time. */
static const char *in_vain(struct mend *m, size_t n)
{
	m->patience -= n < m->patience ? n : m->patience;
	return NULL;
}

/* Where the tag at p (behind its name) ends: at its '>', outside of quotes. NULL where a '<' or the end of the document comes first. */
static const char *tag_end(struct mend *m, const char *p)
{
	const char *start = p;
	char before = 0;

	for (; p < m->end; p++) {
		if (*p == '>')
			return p;
		if (*p == '<')
			break;
		if ((*p == '"' || *p == '\'') && before == '=' && m->patience) {
			const char *q = memchr(p + 1, *p, (size_t)(m->end - p - 1));

			if (!q)
				return in_vain(m, (size_t)(m->end - start));
			p = q;
		}
		if (!mend_blank(*p))
			before = *p;
	}
	return in_vain(m, (size_t)(p - start));
}

static void open_element(struct mend *m, struct mend_name name, struct hashes is, const char *end)
{
	struct mend_open *top = &m->open[m->depth];

	*top = (struct mend_open){ is.lower, m->names.len, m->scope };
	put_name(&m->names, name);
	m->names.len++; /* the NUL stays between it and the next */
	m->root = true;
	mend_put(m, "<", 1);
	mend_put(m, m->names.s + top->at, strlen(m->names.s + top->at));
	attributes(m, end);
	mend_put(m, ">", 1);
	m->depth++;
}

bool mend_start_tag(struct mend *m)
{
	struct mend_name name = read_name(m->s + 1, m->end);
	const char *p = name.s + name.len, *end;
	struct hashes is;
	bool empty;

	if (p == m->end || (*p != '>' && *p != '/' && !mend_blank(*p)) || !(end = tag_end(m, p)))
		return false;
	empty = end[-1] == '/';
	is = hash(name.s, name.len, 0);
	m->s = p;
	if (m->depth == MEND_DEPTH || m->deeper || !admit(m, is.exact)) {
		m->repaired = true;
		m->deeper += !empty;
	} else {
		open_element(m, name, is, empty ? end - 1 : end);
		if (empty)
			mend_close(m);
	}
	m->s = end + 1;
	return true;
}
