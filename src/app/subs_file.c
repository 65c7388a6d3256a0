#include "app/subs_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "feeds/url.h"
#include "feeds/urls.h"

int subs_lock(const struct app *app)
{
	/* The folder, not the file: that is replaced as a whole, and whoever waited for it would hold the old one. */
	int lock = open(app->config_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lock >= 0)
		(void)flock(lock, LOCK_EX);
	return lock;
}

void subs_unlock(int lock)
{
	if (lock >= 0)
		(void)close(lock);
}

static bool known(const struct subs *there, const struct sub *add, size_t before, const char *url)
{
	for (size_t i = 0; i < there->n; i++)
		if (strcmp(there->sub[i].url, url) == 0)
			return true;
	for (size_t i = 0; i < before; i++)
		if (strcmp(add[i].url, url) == 0)
			return true;
	return false;
}

enum err subs_append(struct app *app, const struct sub *add, size_t n, size_t *added, struct err_info *info)
{
	struct buf text = BUF_INIT;
	struct subs there = { 0 };
	int lock = subs_lock(app);
	enum err e = buf_read_file(&text, app->urls_path, URLS_MOST, info);
	size_t count = 0;

	if (e == ERR_NOTFOUND)
		e = OK;
	if (e == OK) /* as the file is now; another program may have come before us */
		e = urls_read(&app->arena, buf_str(&text), text.len, &there, info);
	if (e == OK && text.len && text.s[text.len - 1] != '\n')
		buf_putc(&text, '\n');
	for (size_t i = 0; e == OK && i < n; i++) {
		if (known(&there, add, i, add[i].url))
			continue;
		urls_line(&add[i], &text);
		count++;
	}
	if (e == OK && count)
		e = buf_write_file(app->urls_path, buf_str(&text), text.len, 0600, info);
	subs_unlock(lock);
	buf_clear(&text);
	if (e == OK)
		*added = count;
	return e;
}

const char *subs_meant(struct app *app, const char *word)
{
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(app->subs.sub[i].url, word) == 0)
			return word;
	for (size_t i = 0; i < app->subs.n; i++)
		if (strcmp(url_shown(&app->arena, app->subs.sub[i].url), word) == 0)
			return app->subs.sub[i].url;
	return word;
}
