#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum err err_set(struct err_info *info, enum err code, const char *fmt, ...)
{
	va_list ap;

	if (!info)
		return code;
	info->code = code;
	va_start(ap, fmt);
	vsnprintf(info->text, sizeof info->text, fmt, ap);
	va_end(ap);
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
	char words[sizeof info->text];

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	return err_set(info, of_errno(e), "%.380s: %s", words, strerror(e));
}

enum err err_at(struct err_info *info, const char *fmt, ...)
{
	va_list ap;
	char prefix[200], words[sizeof info->text];

	if (!info)
		return ERR_IO;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof prefix, fmt, ap);
	va_end(ap);
	memcpy(words, info->text, sizeof words);
	return err_set(info, info->code, "%s: %.300s", prefix, words);
}
