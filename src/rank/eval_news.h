/* eval_news - the articles of a MIND folder as a corpus, by the same terms, LSA and topics as the reader's own. */
#ifndef ECLOSE_RANK_EVAL_NEWS_H
#define ECLOSE_RANK_EVAL_NEWS_H

#include "base/err.h"
#include "base/map.h"
#include "model/vectors.h"
#include "rank/corpus.h"

struct news {
	struct corpus corpus; /* article i has the id i + 1 */
	struct map by_name;   /* "N10032" -> index */
	struct map category;  /* "news", "news/newsus" -> number */
	int *top;             /* (corpus.n) number of its first category, -1 none */
	size_t cap;
};

/* One field of a line. */
struct field { const char *s; size_t n; };

/* news_line - the next line of text at *at, without its end; false at the end of the text. */
bool news_line(const char *text, size_t n, size_t *at, struct field *line);
/* news_fields - split at `sep`. Returns how many fields there are; the first `most` are put into f. */
size_t news_fields(struct field line, char sep, struct field *f, size_t most);

/* news_read - DIR/news.tsv: id, category, subcategory, title, abstract, more; vectors by LSA and, with a table (open, or NULL), by words; topics by k-means.
 * Errors: ERR_NOTFOUND, ERR_IO, ERR_SYNTAX "news.tsv:17: ...". Frees: news_clear, after an error too. */
enum err news_read(struct news *out, const char *dir, const struct vectors *table, uint64_t seed, struct err_info *info);
void news_clear(struct news *n);

#endif
