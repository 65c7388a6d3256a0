/* rhythm - where the slider stands at the start: one value, and others for some days of the week.
 *
 *   set explore 30 saturday=50 sunday=60
 *
 * A day's name is the English one or its first three letters, in any case.
 */
#ifndef ECLOSE_APP_RHYTHM_H
#define ECLOSE_APP_RHYTHM_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#define RHYTHM_DAYS 7

struct rhythm {
	int day[RHYTHM_DAYS]; /* 0..100, Sunday first ... */
	unsigned set;         /* ... of those whose bit is set */
};

struct app;

extern const char *const rhythm_day[RHYTHM_DAYS]; /* "sunday" ... */

/* rhythm_read - the words behind `set explore`, up to the end of the line or a comment.
 *   all [out] the value of days that have none of their own;  out [out]
 * Errors: ERR_USAGE with the word that can't be followed. */
enum err rhythm_read(const char *words, int *all, struct rhythm *out, struct err_info *info);
/* rhythm_edit - the text of a settings file with the value changed that holds on a day: the day's own where the last line of the setting has one, else the one for all days. Without
 * such a line one is added at the end. Every other byte stays.
 *   text (n), borrowed;  weekday 0..6;  out [in,out] appended to;  before, after [out] the line without its end and what it has become, of the arena; before NULL: there was none */
void rhythm_edit(const char *text, size_t n, int weekday, int value, struct arena *a, struct buf *out, const char **before, const char **after);

/* app_explore - where the slider stands at the start: as the command line says, else as the settings say for today, by local time. */
int app_explore(const struct app *app);
/* app_keep_explore - write a value of the slider into the settings file as today's (rhythm_edit), and follow it. The file is replaced as a whole, its mode stays, a link is followed.
 *   words [out] what was written and what stood there before, a sentence of the arena
 * Errors: ERR_UNSUPPORTED for a profile that is thrown away; ERR_IO, ERR_FULL, ERR_READONLY, then the file is as it was. */
enum err app_keep_explore(struct app *app, int value, struct arena *a, const char **words, struct err_info *info);

#endif
