#include "feeds/settings.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/spell.h"

enum kind { KIND_TEXT, KIND_HEADER, KIND_PATH, KIND_PROXY, KIND_INT, KIND_YES };

/* One line a setting: name, kind, place, least, most. eclose(5) says what each does. */
static const struct setting { const char *name; enum kind kind; size_t at; long least, most; } table[] = {
	{ "user-agent",    KIND_TEXT,   offsetof(struct feed_settings, user_agent), 0, 0 },
	{ "header",        KIND_HEADER, 0, 0, 0 },
	{ "login-file",    KIND_PATH,   offsetof(struct feed_settings, login_file), 0, 0 },
	{ "login-command", KIND_TEXT,   offsetof(struct feed_settings, login_command), 0, 0 },
	{ "proxy",         KIND_PROXY,  offsetof(struct feed_settings, proxy), 0, 0 },
	{ "timeout",       KIND_INT,    offsetof(struct feed_settings, timeout), 1, 600 },
	{ "interval",      KIND_INT,    offsetof(struct feed_settings, interval), 1, 100000 },
	{ "connections",   KIND_INT,    offsetof(struct feed_settings, connections), 1, 64 },
	{ "keep-days",     KIND_INT,    offsetof(struct feed_settings, keep_days), 0, 100000 },
	{ "keep-articles", KIND_INT,    offsetof(struct feed_settings, keep_articles), 0, 1000000 },
	{ "private",       KIND_YES,    offsetof(struct feed_settings, reach_private), 0, 0 },
};

#define SETTINGS (sizeof table / sizeof *table)

static bool name_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static const struct setting *find(const char *name, size_t n)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (strlen(table[i].name) == n && memcmp(table[i].name, name, n) == 0)
			return &table[i];
	return NULL;
}

const char *settings_name(size_t i)
{
	return i < SETTINGS ? table[i].name : NULL;
}

bool settings_word(const char *word)
{
	size_t n = 0;

	if (*word != '+')
		return false;
	for (word++; name_letter(word[n]);)
		n++;
	return n > 0 && (word[n] == '=' || (word[n] == '\0' && find(word, n)));
}

static enum err unknown(const char *name, struct err_info *info)
{
	const char *best = table[0].name;

	for (size_t i = 1; i < SETTINGS; i++)
		if (spell_distance(name, table[i].name) < spell_distance(name, best))
			best = table[i].name;
	if (spell_near(name, best))
		return err_set(info, ERR_SYNTAX, "unknown setting '+%s', did you mean '+%s'?", name, best);
	return err_set(info, ERR_SYNTAX, "unknown setting '+%s'; eclose(5) lists them", name);
}

/* ---- values ---- */

static enum err take_int(struct feed_settings *f, const struct setting *s, const char *value, struct err_info *info)
{
	char *end;
	long v = strtol(value, &end, 10);

	if (end == value || *end || v < s->least || v > s->most)
		return err_set(info, ERR_SYNTAX, "'+%s' takes a whole number from %ld to %ld, not '%.60s'", s->name, s->least, s->most, value);
	*(int *)((char *)f + s->at) = (int)v;
	return OK;
}

static enum err take_yes(struct feed_settings *f, const struct setting *s, const char *value, struct err_info *info)
{
	bool yes = strcmp(value, "yes") == 0;

	if (!yes && strcmp(value, "no") != 0)
		return err_set(info, ERR_SYNTAX, "'+%s' takes yes or no, not '%.60s'", s->name, value);
	*(bool *)((char *)f + s->at) = yes;
	return OK;
}

/* A name that the program writes itself would say something else than it means. */
static bool ours(const char *header, size_t n)
{
	static const char *const names[] = { "Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "If-None-Match", "If-Modified-Since" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == n && strncasecmp(names[i], header, n) == 0)
			return true;
	return false;
}

static enum err take_header(struct feed_settings *f, const char *value, struct err_info *info)
{
	size_t n = strspn(value, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (n == 0 || value[n] != ':' || !value[n + 1 + strspn(value + n + 1, " ")])
		return err_set(info, ERR_SYNTAX, "'+header' takes \"Name: value\"");
	if (ours(value, n))
		return err_set(info, ERR_SYNTAX, "'+header' can't set %.*s, which the program sets itself", (int)n, value);
	if (f->n_headers == SETTINGS_HEADERS)
		return err_set(info, ERR_SYNTAX, "more than %d headers", SETTINGS_HEADERS);
	f->header[f->n_headers++] = value;
	return OK;
}

static enum err take_proxy(struct feed_settings *f, const char *value, struct err_info *info)
{
	static const char *const schemes[] = { "http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://" };

	if (strcmp(value, "none") == 0) {
		f->proxy = "";
		return OK;
	}
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (strncasecmp(value, schemes[i], strlen(schemes[i])) == 0 && value[strlen(schemes[i])]) {
			f->proxy = value;
			return OK;
		}
	}
	return err_set(info, ERR_SYNTAX, "'+proxy' takes none, or an address with http://, https:// or one of the SOCKS schemes, such as socks5h://127.0.0.1:9050");
}

static enum err take(struct feed_settings *f, const struct setting *s, const char *value, struct err_info *info)
{
	switch (s->kind) {
	case KIND_INT:
		return take_int(f, s, value, info);
	case KIND_YES:
		return take_yes(f, s, value, info);
	case KIND_HEADER:
		return take_header(f, value, info);
	case KIND_PROXY:
		return take_proxy(f, value, info);
	case KIND_PATH:
		if (*value != '/' && strncmp(value, "~/", 2) != 0)
			return err_set(info, ERR_SYNTAX, "'+%s' takes a path that begins with / or ~/", s->name); /* what stands there may be the login itself */
		break;
	case KIND_TEXT:
		break;
	}
	if (!value[strspn(value, " \t")])
		return err_set(info, ERR_SYNTAX, "'+%s' needs a value", s->name);
	*(const char **)((char *)f + s->at) = value;
	return OK;
}

enum err settings_read(struct arena *a, const char *const *words, size_t n, struct feed_settings *out, struct err_info *info)
{
	struct feed_settings f = { .keep_days = SETTINGS_UNSET, .keep_articles = SETTINGS_UNSET };

	for (size_t i = 0; i < n; i++) {
		const char *word = arena_strdup(a, words[i]);
		size_t len = strcspn(word, "=");
		const struct setting *s = find(word, len);
		enum err e;

		if (!s)
			return unknown(arena_strndup(a, word, len < 60 ? len : 60), info);
		if (!word[len])
			return err_set(info, ERR_SYNTAX, "'+%s' needs a value: +%s=...", s->name, s->name);
		e = take(&f, s, word + len + 1, info);
		if (e != OK)
			return e;
	}
	if (f.login_file && f.login_command)
		return err_set(info, ERR_SYNTAX, "'+login-file' and '+login-command' together: one of them");
	*out = f;
	return OK;
}
