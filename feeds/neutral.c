/* The neutral form as JSON: what `eclose parse` prints. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "feeds/parse.h"

static void put_string(struct buf *out, const char *s)
{
	if (!s) {
		buf_puts(out, "null");
		return;
	}
	buf_putc(out, '"');
	while (*s) {
		const char *p = s;

		while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
			p++;
		buf_add(out, s, (size_t)(p - s));
		if (!*p)
			break;
		if (*p == '\n')
			buf_puts(out, "\\n");
		else if (*p == '"' || *p == '\\')
			buf_printf(out, "\\%c", *p);
		else
			buf_printf(out, "\\u%04x", (unsigned char)*p);
		s = p + 1;
	}
	buf_putc(out, '"');
}

static void put_member(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "\"%s\":", name);
	put_string(out, value);
	buf_putc(out, ',');
}

static void put_date(struct buf *out, const char *name, int64_t t)
{
	char text[DATE_TEXT];

	put_member(out, name, t == DATE_NONE ? NULL : date_rfc3339(t, text));
}

static void put_categories(struct buf *out, const struct entry *e)
{
	buf_puts(out, "\"categories\":[");
	for (size_t i = 0; i < e->n_categories; i++) {
		buf_puts(out, i ? "," : "");
		put_string(out, e->categories[i]);
	}
	buf_puts(out, "],");
}

static void put_enclosures(struct buf *out, const struct entry *e)
{
	buf_puts(out, "\"enclosures\":[");
	for (size_t i = 0; i < e->n_enclosures; i++) {
		buf_puts(out, i ? ",{" : "{");
		put_member(out, "url", e->enclosures[i].url);
		put_member(out, "type", e->enclosures[i].type);
		if (e->enclosures[i].length >= 0)
			buf_printf(out, "\"length\":%lld}", (long long)e->enclosures[i].length);
		else
			buf_puts(out, "\"length\":null}");
	}
	buf_puts(out, "],");
}

static void put_entry(struct buf *out, const struct entry *e)
{
	buf_putc(out, '{');
	put_member(out, "id", e->id);
	put_member(out, "title", e->title);
	put_member(out, "link", e->link);
	put_member(out, "author", e->author);
	put_date(out, "published", e->published);
	put_date(out, "updated", e->updated);
	put_member(out, "summary", e->summary);
	put_member(out, "content", e->content);
	put_member(out, "language", e->language);
	put_categories(out, e);
	put_enclosures(out, e);
	put_member(out, "image", e->image);
	buf_puts(out, "\"comments\":");
	put_string(out, e->comments);
	buf_putc(out, '}');
}

static void put_head(struct buf *out, const struct feed_doc *doc)
{
	buf_putc(out, '{');
	put_member(out, "title", doc->title);
	put_member(out, "link", doc->link);
	put_member(out, "description", doc->description);
	put_member(out, "language", doc->language);
	put_date(out, "updated", doc->updated);
	put_member(out, "icon", doc->icon);
	if (doc->ttl >= 0)
		buf_printf(out, "\"ttl\":%d,", doc->ttl);
	else
		buf_puts(out, "\"ttl\":null,");
	buf_puts(out, "\"entries\":[");
}

static enum err write_out(struct buf *b, int fd, struct err_info *info)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(fd, b->s + at, b->len - at);

		if (n < 0 && errno != EINTR)
			return err_errno(info, "can't write the output");
		at += n > 0 ? (size_t)n : 0;
	}
	buf_cut(b, 0);
	return OK;
}

/* All of it, in out, or by way of out to the descriptor to; -1: none. */
static enum err put_all(struct buf *out, const struct feed_doc *doc, int to, struct err_info *info)
{
	enum err e = OK;

	put_head(out, doc);
	for (size_t i = 0; i < doc->n_entries && e == OK; i++) {
		buf_puts(out, i ? ",\n" : "\n");
		put_entry(out, &doc->entries[i]);
		if (to >= 0 && out->len > 65536)
			e = write_out(out, to, info);
	}
	buf_puts(out, doc->n_entries ? "\n]}\n" : "]}\n");
	return e == OK && to >= 0 ? write_out(out, to, info) : e;
}

void feed_json(const struct feed_doc *doc, struct buf *out)
{
	(void)put_all(out, doc, -1, NULL);
}

enum err feed_json_write(const struct feed_doc *doc, int fd, struct err_info *info)
{
	struct buf out = BUF_INIT;
	enum err e = put_all(&out, doc, fd, info);

	buf_clear(&out);
	return e;
}
