/* network - a network of a test's own, where public addresses are this machine and names stand for what the test says. */
#ifndef ECLOSE_TESTS_NETWORK_H
#define ECLOSE_TESTS_NETWORK_H

#include <stdbool.h>
#include <stddef.h>

/* network_own - put this process, and what it starts from now on, into a network of its own: loopback and `addresses` (n of IPv4, nine at most), nothing else.
 *   hosts  a file that stands in for /etc/hosts there, absolute; NULL: names stay as they are
 * Returns false where the system gives us none; some of it may have changed by then. */
bool network_own(const char *const *addresses, size_t n, const char *hosts);

#endif
