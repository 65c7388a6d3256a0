/* whole - the store row by row, to be taken along: which tables and columns there are, rows out as they are, and in again.
 *
 * What isn't among the tables here follows from what is: the full text is indexed anew, the stored numbers of articles are counted anew. A test walks the schema and
 * asks for every other table and column.
 */
#ifndef ECLOSE_STORE_WHOLE_H
#define ECLOSE_STORE_WHOLE_H

#include "store/store.h"

/* What a column holds, and so what may be in it. */
enum whole_as {
	AS_NUMBER,
	AS_REAL,
	AS_TIME,  /* seconds UTC */
	AS_HASH,  /* 64 bits, for nothing but to be compared */
	AS_KIND,  /* enum event_kind */
	AS_LINE,  /* one line of plain text */
	AS_TEXT,  /* several */
	AS_LINES, /* texts with a newline between two */
	AS_WORDS, /* texts with a blank between two */
	AS_HTML,  /* sanitised */
	AS_LINK,  /* an address that may be shown and opened */
	AS_FETCH, /* one that may be asked */
	AS_BARE,  /* byte for byte as a server gave it */
	AS_BYTES,
	AS_FEED,  /* the number of a feed */
	AS_OWNER  /* the row that this one hangs on */
};

/* Where a value is missing: NULL; a mistake; 0 or an empty text. */
enum whole_need { MAY_BE_NULL, MUST_BE, ELSE_ZERO };

struct whole_column {
	const char *name;   /* in the store */
	const char *member; /* in a record that is taken along */
	enum whole_as as;
	enum whole_need need;
};

/* Those before WHOLE_TERMS can't be made again; the others are computed from them. */
enum whole_table {
	WHOLE_FEEDS, WHOLE_FETCHES, WHOLE_GONE, WHOLE_ARTICLES, WHOLE_BODIES, WHOLE_ENCLOSURES, WHOLE_EARLIER, WHOLE_DIGESTS, WHOLE_EVENTS, WHOLE_TRIALS, WHOLE_TOPIC_NAMES,
	WHOLE_TERMS, WHOLE_FORMS, WHOLE_CORPUS, WHOLE_TERMVECS, WHOLE_TERMS_QUEUE, WHOLE_DERIVED, WHOLE_VECTORS, WHOLE_WORDVECS, WHOLE_TOPICS, WHOLE_BLOBS,
	WHOLE_COUNT
};

#define WHOLE_COLUMNS 25 /* that any of them has, at most */

/* whole_name - of the table, in the store. whole_rows - what its rows are called in a record that they hang on. whole_columns - its columns, in the order of the values below; *n [out] how many. */
const char *whole_name(enum whole_table t);
const char *whole_rows(enum whole_table t);
const struct whole_column *whole_columns(enum whole_table t, size_t *n);

/* One value of a row. */
struct whole_value {
	bool null;
	int64_t i;         /* number, time, hash, kind, feed, owner */
	double r;          /* real */
	const char *s;     /* (n bytes) all others; borrowed */
	size_t n;
};

/* whole_each - the rows of a table in an order that is the same in every store with the same rows; owner: those that hang on it, of a table whose first column is
 * AS_OWNER, 0 for all. Articles come feed by feed. v (whole_columns) is good until fn returns; fn may ask for rows of other tables; what it answers other than OK ends it.
 * Errors: as db, and what fn answers. */
typedef enum err whole_fn(void *user, const struct whole_value *v, struct err_info *info);
enum err whole_each(struct store *st, enum whole_table t, int64_t owner, whole_fn *fn, void *user, struct err_info *info);
/* whole_put - a row as it is. Errors: ERR_SYNTAX where the store can't hold it: a number that is given already, or of what isn't there; as db. */
enum err whole_put(struct store *st, enum whole_table t, const struct whole_value *v, struct err_info *info);

/* whole_empty - *empty [out] is there nothing yet but subscriptions that were never asked? whole_clear - then these go as well: their numbers are wanted. */
enum err whole_empty(struct store *st, bool *empty, struct err_info *info);
enum err whole_clear(struct store *st, struct err_info *info);
/* whole_schema - the version of the tables. */
int whole_schema(void);

/* The last numbers that were given, also to what is gone: no number is given twice. */
struct whole_last { int64_t article, event, trial; };
enum err whole_last(struct store *st, struct whole_last *out, struct err_info *info);
/* whole_settle - after the last whole_put: numbers go on behind `last`, the feeds' numbers of articles are counted, and what isn't indexed or has no terms waits for that. */
enum err whole_settle(struct store *st, const struct whole_last *last, struct err_info *info);

/* whole_came - an article that articles_add has just brought came at that time, and was told by that digest. */
enum err whole_came(struct store *st, int64_t article, int64_t fetched, int64_t digest, struct err_info *info);
/* whole_flags - set at these times where it has none yet; DATE_NONE: not. */
enum err whole_flags(struct store *st, int64_t article, int64_t read_at, int64_t starred_at, struct err_info *info);

#endif
