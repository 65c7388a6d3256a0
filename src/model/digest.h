/* digest - from the text of an article to what the ranking reads of it: its terms, counted, and the mean of its words' vectors.
 *
 * The store's articles (app/words.c), a click log's (rank/eval_news.c) and the measured ones all go this way. A word is stemmed and looked up once, when it is
 * first met; from then on it is a number.
 */
#ifndef ECLOSE_MODEL_DIGEST_H
#define ECLOSE_MODEL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/vectors.h"
#include "text/tally.h"
#include "text/terms.h"

struct digest {
	struct terms *terms;
	struct tally tally;        /* of the article at hand, by the numbers of terms */
	struct text_vector vector; /* of the article at hand */
	struct text_vector title;  /* of its title alone */
	bool in_title;
	struct digest_form *form;  /* (forms) what is known of each */
	size_t forms, forms_cap;
	uint32_t *said;            /* (said_cap) room for the forms of a text as they come */
	size_t said_n, said_cap;
	struct digest_term *term;  /* (terms_cap) room for digest_terms; the form is set at first sight */
	size_t terms_cap;
	const char *lang;          /* of the article at hand */
	bool meant;                /* the table is for this language */
};

/* A term of an article: its number, the form that it was first met in (terms_form), and how often it is there, by weight. */
struct digest_term { uint32_t term, form; float tf; };

/* digest_init - ready for the first article.
 *   table  borrowed; NULL, or one that isn't open: articles have no vectors
 * Errors: as terms_new. Frees: digest_clear. */
enum err digest_init(struct digest *d, const struct vectors *table, struct err_info *info);
/* digest_clear - good for a zeroed one too. */
void digest_clear(struct digest *d);

/* digest_begin - the next article; lang as lang_detect gives, of static life. The table is asked where it is in this language, or where either isn't known: what few words are
 * found then are better than nothing. */
void digest_begin(struct digest *d, const char *lang);
/* digest_words - some of its text (UTF-8), where each word counts `weight` times. Cannot fail. */
void digest_words(struct digest *d, const char *text, size_t n, float weight);

/* digest_title - the same for its title, whose words also have a vector of their own. */
void digest_title(struct digest *d, const char *text, size_t n, float weight);

/* What the reader's own articles are made of. Plain text. */
struct digest_text {
	const char *body, *title, *categories;
	size_t body_n, title_n, categories_n;
	const char *lang;
};

#define DIGEST_TITLE 2.0f
/* digest_article - digest_begin, then the words of the body and of the categories counted once, those of the title DIGEST_TITLE times. */
void digest_article(struct digest *d, const struct digest_text *text);

/* digest_mean - the article's vector, not centred, into out (dims of the table). Returns false and leaves out where no word was found. */
bool digest_mean(const struct digest *d, float *out);
/* digest_title_mean - the same of the title alone. */
bool digest_title_mean(const struct digest *d, float *out);
/* digest_row - the article is at its end: its counts become a row of m, a column a term. Returns its length in terms, by weight. */
double digest_row(struct digest *d, struct csr *m);
/* digest_terms - the same as a list, in the order of first sight: n [out] terms, borrowed until the next article; length [out] as digest_row gives. */
const struct digest_term *digest_terms(struct digest *d, size_t *n, double *length);

#endif
