/* Private addresses, by name: where the net's own names stand for what the test says. Needs a network of its own; skipped where the system gives none. */
#include "run.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/network.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define OUTER "93.184.216.34" /* public, and within this test's network only */
#define INNER "10.0.0.1"
#define METADATA "169.254.169.254"
#define FEED "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title><item><guid>1</guid><title>One</title></item></channel></rss>"

static const char hosts[] =
	OUTER " feeds.example.com other.example.org\n"
	INNER " inner.example.com inner.lan inner nas.home.arpa\n"
	METADATA " metadata.example.com\n"
	"127.0.0.1 localhost loop.example.com\n";

static bool own; /* the network is there */

static void become_own(void)
{
	static const char *const addresses[] = { OUTER, INNER, METADATA };
	char path[] = "/tmp/eclose-hosts-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0)
		return;
	own = fchmod(fd, 0644) == 0 && write(fd, hosts, strlen(hosts)) == (ssize_t)strlen(hosts) && network_own(addresses, COUNT(addresses), path);
	(void)close(fd);
	(void)unlink(path);
}

/* One server stands behind all addresses at the same port; which was meant is seen from the Host that it was asked for. */
static void serve(struct cli *c, const struct served *table, size_t n)
{
	if (!own)
		skip();
	c->address = "0.0.0.0";
	cli_serve(c, table, n);
	cli_write(c, "config/config", "set timeout 5\n");
}

static const char *at(struct cli *c, const char *host, const char *path)
{
	return cli_format(c, "http://%s:%d%s", host, c->server.port, path);
}

static bool asked_of(const struct cli *c, const char *host)
{
	return strstr(server_said(&c->server), host) != NULL;
}

static json_t *fetched(struct cli *c, const char *line)
{
	json_t *lines;

	cli_write(c, "config/urls", cli_format(c, "%s\n", line));
	lines = lines_of(c, eclose(c, "fetch", "--force", "--json"));
	return json_array_get(lines, 0);
}

static const struct served feed[] = { { .path = "/f", .body = FEED } };

/* ---- the first hop ---- */

static void a_public_name_that_leads_inside_is_refused(void **state)
{
	static const struct { const char *host, *address; } names[] = {
		{ "inner.example.com", INNER }, { "metadata.example.com", METADATA }, { "loop.example.com", "127.0.0.1" },
	};
	struct cli *c = *state;

	serve(c, feed, 1);
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *error = text_at(fetched(c, at(c, names[i].host, "/f")), "error");

		if (!strstr(error, cli_format(c, "leads to the private address %s", names[i].address)) || !strstr(error, "+private=yes"))
			fail_msg("%s: \"%s\"", names[i].host, error);
	}
	assert_int_equal(server_connections(&c->server), 0);
}

static void the_reader_may_allow_it(void **state)
{
	struct cli *c = *state;

	serve(c, feed, 1);
	assert_string_equal(text_at(fetched(c, cli_format(c, "%s +private=yes", at(c, "inner.example.com", "/f"))), "status"), "new");
	assert_true(asked_of(c, "Host: inner.example.com"));
}

static void what_names_a_private_place_by_its_words_is_fetched(void **state)
{
	static const char *const names[] = { INNER, "localhost", "inner", "inner.lan", "nas.home.arpa", "127.0.0.1", "0x7f.1", "2130706433" };
	struct cli *c = *state;

	serve(c, feed, 1);
	for (size_t i = 0; i < COUNT(names); i++) {
		const json_t *one = fetched(c, at(c, names[i], "/f"));

		if (strcmp(text_at(one, "status"), "new") != 0)
			fail_msg("%s: %s", names[i], json_string_value(json_object_get(one, "error")));
	}
}

static void a_public_name_that_is_public_is_fetched(void **state)
{
	struct cli *c = *state;

	serve(c, feed, 1);
	assert_string_equal(text_at(fetched(c, at(c, "feeds.example.com", "/f")), "status"), "new");
}

static void a_connection_that_another_feed_opened_is_no_way_in(void **state)
{
	struct cli *c = *state;
	json_t *lines;

	serve(c, feed, 1);
	cli_write(c, "config/config", "set timeout 5\nset parallel 1\n");
	cli_write(c, "config/urls", cli_format(c, "%s +private=yes\n%s\n", at(c, "inner.example.com", "/f"), at(c, "inner.example.com", "/g")));
	lines = lines_of(c, eclose(c, "fetch", "--json"));
	assert_string_equal(text_at(with(lines, "url", at(c, "inner.example.com", "/f")), "status"), "new");
	assert_non_null(strstr(text_at(with(lines, "url", at(c, "inner.example.com", "/g")), "error"), "private address " INNER));
	assert_null(strstr(server_said(&c->server), "GET /g"));
}

/* ---- where a public server sends its readers ---- */

static void no_redirect_of_a_public_server_leads_inside(void **state)
{
	static const struct served table[] = {
#define TO(from, to) { .path = from, .status = 302, .headers = "Location: " to "\r\n" }
		TO("/loop", "http://127.0.0.1/x"), TO("/name", "http://localhost/x"), TO("/six", "http://[::1]/x"), TO("/mapped", "http://[::ffff:127.0.0.1]/x"),
		TO("/cloud", "http://169.254.169.254/latest/meta-data/"), TO("/hex", "http://0x7f.1/x"), TO("/decimal", "http://2130706433/x"),
		TO("/octal", "http://0177.0.0.1/x"), TO("/zero", "http://0.0.0.0/x"), TO("/ten", "http://10.0.0.1/x"), TO("/dot", "http://localhost./x"),
		TO("/inner", "http://inner.example.com/x"), TO("/metadata", "http://metadata.example.com/x"), TO("/user", "http://feeds.example.com@10.0.0.1/x"),
#undef TO
	};
	struct cli *c = *state;

	serve(c, table, COUNT(table));
	for (size_t i = 0; i < COUNT(table); i++) {
		const json_t *one = fetched(c, at(c, "feeds.example.com", table[i].path));
		const char *error = json_string_value(json_object_get(one, "error"));

		if (strcmp(text_at(one, "status"), "error") != 0 || !error || !strstr(error, "private address"))
			fail_msg("%s: \"%s\"", table[i].path, error ? error : "");
	}
	assert_int_equal(server_requests(&c->server), (int)COUNT(table)); /* the feeds' own, and nothing behind them */
}

static void a_proxy_is_asked_for_no_private_place_that_a_redirect_names(void **state)
{
	static const struct served table[] = { { .path = "/f", .status = 302, .headers = "Location: http://localhost/secret\r\n" } };
	struct cli *c = *state;
	const json_t *one;

	serve(c, table, 1);
	one = fetched(c, cli_format(c, "%s +proxy=http://127.0.0.1:%d", at(c, "feeds.example.com", "/f"), c->server.port));
	assert_non_null(strstr(text_at(one, "error"), "private address"));
	assert_null(strstr(server_said(&c->server), "secret"));
}

/* ---- logins ---- */

#define SECRET "Authorization: Basic bWU6aHVzaA==" /* me:hush */

/* Did the request that begins so carry the login? It must be there. */
static bool authorized(const char *said, const char *request)
{
	const char *s = strstr(said, request), *end = s ? strstr(s, "\r\n\r\n") : NULL, *found = s ? strstr(s, SECRET) : NULL;

	assert_non_null(end);
	return found && found < end;
}

static void a_login_goes_to_the_subscriptions_own_server_alone(void **state)
{
	static const struct served there[] = { { .path = "/host", .body = FEED }, { .path = "/port", .body = FEED } };
	struct cli *c = *state;
	struct server other;
	const char *login = cli_write(c, "login", "me:hush\n");

	if (!own)
		skip();
	assert_int_equal(chmod(login, 0600), 0);
	server_start(&other, "0.0.0.0", there, COUNT(there));
	serve(c, (const struct served[]){
		{ .path = "/own", .status = 302, .headers = "Location: /own2\r\n" }, { .path = "/own2", .body = FEED },
		{ .path = "/away", .status = 302, .headers = cli_format(c, "Location: http://other.example.org:%d/host\r\n", other.port) },
		{ .path = "/away2", .status = 301, .headers = cli_format(c, "Location: http://feeds.example.com:%d/port\r\n", other.port) },
	}, 4);
	for (int i = 0; i < 3; i++) {
		static const char *const paths[] = { "/own", "/away", "/away2" };
		const char *url = at(c, "feeds.example.com", paths[i]);

		(void)fetched(c, cli_format(c, "%s +login-file=%s \"+header=X-Key: hush2\"", url, login));
		assert_true(authorized(server_said(&c->server), cli_format(c, "GET %s HTTP", paths[i])));
	}
	assert_true(authorized(server_said(&c->server), "GET /own2 HTTP"));
	assert_int_equal(server_requests(&other), 2);
	assert_false(authorized(server_said(&other), "GET /host HTTP"));
	assert_false(authorized(server_said(&other), "GET /port HTTP"));
	assert_null(strstr(server_said(&other), "hush2"));
	server_stop(&other);
}

static void a_login_in_the_address_is_used_and_not_shown(void **state)
{
	struct cli *c = *state;
	const char *line;
	struct ran r;

	serve(c, (const struct served[]){ { .path = "/f", .body = FEED }, { .path = "/no", .status = 401 } }, 2);
	line = cli_format(c, "%s\n%s\n", at(c, "me:hush@feeds.example.com", "/f"), at(c, "me:hush@feeds.example.com", "/no"));
	cli_write(c, "config/urls", line);
	r = eclose(c, "fetch");
	assert_int_equal(r.status, 1);
	assert_true(authorized(server_said(&c->server), "GET /f HTTP"));
	assert_non_null(strstr(r.err, "login (401)"));
	assert_null(strstr(r.err, "hush"));
	assert_null(strstr(r.out, "hush"));
	assert_null(strstr(done(eclose(c, "feeds")).out, "hush"));
	assert_string_equal(cli_read(c, "config/urls"), line);
}

static void a_login_that_others_can_read_is_refused(void **state)
{
	struct cli *c = *state;
	const char *login = cli_write(c, "login", "me:hush\n"), *error;

	serve(c, feed, 1);
	assert_int_equal(chmod(login, 0644), 0);
	error = text_at(fetched(c, cli_format(c, "%s +login-file=%s", at(c, "feeds.example.com", "/f"), login)), "error");
	assert_non_null(strstr(error, "chmod 600"));
	assert_null(strstr(error, "hush"));
	assert_int_equal(server_requests(&c->server), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_public_name_that_leads_inside_is_refused),
		TEST(the_reader_may_allow_it),
		TEST(what_names_a_private_place_by_its_words_is_fetched),
		TEST(a_public_name_that_is_public_is_fetched),
		TEST(a_connection_that_another_feed_opened_is_no_way_in),
		TEST(no_redirect_of_a_public_server_leads_inside),
		TEST(a_proxy_is_asked_for_no_private_place_that_a_redirect_names),
		TEST(a_login_goes_to_the_subscriptions_own_server_alone),
		TEST(a_login_in_the_address_is_used_and_not_shown),
		TEST(a_login_that_others_can_read_is_refused),
	};

	become_own();
	return cmocka_run_group_tests_name("private addresses from outside", tests, NULL, NULL);
}
