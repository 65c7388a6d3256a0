/* put - what identity.c, gone.c, earlier.c, put_feed.c and put.c share. Private to src/store. */
#ifndef ECLOSE_STORE_PUT_PRIVATE_H
#define ECLOSE_STORE_PUT_PRIVATE_H

#include "store/store_private.h"

/* What names an entry, as it is compared: guid and link as address_key has them, NULL where there is none. */
struct names { const char *guid, *link; };

struct put {
	struct store *st;
	const struct fetched *f;
	entry_text *text;
	void *user;
	struct arena arena;  /* of the whole call */
	struct names *names; /* (entries) */
	const char *site;    /* the feed's own link, as address_key has it; NULL none */
	struct map links;    /* link -> entries of this document that have it */
	struct map guids;    /* guid -> the same */
	struct map exact;    /* guid, link and title -> there is such an entry */
	struct map touched;  /* article id -> 1: an entry for it was already seen; the first of a document counts */
	struct buf scratch;
	struct buf row_guid, row_link; /* identity.c's */
	enum { GONE_UNASKED, GONE_NONE, GONE_SOME } gone; /* was anything of this feed let go? */
	bool only_new;       /* an article that is there stays as it is */
	int64_t *id;         /* (entries) which article each is, NULL: nobody asks */
	int added;
	struct err_info *info;
};

/* What is stored of an article that an entry may be. */
struct known {
	int64_t id;          /* 0: none */
	int64_t digest;
	bool retired;        /* its text was let go */
};

static inline bool given(const char *s)
{
	return s && *s;
}

/* ---- identity.c ---- */

/* identity_note - what names the entries of the document, and how often: which article is which depends on it. Before all others here. */
void identity_note(struct put *p);
/* identity_find - the article that entry i is; k->id 0 where it is a new one. */
enum err identity_find(struct put *p, size_t i, struct known *k);
/* identity_guid_key, identity_name_key - what an article is found by again: for the columns of these names. e may be an entry with less in it than entry i, never with more
 * than its article had. Both use the scratch buffer. */
int64_t identity_guid_key(struct put *p, const struct entry *e);
int64_t identity_name_key(struct put *p, const struct entry *e);

/* identity_link_key, identity_title_key - as identity_name_key, by the one or by the other. link: as address_key has it. */
int64_t identity_link_key(struct put *p, const char *link);
int64_t identity_title_key(struct put *p, const struct entry *e);
/* identity_link_names - does this link name a single article, and not the site? */
bool identity_link_names(const struct put *p, const char *link);

/* ---- gone.c ---- */

/* gone_find - was entry i, which no article is, let go? */
enum err gone_find(struct put *p, size_t i, bool *gone);
/* gone_keep - keep what an article is known by, for when its row is removed. In a transaction. */
enum err gone_keep(struct store *st, int64_t article, struct err_info *info);

/* ---- put_feed.c ---- */

/* put_doc - what the feed says of itself, and its validators. put_history - the row that tells of this fetch, where it is worth one. put_health - when and how it was asked, where it
 * moved; the last of all: put_history compares with what was there before. */
enum err put_doc(struct put *p);
enum err put_history(struct put *p);
enum err put_health(struct put *p);

/* ---- earlier.c ---- */

/* earlier_much - did an edit change much of an article? That is: of the words of its text (plain), or of a new text, more than EARLIER_SHARE differ, and at least EARLIER_WORDS;
 * or more than half of those of its title. Words are compared as a bag, without case, punctuation and numbers, so that neither another order nor a counter is a change. */
#define EARLIER_SHARE .2
#define EARLIER_WORDS 20
bool earlier_much(const char *title, const char *text, const char *new_title, const char *new_text);
/* earlier_keep - keep what `old` says as of before now; the ten newest stay. */
enum err earlier_keep(struct store *st, const struct item *old, int64_t now, struct err_info *info);

#endif
