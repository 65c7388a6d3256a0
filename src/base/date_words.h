/* date_words - what words and signs mean in a date, in the languages in which feeds write them. */
#ifndef ECLOSE_BASE_DATE_WORDS_H
#define ECLOSE_BASE_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define DATE_WORD 64 /* bytes */

/* date_word - the run of letters at s, in lower case and without accents, into out. Returns the bytes it takes; 0 where there is no letter. */
size_t date_word(const char *s, char out[DATE_WORD]);

/* For a word of date_word(). */
int date_month(const char *word);                /* 1..12 by its name or its first letters (three at least), 0 none */
bool date_weekday(const char *word);             /* a day's name, or its first letters */
bool date_filler(const char *word);              /* "at", "of", "Uhr", "1st" ... say nothing */
bool date_zone(const char *word, int *minutes);  /* a zone's, east of Greenwich */

/* date_unit - what stands at s in the writings of East Asia, its bytes in *len: 'y' 'm' 'd' 'H' 'M' 'S' behind a number, 'A' or 'P' a half of the day;
 * 0 nothing of these. */
char date_unit(const char *s, size_t *len);

#endif
