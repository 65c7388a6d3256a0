/* html_check - is this what html_sanitise may write? A list and a parser of their own, so that a mistake of the program's doesn't hide itself. */
#ifndef TESTS_HTML_CHECK_H
#define TESTS_HTML_CHECK_H

#include <stddef.h>

#include "item.h"

/* html_wrong - what is wrong with n bytes of sanitised HTML: an element, attribute, address or reference that isn't allowed, tags that don't balance, bytes
 * that aren't UTF-8. Returns NULL where nothing is. */
const char *html_wrong(const char *s, size_t n);
/* blocks_wrong - the same of blocks: text that may not reach a terminal, spans or cells out of order, links without an address. */
const char *blocks_wrong(const struct blocks *blocks);

#endif
