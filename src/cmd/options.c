#include "cmd/options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* "--name" or "--name=value"; *value NULL where none is attached. */
static const struct option *find(const struct option *table, const char *arg, const char **value)
{
	size_t len = strcspn(arg, "=");

	*value = arg[len] ? arg + len + 1 : NULL;
	for (; table->type != OPTION_END; table++)
		if (strlen(table->name) == len && memcmp(table->name, arg, len) == 0)
			return table;
	return NULL;
}

static enum err set_number(const struct option *o, const char *value, struct err_info *info)
{
	char *end;
	double v = strtod(value, &end);

	if (end == value || *end || !isfinite(v) || v < o->least || v > o->most || (o->type == OPTION_INT && v != floor(v)))
		return err_set(info, ERR_USAGE, "--%s takes a %s from %.15g to %.15g, not '%s'", o->name, o->type == OPTION_INT ? "whole number" : "number",
			       o->least, o->most, value);
	if (o->type == OPTION_INT)
		*(long *)o->to = (long)v;
	else
		*(double *)o->to = v;
	return OK;
}

static enum err set(const struct option *o, const char *value, struct err_info *info)
{
	struct option_texts *many = o->to;

	switch (o->type) {
	case OPTION_INT:
	case OPTION_REAL:
		return set_number(o, value, info);
	case OPTION_TEXT:
		*(const char **)o->to = value;
		return OK;
	case OPTION_TIME:
		if (!date_parse(value, o->to))
			return err_set(info, ERR_USAGE, "--%s takes a time such as 2026-03-31T06:00:00Z, not '%s'", o->name, value);
		return OK;
	case OPTION_MANY:
		if (many->n == sizeof many->s / sizeof *many->s)
			return err_set(info, ERR_USAGE, "--%s is given too often", o->name);
		many->s[many->n++] = value;
		return OK;
	case OPTION_FLAG:
	case OPTION_END:
		break;
	}
	return OK;
}

/* One option at argv[0]; *used words of argc are taken. */
static enum err take(const struct option *table, int argc, char **argv, int *used, struct err_info *info)
{
	const char *value;
	const struct option *o = find(table, argv[0] + 2, &value);

	*used = 1;
	if (!o)
		return err_set(info, ERR_USAGE, "unknown option '%s'", argv[0]);
	if (o->type == OPTION_FLAG) {
		if (value)
			return err_set(info, ERR_USAGE, "--%s takes no value", o->name);
		*(bool *)o->to = true;
		return OK;
	}
	if (!value) {
		if (argc < 2)
			return err_set(info, ERR_USAGE, "--%s needs a value", o->name);
		value = argv[1];
		*used = 2;
	}
	return set(o, value, info);
}

enum err options_leading(const struct option *table, int argc, char **argv, int *used, struct err_info *info)
{
	int i = 0;

	while (i < argc && strncmp(argv[i], "--", 2) == 0 && argv[i][2]) {
		int n;
		enum err e = take(table, argc - i, argv + i, &n, info);

		if (e != OK)
			return e;
		i += n;
	}
	*used = i;
	return OK;
}

enum err options_parse(const struct option *table, int *argc, char **argv, struct err_info *info)
{
	int kept = 0, n;

	for (int i = 0; i < *argc; i += n) {
		enum err e;

		n = 1;
		if (strcmp(argv[i], "--") == 0) {
			for (i++; i < *argc; i++)
				argv[kept++] = argv[i];
			break;
		}
		if (strncmp(argv[i], "--", 2) != 0) {
			if (argv[i][0] == '-' && argv[i][1] && !strchr("0123456789.", argv[i][1])) /* a number below zero is a word */
				return err_set(info, ERR_USAGE, "unknown option '%s'", argv[i]);
			argv[kept++] = argv[i];
			continue;
		}
		e = take(table, *argc - i, argv + i, &n, info);
		if (e != OK)
			return e;
	}
	*argc = kept;
	return OK;
}
