/* stopwords - the table behind lang_stop_word() and lang_detect(). */
#ifndef ECLOSE_TEXT_STOPWORDS_H
#define ECLOSE_TEXT_STOPWORDS_H

#include <stddef.h>
#include <stdint.h>

enum stop_lang {
	STOP_EN, STOP_DE, STOP_FR, STOP_ES, STOP_IT, STOP_PT, STOP_NL, STOP_SV, STOP_DA, STOP_NO, STOP_FI, STOP_PL, STOP_CS, STOP_HU, STOP_RO,
	STOP_TR, STOP_RU, STOP_UK, STOP_BG, STOP_ZH, STOP_JA, STOP_KO,
	STOP_TH, STOP_EL, STOP_AR, STOP_HE,
	STOP_LANG_COUNT
};

struct stop_word {
	const char *word;
	uint32_t langs; /* bit enum stop_lang */
};

struct stop_table { const struct stop_word *word; size_t n; };

#define STOP_OTHER 0xCE /* first byte of the least word that isn't in Latin script (the Greek begin there) */

extern const struct stop_table stop_latin, stop_other;

#endif
