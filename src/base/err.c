#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* What was too long was cut at any byte: half a character at the end goes. */
static void end_whole(char *s)
{
	size_t n = strlen(s), behind = 0;
	unsigned char c = 0;

	while (behind < n && behind < 4 && ((c = (unsigned char)s[n - 1 - behind]) & 0xc0) == 0x80)
		behind++;
	if (behind < n && c >= 0xc0 && behind + 1 < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : 4u))
		s[n - 1 - behind] = '\0';
}

/* Sentences name what came from outside, and go to a terminal: nothing in them may drive it. */
static void clean(char *s, size_t room)
{
	struct buf b = BUF_INIT;

	utf8_clean(&b, s, strlen(s), UTF8_TEXT);
	snprintf(s, room, "%s", buf_str(&b));
	end_whole(s);
	buf_clear(&b);
}

enum err err_set(struct err_info *info, enum err code, const char *fmt, ...)
{
	va_list ap;

	if (!info)
		return code;
	info->code = code;
	va_start(ap, fmt);
	vsnprintf(info->text, sizeof info->text, fmt, ap);
	va_end(ap);
	end_whole(info->text);
	clean(info->text, sizeof info->text);
	return code;
}

static enum err of_errno(int e)
{
	switch (e) {
	case ENOSPC:
#ifdef EDQUOT
	case EDQUOT:
#endif
		return ERR_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return ERR_READONLY;
	case ENOENT:
		return ERR_NOTFOUND;
	default:
		return ERR_IO;
	}
}

enum err err_errno(struct err_info *info, const char *fmt, ...)
{
	int e = errno;
	va_list ap;
	char words[381];

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	end_whole(words);
	return err_set(info, of_errno(e), "%s: %s", words, strerror(e));
}

enum err err_at(struct err_info *info, const char *fmt, ...)
{
	va_list ap;
	char prefix[200], words[301];

	if (!info)
		return ERR_IO;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof prefix, fmt, ap);
	va_end(ap);
	end_whole(prefix);
	snprintf(words, sizeof words, "%.300s", info->text);
	end_whole(words);
	return err_set(info, info->code, "%s: %s", prefix, words);
}
