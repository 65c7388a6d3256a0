/* Feeds of about 20 MB from bytes to entries, MB a second of one core, by feed_parse(); and how fast libxml2's own reader goes through the same bytes
 * and does nothing with them. The feeds are generated: articles of about 160 words in paragraphs, with links, a list and a picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "bench.h"
#include "feeds/parse.h"

#define SIZE ((size_t)19500000)
#define RUNS 5
#define VOCABULARY 4000

enum kind { RSS, ATOM, JSON };

struct made {
	enum kind kind;
	struct rng r;
	char word[VOCABULARY][16];
	struct buf article; /* the HTML of one */
	struct buf text;
};

/* ---- making ---- */

static void make_words(struct made *f)
{
	static const char *const part[] = { "ba", "re", "ti", "on", "er", "ma", "st", "en", "lo", "in", "da", "ch", "us", "ing", "pa", "al" };

	for (size_t i = 0; i < VOCABULARY; i++) {
		size_t parts = 1 + rng_below(&f->r, 4);

		for (f->word[i][0] = '\0'; parts--;)
			strcat(f->word[i], part[rng_below(&f->r, 16)]);
	}
}

static void words(struct made *f, struct buf *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double u = rng_uniform(&f->r);

		buf_puts(out, i ? " " : "");
		buf_puts(out, f->word[(size_t)(u * u * VOCABULARY)]);
		if (rng_below(&f->r, 40) == 0)
			buf_puts(out, " \xe2\x80\x94 caf\xc3\xa9");
	}
}

static void make_article(struct made *f, size_t number)
{
	struct buf *b = &f->article;

	buf_cut(b, 0);
	for (int i = 0; i < 3; i++) {
		buf_puts(b, "<p>");
		words(f, b, 25);
		buf_printf(b, " <a href=\"https://site.example/%zu/more\">", number);
		words(f, b, 3);
		buf_puts(b, "</a>, <em>");
		words(f, b, 2);
		buf_puts(b, "</em> &amp; ");
		words(f, b, 18);
		buf_puts(b, ".</p>\n");
	}
	buf_printf(b, "<p><img src=\"/pictures/%zu.jpg\" alt=\"", number);
	words(f, b, 4);
	buf_puts(b, "\" width=\"640\" height=\"480\"></p>\n<ul><li>");
	words(f, b, 8);
	buf_puts(b, "</li><li>");
	words(f, b, 8);
	buf_puts(b, "</li></ul>");
}

static void put_escaped(struct made *f, const char *special, const char *const *as)
{
	for (const char *s = buf_str(&f->article); *s;) {
		size_t n = strcspn(s, special);

		buf_add(&f->text, s, n);
		s += n;
		if (*s)
			buf_puts(&f->text, as[strchr(special, *s++) - special]);
	}
}

static void put_item(struct made *f, size_t number)
{
	static const char *const xml[] = { "&amp;", "&lt;", "&gt;" }, *const json[] = { "\\\"", "\\n" };
	static const char *const open[] = { "<item><title>", "<entry><title>", "{\"title\":\"" };

	buf_puts(&f->text, open[f->kind]);
	words(f, &f->text, 8);
	if (f->kind == RSS) {
		buf_printf(&f->text, "</title><link>https://site.example/%zu</link><guid>https://site.example/%zu</guid><pubDate>Tue, 04 Mar 2025 10:%02zu:00 GMT"
			   "</pubDate><dc:creator>A. Author</dc:creator><category>news</category><description>", number, number, number % 60);
		put_escaped(f, "&<>", xml);
		buf_puts(&f->text, "</description></item>\n");
	} else if (f->kind == ATOM) {
		buf_printf(&f->text, "</title><link href=\"https://site.example/%zu\"/><id>https://site.example/%zu</id><published>2025-03-04T10:%02zu:00Z</published>"
			   "<author><name>A. Author</name></author><category term=\"news\"/><content type=\"html\">", number, number, number % 60);
		put_escaped(f, "&<>", xml);
		buf_puts(&f->text, "</content></entry>\n");
	} else {
		buf_printf(&f->text, "\",\"url\":\"https://site.example/%zu\",\"id\":\"%zu\",\"date_published\":\"2025-03-04T10:%02zu:00Z\",\"authors\":[{\"name\":\"A. Author\"}],"
			   "\"tags\":[\"news\"],\"content_html\":\"", number, number, number % 60);
		put_escaped(f, "\"\n", json);
		buf_puts(&f->text, "\"},\n");
	}
}

static void make_feed(struct made *f)
{
	static const char *const head[] = {
		("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title>"
		 "<link>https://site.example/</link><description>d</description>\n"),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><link href=\"https://site.example/\"/>\n",
		"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"home_page_url\":\"https://site.example/\",\"items\":[\n",
	};
	static const char *const tail[] = { "</channel></rss>\n", "</feed>\n", "{}]}\n" };

	rng_seed(&f->r, 20);
	make_words(f);
	buf_puts(&f->text, head[f->kind]);
	for (size_t i = 0; f->text.len < SIZE; i++) {
		make_article(f, i);
		put_item(f, i);
	}
	buf_puts(&f->text, tail[f->kind]);
}

/* ---- measuring ---- */

static double rate(const struct made *f)
{
	const struct parse_hints hints = { NULL, "https://site.example/feed" };
	struct arena a = ARENA_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct feed_doc doc;
	double at = bench_cpu(), took;

	if (feed_parse(&a, f->text.s, f->text.len, &hints, &doc, &info) != OK) {
		fprintf(stderr, "bench: %s\n", info.text);
		exit(1);
	}
	took = bench_cpu() - at;
	arena_clear(&a);
	return (double)f->text.len / 1e6 / took;
}

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec * 1e-6;
}

/* Computing time of a program to its end; negative where it can't be run. */
static double peer_rate(const struct made *f, const char *path)
{
	struct rusage used;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		execlp("xmllint", "xmllint", "--stream", "--noout", "--huge", path, (char *)NULL);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return -1;
	return (double)f->text.len / 1e6 / (seconds(&used.ru_utime) + seconds(&used.ru_stime));
}

static void theirs(const struct made *f)
{
	char path[] = "/tmp/eclose-bench-feed-XXXXXX";
	int fd = mkstemp(path);
	double r[RUNS];
	size_t n = 0;

	if (fd < 0)
		return;
	if (write(fd, f->text.s, f->text.len) == (ssize_t)f->text.len)
		while (n < RUNS && (r[n] = peer_rate(f, path)) > 0)
			n++;
	close(fd);
	unlink(path);
	if (n)
		bench_report("  xmllint --stream, reading alone", r, n, "MB/s");
	else
		printf("  xmllint --stream: skipped, it isn't installed\n");
}

void bench_parse(void)
{
	static const char *const names[] = { "parse, RSS of 20 MB", "parse, Atom of 20 MB", "parse, JSON Feed of 20 MB" };

	for (enum kind kind = RSS; kind <= JSON; kind++) {
		struct made *f = mem_zero(1, sizeof *f);
		double r[RUNS];

		f->kind = kind;
		make_feed(f);
		for (int i = 0; i < RUNS; i++)
			r[i] = rate(f);
		bench_report(names[kind], r, RUNS, "MB/s");
		if (kind != JSON)
			theirs(f);
		buf_clear(&f->article);
		buf_clear(&f->text);
		free(f);
	}
}
