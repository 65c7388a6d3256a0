#include "app/moving_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/edits.h"
#include "base/base64.h"
#include "base/date.h"
#include "base/utf8.h"
#include "feeds/html.h"
#include "feeds/url.h"

static const char *const kind_word[EVENT_KIND_COUNT] = {
#define X(name, w) w,
	EVENT_KINDS(X)
#undef X
};

/* ---- feeds ---- */

void book_add(struct feed_book *b, int64_t id, const char *url)
{
	url = arena_strdup(&b->a, url);
	*map_at(&b->by_id, (const char *)&id, sizeof id, 0, NULL) = (int64_t)b->n;
	*map_at(&b->by_url, url, strlen(url), 0, NULL) = id;
	MEM_GROW(b->url, b->n, b->cap);
	b->url[b->n++] = url;
}

void book_clear(struct feed_book *b)
{
	map_clear(&b->by_id);
	map_clear(&b->by_url);
	free(b->url);
	arena_clear(&b->a);
	*b = (struct feed_book){ 0 };
}

bool setting_carried(const char *setting)
{
	static const char *const may[] = { "user-agent=", "timeout=", "interval=", "connections=" };

	for (size_t i = 0; i < sizeof may / sizeof *may; i++)
		if (strncmp(setting, may[i], strlen(may[i])) == 0)
			return true;
	return false;
}

/* ---- out ---- */

/* A string that is no UTF-8 can't be one of JSON: then its bytes are said. */
static json_t *text_or_bytes(const char *s, size_t n)
{
	json_t *text = json_stringn(s, n), *o;
	struct buf b = BUF_INIT;

	if (text)
		return text;
	base64_encode(&b, s, n);
	o = json_pack("{s:s}", "bytes", buf_str(&b));
	buf_clear(&b);
	return o;
}

static json_t *split(const char *s, size_t n, char sep)
{
	json_t *array = json_array();

	while (n) {
		const char *end = memchr(s, sep, n);
		size_t len = end ? (size_t)(end - s) : n;

		json_array_append_new(array, text_or_bytes(s, len));
		s += len + (end != NULL);
		n -= len + (end != NULL);
	}
	return array;
}

static json_t *bytes(const char *s, size_t n)
{
	struct buf b = BUF_INIT;
	json_t *text;

	base64_encode(&b, s, n);
	text = json_stringn_nocheck(buf_str(&b), b.len);
	buf_clear(&b);
	return text;
}

static json_t *feed_of(const struct feed_book *feeds, int64_t id)
{
	int64_t i = map_get(&feeds->by_id, (const char *)&id, sizeof id, -1);

	return i < 0 ? json_null() : text_or_bytes(feeds->url[i], strlen(feeds->url[i]));
}

static json_t *json_value_of(enum whole_as as, const struct whole_value *v, const struct feed_book *feeds)
{
	char text[DATE_TEXT];

	switch (as) {
	case AS_TIME:
		return json_string(date_rfc3339(v->i, text));
	case AS_HASH:
		snprintf(text, sizeof text, "%016llx", (unsigned long long)v->i);
		return json_string(text);
	case AS_KIND:
		return v->i >= 0 && v->i < EVENT_KIND_COUNT ? json_string(kind_word[v->i]) : json_null();
	case AS_NUMBER:
		return json_integer(v->i);
	case AS_REAL:
		return isfinite(v->r) ? json_real(v->r) : json_null();
	case AS_FEED:
		return feed_of(feeds, v->i);
	case AS_BYTES:
		return bytes(v->s, v->n);
	case AS_LINES:
	case AS_WORDS:
		return split(v->s, v->n, as == AS_LINES ? '\n' : ' ');
	default:
		return text_or_bytes(v->s, v->n);
	}
}

static bool is_nothing(const struct whole_column *c, const struct whole_value *v)
{
	if (v->null)
		return true;
	return c->need == ELSE_ZERO && !v->i && !v->n && !(v->r < 0 || v->r > 0);
}

void record_add(json_t *o, enum whole_table t, const struct whole_value *v, const struct feed_book *feeds)
{
	size_t n;
	const struct whole_column *c = whole_columns(t, &n);

	for (size_t i = 0; i < n; i++)
		if (c[i].member && !is_nothing(&c[i], &v[i]))
			json_object_set_new(o, c[i].member, json_value_of(c[i].as, &v[i], feeds));
}

/* ---- in ---- */

static bool keep(struct buf *b, struct arena *a, struct whole_value *v)
{
	v->s = arena_strndup(a, buf_str(b), b->len);
	v->n = b->len;
	buf_clear(b);
	return true;
}

static bool clean(const json_t *o, enum utf8_keep how, struct arena *a, struct whole_value *v)
{
	struct buf b = BUF_INIT;

	if (!json_is_string(o))
		return false;
	utf8_clean(&b, json_string_value(o), json_string_length(o), how);
	return keep(&b, a, v);
}

static bool join(const json_t *o, char sep, struct arena *a, struct whole_value *v)
{
	struct buf b = BUF_INIT;

	if (!json_is_array(o))
		return false;
	for (size_t i = 0; i < json_array_size(o); i++) {
		const json_t *one = json_array_get(o, i);

		if (i)
			buf_putc(&b, sep);
		utf8_clean(&b, json_is_string(one) ? json_string_value(one) : "", json_string_length(one), UTF8_LINE);
	}
	return keep(&b, a, v);
}

static bool decode(const char *text, size_t n, struct arena *a, struct whole_value *v)
{
	struct buf b = BUF_INIT;

	if (base64_decode(&b, text, n))
		return keep(&b, a, v);
	buf_clear(&b);
	return false;
}

/* What goes into a request as it is must not be able to end its line. */
static bool bare(const json_t *o, struct arena *a, struct whole_value *v)
{
	const json_t *raw = json_object_get(o, "bytes");
	bool ok = raw ? json_is_string(raw) && decode(json_string_value(raw), json_string_length(raw), a, v) : json_is_string(o);

	if (ok && !raw) {
		v->s = arena_strndup(a, json_string_value(o), json_string_length(o));
		v->n = strlen(v->s);
	}
	for (size_t i = 0; ok && i < v->n; i++)
		v->null |= (unsigned char)v->s[i] < ' ' || v->s[i] == 0x7f;
	return ok;
}

static bool html(const json_t *o, struct arena *a, struct whole_value *v)
{
	struct buf b = BUF_INIT;

	if (!json_is_string(o))
		return false;
	html_sanitise(&b, json_string_value(o), json_string_length(o), NULL, NULL);
	return keep(&b, a, v);
}

static bool address(const json_t *o, enum url_use use, struct arena *a, struct whole_value *v)
{
	if (!clean(o, UTF8_TEXT, a, v))
		return false;
	v->null = !url_allowed(v->s, use);
	return true;
}

static bool hash(const json_t *o, struct whole_value *v)
{
	const char *s = json_string_value(o);
	uint64_t x = 0;

	if (!s || strlen(s) != 16)
		return false;
	for (; *s; s++) {
		int d = utf8_hex(*s);

		if (d < 0)
			return false;
		x = x << 4 | (uint64_t)d;
	}
	memcpy(&v->i, &x, sizeof x);
	return true;
}

static bool kind(const char *word, struct whole_value *v)
{
	for (v->i = 0; word && v->i < EVENT_KIND_COUNT; v->i++)
		if (strcmp(kind_word[v->i], word) == 0)
			return true;
	return false;
}

static bool number(const json_t *o, struct whole_value *v)
{
	v->i = json_integer_value(o);
	return json_is_integer(o);
}

static bool read_value(const json_t *o, enum whole_as as, const struct feed_book *feeds, struct arena *a, struct whole_value *v)
{
	switch (as) {
	case AS_NUMBER:
		return number(o, v);
	case AS_REAL:
		v->r = json_number_value(o);
		return json_is_number(o);
	case AS_TIME:
		return json_is_string(o) && date_parse(json_string_value(o), &v->i);
	case AS_HASH:
		return hash(o, v);
	case AS_KIND:
		return kind(json_string_value(o), v);
	case AS_LINE:
		return clean(o, UTF8_LINE, a, v);
	case AS_TEXT:
		return clean(o, UTF8_TEXT, a, v);
	case AS_LINES:
		return join(o, '\n', a, v);
	case AS_WORDS:
		return join(o, ' ', a, v);
	case AS_HTML:
		return html(o, a, v);
	case AS_LINK:
		return address(o, URL_LINK, a, v);
	case AS_FETCH:
		return address(o, URL_FETCH, a, v);
	case AS_BARE:
		return bare(o, a, v);
	case AS_BYTES:
		return json_is_string(o) && decode(json_string_value(o), json_string_length(o), a, v);
	case AS_FEED:
		v->i = json_is_string(o) ? map_get(&feeds->by_url, json_string_value(o), json_string_length(o), 0) : 0;
		return v->i != 0;
	case AS_OWNER:
		break;
	}
	return true;
}

bool record_row(const json_t *o, enum whole_table t, const struct feed_book *feeds, struct arena *a, struct whole_value *v, const char **wrong)
{
	size_t n;
	const struct whole_column *c = whole_columns(t, &n);

	for (size_t i = 0; i < n; i++) {
		const json_t *m = c[i].member ? json_object_get(o, c[i].member) : NULL;

		v[i] = (struct whole_value){ .s = "" };
		*wrong = c[i].member;
		if (m && !json_is_null(m)) {
			if (!read_value(m, c[i].as, feeds, a, &v[i]))
				return false;
		} else {
			v[i].null = c[i].need == MAY_BE_NULL;
		}
		if (c[i].need == MUST_BE && c[i].as != AS_OWNER && (!m || json_is_null(m) || v[i].null))
			return false;
	}
	return true;
}

const struct whole_value *record_value(enum whole_table t, const struct whole_value *v, const char *column)
{
	size_t n, i = 0;
	const struct whole_column *c = whole_columns(t, &n);

	while (i + 1 < n && strcmp(c[i].name, column) != 0)
		i++;
	return &v[i];
}

/* ---- an action ---- */

static double real_or_unknown(const struct whole_value *v)
{
	return v->null ? -1 : v->r;
}

static bool is_edit(const struct event *e, const struct whole_value *subject, struct arena *a)
{
	const char *spelt;

	if ((e->kind == EVENT_EDIT) == subject->null)
		return false;
	return subject->null || (edit_spelt(subject->s, a, &spelt, NULL) == OK && e->value >= -EDIT_MOST && e->value <= EDIT_MOST);
}

#define INT_MOST 1000000000

static bool in_range(const struct event *e, int64_t explore)
{
	return e->id > 0 && e->article >= 0 && e->batch >= 0 && e->dwell <= INT_MOST && e->scroll <= 1 && e->propensity <= 1 && explore >= -1 && explore <= 100;
}

bool record_event(const struct whole_value *v, struct arena *a, struct event *out)
{
#define AT(column) record_value(WHOLE_EVENTS, v, column)
	static const char *const small[] = { "place", "slot", "pair", "width", "team" };
	int64_t explore = AT("explore")->null ? -1 : AT("explore")->i;
	struct event e = {
		.id = AT("id")->i, .at = AT("at")->i, .article = AT("article")->i, .kind = (enum event_kind)AT("kind")->i, .dwell = real_or_unknown(AT("dwell")),
		.scroll = real_or_unknown(AT("scroll")), .propensity = real_or_unknown(AT("propensity")), .batch = AT("batch")->i, .trial = AT("trial")->i,
		.undoes = AT("undoes")->null ? 0 : AT("undoes")->i, .value = AT("value")->null ? 0 : AT("value")->r, .explore = (int)explore,
	};

	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (AT(small[i])->i < 0 || AT(small[i])->i > INT_MOST)
			return false;
	e.place = (int)AT("place")->i;
	e.slot = (int)AT("slot")->i;
	e.pair = (int)AT("pair")->i;
	e.width = (int)AT("width")->i;
	e.team = (int)AT("team")->i;
	if (!in_range(&e, explore) || e.slot > SLOT_SERENDIPITY || e.team > TEAM_B || (e.kind == EVENT_UNDO) == AT("undoes")->null || !is_edit(&e, AT("subject"), a))
		return false;
	if (e.kind == EVENT_EDIT)
		e.subject = arena_strdup(a, AT("subject")->s);
	*out = e;
	return true;
#undef AT
}
