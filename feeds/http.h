/* http - many conditional requests at once; the one window to libcurl.
 *
 * No cookies, no Referer, no identifier beyond "eclose/VERSION"; http and https, and file where the request says so; redirects (at most
 * 5) stay in http and https; body at most 20 MB after decompression, header 64 kB; at most two connections a host, loopback excepted.
 * A transfer that was cut short (Content-Length, broken gzip) is an error and gives no body.
 *
 * All bodies together take HTTP_FLIGHT_MAX, and one that is let ahead its HTTP_BODY_MAX: the others wait meanwhile, and their time stands still.
 * A host that answers 429 is not asked again in this run.
 * A private address (RFC 6890) is reached only where the subscription names one by its own words, or its settings allow it: see http_home.h.
 */
#ifndef ECLOSE_FEEDS_HTTP_H
#define ECLOSE_FEEDS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct feed_settings;

#define HTTP_BODY_MAX ((size_t)20 << 20)
#define HTTP_FLIGHT_MAX ((size_t)8 << 20)
#define HTTP_FIRST_BYTE 30L /* seconds until the first byte of an answer, at most */

struct http_config {
	const char *proxy;      /* "socks5h://127.0.0.1:9050", NULL for none; the environment is not asked */
	long connect_timeout;   /* seconds, 0: 10 */
	long timeout;           /* seconds for one transfer, 0: 30 */
	int parallel;           /* transfers at once, 0: 256 */
	const char *user_agent; /* NULL: eclose/VERSION */
};

struct http_request {
	const char *url;                  /* a user and password in it are the login where there is no other */
	const char *at;                   /* where permanent redirects have led: asked in its place, and judged as where a redirect leads; NULL: url is asked */
	const char *etag, *last_modified; /* sent as they were received; NULL: none */
	const char *given_by;             /* the address that gave them, so that no other gets them; NULL: url, by whatever temporary redirects */
	const struct feed_settings *settings; /* NULL: nothing is set. user_agent, headers, proxy, timeout, connections and reach_private are heeded */
	const char *login;                /* "user:password", NULL none; goes to the server of url alone */
	bool allow_file;                  /* the reader's own subscription names a file: */
	bool foreign;                     /* url isn't the reader's own word but was found on the net: what it names may not be private */
	void *user;
};

/* What came back; borrowed, good during the callback. */
struct http_response {
	const struct http_request *request;
	enum err err;            /* OK: an HTTP answer of any status arrived whole */
	const char *error;       /* a sentence when err != OK */
	int status;              /* 0 without an answer; 200 for file: */
	const char *url;         /* where it came from after redirects */
	const char *moved_to;    /* where the permanent redirects (301, 308) led that came before any other; NULL nowhere. One from https to http is no such */
	bool left_alone;         /* not asked: its host has answered 429 in this run; retry_after is what was said then */
	const char *etag, *last_modified, *content_type;
	bool conditional;        /* validators were sent to the address that answered */
	int64_t retry_after;     /* seconds from now, the longest of all redirects on the way; -1 absent */
	int64_t max_age;         /* seconds, -1 absent */
	const char *body;        /* NUL behind it */
	size_t len;
	int64_t wire_bytes;      /* as transferred */
	double ms;
};

typedef void http_done(void *user, const struct http_response *response);

struct http;
/* http_new - Errors: ERR_NET where libcurl can't start. Frees: http_free. cfg is borrowed while in use. */
enum err http_new(const struct http_config *cfg, struct http **out, struct err_info *info);
/* http_add - queue one; request and its strings are borrowed until its callback has run. */
void http_add(struct http *h, const struct http_request *request);
/* http_run - transfer all that is queued, `done` once for each, in order of arrival; `done` may call http_add.
 * cancel may be NULL; when *cancel turns true the rest ends with ERR_NET "interrupted". */
void http_run(struct http *h, http_done *done, void *user, const volatile bool *cancel);
/* http_stop - for `done` to call: the rest of this http_run ends as by a cancel. */
void http_stop(struct http *h);
void http_free(struct http *h);

#endif
