/* err - how every fallible function of the program answers.
 *
 * A function that can fail returns enum err and leaves its outputs untouched when it does; the words for a
 * person go into a struct err_info that the caller owns (NULL when nobody will read them). Misuse by our own
 * code is an assertion, never an enum err.
 */
#ifndef ECLOSE_BASE_ERR_H
#define ECLOSE_BASE_ERR_H

#if defined(__GNUC__)
#define ERR_FORMAT(f, a) __attribute__((format(printf, f, a)))
#else
#define ERR_FORMAT(f, a)
#endif
/* clang lets a whole type be marked, so its build finds every answer that nobody read; gcc has it for functions only. */
#if defined(__clang__)
#define ERR_MUST_CHECK __attribute__((warn_unused_result))
#else
#define ERR_MUST_CHECK
#endif

enum ERR_MUST_CHECK err {
	OK = 0,
	ERR_USAGE = -1,       /* the command line or a setting is wrong; exit status 2 */
	ERR_IO = -2,          /* a file or pipe */
	ERR_SYNTAX = -3,      /* what came from outside isn't what it claims to be */
	ERR_LIMIT = -4,       /* larger, deeper or longer than we accept */
	ERR_NOTFOUND = -5,    /* no such feed, article, file */
	ERR_BUSY = -6,        /* another program holds the store */
	ERR_FULL = -7,        /* the disk is full */
	ERR_READONLY = -8,    /* may not be written */
	ERR_CORRUPT = -9,     /* the store is damaged */
	ERR_NET = -10,        /* no answer, a refusal, a broken transfer */
	ERR_UNSUPPORTED = -11 /* understood, and not done here */
};

struct err_info {
	enum err code;
	char text[512]; /* one sentence without a final stop: what, and where */
};

#define ERR_INFO_INIT { OK, "" }

/* err_set - note what went wrong.
 *   info  [out] may be NULL;  fmt  printf words: what failed, and where
 * What is too long is cut between characters; what may not reach a terminal is cleaned out (utf8_clean).
 * Returns code, so that `return err_set(info, ERR_IO, "...")` reads as one step. Cannot fail. */
enum err err_set(struct err_info *info, enum err code, const char *fmt, ...) ERR_FORMAT(3, 4);

/* err_errno - err_set with the words of errno behind: "fmt: No space left on device".
 * Returns ERR_FULL for ENOSPC and EDQUOT, ERR_READONLY for EROFS, EACCES and EPERM, ERR_NOTFOUND for ENOENT, else ERR_IO. */
enum err err_errno(struct err_info *info, const char *fmt, ...) ERR_FORMAT(2, 3);

/* err_at - put the place before words that are already there: "PREFIX: words". Returns info->code. */
enum err err_at(struct err_info *info, const char *fmt, ...) ERR_FORMAT(2, 3);

#endif
