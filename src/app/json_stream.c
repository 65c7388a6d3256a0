#include "app/json_stream.h"

#include <string.h>

/* ---- bytes ---- */

/* The next byte, left where it is; -1 at the end. */
static int peek(struct json_stream *j)
{
	if (j->next == j->n) {
		j->next = 0;
		j->n = fread(j->ahead, 1, sizeof j->ahead, j->file);
	}
	return j->n ? (unsigned char)j->ahead[j->next] : -1;
}

static void take(struct json_stream *j)
{
	j->at_line += j->ahead[j->next++] == '\n';
}

static int peek_sign(struct json_stream *j)
{
	int c;

	while ((c = peek(j)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		take(j);
	j->line = j->at_line;
	return c;
}

enum err json_stream_wrong(const struct json_stream *j, const char *words, struct err_info *info)
{
	if (ferror(j->file))
		return err_set(info, ERR_IO, "%.300s: can't be read", j->path);
	return err_set(info, ERR_SYNTAX, "%.250s: line %zu: %.200s", j->path, j->line, words);
}

enum err json_stream_at(const struct json_stream *j, struct err_info *info)
{
	return err_at(info, "%.200s: line %zu", j->path, j->line);
}

static enum err expected(struct json_stream *j, const char *what, struct err_info *info)
{
	char words[100];

	snprintf(words, sizeof words, peek(j) < 0 ? "the file ends here, and %s was expected" : "%s was expected", what);
	return json_stream_wrong(j, words, info);
}

/* ---- one value, as it is written ---- */

/* What is read of a value: kept or not, how deep it is. */
struct span { bool keep; size_t depth; bool string, escaped; };

/* Takes of what was read ahead as much as belongs to the value. Returns whether it ends there. */
static bool take_some(struct json_stream *j, struct span *v)
{
	size_t from = j->next;
	bool end = false;

	while (j->next < j->n && !end) {
		char c = j->ahead[j->next];

		if (v->string) {
			v->string = v->escaped || c != '"';
			v->escaped = !v->escaped && c == '\\';
			end = !v->string && !v->depth;
		} else if (c == '"') {
			v->string = true;
		} else if (c == '{' || c == '[') {
			v->depth++;
		} else if (c == '}' || c == ']') {
			if (!v->depth)
				break;
			end = --v->depth == 0;
		} else if (!v->depth && strchr(", \t\r\n", c)) { /* behind a number or a word */
			break;
		}
		take(j);
	}
	if (v->keep)
		buf_add(&j->value, j->ahead + from, j->next - from);
	return end || j->next < j->n;
}

static enum err read_value(struct json_stream *j, bool keep, struct err_info *info)
{
	struct span v = { .keep = keep };

	buf_cut(&j->value, 0);
	if (peek_sign(j) < 0)
		return expected(j, "a value", info);
	while (peek(j) >= 0) {
		if (take_some(j, &v))
			return OK;
		if (j->value.len > JSON_RECORD_MOST)
			return err_set(info, ERR_LIMIT, "%.250s: line %zu: a record of more than %zu MB", j->path, j->line, JSON_RECORD_MOST >> 20);
	}
	return v.depth || v.string ? expected(j, "the end of a record", info) : OK;
}

enum err json_stream_value(struct json_stream *j, json_t **out, struct err_info *info)
{
	json_error_t why;
	json_t *v;
	enum err e = read_value(j, true, info);

	if (e != OK)
		return e;
	v = json_loadb(buf_str(&j->value), j->value.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
	if (!v) {
		j->line += why.line > 1 ? (size_t)why.line - 1 : 0;
		return json_stream_wrong(j, why.text, info);
	}
	if (j->value.cap > sizeof j->ahead * 16) /* a large one; the others are small */
		buf_clear(&j->value);
	*out = v;
	return OK;
}

enum err json_stream_skip(struct json_stream *j, struct err_info *info)
{
	return read_value(j, false, info);
}

/* ---- members and elements ---- */

enum err json_stream_open(struct json_stream *j, const char *path, struct err_info *info)
{
	j->path = path;
	j->line = j->at_line = 1;
	j->next = j->n = 0;
	j->value = (struct buf)BUF_INIT;
	j->file = fopen(path, "re");
	if (!j->file)
		return err_errno(info, "%.300s", path);
	if (peek_sign(j) != '{')
		return json_stream_wrong(j, "this is no JSON object", info);
	take(j);
	return OK;
}

void json_stream_close(struct json_stream *j)
{
	if (j->file)
		fclose(j->file);
	buf_clear(&j->value);
	j->file = NULL;
}

/* To what stands behind the value before: a comma, which is taken, or the end. */
static enum err behind(struct json_stream *j, bool first, char close, bool *more, struct err_info *info)
{
	int c = peek_sign(j);
	bool comma = !first && c == ',';

	if (comma) {
		take(j);
		c = peek_sign(j);
	}
	if (c == close && !comma) {
		take(j);
		*more = false;
		return OK;
	}
	if (c < 0 || c == close || (!first && !comma))
		return expected(j, first || comma ? "a value" : close == ']' ? "',' or ']'" : "',' or '}'", info);
	*more = true;
	return OK;
}

enum err json_stream_member(struct json_stream *j, struct buf *name, bool *more, struct err_info *info)
{
	json_t *text = NULL;
	bool there;
	enum err e = behind(j, !name->len, '}', &there, info);

	if (e == OK && !there) {
		if (peek_sign(j) >= 0)
			return json_stream_wrong(j, "something stands behind the end of the document", info);
		*more = false;
		return OK;
	}
	if (e == OK && peek(j) != '"')
		e = expected(j, "a name in quotes", info);
	if (e == OK)
		e = json_stream_value(j, &text, info);
	if (e != OK)
		return e;
	if (peek_sign(j) == ':') {
		take(j);
		(void)peek_sign(j);
		buf_cut(name, 0);
		buf_puts(name, json_string_value(text));
		*more = true;
	} else {
		e = expected(j, "':'", info);
	}
	json_decref(text);
	return e;
}

bool json_stream_array(struct json_stream *j)
{
	return peek_sign(j) == '[';
}

enum err json_stream_element(struct json_stream *j, bool first, json_t **out, struct err_info *info)
{
	bool more;
	enum err e;

	if (first) {
		if (peek_sign(j) != '[')
			return expected(j, "an array", info);
		take(j);
	}
	e = behind(j, first, ']', &more, info);
	if (e == OK && !more)
		*out = NULL;
	return e == OK && more ? json_stream_value(j, out, info) : e;
}
