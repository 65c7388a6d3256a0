/* options - a table of options to variables, for one subcommand. */
#ifndef ECLOSE_CMD_OPTIONS_H
#define ECLOSE_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum option_type {
	OPTION_END,
	OPTION_FLAG,   /* bool * set to true */
	OPTION_INT,    /* long *, from least to most */
	OPTION_REAL,   /* double *, from least to most */
	OPTION_TEXT,   /* const char ** */
	OPTION_MANY,   /* struct option_texts *: may be given several times */
	OPTION_TIME    /* int64_t *: RFC 3339 */
};

struct option_texts { const char *s[32]; size_t n; };

struct option {
	enum option_type type;
	const char *name; /* without the dashes */
	void *to;
	double least, most;
};

#define OPTIONS_END { OPTION_END, NULL, NULL, 0, 0 }

/* options_parse - options anywhere before "--"; what is left stays in argv[0..*argc), in order; a number below zero is no option.
 * Errors: ERR_USAGE with the option and what it takes. */
enum err options_parse(const struct option *table, int *argc, char **argv, struct err_info *info);
/* options_leading - the same for options before the first word that isn't one. *used [out]: words taken. */
enum err options_leading(const struct option *table, int argc, char **argv, int *used, struct err_info *info);

#endif
