/* check - what must hold of every result, whatever the input was. What doesn't ends the program, as a fuzzer wants it. */
#ifndef ECLOSE_FUZZ_CHECK_H
#define ECLOSE_FUZZ_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/utf8.h"
#include "item.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* need - not assert: it holds in every build. */
#define need(holds) ((holds) ? (void)0 : need_failed(__FILE__, __LINE__, #holds))
_Noreturn void need_failed(const char *file, int line, const char *what);

/* check_same - both absent, or the same bytes. */
void check_same(const char *a, const char *b);
/* check_clean - s (NULL passes) is valid UTF-8, and cleaning it changes nothing. */
void check_clean(const char *s, enum utf8_keep keep);
/* check_words - a failure has its code and a clean sentence; success has been told apart from it. */
void check_words(enum err e, const struct err_info *info);
/* check_date - absent, or in the years 1 to 9999; written and read again it is the same second. */
void check_date(int64_t t);
/* check_address - s (NULL passes) is clean, absolute, and one that may be shown; what it resolves to is itself. */
void check_address(const char *s);
/* check_doc - everything that feeds/parse.h and item.h promise of a document; its JSON is read by another reader and says the same. */
void check_doc(const struct feed_doc *doc);

#endif
