/* http_words - what went wrong with a transfer, in a sentence for a person. Knows no network. */
#ifndef ECLOSE_FEEDS_HTTP_WORDS_H
#define ECLOSE_FEEDS_HTTP_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum failure_kind {
	FAILURE_OTHER, FAILURE_TIMEOUT, FAILURE_HOST, FAILURE_PROXY, FAILURE_CONNECT, FAILURE_CUT, FAILURE_EMPTY, FAILURE_ENCODING,
	FAILURE_CERTIFICATE, FAILURE_NOT_HTTP, FAILURE_BODY_SIZE, FAILURE_HEAD_SIZE, FAILURE_PRIVATE,
	FAILURE_FIRST_PRIVATE, FAILURE_CODING, FAILURE_HELD,
};

struct failure {
	enum failure_kind kind;
	const char *host;      /* as the URL has it */
	const char *proxy;     /* without user and password; NULL none */
	const char *words;     /* the library's own */
	const char *address;   /* FAILURE_PRIVATE, _FIRST_PRIVATE: which */
	const char *coding;    /* FAILURE_CODING: Content-Encoding */
	int64_t got, whole;    /* bytes of the body so far, and announced; whole -1 unknown */
	int os_error;          /* errno of the connection, 0 unknown */
	bool connected;
	long connect_seconds, total_seconds, first_seconds; /* first: until the first byte of the answer */
};

/* failure_explain - the sentence into info; returns its code. What came from the net is cleaned for a terminal. */
enum err failure_explain(const struct failure *f, struct err_info *info);
/* failure_cleaned - a sentence of our words before and after what came from outside, cleaned. Returns code. */
enum err failure_cleaned(struct err_info *info, enum err code, const char *before, const char *outside, const char *after);

#endif
