#include "app/rhythm.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include "app/app.h"
#include "base/spell.h"

const char *const rhythm_day[RHYTHM_DAYS] = { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" };

/* ---- words of a line ---- */

/* Bytes of a line; without the double quotes that may hold them together. */
struct piece { const char *s; size_t n; };

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The next word from *s on, before `end`; one of no bytes at the end and where a comment begins. */
static struct piece next_word(const char **s, const char *end)
{
	const char *start;
	bool quoted;

	while (*s < end && blank(**s))
		++*s;
	start = *s;
	if (start == end || *start == '#')
		return (struct piece){ start, 0 };
	quoted = *start == '"';
	*s = start += quoted;
	while (*s < end && (quoted ? **s != '"' : !blank(**s)))
		++*s;
	*s += quoted && *s < end;
	return (struct piece){ start, (size_t)(*s - start) - (quoted && *s > start && (*s)[-1] == '"') };
}

static bool is(struct piece w, const char *word)
{
	return w.n == strlen(word) && memcmp(w.s, word, w.n) == 0;
}

/* The day that stands before '=', -1 none; *value [out] what stands behind. */
static int day_of(struct piece w, struct piece *value)
{
	const char *equals = w.n ? memchr(w.s, '=', w.n) : NULL;
	size_t n = equals ? (size_t)(equals - w.s) : 0;

	for (int d = 0; n && d < RHYTHM_DAYS; d++)
		if ((n == 3 || n == strlen(rhythm_day[d])) && strncasecmp(w.s, rhythm_day[d], n) == 0) {
			*value = (struct piece){ equals + 1, w.n - n - 1 };
			return d;
		}
	return -1;
}

/* ---- reading ---- */

static enum err read_value(struct piece w, struct piece value, int *out, struct err_info *info)
{
	long v = 0;

	for (size_t i = 0; i < value.n && v <= 100; i++)
		v = value.s[i] >= '0' && value.s[i] <= '9' ? 10 * v + (value.s[i] - '0') : 101;
	if (value.n == 0 || v > 100)
		return err_set(info, ERR_USAGE, "'explore' takes a whole number from 0 to 100, not '%.*s'", (int)w.n, w.s);
	*out = (int)v;
	return OK;
}

static enum err no_day(struct piece w, struct err_info *info)
{
	char name[16] = "";
	const char *best = rhythm_day[0];

	if (!memchr(w.s, '=', w.n))
		return err_set(info, ERR_USAGE, "'%.*s' is too much; a day of its own is written as sunday=60", (int)w.n, w.s);
	snprintf(name, sizeof name, "%.*s", (int)((const char *)memchr(w.s, '=', w.n) - w.s), w.s);
	for (int d = 1; d < RHYTHM_DAYS; d++)
		if (spell_distance(name, rhythm_day[d]) < spell_distance(name, best))
			best = rhythm_day[d];
	if (spell_near(name, best))
		return err_set(info, ERR_USAGE, "no day of the week in '%.*s', did you mean '%s'?", (int)w.n, w.s, best);
	return err_set(info, ERR_USAGE, "no day of the week in '%.*s'; a day of its own is written as sunday=60", (int)w.n, w.s);
}

enum err rhythm_read(const char *words, int *all, struct rhythm *out, struct err_info *info)
{
	const char *s = words, *end = words + strlen(words);
	struct piece w = next_word(&s, end);
	struct rhythm fresh = { 0 };
	int value;
	enum err e = read_value(w, w, &value, info);

	while (e == OK && (w = next_word(&s, end)).n) {
		struct piece number;
		int day = day_of(w, &number);

		if (day < 0)
			return no_day(w, info);
		if (fresh.set & 1u << day)
			return err_set(info, ERR_USAGE, "'%.*s' is the second value for %s", (int)w.n, w.s, rhythm_day[day]);
		e = read_value(w, number, &fresh.day[day], info);
		fresh.set |= 1u << day;
	}
	if (e != OK)
		return e;
	*all = value;
	*out = fresh;
	return OK;
}

/* ---- editing ---- */

/* Where the value stands in a line of the setting; NULL in s where the line isn't one. A value that is missing has no bytes. */
static struct piece find_value(const char *line, const char *end, int weekday)
{
	const char *s = line;
	struct piece w, all, number;

	if (!is(next_word(&s, end), "set") || !is(next_word(&s, end), "explore"))
		return (struct piece){ NULL, 0 };
	w = all = next_word(&s, end);
	while (w.n) {
		if (day_of(w, &number) == weekday)
			return number;
		w = next_word(&s, end);
	}
	return all;
}

/* A value that was missing needs blanks around it. */
static const char *with_value(struct arena *a, const char *line, const char *end, struct piece at, int value)
{
	const char *behind = arena_strndup(a, at.s + at.n, (size_t)(end - at.s) - at.n);

	return arena_printf(a, "%.*s%s%d%s%s", (int)(at.s - line), line, at.n || strchr(" \t=\"", at.s[-1]) ? "" : " ", value, *behind == '#' ? " " : "", behind);
}

void rhythm_edit(const char *text, size_t n, int weekday, int value, struct arena *a, struct buf *out, const char **before, const char **after)
{
	const char *end = text + n, *line = text, *found = NULL, *found_end = NULL;
	struct piece at = { NULL, 0 };

	for (const char *next = text; next < end; line = next) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		const char *content = stop ? stop : end;
		struct piece here;

		next = stop ? stop + 1 : end;
		content -= content > line && content[-1] == '\r';
		here = find_value(line, content, weekday);
		if (here.s) {
			at = here;
			found = line;
			found_end = content;
		}
	}
	*before = found ? arena_strndup(a, found, (size_t)(found_end - found)) : NULL;
	if (!found) {
		*after = arena_printf(a, "set explore %d", value);
		buf_add(out, text, n);
		buf_printf(out, "%s%s\n", n && text[n - 1] != '\n' ? "\n" : "", *after);
		return;
	}
	*after = with_value(a, found, found_end, at, value);
	buf_add(out, text, (size_t)(found - text));
	buf_puts(out, *after);
	buf_add(out, found_end, (size_t)(end - found_end));
}

/* ---- today ---- */

static int weekday_of(int64_t t)
{
	time_t at = (time_t)t;
	struct tm tm;

	return localtime_r(&at, &tm) ? tm.tm_wday : 0;
}

int app_explore(const struct app *app)
{
	const struct config *c = &app->config;
	int today = weekday_of(app_now(app));

	if (app->explore_given)
		return app->explore;
	return c->rhythm.set & 1u << today ? c->rhythm.day[today] : c->explore;
}

#define CONFIG_MOST ((size_t)1 << 20)

/* The settings as they are now held follow what was written. */
static void follow(struct config *c, int weekday, int value)
{
	if (c->rhythm.set & 1u << weekday)
		c->rhythm.day[weekday] = value;
	else
		c->explore = value;
}

static enum err replace(struct app *app, int value, struct arena *a, const char **before, const char **after, struct err_info *info)
{
	struct buf text = BUF_INIT, fresh = BUF_INIT;
	struct stat st;
	unsigned mode = stat(app->config_path, &st) == 0 ? (unsigned)st.st_mode & 07777 : 0600;
	enum err e = buf_read_file(&text, app->config_path, CONFIG_MOST, info);

	if (e == ERR_NOTFOUND)
		e = OK;
	if (e == OK)
		rhythm_edit(buf_str(&text), text.len, weekday_of(app_now(app)), value, a, &fresh, before, after);
	if (e == OK)
		e = buf_write_file(app->config_path, fresh.s, fresh.len, mode, info);
	buf_clear(&text);
	buf_clear(&fresh);
	return e;
}

enum err app_keep_explore(struct app *app, int value, struct arena *a, const char **words, struct err_info *info)
{
	const char *before, *after;
	enum err e;

	if (app->demo)
		return err_set(info, ERR_UNSUPPORTED, "nothing is kept here: this profile is thrown away at the end");
	e = replace(app, value, a, &before, &after, info);
	if (e != OK)
		return e;
	follow(&app->config, weekday_of(app_now(app)), value);
	if (before)
		*words = arena_printf(a, "kept: %s (before: %s)", after, before);
	else
		*words = arena_printf(a, "kept: %s (there was no such line)", after);
	return OK;
}
