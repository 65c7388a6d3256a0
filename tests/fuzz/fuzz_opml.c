/* fuzz_opml - any bytes as a list of subscriptions: what is read can be written in both forms and comes back the same. */
#include <string.h>
#include <strings.h>

#include "check.h"
#include "feeds/opml.h"
#include "feeds/url.h"
#include "feeds/urls.h"

static void check_sub(const struct sub *s, bool imported)
{
	check_clean(s->url, UTF8_LINE);
	need(url_allowed(s->url, URL_FETCH) || (!imported && strncasecmp(s->url, "file:", 5) == 0));
	check_clean(s->title, UTF8_LINE);
	need(!s->title || *s->title);
	for (size_t i = 0; i < s->n_tags; i++) {
		check_clean(s->tags[i], UTF8_LINE);
		need(s->tags[i][0] && !strchr("~! ", s->tags[i][0]));
		for (size_t k = 0; k < i; k++)
			need(strcmp(s->tags[i], s->tags[k]) != 0);
	}
}

static void check_subs(const struct subs *s, bool imported)
{
	need(s->sub || s->n == 0);
	for (size_t i = 0; i < s->n; i++)
		check_sub(&s->sub[i], imported);
}

static void same_subs(const struct subs *a, const struct subs *b)
{
	need(a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct sub *x = &a->sub[i], *y = &b->sub[i];

		check_same(x->url, y->url);
		check_same(x->title, y->title);
		need(x->n_tags == y->n_tags && x->hidden == y->hidden);
		for (size_t k = 0; k < x->n_tags; k++)
			check_same(x->tags[k], y->tags[k]);
	}
}

static void check_urls(struct arena *a, const struct subs *subs)
{
	struct buf text = BUF_INIT, again = BUF_INIT;
	struct subs back;

	for (size_t i = 0; i < subs->n; i++)
		urls_line(&subs->sub[i], &text);
	need(urls_read(a, buf_str(&text), text.len, &back, NULL) == OK && back.refused == 0);
	same_subs(subs, &back);
	for (size_t i = 0; i < back.n; i++)
		urls_line(&back.sub[i], &again);
	check_same(buf_str(&text), buf_str(&again));
	buf_clear(&text);
	buf_clear(&again);
}

static void check_opml(struct arena *a, const struct subs *subs)
{
	struct buf text = BUF_INIT;
	struct subs back;

	opml_write(subs, "all", &text);
	need(opml_read(a, buf_str(&text), text.len, &back, NULL) == OK);
	same_subs(subs, &back);
	buf_clear(&text);
}

/* Taken out of its file an address is gone, and all others stay. */
static void check_without(struct arena *a, const char *s, size_t n, const struct subs *subs)
{
	const char *url = subs->n ? subs->sub[subs->n / 2].url : "http://not.in.it.example/";
	struct buf out = BUF_INIT;
	struct subs left;
	size_t had = 0;

	for (size_t i = 0; i < subs->n; i++)
		had += strcmp(subs->sub[i].url, url) == 0;
	need(urls_without(&out, s, n, url) == (had > 0) || subs->n == 0);
	need(out.len <= n && urls_read(a, buf_str(&out), out.len, &left, NULL) == OK);
	need(left.n == subs->n - had && left.refused == subs->refused);
	for (size_t i = 0; i < left.n; i++)
		need(strcmp(left.sub[i].url, url) != 0);
	buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err_info info = ERR_INFO_INIT;
	struct arena a = ARENA_INIT;
	const char *s = size ? (const char *)data : "";
	struct subs subs;
	enum err e = subs_import(&a, s, size, &subs, &info);

	check_words(e, &info);
	if (e == OK) {
		check_subs(&subs, true);
		check_urls(&a, &subs);
		check_opml(&a, &subs);
	}
	if (urls_read(&a, s, size, &subs, NULL) == OK) {
		check_subs(&subs, false);
		check_urls(&a, &subs);
		check_without(&a, s, size, &subs);
	}
	arena_clear(&a);
	return 0;
}
