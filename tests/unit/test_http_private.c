/* http: no redirect from a public address reaches a private one by name. Needs a network of its own, where a public address is ours; skipped
 * where the system gives us none. */
#include <config.h>

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "feeds/http.h"
#include "feeds/http_address.h"
#include "network.h"
#include "server.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PUBLIC "93.184.216.34" /* within this test's network only */
#define GUARD 60               /* seconds */

/* ---- a network where PUBLIC is this machine ---- */

/* Names there: `name` for this machine, two.example for it as well as for PUBLIC. */
static bool own_network(const char *name)
{
	char path[] = "/tmp/eclose-hosts-XXXXXX";
	int fd = mkstemp(path);
	bool is;

	assert_true(fd >= 0);
	(void)dprintf(fd, "127.0.0.1 %s localhost\n127.0.0.1 two.example\n" PUBLIC " two.example\n", name);
	(void)close(fd);
	is = network_own((const char *const[]){ PUBLIC }, 1, path);
	(void)unlink(path);
	return is;
}

/* A name that only a resolver knows to be private: this machine's, as /etc/hosts has it. */
static bool private_name(char *name, size_t size)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *found = NULL;
	char numeric[64] = "";

	if (gethostname(name, size) != 0 || address_host_private(name) || getaddrinfo(name, NULL, &hints, &found) != 0)
		return false;
	(void)getnameinfo(found->ai_addr, found->ai_addrlen, numeric, sizeof numeric, NULL, 0, NI_NUMERICHOST);
	freeaddrinfo(found);
	return strncmp(numeric, "127.", 4) == 0;
}

/* ---- the tests ---- */

struct places {
	struct server inner, outer; /* inner: private, by name; outer: public, sends everybody to the inner one */
	struct served table[3];
	char name[256], location[400], own[400], out[400];
};

static const struct served inner_table[] = { { "/own", .body = "mine" }, { "/secret", .body = "secret" } };

static int set_up(void **state)
{
	static struct places p;

	*state = NULL;
	if (!private_name(p.name, sizeof p.name) || !own_network(p.name))
		return 0;
	server_start(&p.inner, "0.0.0.0", inner_table, COUNT(inner_table));
	(void)snprintf(p.location, sizeof p.location, "Location: http://%.250s:%d/secret\r\n", p.name, p.inner.port);
	(void)snprintf(p.own, sizeof p.own, "http://%.250s:%d/own", p.name, p.inner.port);
	p.table[0] = (struct served){ "/out", .status = 302, .headers = p.location };
	p.table[1] = (struct served){ "/two", .status = 302, .headers = "Location: /end\r\n" };
	p.table[2] = (struct served){ "/end", .body = "mine" };
	server_start(&p.outer, PUBLIC, p.table, COUNT(p.table));
	(void)snprintf(p.out, sizeof p.out, "http://" PUBLIC ":%d/out", p.outer.port);
	*state = &p;
	return 0;
}

static int tear_down(void **state)
{
	struct places *p = *state;

	if (p) {
		server_stop(&p->inner);
		server_stop(&p->outer);
	}
	return 0;
}

struct seen { int fine, refused, times; };

static void look(void *user, const struct http_response *r)
{
	struct seen *seen = user;

	seen->times++;
	if (r->err == OK)
		seen->fine += strcmp(r->body, "mine") == 0;
	else
		seen->refused += r->err == ERR_UNSUPPORTED && strstr(r->error, "private address 127.") != NULL;
	assert_null(strstr(r->body, "secret"));
}

static void no_connection_is_made(void **state)
{
	const struct http_config cfg = { .timeout = 30 };
	struct places *p = *state;
	struct seen seen = { 0 };
	struct http_request request;
	struct http *h;

	if (!p)
		skip();
	request = (struct http_request){ .url = p->out };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	http_add(h, &request);
	http_run(h, look, &seen, NULL);
	http_free(h);
	assert_int_equal(seen.refused, 1);
	assert_int_equal(server_requests(&p->outer), 1);
	assert_int_equal(server_connections(&p->inner), 0);
}

static void nor_is_one_used_that_a_subscription_opened(void **state)
{
	const struct http_config cfg = { .timeout = 30, .parallel = 1 };
	struct places *p = *state;
	struct seen seen = { 0 };
	struct http_request own, out;
	struct http *h;

	if (!p)
		skip();
	own = (struct http_request){ .url = p->own };
	out = (struct http_request){ .url = p->out };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	http_add(h, &own);
	http_run(h, look, &seen, NULL);
	http_add(h, &out);
	http_run(h, look, &seen, NULL);
	http_free(h);
	assert_int_equal(seen.times, 2);
	assert_int_equal(seen.fine, 1); /* the reader's own word is enough */
	assert_int_equal(seen.refused, 1);
	assert_null(strstr(server_said(&p->inner), "/secret"));
}

/* The private one isn't asked, and that it was refused is no word on what the other answers. */
static void a_name_of_both_is_asked_at_its_public_address(void **state)
{
	const struct http_config cfg = { .timeout = 30 };
	struct places *p = *state;
	struct seen seen = { 0 };
	struct http_request request;
	struct http *h;
	char url[100];

	if (!p)
		skip();
	(void)snprintf(url, sizeof url, "http://two.example:%d/two", p->outer.port);
	request = (struct http_request){ .url = url };
	assert_int_equal(http_new(&cfg, &h, NULL), OK);
	http_add(h, &request);
	http_run(h, look, &seen, NULL);
	http_free(h);
	assert_int_equal(seen.fine, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_connection_is_made),
		cmocka_unit_test(nor_is_one_used_that_a_subscription_opened),
		cmocka_unit_test(a_name_of_both_is_asked_at_its_public_address),
	};

	(void)alarm(GUARD);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
