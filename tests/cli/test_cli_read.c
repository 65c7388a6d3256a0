/* Stored articles from outside: parse, list, search, show, mark, undo, doctor, backup. */
#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

static const char atom[] = "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Harbour &amp; Sea</title>"
	"<link href='http://harbour.example/'/><updated>2026-03-30T00:00:00Z</updated>"
	"<entry><id>urn:1</id><title>Lighthouse keeper retires</title><link href='/keeper'/><author><name>Ana Sol</name></author>"
	"<published>2026-03-28T10:00:00+02:00</published><updated>2026-03-28T08:30:00Z</updated><category term='people'/><category term='coast'/>"
	"<link rel='enclosure' href='http://harbour.example/keeper.ogg' type='audio/ogg' length='1234'/>"
	"<content type='html'>&lt;p&gt;After forty years the keeper of the &lt;a href='/rock'&gt;Rock light&lt;/a&gt; goes ashore for good.&lt;/p&gt;"
	"&lt;script&gt;alert(1)&lt;/script&gt;&lt;p onclick='x()'&gt;The lamp is electric now.&lt;/p&gt;</content></entry>"
	"<entry><id>urn:2</id><title>Herring return to the sound</title><link href='/herring'/><published>2026-03-29T08:00:00Z</published>"
	"<updated>2026-03-29T08:00:00Z</updated><summary>Boats were full by noon, the keeper of the quay says.</summary></entry>"
	"<entry><id>urn:3</id><title>&#x1b;[31mStorm\xe2\x80\xae warning</title><link href='javascript:alert(1)'/><published>2026-03-30T08:00:00Z</published>"
	"<updated>2026-03-30T08:00:00Z</updated><summary>Force ten.</summary></entry></feed>";

/* A profile with the three articles above, and their feed's address. */
static const char *stored(struct cli *c)
{
	const char *path = cli_write(c, "harbour.xml", atom);

	cli_write(c, "config/urls", cli_format(c, "file://%s sea\n", path));
	done(eclose(c, "fetch"));
	return cli_format(c, "file://%s", path);
}

static json_t *entries(struct cli *c, struct ran r)
{
	return array_at(json_of(c, done(r)), "entries");
}

static const char *number(struct cli *c, const char *title)
{
	return cli_format(c, "%lld", int_at(with(entries(c, eclose(c, "list", "--json")), "title", title), "id"));
}

#define KEEPER "Lighthouse keeper retires"
#define HERRING "Herring return to the sound"

/* ---- parse ---- */

static void check_neutral_form(const json_t *doc)
{
	static const char *const of_feed[] = { "title", "link", "description", "language", "updated", "icon", "ttl", "entries" };
	static const char *const of_entry[] = { "id", "title", "link", "author", "published", "updated", "summary", "content", "language", "categories",
						"enclosures", "image", "comments" };
	json_t *list = array_at(doc, "entries"), *one = json_array_get(list, 0), *enclosure;

	for (size_t i = 0; i < sizeof of_feed / sizeof *of_feed; i++)
		assert_non_null(json_object_get(doc, of_feed[i])); /* absent values are null, never missing */
	for (size_t k = 0; k < json_array_size(list); k++)
		for (size_t i = 0; i < sizeof of_entry / sizeof *of_entry; i++)
			assert_non_null(json_object_get(json_array_get(list, k), of_entry[i]));
	assert_string_equal(text_at(doc, "title"), "Harbour & Sea");
	assert_int_equal(json_array_size(list), 3);
	assert_string_equal(text_at(one, "published"), "2026-03-28T08:00:00Z");
	assert_string_equal(json_string_value(json_array_get(array_at(one, "categories"), 1)), "coast");
	enclosure = json_array_get(array_at(one, "enclosures"), 0);
	assert_string_equal(text_at(enclosure, "type"), "audio/ogg");
	assert_int_equal(int_at(enclosure, "length"), 1234);
	assert_null(strstr(text_at(one, "content"), "script"));
	assert_null(strstr(text_at(one, "content"), "onclick"));
	assert_true(json_is_null(json_object_get(json_array_get(list, 2), "link")));
	assert_string_equal(text_at(json_array_get(list, 2), "title"), "[31mStorm warning");
}

static void parse_reads_a_file_and_standard_input_alike(void **state)
{
	struct cli *c = *state;
	struct ran file = done(eclose(c, "parse", "--base", "http://harbour.example/feed", cli_write(c, "f", atom))), in;

	check_neutral_form(json_of(c, file));
	assert_string_equal(text_at(json_array_get(array_at(json_of(c, file), "entries"), 0), "link"), "http://harbour.example/keeper");
	c->in = atom;
	in = done(eclose(c, "parse", "-", "--base", "http://harbour.example/feed"));
	assert_string_equal(in.out, file.out);
	in = done(eclose(c, "parse", "--base=http://harbour.example/feed"));
	assert_string_equal(in.out, file.out);
	assert_int_not_equal(access(cli_path(c, "data"), F_OK), 0); /* it needs no store, and makes none */
}

static void parse_counts_the_headers_of_an_address(void **state)
{
	static const char latin[] = "<rss version='2.0'><channel><title>Caf\xe9 \x80</title><item><title>x</title></item></channel></rss>";
	static const struct served site[] = {
		{ .path = "/latin", .headers = "Content-Type: application/rss+xml; charset=windows-1252\r\n", .body = latin },
		{ .path = "/moved", .status = 302, .headers = "Location: /deep/down/feed\r\n" },
		{ .path = "/deep/down/feed", .headers = "Content-Type: application/atom+xml\r\n", .body = atom },
	};
	struct cli *c = *state;
	json_t *doc;

	cli_serve(c, site, 3);
	doc = json_of(c, done(eclose(c, "parse", cli_url(c, "/latin"))));
	assert_string_equal(text_at(doc, "title"), "Caf\xc3\xa9 \xe2\x82\xac");
	doc = json_of(c, done(eclose(c, "parse", cli_url(c, "/moved"))));
	check_neutral_form(doc);
	assert_string_equal(text_at(json_array_get(array_at(doc, "entries"), 0), "link"), cli_url(c, "/keeper"));
	c->in = latin; /* the same bytes without a header, and with one by hand */
	doc = json_of(c, done(eclose(c, "parse", "--type", "application/rss+xml; charset=windows-1252")));
	assert_string_equal(text_at(doc, "title"), "Caf\xc3\xa9 \xe2\x82\xac");
	fails(eclose(c, "parse", cli_url(c, "/none")), 1, "404");
	c->offline = true;
	fails(eclose(c, "parse", cli_url(c, "/latin")), 1, "offline");
}

static void parse_says_what_a_document_is_instead(void **state)
{
	struct cli *c = *state;

	fails(eclose(c, "parse", cli_write(c, "a", "")), 1, "empty");
	fails(eclose(c, "parse", cli_write(c, "b", "<!doctype html><html><body>x</body></html>")), 1, "web page");
	fails(eclose(c, "parse", cli_write(c, "c", "just words")), 1, "neither RSS");
	fails(eclose(c, "parse", cli_write(c, "d", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{")), 1, "/d");
	fails(eclose(c, "parse", cli_path(c, "none")), 1, "No such file");
	c->in = "";
	fails(eclose(c, "parse"), 1, "standard input");
}

/* ---- list, search, show ---- */

static void list_answers_each_kind_of_query(void **state)
{
	struct cli *c = *state;
	const char *url = stored(c);
	static const char *const fields[] = { "id", "title", "link", "feed", "author", "published", "updated", "fetched", "language", "categories", "words",
					      "read", "starred" };
	json_t *all = entries(c, eclose(c, "list", "--json"));

#define COUNT(q) json_array_size(entries(c, eclose(c, "list", "--json", "--query", (q))))
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_non_null(json_object_get(json_array_get(all, 0), fields[i]));
	assert_int_equal(json_array_size(all), 3);
	assert_string_equal(text_at(json_array_get(all, 2), "title"), KEEPER); /* newest first */
	assert_string_equal(text_at(json_array_get(entries(c, eclose(c, "list", "--json", "--query", "order:old")), 0), "title"), KEEPER);
	done(eclose(c, "mark", number(c, KEEPER), "--read"));
	done(eclose(c, "mark", number(c, HERRING), "--star"));
	assert_int_equal(COUNT("unread"), 2);
	assert_int_equal(COUNT("starred"), 1);
	assert_int_equal(COUNT("unread starred"), 1);
	assert_int_equal(COUNT("tag:sea"), 3);
	assert_int_equal(COUNT("tag:land"), 0);
	assert_int_equal(COUNT(cli_format(c, "feed:%s", url)), 3);
	assert_int_equal(COUNT("HERRING"), 1);
	assert_int_equal(COUNT("herring keeper"), 0);
	assert_int_equal(COUNT("100%"), 0);
	assert_int_equal(COUNT("since:0"), 3); /* they came just now */
	assert_int_equal(COUNT("' OR 1=1 --"), 0);
	assert_int_equal(json_array_size(entries(c, eclose(c, "list", "--json", "--limit", "2"))), 2);
	assert_non_null(strstr(done(eclose(c, "list")).out, HERRING));
	c->now = "2026-04-03T06:00:00Z";
	assert_int_equal(COUNT("since:1"), 0);
	assert_int_equal(COUNT("since:5"), 3);
	fails(eclose(c, "list", "--query", "since:soon"), 2, "since:");
	fails(eclose(c, "list", "--query", "topic:-3"), 2, "topic:");
	fails(eclose(c, "list", "--query", "feed:http://none.example/"), 1, "none.example");
}

static void search_finds_words_of_titles_and_texts(void **state)
{
	struct cli *c = *state;
	json_t *found;

	stored(c);
#define FOUND(...) json_array_size(entries(c, eclose(c, "search", "--json", __VA_ARGS__)))
	found = entries(c, eclose(c, "search", "keeper", "--json"));
	assert_int_equal(json_array_size(found), 2);
	assert_string_equal(text_at(json_array_get(found, 0), "title"), KEEPER); /* a word of the title counts for more */
	assert_int_equal(FOUND("electric"), 1);
	assert_int_equal(FOUND("keeper", "quay"), 1);
	assert_int_equal(FOUND("elec"), 1);                /* the last word may be a beginning */
	assert_int_equal(FOUND("\"forty years\""), 1);
	assert_int_equal(FOUND("\"years forty\""), 0);
	assert_int_equal(FOUND("keeper", "--limit", "1"), 1);
	assert_int_equal(FOUND("zebra"), 0);
	assert_int_equal(FOUND("\"", "AND", "(", "*", "NEAR(", "'"), 0); /* words, never syntax */
	assert_non_null(strstr(done(eclose(c, "search", "herring")).out, HERRING));
	assert_int_equal(FOUND("keeper", "--", "-electric"), 1);
	assert_int_equal(FOUND("electric OR zebra"), 1);
	assert_int_equal(FOUND("title:electric"), 0);
}

/* In the order of the text, on one line, and without a sign that marks the words. */
static void search_shows_where_the_words_stand(void **state)
{
	struct cli *c = *state;
	json_t *found;
	const char *snippet, *out, *line;

	stored(c);
	found = entries(c, eclose(c, "search", "forty years", "--json"));
	assert_int_equal(json_array_size(found), 1);
	snippet = text_at(json_array_get(found, 0), "snippet");
	assert_non_null(strstr(snippet, "forty years"));
	for (const char *s = snippet; *s; s++)
		assert_true((unsigned char)*s >= ' ');
	out = done(eclose(c, "search", "forty years")).out;
	line = strchr(out, '\n');
	assert_non_null(line);
	assert_non_null(strstr(line, snippet)); /* under the article */
}

static size_t widest(const char *text)
{
	size_t most = 0;

	for (const char *s = text; *s;) {
		size_t n = strcspn(s, "\n");
		int cells = utf8_cells(s, n);

		most = cells > 0 && (size_t)cells > most ? (size_t)cells : most;
		s += n + (s[n] == '\n');
	}
	return most;
}

static void show_prints_one_whole_article(void **state)
{
	struct cli *c = *state;
	const char *id, *text;
	json_t *o;
	struct ran r;

	stored(c);
	id = number(c, KEEPER);
	o = json_of(c, done(eclose(c, "show", id, "--json")));
	assert_string_equal(text_at(o, "title"), KEEPER);
	assert_string_equal(text_at(o, "author"), "Ana Sol");
	assert_string_equal(text_at(o, "guid"), "urn:1");
	assert_int_equal(json_array_size(array_at(o, "enclosures")), 1);
	assert_null(strstr(text_at(o, "content"), "alert"));
	assert_non_null(strstr(text_at(o, "text"), "The lamp is electric now."));
	text = text_at(json_of(c, done(eclose(c, "show", id, "--json", "--width", "20"))), "text");
	assert_true(widest(text) <= 20);
	assert_true(widest(text) > 10);
	r = done(eclose(c, "show", id, "--width", "200"));
	assert_non_null(strstr(r.out, "After forty years the keeper of the Rock light"));
	assert_non_null(strstr(r.out, "Ana Sol"));
	assert_false(bool_at(json_of(c, done(eclose(c, "show", id, "--json"))), "read")); /* to print isn't to read */
	fails(eclose(c, "show", "4711"), 1, "no article 4711");
}

/* One article as its feed has it now: pixels and a link whose host looks like another are part of it. */
static const char *edited(struct cli *c, const char *title, const char *text)
{
	return cli_format(c, "<rss version='2.0'><channel><title>Sound</title><item><guid isPermaLink='false'>g</guid><title>%s</title>"
		"<link>https://\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com/1</link><pubDate>Fri, 03 Apr 2026 06:00:00 GMT</pubDate>"
		"<description><![CDATA[<p>%s</p><p><a href='http://p\xd0\xb0ypal.com/'>here</a></p>"
		"<img src='http://t.example/a.gif' width=1 height=1><img src='http://t.example/b.gif' width=0 height=0>]]></description></item></channel></rss>", title, text);
}

#define FIRST_TEXT "The ferry is late and nobody at the quay knows when it will come, because the harbour master has not been told."
#define SECOND_TEXT "All boats were cancelled after the storm broke both masts of the old pilot vessel; trains and buses take passengers round by land instead today."

static void show_tells_what_was_edited_and_what_was_left_out(void **state)
{
	struct cli *c = *state;
	const char *path = cli_write(c, "f.xml", edited(c, "Ferry late", FIRST_TEXT)), *id;
	json_t *o, *earlier;
	struct ran r;

	cli_write(c, "config/urls", cli_format(c, "file://%s\n", path));
	done(eclose(c, "fetch"));
	id = number(c, "Ferry late");
	r = done(eclose(c, "show", id));
	assert_null(strstr(r.out, "edited"));
	assert_non_null(strstr(r.out, "2 tracking pixels left out"));
	assert_non_null(strstr(r.out, "\nhttps://xn--80ak6aa92e.com/1\n"));
	assert_non_null(strstr(r.out, "[1] http://xn--pypal-4ve.com/"));
	assert_non_null(strstr(done(eclose(c, "show", id, "--earlier")).out, "no earlier text of this article is kept"));
	cli_write(c, "f.xml", edited(c, "Ferry cancelled", SECOND_TEXT));
	done(eclose(c, "fetch", "--force"));
	r = done(eclose(c, "show", id));
	assert_non_null(strstr(r.out, "Ferry cancelled"));
	assert_non_null(strstr(r.out, "edited: 1 earlier text (--earlier prints it)"));
	r = done(eclose(c, "show", id, "--earlier", "--width", "1000"));
	assert_non_null(strstr(r.out, "--- until " CLI_NOW));
	assert_non_null(strstr(r.out, "Ferry [-late-] {+cancelled+}"));
	assert_non_null(strstr(r.out, "[-The ferry is late and nobody at"));
	o = json_of(c, done(eclose(c, "show", id, "--json")));
	assert_int_equal(int_at(o, "pixels"), 2);
	assert_string_equal(text_at(o, "link"), "https://\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com/1"); /* programs get it as it is */
	earlier = array_at(o, "earlier");
	assert_int_equal(json_array_size(earlier), 1);
	assert_string_equal(text_at(json_array_get(earlier, 0), "title"), "Ferry late");
	assert_string_equal(text_at(json_array_get(earlier, 0), "at"), CLI_NOW);
	assert_non_null(strstr(text_at(json_array_get(earlier, 0), "summary"), "nobody at the quay"));
	assert_true(json_is_null(json_object_get(json_array_get(earlier, 0), "content")));
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "earlier"), 1);
	assert_int_equal(json_array_size(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries")), 1);
	/* Its date lies ahead: shown as it is, and ranked as of when it came. */
	assert_string_equal(text_at(json_array_get(array_at(json_of(c, done(eclose(c, "list", "--json"))), "entries"), 0), "published"), "2026-04-03T06:00:00Z");
	assert_string_equal(text_at(json_array_get(array_at(json_of(c, done(eclose(c, "rank", "--json"))), "entries"), 0), "published"), CLI_NOW);
	cli_healthy(c);
}

static void no_control_character_reaches_the_output(void **state)
{
	struct cli *c = *state;
	const char *outs[4];

	stored(c);
	outs[0] = done(eclose(c, "list")).out;
	outs[1] = done(eclose(c, "rank")).out;
	outs[2] = done(eclose(c, "show", number(c, "[31mStorm warning"))).out;
	outs[3] = done(eclose(c, "search", "warning")).out;
	for (size_t i = 0; i < 4; i++) {
		assert_non_null(strstr(outs[i], "Storm warning"));
		assert_null(strchr(outs[i], '\x1b'));
		assert_null(strstr(outs[i], "\xe2\x80\xae"));
	}
}

/* ---- mark, undo ---- */

static bool flag(struct cli *c, const char *id, const char *name)
{
	return bool_at(json_of(c, done(eclose(c, "show", id, "--json"))), name);
}

static void marks_are_set_and_taken_back_one_change_at_a_time(void **state)
{
	struct cli *c = *state;
	struct ran r;

	stored(c);
	done(eclose(c, "mark", "1", "2", "--read"));
	done(eclose(c, "mark", "--star", "1"));
	done(eclose(c, "mark", "1", "--unread"));
	done(eclose(c, "mark", "1", "--unstar"));
	assert_false(flag(c, "1", "read"));
	assert_false(flag(c, "1", "starred"));
	done(eclose(c, "undo"));
	assert_true(flag(c, "1", "starred"));
	done(eclose(c, "undo"));
	assert_true(flag(c, "1", "read"));
	done(eclose(c, "undo"));
	assert_false(flag(c, "1", "starred"));
	assert_true(flag(c, "2", "read"));
	r = done(eclose(c, "undo")); /* both at once, as they were marked */
	assert_true(strlen(r.out) > 5);
	assert_false(flag(c, "1", "read"));
	assert_false(flag(c, "2", "read"));
	fails(eclose(c, "undo"), 1, "nothing to undo");
	cli_healthy(c);
}

static void a_mark_with_one_bad_number_changes_nothing(void **state)
{
	struct cli *c = *state;

	stored(c);
	fails(eclose(c, "mark", "1", "99", "--read"), 1, "no article 99");
	assert_false(flag(c, "1", "read"));
	fails(eclose(c, "mark", "1", "x", "--read"), 2, "'x'");
	assert_false(flag(c, "1", "read"));
	fails(eclose(c, "undo"), 1, "nothing to undo");
}

/* ---- doctor, backup ---- */

static void the_doctor_counts_and_finds_nothing_wrong(void **state)
{
	struct cli *c = *state;
	json_t *o;
	struct ran r;

	stored(c);
	done(eclose(c, "event", "1", "open"));
	o = json_of(c, done(eclose(c, "doctor", "--json")));
	assert_true(bool_at(o, "ok"));
	assert_string_equal(text_at(o, "integrity"), "ok");
	assert_int_equal(int_at(o, "articles"), 3);
	assert_int_equal(int_at(o, "events"), 1);
	assert_int_equal(int_at(o, "indexed"), 3);
	assert_int_equal(int_at(o, "orphans"), 0);
	assert_int_equal(json_array_size(array_at(o, "dead_feeds")), 0);
	r = done(eclose(c, "doctor"));
	assert_non_null(strstr(r.out, "3 articles"));
}

/* Overwrite the middle of a file, page by page from the second on. */
static void damage(const char *path)
{
	static const char junk[64] = "this is no page of a database, whatever its header says, believe";
	FILE *f = fopen(path, "r+b");
	long size;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	assert_true(size > 8192);
	for (long at = 4096; at < size; at += 512) {
		assert_int_equal(fseek(f, at, SEEK_SET), 0);
		assert_int_equal(fwrite(junk, 1, sizeof junk, f), sizeof junk);
	}
	assert_int_equal(fclose(f), 0);
}

static void the_doctor_says_it_when_the_store_is_damaged(void **state)
{
	struct cli *c = *state;
	struct ran r;

	stored(c);
	damage(cli_path(c, "data/eclose.db"));
	r = eclose(c, "doctor");
	assert_int_equal(r.status, 1);
	assert_true(strncmp(r.err, "eclose: ", 8) == 0);
	assert_non_null(strstr(r.err, "eclose.db"));
	r = eclose(c, "doctor", "--json");
	assert_int_equal(r.status, 1);
	if (*r.out)
		assert_false(bool_at(json_of(c, r), "ok"));
	assert_int_equal(eclose(c, "rank").status, 1); /* and nobody crashes on it */
	assert_int_equal(eclose(c, "fetch").status, 1);
	assert_int_equal(eclose(c, "mark", "1", "--read").status, 1);
}

static void a_file_that_is_no_store_is_left_alone(void **state)
{
	struct cli *c = *state;

	cli_write(c, "config/config", "");
	cli_write(c, "data/eclose.db", "Dear diary, this is not a database but a text that somebody wrote and would like to keep.\n");
	fails(eclose(c, "list"), 1, "eclose.db");
	assert_true(strncmp(cli_read(c, "data/eclose.db"), "Dear diary", 10) == 0);
}

static void a_backup_is_a_store_of_its_own_while_another_program_writes(void **state)
{
	struct cli *c = *state;
	struct running writer[3];
	const char *copy = cli_path(c, "copy/eclose.db");
	struct stat st;

	stored(c);
	cli_write(c, "copy/x", "");
	for (size_t i = 0; i < 3; i++)
		writer[i] = cli_start(c, (const char *const[]){ "event", "1", "open", "--dwell", "10", NULL });
	done(eclose(c, "backup", copy));
	for (size_t i = 0; i < 3; i++)
		done(cli_wait(c, &writer[i]));
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	c->data = cli_path(c, "copy");
	cli_healthy(c);
	assert_int_equal(json_array_size(entries(c, eclose(c, "list", "--json"))), 3);
	c->data = NULL;
	assert_int_equal(int_at(json_of(c, done(eclose(c, "doctor", "--json"))), "events"), 3);
}

static void a_backup_overwrites_nothing(void **state)
{
	struct cli *c = *state;
	const char *taken;

	stored(c);
	taken = cli_write(c, "letter", "dear");
	fails(eclose(c, "backup", taken), 1, "letter");
	assert_string_equal(cli_read(c, "letter"), "dear");
	fails(eclose(c, "backup", cli_path(c, "no/such/folder/x")), 1, "no/such/folder/x");
	fails(eclose(c, "backup", cli_path(c, "data/eclose.db")), 1, "eclose.db");
	cli_healthy(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parse_reads_a_file_and_standard_input_alike),
		TEST(parse_counts_the_headers_of_an_address),
		TEST(parse_says_what_a_document_is_instead),
		TEST(list_answers_each_kind_of_query),
		TEST(search_finds_words_of_titles_and_texts),
		TEST(search_shows_where_the_words_stand),
		TEST(show_prints_one_whole_article),
		TEST(show_tells_what_was_edited_and_what_was_left_out),
		TEST(no_control_character_reaches_the_output),
		TEST(marks_are_set_and_taken_back_one_change_at_a_time),
		TEST(a_mark_with_one_bad_number_changes_nothing),
		TEST(the_doctor_counts_and_finds_nothing_wrong),
		TEST(the_doctor_says_it_when_the_store_is_damaged),
		TEST(a_file_that_is_no_store_is_left_alone),
		TEST(a_backup_is_a_store_of_its_own_while_another_program_writes),
		TEST(a_backup_overwrites_nothing),
	};

	return cmocka_run_group_tests_name("articles from outside", tests, NULL, NULL);
}
