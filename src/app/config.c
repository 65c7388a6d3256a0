#include "app/config.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/spell.h"

enum setting_type { SET_INT, SET_REAL, SET_BOOL, SET_MODEL, SET_RHYTHM, SET_STRING };

/* One line a setting: name, kind, place in struct config, least, most, default. eclose(5) says what each does. */
struct setting {
	const char *name;
	enum setting_type type;
	size_t at;
	double least, most;
	const char *otherwise;
};

#define AT(field) offsetof(struct config, field)

static const struct setting settings[] = {
	{ "explore",      SET_RHYTHM, AT(explore),    0, 100,    "30" },
	{ "page-size",    SET_INT,    AT(page_size),  1, 1000,   "30" },
	{ "page-days",    SET_INT,    AT(page_days),  1, 3650,   "14" },
	{ "idle",         SET_INT,    AT(idle),       5, 3600,   "60" },
	{ "text-width",   SET_INT,    AT(text_width), 20, 1000,  "72" },
	{ "parallel",     SET_INT,    AT(parallel),   1, 1000,   "256" },
	{ "timeout",      SET_INT,    AT(timeout),    1, 600,    "30" },
	{ "interval",     SET_INT,    AT(interval),   1, 100000, "60" },
	{ "keep-days",    SET_INT,    AT(keep_days),  0, 100000, "0" },
	{ "keep-articles", SET_INT,   AT(keep_articles), 0, 1000000, "0" },
	{ "proxy",        SET_STRING, AT(proxy),      0, 0,      "" },
	{ "browser",      SET_STRING, AT(browser),    0, 0,      "xdg-open %u" },
	{ "color",        SET_BOOL,   AT(color),      0, 0,      "yes" },
	{ "unicode",      SET_BOOL,   AT(unicode),    0, 0,      "yes" },
	{ "mouse",        SET_BOOL,   AT(mouse),      0, 0,      "yes" },
	{ "swaps",        SET_BOOL,   AT(swaps),      0, 0,      "yes" },
	{ "model",        SET_MODEL,  AT(model),      0, 0,      "interest" },
#define X(field, word, shipped, least, most) { "signal-" word, SET_REAL, AT(signals.field), least, most, #shipped },
	SIGNALS(X)
#undef X
};

#define SETTINGS (sizeof settings / sizeof *settings)

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (strcmp(settings[i].name, name) == 0)
			return &settings[i];
	return NULL;
}

static const char *nearest(const char *name)
{
	const char *best = settings[0].name;

	for (size_t i = 1; i < SETTINGS; i++)
		if (spell_distance(name, settings[i].name) < spell_distance(name, best))
			best = settings[i].name;
	return best;
}

static enum err unknown_setting(const char *name, struct err_info *info)
{
	const char *like = nearest(name);

	if (spell_near(name, like))
		return err_set(info, ERR_USAGE, "unknown setting '%s', did you mean '%s'?", name, like);
	return err_set(info, ERR_USAGE, "unknown setting '%s'; eclose(5) lists them", name);
}

static enum err set_int(struct config *c, const struct setting *s, const char *value, struct err_info *info)
{
	char *end;
	long v = strtol(value, &end, 10);

	if (end == value || *end || (double)v < s->least || (double)v > s->most)
		return err_set(info, ERR_USAGE, "'%s' takes a whole number from %.0f to %.0f, not '%s'", s->name, s->least, s->most, value);
	*(int *)((char *)c + s->at) = (int)v;
	return OK;
}

static enum err set_real(struct config *c, const struct setting *s, const char *value, struct err_info *info)
{
	char *end;
	double v = strtod(value, &end);

	if (end == value || *end || !(v >= s->least && v <= s->most))
		return err_set(info, ERR_USAGE, "'%s' takes a number from %g to %g, not '%s'", s->name, s->least, s->most, value);
	*(double *)((char *)c + s->at) = v;
	return OK;
}

static enum err set_bool(struct config *c, const struct setting *s, const char *value, struct err_info *info)
{
	bool yes = strcmp(value, "yes") == 0 || strcmp(value, "on") == 0;

	if (!yes && strcmp(value, "no") != 0 && strcmp(value, "off") != 0)
		return err_set(info, ERR_USAGE, "'%s' takes yes or no, not '%s'", s->name, value);
	*(bool *)((char *)c + s->at) = yes;
	return OK;
}

static enum err assign(struct config *c, const struct setting *s, const char *value, struct arena *a, struct err_info *info)
{
	switch (s->type) {
	case SET_INT:
		return set_int(c, s, value, info);
	case SET_REAL:
		return set_real(c, s, value, info);
	case SET_BOOL:
		return set_bool(c, s, value, info);
	case SET_MODEL:
		return models_find(value, (enum model_kind *)((char *)c + s->at), info);
	case SET_RHYTHM:
		return rhythm_read(value, (int *)((char *)c + s->at), &c->rhythm, info);
	case SET_STRING:
		break;
	}
	*(const char **)((char *)c + s->at) = arena_strdup(a, value);
	return OK;
}

static void bind_key(struct config *c, const char *key, const char *action, int line, struct arena *a)
{
	struct binding *more = arena_alloc(a, (c->n_bind + 1) * sizeof *more);

	if (c->n_bind)
		memcpy(more, c->bind, c->n_bind * sizeof *more);
	more[c->n_bind++] = (struct binding){ arena_strdup(a, key), arena_strdup(a, action), line };
	c->bind = more;
}

/* Cut the next blank-separated word off *s; "double quotes" hold blanks together. Returns "" at the end. */
static char *word(char **s)
{
	char *p = *s + strspn(*s, " \t"), *start = p;

	if (*p == '"') {
		start = ++p;
		p += strcspn(p, "\"");
	} else {
		p += strcspn(p, " \t");
	}
	*s = *p ? p + 1 : p;
	*p = '\0';
	return start;
}

/* What stands behind a value and isn't a comment would do nothing. */
static enum err no_more(const char *rest, struct err_info *info)
{
	rest += strspn(rest, " \t");
	return *rest && *rest != '#' ? err_set(info, ERR_USAGE, "'%s' is too much", rest) : OK;
}

static enum err read_line(struct config *c, char *text, int line, struct arena *a, struct err_info *info)
{
	char *rest = text, *what = word(&rest);
	char *name = word(&rest), *value;
	const struct setting *s;
	enum err e;

	if (!*what || *what == '#')
		return OK;
	rest += strspn(rest, " \t");
	if (strcmp(what, "bind") == 0) {
		value = word(&rest);
		if (!*name || !*value)
			return err_set(info, ERR_USAGE, "'bind' takes a key and an action");
		e = no_more(rest, info);
		if (e == OK)
			bind_key(c, name, value, line, a);
		return e;
	}
	if (strcmp(what, "set") != 0)
		return err_set(info, ERR_USAGE, "a line starts with 'set' or 'bind', not '%s'", what);
	s = find(name);
	if (!s)
		return unknown_setting(name, info);
	if (s->type == SET_RHYTHM || (s->type == SET_STRING && *rest != '"'))
		return assign(c, s, rest, a, info);
	value = word(&rest);
	e = no_more(rest, info);
	return e != OK ? e : assign(c, s, value, a, info);
}

static enum err read_lines(struct config *c, char *text, const char *path, struct arena *a, struct err_info *info)
{
	int line = 1;

	for (char *s = text; *s; line++) {
		char *end = s + strcspn(s, "\n"), *next = *end ? end + 1 : end;
		enum err e;

		while (end > s && isspace((unsigned char)end[-1]))
			end--;
		*end = '\0';
		e = read_line(c, s, line, a, info);
		if (e != OK)
			return err_at(info, "%s:%d", path, line);
		s = next;
	}
	return OK;
}

enum err config_load(struct config *c, const char *path, struct arena *a, struct err_info *info)
{
	struct config fresh = { 0 };
	struct buf file = BUF_INIT;
	enum err e;

	for (size_t i = 0; i < SETTINGS; i++) {
		e = assign(&fresh, &settings[i], settings[i].otherwise, a, info);
		if (e != OK)
			return e;
	}
	e = buf_read_file(&file, path, (size_t)1 << 20, info);
	if (e == OK)
		e = read_lines(&fresh, file.len ? file.s : (char[]){ "" }, path, a, info);
	else if (e == ERR_NOTFOUND)
		e = OK;
	buf_clear(&file);
	if (e == OK)
		*c = fresh;
	return e;
}
