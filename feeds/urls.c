#include "feeds/urls.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feeds/settings.h"
#include "feeds/subs.h"
#include "feeds/url.h"

/* ---- tokens, as newsboat has them: parted by blanks; in double quotes '\' guards the next character ---- */

enum token { TOKEN_NONE, TOKEN_WORD, TOKEN_UNCLOSED };

/* The next token of a line. *s moves behind it; word is what it says. A '#' in front of a token starts a comment. */
static enum token next_token(const char **s, const char *end, struct buf *word)
{
	const char *p = *s;

	buf_cut(word, 0);
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	*s = end;
	if (p == end || *p == '#')
		return TOKEN_NONE;
	if (*p != '"') {
		const char *from = p;

		while (p < end && *p != ' ' && *p != '\t' && *p != '\r')
			p++;
		buf_add(word, from, (size_t)(p - from));
		*s = p;
		return TOKEN_WORD;
	}
	for (p++; p < end && *p != '"'; p++) {
		if (*p == '\\' && p + 1 < end) {
			p++;
			buf_putc(word, *p == 'n' || *p == 't' || *p == 'r' ? ' ' : *p);
		} else {
			buf_putc(word, *p);
		}
	}
	if (p == end)
		return TOKEN_UNCLOSED;
	*s = p + 1;
	return TOKEN_WORD;
}

static void tag_word(struct sub_draft *d, struct arena *a, const struct buf *word)
{
	struct buf clean = BUF_INIT;

	if (settings_word(buf_str(word))) {
		draft_setting(d, a, word->s + 1);
	} else if (word->len && word->s[0] == '~') {
		utf8_clean(&clean, word->s + 1, word->len - 1, UTF8_LINE);
		if (clean.len)
			d->title = arena_strndup(a, clean.s, clean.len);
		buf_clear(&clean);
	} else if (word->len && word->s[0] == '!') {
		d->hidden = true;
		draft_tag(d, a, word->s + 1, word->len - 1);
	} else {
		draft_tag(d, a, buf_str(word), word->len);
	}
}

/* http, https, and a file that the reader names. */
static bool follows(const char *url)
{
	return url_allowed(url, URL_FETCH) || strncasecmp(url, "file:", 5) == 0;
}

/* Nothing in it that cleaning would take out: it is written again as it is, and shown. */
static bool is_plain(const char *s, size_t n)
{
	struct buf clean = BUF_INIT;
	bool same;

	utf8_clean(&clean, s, n, UTF8_LINE);
	same = clean.len == n && memcmp(buf_str(&clean), s, n) == 0 && utf8_valid(s, n);
	buf_clear(&clean);
	return same;
}

/* What a line is read for: the reader's own file, or what came from elsewhere and may not say how anything is asked. */
enum whose { WHOSE_OWN, WHOSE_FOREIGN };

/* The settings of a line are looked at here, so that a mistake is told with its line and not when the feed is due. */
static enum err check_settings(struct arena *a, struct sub_draft *d, enum whose whose, struct subs *out, struct err_info *info)
{
	struct feed_settings settings;

	if (whose == WHOSE_FOREIGN) {
		out->dropped += d->n_settings;
		d->n_settings = 0;
		return OK;
	}
	if (d->n_settings == SUBS_SETTINGS)
		return err_set(info, ERR_SYNTAX, "%d settings or more", SUBS_SETTINGS);
	return settings_read(a, d->settings, d->n_settings, &settings, info);
}

static enum err read_line(struct arena *a, const char *s, const char *end, enum whose whose, struct subs *out, struct err_info *info)
{
	struct sub_draft d = { 0 };
	struct buf word = BUF_INIT;
	enum token t = next_token(&s, end, &word);
	enum err e = OK;

	if (t == TOKEN_WORD) {
		bool ok = is_plain(buf_str(&word), word.len) && follows(buf_str(&word));

		d.url = arena_strdup(a, buf_str(&word));
		while ((t = next_token(&s, end, &word)) == TOKEN_WORD) {
			if (e == OK && whose == WHOSE_OWN && settings_word(buf_str(&word)) && !is_plain(buf_str(&word), word.len))
				e = err_set(info, ERR_SYNTAX, "a setting holds a control character, or what is no UTF-8");
			tag_word(&d, a, &word);
		}
		if (t == TOKEN_NONE && ok && e == OK)
			e = check_settings(a, &d, whose, out, info);
		if (t == TOKEN_NONE && ok && e == OK)
			subs_add(out, a, &d);
		else if (t == TOKEN_NONE)
			out->refused++;
	}
	buf_clear(&word);
	return t == TOKEN_UNCLOSED ? err_set(info, ERR_SYNTAX, "a quote is opened and not closed") : e;
}

static const char *line_end(const char *s, const char *end)
{
	const char *p = memchr(s, '\n', (size_t)(end - s));

	return p ? p : end;
}

static enum err read_lines(struct arena *a, const char *s, size_t n, enum whose whose, struct subs *out, struct err_info *info)
{
	const char *end = s + n;
	struct subs subs = { 0 };

	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	for (size_t number = 1; s < end; number++) {
		const char *stop = line_end(s, end);
		enum err e = read_line(a, s, stop, whose, &subs, info);

		if (e != OK)
			return err_at(info, "line %zu", number);
		s = stop + (stop < end);
	}
	*out = subs;
	return OK;
}

enum err urls_read(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info)
{
	return read_lines(a, s, n, WHOSE_OWN, out, info);
}

enum err urls_read_foreign(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info)
{
	return read_lines(a, s, n, WHOSE_FOREIGN, out, info);
}

/* ---- writing ---- */

/* s as it is, in quotes where it would be read as something else. */
static void put_raw(struct buf *out, const char *prefix, const char *s)
{
	bool quote = *prefix == '~' || !*s || strpbrk(s, " \t\"\\#`'") != NULL;

	buf_puts(out, quote ? " \"" : " ");
	buf_puts(out, prefix);
	for (; *s; s++) {
		if (quote && (*s == '"' || *s == '\\' || *s == '`'))
			buf_putc(out, '\\'); /* newsboat would run what stands in backticks */
		buf_putc(out, *s);
	}
	if (quote)
		buf_putc(out, '"');
}

static void put_token(struct buf *out, const char *prefix, const char *s)
{
	struct buf clean = BUF_INIT;

	utf8_clean(&clean, s, strlen(s), UTF8_LINE);
	put_raw(out, prefix, buf_str(&clean));
	buf_clear(&clean);
}

void urls_line(const struct sub *sub, struct buf *out)
{
	struct buf token = BUF_INIT;

	put_token(&token, "", sub->url);
	buf_puts(out, buf_str(&token) + 1); /* nothing stands before it */
	buf_clear(&token);
	for (size_t i = 0; i < sub->n_tags; i++) {
		const char *tag = tag_bare(sub->tags[i]);

		if (*tag)
			put_token(out, "", tag);
	}
	for (size_t i = 0; i < sub->n_settings; i++)
		put_raw(out, "+", sub->settings[i]);
	if (sub->title)
		put_token(out, "~", sub->title);
	if (sub->hidden)
		buf_puts(out, " !");
	buf_putc(out, '\n');
}

/* Append text with the lines of url left out, or their address put in place of it; no other byte changes. */
static bool edit_lines(struct buf *out, const char *s, size_t n, const char *url, const char *in_place)
{
	const char *end = s + n;
	struct buf word = BUF_INIT;
	bool found = false;

	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		buf_add(out, s, 3);
		s += 3;
	}
	while (s < end) {
		const char *stop = line_end(s, end), *p = s, *next = stop + (stop < end);
		bool is = next_token(&p, stop, &word) == TOKEN_WORD && word.len == strlen(url) && memcmp(buf_str(&word), url, word.len) == 0;

		if (is && in_place) {
			struct buf token = BUF_INIT;

			put_raw(&token, "", in_place);
			buf_add(out, s, strspn(s, " \t\r"));
			buf_puts(out, buf_str(&token) + 1); /* without the blank before it */
			buf_add(out, p, (size_t)(next - p));
			buf_clear(&token);
		} else if (!is) {
			buf_add(out, s, (size_t)(next - s));
		}
		found = found || is;
		s = next;
	}
	buf_clear(&word);
	return found;
}

bool urls_without(struct buf *out, const char *s, size_t n, const char *url)
{
	return edit_lines(out, s, n, url, NULL);
}

bool urls_moved(struct buf *out, const char *s, size_t n, const char *from, const char *to)
{
	return edit_lines(out, s, n, from, to);
}
