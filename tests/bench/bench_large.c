/* The feeds of "large". */
#include "bench_large.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "bench_words.h"

#define WORDS 160
#define PARAGRAPHS 3
#define BETWEEN (6 * DATE_HOUR) /* one article of a feed and the next, on average */

/* "Tue, 31 Mar 2026 06:00:00 GMT" */
static void put_date(struct buf *out, int64_t t)
{
	static const char month[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const char day[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* 1970 began on a Thursday */
	char text[DATE_TEXT];

	date_rfc3339(t, text);
	buf_printf(out, "<pubDate>%s, %.2s %s %.4s %.8s GMT</pubDate>\n", day[t / DATE_DAY % 7], text + 8, month[atol(text + 5) - 1], text, text + 11);
}

static void put_body(struct buf *out, const struct bench_words *v, struct rng *r, int feed, int n)
{
	buf_puts(out, "<description>");
	for (int i = 0; i < PARAGRAPHS; i++) {
		buf_puts(out, "&lt;p&gt;");
		bench_words_article(v, r, WORDS / PARAGRAPHS, out);
		if (i == 1)
			buf_printf(out, "&lt;img src=\"http://site%d.example/images/%d.jpg\" width=\"640\" height=\"480\" alt=\"\"&gt;\n", feed, n);
		if (i == 0)
			buf_printf(out, " &lt;a href=\"http://site%d.example/more/%d\"&gt;", feed, n);
		if (i == 0)
			bench_words_article(v, r, 3, out);
		buf_puts(out, i == 0 ? "&lt;/a&gt;.&lt;/p&gt;\n" : ".&lt;/p&gt;\n");
	}
	buf_puts(out, "</description>\n");
}

static void put_item(struct buf *out, const struct bench_words *v, struct rng *r, int feed, int n)
{
	buf_puts(out, "<item>\n<title>");
	bench_words_article(v, r, 8, out);
	buf_printf(out, "</title>\n<link>http://site%d.example/articles/%d</link>\n<guid isPermaLink=\"false\">tag:site%d.example,2026:%d</guid>\n", feed, n, feed, n);
	put_date(out, LARGE_TIME - n * BETWEEN - rng_below(r, (uint32_t)BETWEEN));
	buf_puts(out, "<category>");
	bench_words_article(v, r, 1, out);
	buf_printf(out, "</category>\n<comments>http://site%d.example/articles/%d#comments</comments>\n", feed, n);
	put_body(out, v, r, feed, n);
	buf_puts(out, "</item>\n");
}

static bool write_file(const char *path, const struct buf *b)
{
	const struct timespec times[2] = { { .tv_sec = LARGE_TIME }, { .tv_sec = LARGE_TIME } };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool ok = fd >= 0;

	for (size_t at = 0; ok && at < b->len;) {
		ssize_t n = write(fd, b->s + at, b->len - at);

		ok = n > 0;
		at += ok ? (size_t)n : 0;
	}
	ok = ok && futimens(fd, times) == 0;
	if (!ok)
		perror(path);
	if (fd >= 0)
		close(fd);
	return ok;
}

int64_t large_write(const char *dir)
{
	struct buf b = BUF_INIT, path = BUF_INIT;
	struct bench_words *v;
	struct rng r;
	int64_t bytes = 0;

	rng_seed(&r, 163);
	v = bench_words_new(&r);
	for (int feed = 0; feed < LARGE_FEEDS && bytes >= 0; feed++) {
		buf_cut(&b, 0);
		buf_cut(&path, 0);
		buf_printf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n<title>Site %d</title>\n<link>http://site%d.example/</link>\n", feed, feed);
		buf_puts(&b, "<description>A generated feed</description>\n<language>en</language>\n");
		for (int n = 0; n < LARGE_ARTICLES; n++)
			put_item(&b, v, &r, feed, n);
		buf_puts(&b, "</channel>\n</rss>\n");
		buf_printf(&path, "%s/%04d.xml", dir, feed);
		bytes = write_file(buf_str(&path), &b) ? bytes + (int64_t)b.len : -1;
	}
	bench_words_free(v);
	buf_clear(&b);
	buf_clear(&path);
	return bytes;
}
