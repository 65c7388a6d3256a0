#include "cmd/subs.h"

#include <string.h>

#include "feeds/urls.h"

#define URLS_MOST ((size_t)16 << 20)

static bool known(const struct app *app, const struct sub *add, size_t before, const char *url)
{
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, url) == 0)
			return true;
	for (size_t i = 0; i < before; i++)
		if (strcmp(add[i].url, url) == 0)
			return true;
	return false;
}

enum err subs_append(struct app *app, const struct sub *add, size_t n, size_t *added, struct err_info *info)
{
	struct buf text = BUF_INIT;
	enum err e = buf_read_file(&text, app->urls_path, URLS_MOST, info);
	size_t count = 0;

	if (e == ERR_NOTFOUND)
		e = OK;
	if (e == OK && text.len && text.s[text.len - 1] != '\n')
		buf_putc(&text, '\n');
	for (size_t i = 0; e == OK && i < n; i++) {
		if (known(app, add, i, add[i].url))
			continue;
		urls_line(&add[i], &text);
		count++;
	}
	if (e == OK && count)
		e = buf_write_file(app->urls_path, buf_str(&text), text.len, 0600, info);
	buf_clear(&text);
	if (e == OK)
		*added = count;
	return e;
}
