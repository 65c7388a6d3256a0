/* kill_feeds - feeds that change while they are asked, and keep their validators right. */
#include "kill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/date.h"

#define EDIT_EVERY 3
#define BEGIN ((int64_t)1774000000) /* when version 0 was written */
#define CHANGE_EVERY 12             /* requests */
#define FAIL_EVERY 90

static const char *const WORDS[] = { "harbour", "engine", "glacier", "parliament", "orchard", "violin", "satellite", "bakery", "river", "contract", "painter", "stadium",
	"vaccine", "lantern", "railway", "desert", "teacher", "market", "comet", "bridge", "forest", "window", "signal", "winter", "island", "letter" };

int kill_revision(int k, int v)
{
	int shown = v - (k - KILL_WINDOW + 1); /* versions since it came */

	return shown > 0 ? shown / EDIT_EVERY : 0;
}

const char *kill_word(char buf[32], int feed, int k, int revision)
{
	(void)snprintf(buf, 32, "uq%dx%dx%d", feed, k, revision);
	return buf;
}

static void filler(struct buf *b, struct rng *r, int n)
{
	for (int i = 0; i < n; i++)
		buf_printf(b, " %s", WORDS[rng_below(r, (uint32_t)(sizeof WORDS / sizeof *WORDS))]);
}

static const char *http_date(char out[40], int v)
{
	static const char *const DAY[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	int64_t t = BEGIN + v;
	char iso[DATE_TEXT];

	(void)date_rfc3339(t, iso);
	(void)snprintf(out, 40, "%s, %.2s Mar 2026 %.8s GMT", DAY[t / DATE_DAY % 7], iso + 8, iso + 11);
	return out;
}

static void write_item(struct buf *b, int feed, int k, int revision)
{
	struct rng r;
	char word[32], date[40];

	rng_seed(&r, (uint64_t)feed * 100003 + (uint64_t)k);
	buf_printf(b, "<item><guid isPermaLink=\"false\">f%d-k%d</guid><link>http://kill.example/%d/%d</link><title>r%d", feed, k, feed, k, revision);
	filler(b, &r, 5);
	buf_printf(b, "</title><pubDate>%s</pubDate><category>%s</category><description>%s", http_date(date, k * 60),
		WORDS[rng_below(&r, 8)], kill_word(word, feed, k, revision));
	filler(b, &r, 60);
	buf_puts(b, "</description></item>");
}

static void write_feed(struct buf *b, int feed, int v)
{
	buf_cut(b, 0);
	buf_printf(b, "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed %d</title><link>http://kill.example/%d</link>", feed, feed);
	for (int k = v + KILL_WINDOW - 1; k >= v; k--)
		write_item(b, feed, k, kill_revision(k, v));
	buf_puts(b, "</channel></rss>");
}

/* ---- validators: every third feed has an ETag alone, every third a date alone, the others both ---- */

static bool has_etag(int feed)
{
	return feed % 3 != 1;
}

static bool has_date(int feed)
{
	return feed % 3 != 0;
}

/* Does a line of the request's header say just this? */
static bool says(const char *headers, const char *name, const char *value)
{
	size_t n = strlen(name), len = strlen(value);

	for (const char *s = headers; s; s = strchr(s, '\n')) {
		s += *s == '\n';
		if (strncasecmp(s, name, n) == 0 && strncmp(s + n, value, len) == 0 && (s[n + len] == '\r' || s[n + len] == '\n'))
			return true;
	}
	return false;
}

static void answer(void *user, const char *headers, struct served *out)
{
	static struct buf body = BUF_INIT;
	static char head[256];
	struct kill_versions *now = user;
	int feed = atoi(out->path + 1), asked = atomic_fetch_add(&now->asked, 1), v;
	bool calm = atomic_load(&now->calm);
	char tag[32] = "", date[40] = "";

	if (!calm && asked % CHANGE_EVERY == 0)
		atomic_fetch_add(&now->version[feed], 1);
	if (!calm && asked % FAIL_EVERY == 7) {
		*out = (struct served){ .path = out->path, .how = asked % 2 ? SERVE_DROP : SERVE_LENGTH, .status = 500 };
		return;
	}
	v = atomic_load(&now->version[feed]);
	(void)snprintf(tag, sizeof tag, "\"v%d\"", v);
	(void)http_date(date, v);
	(void)snprintf(head, sizeof head, "%s%s%s%s%s%s", has_etag(feed) ? "ETag: " : "", has_etag(feed) ? tag : "", has_etag(feed) ? "\r\n" : "",
		has_date(feed) ? "Last-Modified: " : "", has_date(feed) ? date : "", has_date(feed) ? "\r\n" : "");
	out->headers = head;
	/* RFC 9110, 13.1.3: with an ETag the date isn't looked at */
	if (has_etag(feed) ? says(headers, "If-None-Match: ", tag) : says(headers, "If-Modified-Since: ", date)) {
		out->status = 304;
		return;
	}
	write_feed(&body, feed, v);
	out->body = buf_str(&body);
	out->len = body.len;
}

int kill_feed_stored(const struct feed *f)
{
	int feed = kill_feed_number(f->url), by_tag = -1, by_date = -1;
	int64_t t;

	if (!f->etag && !f->last_modified)
		return -1;
	if ((f->etag != NULL) != has_etag(feed) || (f->last_modified != NULL) != has_date(feed))
		return -2;
	if (f->etag && sscanf(f->etag, "\"v%d\"", &by_tag) != 1)
		return -2;
	if (f->last_modified) {
		if (!date_parse(f->last_modified, &t) || t < BEGIN)
			return -2;
		by_date = (int)(t - BEGIN);
	}
	if (f->etag && f->last_modified && by_tag != by_date)
		return -2;
	return f->etag ? by_tag : by_date;
}

int kill_feed_number(const char *url)
{
	const char *slash = strrchr(url, '/');
	int feed = slash ? atoi(slash + 1) : -1;

	return feed >= 0 && feed < KILL_FEEDS ? feed : -1;
}

void kill_feeds_change(struct kill_feeds *f, struct rng *rng)
{
	for (int i = 0; i < KILL_FEEDS; i++)
		if (rng_below(rng, 3) == 0)
			atomic_fetch_add(&f->now->version[i], 1);
}

void kill_feeds_start(struct kill_feeds *f)
{
	f->now = mmap(NULL, sizeof *f->now, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (f->now == MAP_FAILED)
		abort();
	for (int i = 0; i < KILL_FEEDS; i++) {
		(void)snprintf(f->path[i], sizeof f->path[i], "/%d", i);
		f->table[i] = (struct served){ .path = f->path[i], .ask = answer, .user = f->now };
	}
	server_start(&f->server, "127.0.0.1", f->table, KILL_FEEDS);
}

void kill_feeds_stop(struct kill_feeds *f)
{
	server_stop(&f->server);
	(void)munmap(f->now, sizeof *f->now);
}
