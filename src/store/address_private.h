/* address - what two addresses of the same page have in common. Private to src/store: identity is all that it is for. */
#ifndef ECLOSE_STORE_ADDRESS_PRIVATE_H
#define ECLOSE_STORE_ADDRESS_PRIVATE_H

#include "base/buf.h"

/* address_untracked - append url without the parameters that only say by which way a link was followed (utm_*, fbclid, at_medium ...), in the query or the fragment.
 * What is no http or https address is appended as it is. */
void address_untracked(struct buf *out, const char *url);
/* address_key - append what is the same in all ways of writing an http or https address: it is untracked, and has no scheme, no port that is its scheme's own, a host in
 * lower case, and no '/' at the end of its path. "www." stays: it may be another host. What is no such address (a tag:, a number) is appended as it is. */
void address_key(struct buf *out, const char *url);

#endif
