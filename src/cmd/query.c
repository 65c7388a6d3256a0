#include "cmd/query.h"

#include <stdlib.h>
#include <string.h>

static enum err whole_number(const char *value, long most, long *out, const char *word, struct err_info *info)
{
	char *end;
	long v = strtol(value, &end, 10);

	if (end == value || *end || v < 0 || v > most)
		return err_set(info, ERR_USAGE, "'%s' in the query takes a whole number from 0 to %ld", word, most);
	*out = v;
	return OK;
}

static enum err feed_id(struct app *app, const char *url, struct arena *a, int64_t *id, struct err_info *info)
{
	struct feed f;
	enum err e = feeds_by_url(&app->store, url, a, &f, info);

	if (e == OK)
		*id = f.id;
	return e;
}

/* One word of the query; words of the title are gathered in title. */
static enum err read_word(struct app *app, const char *word, struct arena *a, struct article_query *q, struct buf *title, struct err_info *info)
{
	const char *value = strchr(word, ':');
	long n;
	enum err e;

	if (strcmp(word, "unread") == 0)
		q->unread = true;
	else if (strcmp(word, "starred") == 0)
		q->starred = true;
	else if (strcmp(word, "order:old") == 0)
		q->order = ORDER_OLD;
	else if (strcmp(word, "order:new") == 0)
		q->order = ORDER_NEW;
	else if (value && strncmp(word, "tag:", 4) == 0)
		q->tag = value + 1;
	else if (value && strncmp(word, "feed:", 5) == 0)
		return feed_id(app, value + 1, a, &q->feed_id, info);
	else if (value && strncmp(word, "topic:", 6) == 0) {
		e = whole_number(value + 1, 1000, &n, "topic:", info);
		q->topic = e == OK ? n : q->topic;
		return e;
	} else if (value && strncmp(word, "since:", 6) == 0) {
		e = whole_number(value + 1, 100000, &n, "since:", info);
		q->since = e == OK ? app_now(app) - n * DATE_DAY : q->since;
		return e;
	} else {
		if (title->len)
			buf_putc(title, ' ');
		buf_puts(title, word);
	}
	return OK;
}

enum err query_read(struct app *app, const char *words, struct arena *a, struct article_query *q, struct err_info *info)
{
	struct buf title = BUF_INIT;
	enum err e = OK;

	for (const char *s = words; e == OK && *s;) {
		size_t n = strcspn(s, " \t");

		if (n)
			e = read_word(app, arena_strndup(a, s, n), a, q, &title, info);
		s += n + (s[n] != '\0');
	}
	if (title.len)
		q->title_like = arena_strdup(a, buf_str(&title));
	buf_clear(&title);
	return e;
}
