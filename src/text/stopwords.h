/* stopwords - the table behind lang_stop_word() and lang_detect(). */
#ifndef ECLOSE_TEXT_STOPWORDS_H
#define ECLOSE_TEXT_STOPWORDS_H

#include <stddef.h>
#include <stdint.h>

enum stop_lang {
	STOP_EN, STOP_DE, STOP_FR, STOP_ES, STOP_IT, STOP_PT, STOP_NL, STOP_SV, STOP_DA, STOP_NO, STOP_FI, STOP_PL, STOP_CS, STOP_HU, STOP_RO,
	STOP_TR, STOP_RU, STOP_UK, STOP_BG, STOP_ZH, STOP_JA, STOP_KO, STOP_TH, STOP_EL, STOP_AR, STOP_HE,
	STOP_LANG_COUNT
};

struct stop_word {
	char word[28];  /* zeros behind it, one at least; inline, so that a search stays in one piece of memory */
	uint32_t langs; /* bit enum stop_lang */
};

/* Sorted by bytes: the words that begin with a Latin letter, and all others. */
#define STOP_OTHER_FROM 0xCD /* first byte */
extern const struct stop_word stop_latin[], stop_other[];
extern const size_t stop_latin_count, stop_other_count;

#endif
