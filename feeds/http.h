/* http - many conditional requests at once; the one window to libcurl.
 *
 * No cookies, no Referer, no identifier beyond "eclose/VERSION"; http and https, and file where the request says so; redirects (at most
 * 5) stay in http and https; body at most 20 MB after decompression; at most two connections a host, loopback excepted.
 * A transfer that was cut short (Content-Length, broken gzip) is an error and gives no body.
 */
#ifndef ECLOSE_FEEDS_HTTP_H
#define ECLOSE_FEEDS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define HTTP_BODY_MAX ((size_t)20 << 20)

struct http_request;

struct http_config {
	const char *proxy;      /* "socks5h://127.0.0.1:9050", NULL for none; the environment is not asked */
	long connect_timeout;   /* seconds, 0: 10 */
	long timeout;           /* seconds for one transfer, 0: 30 */
	int parallel;           /* transfers at once, 0: 64 */
	const char *user_agent; /* NULL: eclose/VERSION */
	void (*waiting)(void *user); /* called each time before the program has to wait for the network; NULL: nobody is told */
	void *waiting_user;
	bool (*wanted)(void *user, const struct http_request *request); /* asked just before one starts; where it says no, that one ends with ERR_NET "not asked"; NULL: all are */
	void *wanted_user;
};

struct http_request {
	const char *url;
	const char *etag, *last_modified; /* sent as they were received; NULL: none */
	bool allow_file;                  /* the reader's own subscription names a file: */
	void *user;
};

/* What came back; borrowed, good during the callback. */
struct http_response {
	const struct http_request *request;
	enum err err;            /* OK: an HTTP answer of any status arrived whole */
	const char *error;       /* a sentence when err != OK */
	int status;              /* 0 without an answer; 200 for file: */
	const char *url;         /* where it came from after redirects */
	const char *moved_to;    /* target when every redirect on the way was permanent (301, 308), else NULL */
	const char *etag, *last_modified, *content_type;
	int64_t retry_after;     /* seconds from now, -1 absent */
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
void http_free(struct http *h);

#endif
