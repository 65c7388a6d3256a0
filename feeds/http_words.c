/* http_words - what went wrong with a transfer, in a sentence for a person. */
#include "feeds/http_words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "feeds/http.h"
#include "feeds/http_head.h"

/* failure_cleaned - a sentence with words from outside in its middle: cleaned for a terminal, at most 200 bytes of them.
 *   info  [out] may be NULL;  before, after  our words;  outside  anything
 * Returns code. Cannot fail. */
enum err failure_cleaned(struct err_info *info, enum err code, const char *before, const char *outside, const char *after)
{
	struct buf clean = BUF_INIT;

	utf8_clean(&clean, outside, strnlen(outside, 200), UTF8_LINE);
	(void)err_set(info, code, "%s%s%s", before, buf_str(&clean), after);
	buf_clear(&clean);
	return code;
}

static enum err cut(const struct failure *f, struct err_info *info)
{
	if (f->whole > f->got)
		return err_set(info, ERR_NET, "the transfer was cut short after %lld of %lld bytes", (long long)f->got, (long long)f->whole);
	return err_set(info, ERR_NET, "the transfer was cut short after %lld bytes", (long long)f->got);
}

static enum err timeout(const struct failure *f, struct err_info *info)
{
	long seconds = f->total_seconds < f->first_seconds ? f->total_seconds : f->first_seconds;

	if (f->got > 0)
		return err_set(info, ERR_NET, "the transfer was not done within %ld s (%lld bytes had come)", f->total_seconds, (long long)f->got);
	if (!f->connected && f->connect_seconds < f->total_seconds) {
		char after[64];

		(void)snprintf(after, sizeof after, " within %ld s", f->connect_seconds);
		return failure_cleaned(info, ERR_NET, "no connection to ", f->host, after);
	}
	return err_set(info, ERR_NET, "no answer within %ld s", seconds);
}

static enum err connection(const struct failure *f, struct err_info *info)
{
	char after[128] = "";

	if (f->os_error == ECONNREFUSED)
		return err_set(info, ERR_NET, "the server refused the connection");
	if (f->os_error)
		(void)snprintf(after, sizeof after, ": %s", strerror(f->os_error));
	return failure_cleaned(info, ERR_NET, "no connection to ", f->host, after);
}

static enum err proxy(const struct failure *f, struct err_info *info)
{
	char before[160];

	(void)snprintf(before, sizeof before, "the proxy %.100s doesn't let us through: ", f->proxy ? f->proxy : "");
	return failure_cleaned(info, ERR_NET, before, f->words, "");
}

/* failure_explain - see http_words.h.
 *   f  borrowed; host and words never NULL
 * Returns ERR_NET, ERR_LIMIT for what is too large, ERR_UNSUPPORTED for where we don't go. */
enum err failure_explain(const struct failure *f, struct err_info *info)
{
	switch (f->kind) {
	case FAILURE_TIMEOUT:
		return timeout(f, info);
	case FAILURE_HOST:
		return failure_cleaned(info, ERR_NET, "could not find the host ", f->host, "");
	case FAILURE_PROXY:
		return proxy(f, info);
	case FAILURE_CONNECT:
		return connection(f, info);
	case FAILURE_CUT:
		return cut(f, info);
	case FAILURE_EMPTY:
		return err_set(info, ERR_NET, "the server closed the connection without an answer");
	case FAILURE_ENCODING:
		return failure_cleaned(info, ERR_NET, "the body can't be decompressed: ", f->words, "");
	case FAILURE_CERTIFICATE:
		return failure_cleaned(info, ERR_NET, "the server's certificate can't be trusted: ", f->words, "");
	case FAILURE_NOT_HTTP:
		return err_set(info, ERR_NET, "the answer is not HTTP");
	case FAILURE_BODY_SIZE:
		return err_set(info, ERR_LIMIT, "larger than %zu MB", HTTP_BODY_MAX >> 20);
	case FAILURE_HEAD_SIZE:
		return err_set(info, ERR_LIMIT, "the header is longer than %zu kB", HTTP_HEAD_MAX >> 10);
	case FAILURE_PRIVATE:
		return failure_cleaned(info, ERR_UNSUPPORTED, "redirected to the private address ", f->address,
			", where only a subscription of its own may lead");
	case FAILURE_FIRST_PRIVATE: {
		char middle[160];

		(void)snprintf(middle, sizeof middle, " leads to the private address %.80s; +private=yes behind the address allows it", f->address);
		return failure_cleaned(info, ERR_UNSUPPORTED, "", f->host, middle);
	}
	case FAILURE_CODING:
		return failure_cleaned(info, ERR_NET, "the body is encoded in a way that was not asked for (", f->coding ? f->coding : "", ")");
	case FAILURE_HELD:
		return failure_cleaned(info, ERR_NET, "", f->host, " asks to be left alone (429)");
	case FAILURE_OTHER:
		break;
	}
	return failure_cleaned(info, ERR_NET, "", f->words, "");
}
