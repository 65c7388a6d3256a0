/* settings - how one subscription is to be asked and kept: the words "+name=value" behind its address in `urls`. */
#ifndef ECLOSE_FEEDS_SETTINGS_H
#define ECLOSE_FEEDS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

#define SETTINGS_HEADERS 16 /* of one subscription */
#define SETTINGS_UNSET (-1)

/* Strings are of the arena that was given. What isn't set is NULL, 0 or false: then the program's own settings hold. */
struct feed_settings {
	const char *user_agent;
	const char *header[SETTINGS_HEADERS]; /* "Name: value" */
	size_t n_headers;
	const char *login_file;     /* its first line is user:password */
	const char *login_command;  /* program and arguments, blank-separated; so is the first line of what it prints. At most one of the two is set */
	const char *proxy;          /* "": none, whatever the program's is */
	int timeout;                /* seconds */
	int interval;               /* minutes */
	int connections;            /* of its host at once */
	int keep_days;              /* as in struct config, where 0 says something; SETTINGS_UNSET: as the program's are */
	int keep_articles;
	bool reach_private;         /* its name may lead to a private address */
};

/* settings_word - is this word of a line a setting, and no tag: "+name=...", or "+name" of one that there is? */
bool settings_word(const char *word);
/* settings_name - the names that there are, from 0 on; NULL behind the last. */
const char *settings_name(size_t i);
/* settings_read - the words of one subscription, each "name=value" (struct sub), into out.
 *   a [in,out] owns the strings;  out [out] untouched on failure
 * Errors: ERR_SYNTAX with the name, what it takes, and which name is near. */
enum err settings_read(struct arena *a, const char *const *words, size_t n, struct feed_settings *out, struct err_info *info);

#endif
