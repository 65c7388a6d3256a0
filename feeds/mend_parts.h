/* mend_parts - what the files of the mender share: its state, names, and text. Included by feeds/mend*.c only. */
#ifndef ECLOSE_FEEDS_MEND_PARTS_H
#define ECLOSE_FEEDS_MEND_PARTS_H

#include <string.h>

#include "feeds/mend.h"

/* A piece of the input. */
struct mend_name {
	const char *s;
	size_t len;
};

/* An element that is open. */
struct mend_open {
	uint64_t hash;   /* of its name in lower case */
	size_t at;       /* in mend.names: the name as it was written */
	unsigned scope;  /* namespace declarations in force outside of it */
};

#define MEND_ENTITIES 64              /* declared ones that are kept */
#define MEND_WORDS ((size_t)200)      /* bytes of what one stands for */
#define MEND_MADE ((size_t)65536)     /* bytes that a document may get by them in all */

/* What a document type declares. */
struct mend_words {
	struct buf text;          /* name and value of each, each with a NUL */
	size_t at[MEND_ENTITIES]; /* of the names */
	size_t n, made;           /* made: bytes that came of them so far */
};

struct mend {
	struct buf out;           /* made, and not read yet */
	size_t out_read;
	const char *s, *end;      /* what is left to look at */
	bool spend;
	const char *spent;        /* up to here it was given back */
	mend_entity *entity;
	struct buf text;          /* of the runs that stand in out as one byte each */
	size_t text_read;
	size_t *run;              /* the length of each of them */
	size_t n_runs, cap_runs, runs_read;
	const char *raw_end;      /* of the CDATA section that s stands in; NULL in none */
	struct mend_open open[MEND_DEPTH];
	size_t depth, deeper;     /* deeper: open elements that were left out */
	struct buf names;         /* of what is open, each with a NUL */
	unsigned scope;
	uint64_t known[2 * MEND_NAMES]; /* hashes of the names and namespaces that libxml2 has; 0 free */
	size_t n_known;
	size_t patience;          /* bytes that may still be looked at in vain for the ends of tags */
	struct mend_words words;
	bool root, ended;         /* the document element was opened, closed */
	bool declared;            /* there was a document type: it may have named entities */
	bool lost;                /* the end of a comment, instruction or document type is missing: it is not looked for again */
	bool repaired;
};

static inline bool mend_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool mend_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static inline bool mend_name_char(char c)
{
	return mend_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static inline char mend_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* mend_put - append to what was made; without the NUL behind it, which nobody reads. Most pieces are a few bytes long. */
static inline void mend_put(struct mend *m, const char *s, size_t n)
{
	if (m->out.cap - m->out.len <= n) {
		buf_add(&m->out, s, n);
		return;
	}
	memcpy(m->out.s + m->out.len, s, n);
	m->out.len += n;
}

/* mend_value - an attribute's value up to end, into out. */
void mend_value(struct mend *m, const char *end);
/* mend_run - a run of text up to end, which lies in the input; a reference may lead beyond it. raw: of a CDATA section, nothing in it is markup. */
void mend_run(struct mend *m, const char *end, bool raw);
/* mend_bare - a '<' that is text. */
void mend_bare(struct mend *m);

/* mend_declare - keep the simple entities of a document type, from s to end. */
void mend_declare(struct mend *m, const char *s, const char *end);
/* mend_declared - what an entity of that name (len bytes) stands for, its bytes in *bytes; may hold numeric references. NULL where none was kept. */
const char *mend_declared(struct mend *m, const char *name, size_t len, size_t *bytes);

/* mend_start_tag - "<name ...>" at m->s. Returns false where it can't be a tag. */
bool mend_start_tag(struct mend *m);
/* mend_end_tag - "</name>" at m->s. */
void mend_end_tag(struct mend *m);
/* mend_close - end the innermost open element. */
void mend_close(struct mend *m);

#endif
