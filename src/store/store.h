/* store - everything that is kept, by subject. One file a subject; no SQL above this floor.
 *
 *   schema.c    the tables, as commented text, and the way from each older version (former.c: a copy before that)
 *   feeds.c     feeds and their validators      articles.c  articles, bodies, flags, lists
 *   put.c       what a fetch brought             identity.c  which article is which (address.c: which address)
 *   put_feed.c  and what it told of the feed
 *   earlier.c   what edits took away
 *   events.c    the append-only log              terms.c     terms, document frequencies, term vectors
 *   forget.c    the one way out of the log       merge.c     the one way in from another log
 *   newsboat.c  another program's cache
 *   derived.c   what is computed from the rest and may be thrown away: vectors, topics, stories, model
 *   compact.c   much of it at once, for all that is unread
 *   topics.c    topics, the reader's names for them, and stories
 *   wordvecs.c  and the means of word vectors    vecbytes.c  vectors as bytes
 *   trials.c    trials of two rankings on the reader
 *   whole.c     all of it row by row, to be taken along (whole.h)
 *   search.c    full text                        typed.c     what people type to search for (fold.c: letters, words, scripts without blanks)
 *   bm25.c      and what comes first             doctor.c    integrity and sizes
 *   backup.c    a copy of the file                 repair.c    and what can be put right
 *   retain.c    what is let go when it is old    gone.c      and what is left of it
 */
#ifndef ECLOSE_STORE_STORE_H
#define ECLOSE_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "item.h"
#include "store/db.h"

struct term_cache;
struct body_text;

struct store {
	struct db *db;
	struct term_cache *terms; /* terms.c: ids by name, and what a transaction has counted so far */
	struct body_text *text;   /* store_text */
};

/* store_open - open or make the store and bring its schema up to date.
 * Errors: as db_open; ERR_UNSUPPORTED where a newer program wrote it; ERR_CORRUPT where the file is some other program's database;
 * ERR_READONLY where a store that may only be read is of an older schema. Frees: store_close. */
enum err store_open(struct store *st, const char *path, enum db_mode mode, struct err_info *info);
void store_close(struct store *st);
/* store_marks - where the store stands, all of one moment: version is another one when somebody else has committed since this handle was opened or last asked; what it has
 * committed itself doesn't change it. article, event: the highest numbers, 0 none. Errors: as db. */
struct store_marks { int64_t version, article, event; };
enum err store_marks(struct store *st, struct store_marks *out, struct err_info *info);

/* An article's body as plain text: for word counts and the full-text index. It lives above this floor. */
typedef void entry_text(void *user, const struct entry *e, struct buf *out);
/* store_text - how the summary and content of an article read as plain text: before anything is indexed, or edited or removed that is in the index. Every program that opens a
 * store gives the same, or the index would be wrong; without it these fail in words. user is borrowed for as long as the store is open. */
void store_text(struct store *st, entry_text *text, void *user);

/* store_order - the places of n ids, those of the lowest first: rows that are read in this order are read page by page, and a page holds fifty neighbours.
 * (n) of the arena. */
size_t *store_order(const int64_t *ids, size_t n, struct arena *a);

/* ---- feeds ---- */

struct feed_list { struct feed *feed; size_t n; };

/* feeds_sync - make the subscribed feeds exactly `subs` (url, title, tags), in their order; the others keep their articles and stop being asked. */
enum err feeds_sync(struct store *st, const struct sub *subs, size_t n, struct err_info *info);
/* feeds_load - subscribed ones in the order of the file, with counts; all: the rest behind. */
enum err feeds_load(struct store *st, bool all, struct arena *a, struct feed_list *out, struct err_info *info);
/* feeds_by_url - Errors: ERR_NOTFOUND. */
enum err feeds_by_url(struct store *st, const char *url, struct arena *a, struct feed *out, struct err_info *info);

/* feeds_urls - the address of every feed, in no order; url is good until `each` returns. */
enum err feeds_urls(struct store *st, void (*each)(void *user, int64_t id, const char *url), void *user, struct err_info *info);

/* What one fetch of one feed brought; written in one transaction with its validators (feeds_put). */
struct fetched {
	int64_t feed_id, at, next;
	int http;
	const struct feed_doc *doc;  /* NULL: nothing new (304) or an error */
	const char *etag, *last_modified; /* kept as they are where doc is NULL */
	const char *error;           /* NULL: it went well */
	bool gone;
	const char *moved_to;        /* where permanent redirects led, or where it is asked since they did; NULL nowhere: a move that was remembered is forgotten */
	bool move_unknown;           /* there was no answer that could tell: what is remembered of a move stays */
	int64_t bytes;               /* as transferred */
	double ms;
};
/* feeds_put - store what came: new articles, changed ones in place with their flags, validators, health.
 *   text(user, entry, out) gives the plain text of an entry's body (for word counts and search); it lives above this floor
 *   items_new [out] articles that weren't there
 * An article is the same by guid, else link, else title and date, within its feed (identity.c says what that means where feeds break it). A read article stays read. What an
 * article said before an edit that changed much is kept for articles_earlier. Errors leave the store as it was. */
enum err feeds_put(struct store *st, const struct fetched *f, entry_text *text, void *user, int *items_new, struct err_info *info);

/* feeds_history - the fetches of a feed that brought something, failed or moved, newest first, FETCHES_KEPT at most. */
#define FETCHES_KEPT 20
struct fetch_list { struct feed_fetch *fetch; size_t n; };
enum err feeds_history(struct store *st, int64_t feed_id, struct arena *a, struct fetch_list *out, struct err_info *info);

/* feeds_hold - not to be asked before `until`, whatever was to be before; a later time stays. */
enum err feeds_hold(struct store *st, int64_t feed_id, int64_t until, struct err_info *info);
/* feeds_move - the feed at `from` is the one at `to` from now on: the same row with its articles, its history and its validators, if those are the new address's; it is due
 * at once. The log is only added to: what its edits name is the caller's to say again.
 * Errors: ERR_NOTFOUND; ERR_USAGE where `to` is subscribed already, or was and has articles. In a transaction, or in one of its own. */
enum err feeds_move(struct store *st, const char *from, const char *to, struct err_info *info);

/* articles_add - what another program had of a feed (f->feed_id, ->doc): articles that aren't there are stored as if they had come when they were published, at f->at
 * at the latest; those that are stay as they are, and so do the feed's validators and health.
 *   id [out] (f->doc->n_entries) the article that each entry is, 0 where it was let go;  items_new [out] how many weren't there. Errors leave the store as it was. */
enum err articles_add(struct store *st, const struct fetched *f, entry_text *text, void *user, int64_t *id, int *items_new, struct err_info *info);
/* articles_same - the article of a feed that an entry (id, link, title, published) is, by the rule of feeds_put. Errors: ERR_NOTFOUND. */
enum err articles_same(struct store *st, int64_t feed_id, const struct entry *entry, int64_t *id, struct err_info *info);

/* ---- articles ---- */

struct item_list { struct item *item; size_t n; };

enum article_order { ORDER_NEW, ORDER_OLD };
struct article_query {
	bool unread, starred;
	int64_t feed_id;        /* 0: any */
	const char *tag;        /* of the subscription, NULL any */
	const char *title_like; /* words that the title must hold, blank-separated, any case; NULL any */
	int64_t topic;          /* -1 any; 0 is a topic */
	int64_t story;          /* 0 any */
	int64_t since;          /* came, or was published (no later than it came), at or after; 0 any */
	enum article_order order;
	size_t limit, offset;   /* limit 0: all */
};
#define ARTICLE_QUERY_INIT { .topic = -1 }

/* articles_list - rows without bodies, by the time of publication, or of arrival where that is unknown or earlier. */
enum err articles_list(struct store *st, const struct article_query *q, struct arena *a, struct item_list *out, struct err_info *info);
/* articles_each - the same, a row at a time: the memory that it takes doesn't grow with the list. What comes or goes meanwhile may be there or not; every other row comes once.
 * An item is good until fn returns; fn returning false stops. */
typedef bool item_fn(void *user, const struct item *it);
enum err articles_each(struct store *st, const struct article_query *q, item_fn *fn, void *user, struct err_info *info);
/* articles_ids - the ids of such a list alone, in its order; of all, of a feed's or of unread ones no row is read. */
struct id_list { int64_t *id; size_t n; };
enum err articles_ids(struct store *st, const struct article_query *q, struct arena *a, struct id_list *out, struct err_info *info);
/* articles_before - how many of such a list (limit and offset left aside) stand in front of where an article does, or would; 0 where it isn't in the store. */
enum err articles_before(struct store *st, const struct article_query *q, int64_t id, int64_t *n, struct err_info *info);
/* articles_next_unread - the nearest unread article in time behind (newer: in front of) this one, of a feed (0: any), with an id of `most` at most; *out 0 where there is none. */
enum err articles_next_unread(struct store *st, int64_t feed_id, int64_t id, bool newer, int64_t most, int64_t *out, struct err_info *info);
/* articles_newest_id - the highest id, 0 in an empty store. articles_came - unread articles with a higher id than `after`, of a feed (0: any). */
enum err articles_newest_id(struct store *st, int64_t *id, struct err_info *info);
enum err articles_came(struct store *st, int64_t feed_id, int64_t after, int64_t *n, struct err_info *info);
/* articles_earlier - what it said before edits that changed much of it, newest first. */
struct earlier_list { struct earlier_text *text; size_t n; };
enum err articles_earlier(struct store *st, int64_t id, struct arena *a, struct earlier_list *out, struct err_info *info);
/* articles_get - one whole, body and enclosures too. Errors: ERR_NOTFOUND "no article 17". */
enum err articles_get(struct store *st, int64_t id, struct arena *a, struct item *out, struct err_info *info);
/* articles_candidates - ids of unread articles in subscribed feeds that arrived or were published at or after `since`, newest first, at most limit. */
enum err articles_candidates(struct store *st, int64_t since, size_t limit, struct arena *a, struct id_list *out, struct err_info *info);
/* ---- all that is unread, as columns (compact.c) ---- */

/* unread_load - the unread articles of subscribed feeds that arrived or were published at or after `since`, by id. Frees: unread_clear. */
struct unread { int64_t id, at, feed; };
struct unread_list { struct unread *one; size_t n; };
enum err unread_load(struct store *st, int64_t since, struct unread_list *out, struct err_info *info);
void unread_clear(struct unread_list *l);
/* unread_facts, unread_vectors - what is derived of them, in one ordered pass over each table; i is the index in the list. What an article hasn't is passed over.
 * A vector is scale x (d bytes, borrowed until fn returns), as it is stored: those of words aren't centred. Errors: as db; fn may have been called then. */
enum unread_vector { UNREAD_WORDS, UNREAD_TITLE, UNREAD_LSA };
typedef void unread_facts_fn(void *user, size_t i, int topic, int telling, double coverage);
typedef void unread_vector_fn(void *user, size_t i, enum unread_vector which, float scale, const signed char *x, int d);
enum err unread_facts(struct store *st, const struct unread_list *l, unread_facts_fn *fn, void *user, struct err_info *info);
enum err unread_vectors(struct store *st, const struct unread_list *l, unread_vector_fn *fn, void *user, struct err_info *info);
/* store_changed - a number that is another one when another handle has written since. */
enum err store_changed(struct store *st, int64_t *version, struct err_info *info);

/* articles_brief - the rows (no body) of ids, in the order of ids; an id that isn't there is left out. */
enum err articles_brief(struct store *st, const int64_t *ids, size_t n, struct arena *a, struct item_list *out, struct err_info *info);
/* articles_have - has any article, or any feed for a tag, this value? key as app/load.h compares them: ASCII letters in lower case; a language without what is behind
 * its first "-" or "_". */
enum article_value { VALUE_CATEGORY, VALUE_AUTHOR, VALUE_LANGUAGE, VALUE_TAG };
enum err articles_have(struct store *st, enum article_value what, const char *key, bool *have, struct err_info *info);
/* articles_published - what the subscribed feeds published after `since`, by articles.at, in no order: for measures over many. topic -1 none; story its own id where it is alone. */
struct published { int64_t feed_id, at, story; int topic; };
struct published_list { struct published *one; size_t n; };
enum err articles_published(struct store *st, int64_t since, struct arena *a, struct published_list *out, struct err_info *info);
/* articles_remove - one with its body, its part in the document frequencies and all that was derived from it. Its events stay, and its id is
 * never given again. Errors: ERR_NOTFOUND. */
enum err articles_remove(struct store *st, int64_t id, struct err_info *info);

/* ---- growing old ---- */

/* How much of a feed is kept. What isn't read, or has a star, is kept whatever they say, and so is what came within RETAIN_LEAST. */
#define RETAIN_LEAST DATE_DAY
struct retain {
	int64_t feed_id, now;
	int days;               /* since they came; 0: for ever */
	int articles;           /* the newest; 0: all */
};
/* retain_clock - the time by which articles are old: now, but no more than RETAIN_AHEAD past the latest one that came more than RETAIN_LEAST ago. So a clock that is years ahead
 * for one fetch lets go of next to nothing, whatever that fetch brings. */
#define RETAIN_AHEAD (31 * DATE_DAY)
enum err retain_clock(struct store *st, int64_t now, int64_t *out, struct err_info *info);
/* retain_due - articles that may be let go, the oldest first. */
enum err retain_due(struct store *st, const struct retain *r, struct arena *a, struct id_list *out, struct err_info *info);
/* articles_let_go - its text goes; the feed doesn't bring it again. Where something is learned from what the reader did with it, it is retired: the row stays with its terms
 * and vectors, in no list, count or search. Else it is removed as by articles_remove.
 *   unread  also one that isn't read;  gone [out] false: it is kept after all, because it has a star, is to be read, or isn't there any more
 * In a transaction, or in one of its own. */
enum err articles_let_go(struct store *st, int64_t id, int64_t now, bool unread, bool *gone, struct err_info *info);
/* retain_of_feed - articles of a feed without a star. retain_fresh - the feed is asked as if for the first time, and what was removed may come again. */
enum err retain_of_feed(struct store *st, int64_t feed_id, struct arena *a, struct id_list *out, struct err_info *info);
enum err retain_fresh(struct store *st, int64_t feed_id, struct err_info *info);
/* store_trim - give a step of free pages back to the file system, in a transaction of its own; *more [out] is there another step to do? What the next fetches are going to need
 * stays, and a store that was made before this was known keeps all until store_scrub(). */
enum err store_trim(struct store *st, bool *more, struct err_info *info);

/* articles_shift - move every article's and feed's times by so many seconds: a store that was made beforehand becomes a fresh one. */
enum err articles_shift(struct store *st, int64_t by, struct err_info *info);

/* ---- the event log ---- */

/* events_said - is there any edit of this subject in the log, holding or not? */
enum err events_said(struct store *st, const char *subject, bool *said, struct err_info *info);

/* events_append - one action: its row and the article's flags, in one transaction: read by read, open and browser; star by star and save;
 * none by unread and unstar. An undo gives the flags that its batch touched what the rest of the log says of them.
 *   e [in,out] e->id is set; e->batch 0 means a batch of its own and is set to e->id; e->subject is borrowed, and given for an edit and nothing else
 * Errors: ERR_NOTFOUND where the article isn't there, or the batch to be undone isn't or was undone already; as db. */
enum err events_append(struct store *st, struct event *e, struct err_info *info);
/* events_each - those with id > after, in order, undone ones and undo rows left out; a callback returning false stops. A subject is good until the callback returns. */
typedef bool event_fn(void *user, const struct event *e);
enum err events_each(struct store *st, int64_t after, event_fn *fn, void *user, struct err_info *info);
/* events_last_undoable - the newest batch of read, unread, star, unstar, like, dislike, save, want, pass, imported or edit that hasn't been undone. Errors: ERR_NOTFOUND "nothing to undo". */
enum err events_last_undoable(struct store *st, int64_t *batch, struct err_info *info);

/* events_merge - take in the rows of another log that this one doesn't have yet, in one transaction.
 *   e [in,out] (n) in the order of that log, without undos; article is this store's; ids and batches become this log's: what was one action stays one. trial and team
 *   are another store's and aren't taken
 * The k-th of several rows that are alike in all they say is there if the log has k of them, undone ones too: so taking in the same rows again changes nothing.
 * Flags follow the log, but one that was set here before is not taken off, and such a row isn't taken; nor is an edit of a subject of which something was said here later.
 *   added [out] rows that came. Errors: ERR_NOTFOUND where an article isn't there; as db; then the log is as it was. */
enum err events_merge(struct store *st, struct event *e, size_t n, int64_t *added, struct err_info *info);

/* ---- another program's cache ---- */

/* newsboat's cache.db, opened to be read only; newsboat may have it open. Strings as they are there: nothing in them is clean. */
struct newsboat;
struct newsboat_item {
	const char *guid, *title, *author, *link, *content;
	int64_t published; /* DATE_NONE unknown */
	bool read;
};
/* newsboat_open - Errors: ERR_NOTFOUND; ERR_SYNTAX where it is some other database; as db_open. Frees: newsboat_close. */
enum err newsboat_open(const char *path, struct newsboat **out, struct err_info *info);
void newsboat_close(struct newsboat *nb);
/* newsboat_feeds - addresses of the feeds that it has articles of. newsboat_items - those of one that weren't deleted there, the oldest first. */
enum err newsboat_feeds(struct newsboat *nb, struct arena *a, const char ***url, size_t *n, struct err_info *info);
enum err newsboat_items(struct newsboat *nb, const char *feed, struct arena *a, struct newsboat_item **out, size_t *n, struct err_info *info);

/* ---- forgetting ---- */

/* Which events go: those on articles that hold one of these terms, of a feed, of a topic, and the edits of these subjects; those of a span of time; all. */
enum forget_what { FORGET_TERMS, FORGET_FEED, FORGET_TOPIC, FORGET_SPAN, FORGET_ALL };
struct forget {
	enum forget_what what;
	const uint32_t *term; /* (n_terms) ids */
	size_t n_terms;
	int64_t feed_id, topic;
	int64_t since, until; /* since <= at < until */
};
struct forgotten {
	int64_t events, articles; /* rows of the log, and the articles that they are about */
	int64_t readings;         /* articles among them that were opened, or read elsewhere */
};
/* events_forgettable - what events_forget would take, without doing it.
 * events_forget - take these rows out of the log, the only way in which a row ever leaves it. An undo goes with the last row that it took back; an undo in the span
 * takes with it what it took back, which would otherwise count again. With FORGET_ALL the trials go too.
 * The articles' flags stay as they are. Because flags follow from the log, a plain flag row stands in for the action that is forgotten: of no batch, so that no undo
 * finds it, at the time when the article came, in the order of the articles; only where other actions on the article remain does it keep its place among them.
 * A retired article of which nothing is left in the log goes altogether. What is deleted is overwritten; store_scrub() then clears the files of older pages. Errors: as db; then the log is as it was. */
enum err events_forgettable(struct store *st, const struct forget *f, struct forgotten *out, struct err_info *info);
enum err events_forget(struct store *st, const struct forget *f, struct forgotten *out, struct err_info *info);
/* store_scrub - write the file anew without what was deleted, and empty the write-ahead log, in which older pages may still stand; a copy that was made before the schema
 * changed goes. Not within a transaction.
 * Errors: ERR_BUSY where another program holds the file just now; ERR_FULL; nothing is lost then, and what was deleted may still be found in the files' bytes. */
enum err store_scrub(struct store *st, struct err_info *info);
/* ---- trials ---- */

/* A trial of two rankings. */
struct trial_row {
	int64_t id;        /* 0: there is none */
	const char *a, *b; /* the rankings, as they are named */
	int64_t started;
	int64_t ended;     /* DATE_NONE while it runs */
};
/* trials_start - Errors: ERR_UNSUPPORTED where one runs, saying which; as db. */
enum err trials_start(struct store *st, const char *a, const char *b, int64_t at, struct err_info *info);
/* trials_end - a trial that has ended keeps its end. */
enum err trials_end(struct store *st, int64_t id, int64_t at, struct err_info *info);
/* trials_newest - the one that runs, else the one that ended last; out->id 0 where there never was one. */
enum err trials_newest(struct store *st, struct arena *a, struct trial_row *out, struct err_info *info);

/* ---- terms ---- */

/* A term vector: ids ascending, tf as counted (title weight in it). Stored as varints of id gaps and tf in quarters. */
struct termvec { uint32_t *id; float *tf; size_t n; };

enum err terms_pending(struct store *st, size_t limit, struct arena *a, struct id_list *out, struct err_info *info); /* articles without a term vector */
/* Inside one transaction many puts cost little more than one: what they count is written once a term, at the commit. */
/* terms_put - store an article's vector: `names` (n strings with tf and surface forms) are interned, document frequencies follow; replaces an older vector of the same article.
 *   length [in] number of terms counted, for BM25 */
struct term_count { const char *name; size_t len; const char *surface; size_t surface_len; float tf; };
enum err terms_put(struct store *st, int64_t article, const struct term_count *names, size_t n, double length, struct err_info *info);
/* terms_df - document frequency by term id (index 0..max), number of documents, mean length. */
struct term_stats { uint32_t *df; size_t n; int64_t docs; double mean_length; };
enum err terms_df(struct store *st, struct arena *a, struct term_stats *out, struct err_info *info);
/* terms_vector - Errors: ERR_NOTFOUND. */
enum err terms_vector(struct store *st, int64_t article, struct arena *a, struct termvec *out, double *length, struct err_info *info);
/* terms_id - the term of that name. Errors: ERR_NOTFOUND. terms_written - the terms that were ever written like that, a folded word. */
enum err terms_id(struct store *st, const char *name, size_t n, int64_t *id, struct err_info *info);
enum err terms_written(struct store *st, const char *form, size_t n, struct arena *a, struct id_list *out, struct err_info *info);
/* terms_name - the surface form most often seen for a term; "?" where unknown. */
const char *terms_name(struct store *st, uint32_t id, struct arena *a);
/* terms_stem - the name of a term, for terms_id; NULL where there is none. */
const char *terms_stem(struct store *st, uint32_t id, struct arena *a);
typedef void term_name_fn(void *user, uint32_t id, const char *form, size_t n);
/* terms_each_name - every term with the form that terms_name gives, in the order of the ids; the form is borrowed during the call. */
enum err terms_each_name(struct store *st, term_name_fn *fn, void *user, struct err_info *info);

/* ---- derived ---- */

/* derived_put - what vectorise computes for one article, in place of what was there. vec is of unit length, or zero; NULL (d = 0): it has none. It is kept as bytes.
 * Errors: ERR_NOTFOUND where the article isn't there.
 * derived_get - vec of unit length again, to about 1/250 of the largest number; what was got may be put and stays as it is. Errors: ERR_NOTFOUND where nothing was put. */
struct derived { int64_t article; const float *vec; int d; int topic; int64_t story; int feeds_telling; double coverage; };
enum err derived_put(struct store *st, const struct derived *d, struct err_info *info);
/* derived_without_vector - articles above `after`, by number, that have terms and no vector by LSA; at most limit. */
enum err derived_without_vector(struct store *st, int64_t after, size_t limit, struct arena *a, struct id_list *out, struct err_info *info);
/* derived_forget_vectors - of all articles; the rest stays. */
enum err derived_forget_vectors(struct store *st, struct err_info *info);
enum err derived_get(struct store *st, int64_t article, struct arena *a, struct derived *out, struct err_info *info);
/* derived_retell - another story for an article, with the feeds that tell it and its coverage; topic and vector stay. One of which nothing was put is left alone. */
enum err derived_retell(struct store *st, int64_t article, int64_t story, int feeds_telling, double coverage, struct err_info *info);
/* derived_of_feed - the vectors of a feed's articles of `since` or later, newest first; vec is good until the call returns. Articles without a vector of d dimensions are left out. */
typedef void vector_fn(void *user, int64_t article, const float *vec);
enum err derived_of_feed(struct store *st, int64_t feed, int64_t since, int d, vector_fn *fn, void *user, struct err_info *info);
/* Word vectors: the mean of an article's words (d), not centred; kept as bytes with a scale, so to about 1/250 of the largest number. */
/* wordvecs_put - words of the whole article, title of its title alone, each (d); NULL: it has none.
 * wordvecs_get - words [out], title [out] (d each; title may be NULL): found says which it has of d dimensions, the others are left as they were. */
struct wordvecs_found { bool words, title; };
enum err wordvecs_put(struct store *st, int64_t article, const float *words, const float *title, int d, struct err_info *info);
enum err wordvecs_get(struct store *st, int64_t article, int d, float *words, float *title, struct wordvecs_found *found, struct err_info *info);
/* wordvecs_reset - for another table: all go, and every article waits for terms_put again. */
enum err wordvecs_reset(struct store *st, struct err_info *info);
enum err wordvecs_count(struct store *st, int64_t *n, struct err_info *info);
/* blobs by name: "model", "shares", ... with a version that the caller gives. ERR_NOTFOUND where absent. */
enum err blob_put(struct store *st, const char *name, int64_t version, const void *s, size_t n, struct err_info *info);
enum err blob_get(struct store *st, const char *name, struct arena *a, int64_t *version, const void **s, size_t *n, struct err_info *info);
#define STORE_SYNCED_BLOB "subscriptions" /* the one that isn't taken along (whole.h) */
/* blob_drop - it is no error where there is none. */
enum err blob_drop(struct store *st, const char *name, struct err_info *info);

/* ---- topics and stories ---- */

struct topic_row {
	int id;
	const char *name;          /* the reader's, else the program's */
	int64_t articles;
	const char *coined;        /* the program's; put takes name where it is NULL */
	const char *terms;         /* its most telling terms, newline-separated; NULL none */
	const uint32_t *named_for; /* (n_named_for) the terms that it was named for */
	size_t n_named_for;
	bool given;                /* the name is the reader's */
};
/* topics_put - replace all, the reader's names apart; topics_load - by number. */
enum err topics_put(struct store *st, const struct topic_row *t, size_t n, struct err_info *info);
enum err topics_load(struct store *st, struct arena *a, struct topic_row **out, size_t *n, struct err_info *info);
/* topics_given - given [out] (most) which numbers below `most` the reader has named, whether they live or not. */
enum err topics_given(struct store *st, bool *given, size_t most, struct err_info *info);
/* topics_rename - the reader's name for a topic; NULL takes it back. Errors: ERR_NOTFOUND "no topic 17". */
enum err topics_rename(struct store *st, int id, const char *name, struct err_info *info);
/* topics_counts - articles and unread ones of each topic that has any. */
struct topic_count { int id; int64_t articles, unread; };
enum err topics_counts(struct store *st, struct arena *a, struct topic_count **out, size_t *n, struct err_info *info);

/* stories_list - stories with articles of several feeds, those that the most feeds tell of late first (by coverage as it was stored, then by the newest telling); at most
 * limit, 0: all. id is what struct derived has as story. */
struct story_row { int64_t id, articles, newest; int feeds_telling; double coverage; };
enum err stories_list(struct store *st, size_t limit, struct arena *a, struct story_row **out, size_t *n, struct err_info *info);
/* stories_window - the articles of `since` or later as stories see them, the highest number first; story is the article itself where nothing is derived for it. */
struct story_article { int64_t id, feed_id, at, story; const char *language; };
struct story_articles { struct story_article *one; size_t n; };
enum err stories_window(struct store *st, int64_t since, struct arena *a, struct story_articles *out, struct err_info *info);
/* stories_articles - likewise all articles of one story. */
enum err stories_articles(struct store *st, int64_t story, struct arena *a, struct story_articles *out, struct err_info *info);

/* ---- full text ---- */

/* search_index - at most limit entries: what is stale is taken out, then what isn't indexed yet is; *left [out] true where more wait. */
enum err search_index(struct store *st, size_t limit, bool *left, struct err_info *info);
/* search_rebuild - the index is emptied and every article waits for search_index.
 * search_check - is the index whole, and has every article its entry or waits for one? search_compare - and is it what the articles say? That reads all of them, and as the check
 * counts as writing it keeps everybody else from it for as long: some seconds for 100,000. Errors: ERR_CORRUPT says what is wrong, search_rebuild mends it; ERR_READONLY; as db. */
enum err search_rebuild(struct store *st, struct err_info *info);
enum err search_check(struct store *st, struct err_info *info);
enum err search_compare(struct store *st, struct err_info *info);
/* search_words - ids, best first (bm25_private.h; a word in the title counts 4 times, in the author twice); behind them those that aren't indexed yet, found by title, author and
 * feed, the newest first. words as typed: each must be there, the last as the beginning of a word; what more can be asked is in typed_private.h. limit 0: all.
 * Never an SQL or FTS syntax error. */
enum err search_words(struct store *st, const char *words, size_t limit, struct arena *a, struct id_list *out, struct err_info *info);
/* search_snippet - the part of an article's text where most of words are, each between SNIPPET_WORD and SNIPPET_AFTER; its beginning where they are in the title alone. NULL where
 * the article isn't found by words, isn't indexed yet, or has no text. */
#define SNIPPET_WORD '\x02'
#define SNIPPET_AFTER '\x03'
enum err search_snippet(struct store *st, const char *words, int64_t article, struct arena *a, const char **out, struct err_info *info);

/* search_drop - take an article's entry out, and what waits to be one. */
enum err search_drop(struct store *st, int64_t article, struct err_info *info);

/* ---- doctor ---- */

/* What takes room in the file, tables with their indexes. */
enum room { ROOM_ARTICLES, ROOM_BODIES, ROOM_TEXT, ROOM_TERMS, ROOM_VECTORS, ROOM_LOG, ROOM_OTHER, ROOM_COUNT };
#define ROOM_WORDS { "articles", "bodies", "full_text", "terms", "vectors", "log", "other" }
struct doctor_report {
	const char *integrity;       /* "ok" or the first complaint: SQLite's, or about the full text */
	const char *file;            /* "ok" or SQLite's first complaint about the file itself */
	int64_t retired, gone;       /* articles whose text was let go, and those of which nothing but their keys are left; `articles` has neither */
	int64_t feeds, subscribed, articles, bodies, earlier, events, terms, vectors, indexed; /* vectors: of terms */
	int64_t orphans;             /* rows whose owner is gone */
	int64_t df_wrong;            /* terms whose stored document frequency isn't the counted one */
	int64_t count_wrong;         /* feeds whose stored counts aren't the counted ones */
	int64_t file_bytes, free_bytes, wal_bytes;
	int64_t room[ROOM_COUNT];    /* bytes of each kind: pages, or where this build of SQLite can't tell (room_guessed) what stands in the rows */
	int64_t text_bytes;          /* of the bodies that are stored, summaries and contents */
	bool room_guessed;
	int schema;
	const char *former;          /* the file with the store as it was before its schema changed, NULL none */
	struct feed *dead; size_t n_dead; /* failing 5 times in a row, or gone */
};
enum err doctor_check(struct store *st, struct arena *a, struct doctor_report *out, struct err_info *info);

/* store_repair - put right what doctor_check complains of, short of damage to the file itself: in one transaction, and the full text after it.
 * Errors: ERR_CORRUPT where the file can't be read; as db; then the store is as it was, but for what the full text had. */
struct repaired {
	int64_t lost;    /* articles whose feed was gone: they have one again, of which nothing is known */
	int64_t orphans; /* rows of which nobody knows whose they are, removed */
	int64_t vectors; /* term vectors that said nothing, to be made anew by the next fetch */
	int64_t terms;   /* document frequencies that were wrong */
	int64_t counts;  /* feeds with wrong counts */
	bool search;     /* the full-text index is thrown away, and all waits for search_index */
};
enum err store_repair(struct store *st, struct repaired *out, struct err_info *info);

#endif
