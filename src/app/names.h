/* names - which words of an article are names: what two tellings of one event share, and two articles on one subject don't. */
#ifndef ECLOSE_APP_NAMES_H
#define ECLOSE_APP_NAMES_H

#include "base/map.h"
#include "model/stories.h"
#include "store/store.h"
#include "text/words.h"

/* Texts are read when they are first asked for, so only those that may share a story are. */
struct names {
	struct store *st;
	const int64_t *id;   /* (n) articles, borrowed */
	size_t n;
	struct words *words;
	struct map *of;      /* (n) folded word -> enum name_level */
	bool *read;          /* (n) */
	struct map surface;  /* term id -> index into form */
	const char **form;
	size_t n_form, cap_form;
	struct arena arena;
};

/* A capital within a sentence, and any number of two digits or more, is a sure sign; one at the beginning of a sentence, or in a title where most words have one, is
 * none by itself. Of several such words in a row only the last is one ("Port Alder", "Lucia Andrade"), so that a name isn't counted twice. English writes its days and
 * months with capitals; they are no names. */
enum name_level { NAME_NO, NAME_MAYBE, NAME_SURE };

/* names_init - Errors: as words_new. Frees: names_clear. */
enum err names_init(struct names *names, struct store *st, const int64_t *id, size_t n, struct err_info *info);
void names_clear(struct names *names);
/* names_level - of a term (the store's number) that is in an article (its index). A text that can't be read has no names. */
enum name_level names_level(struct names *names, size_t article, uint32_t term);
/* names_shared - STORY_NAME: the term is a name in both articles, and surely one in one of them; STORY_UNSURE: its script has no capitals. A story_name for stories_group;
 * user is a struct names. */
enum story_term names_shared(void *user, size_t i, size_t j, uint32_t term);

#endif
