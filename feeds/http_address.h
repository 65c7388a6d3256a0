/* http_address - which addresses are private: nothing that the public net sends us may lead there. */
#ifndef ECLOSE_FEEDS_HTTP_ADDRESS_H
#define ECLOSE_FEEDS_HTTP_ADDRESS_H

#include <stdbool.h>

/* address_private - is this numeric IPv4 or IPv6 address ("10.0.0.1", "fe80::1%eth0") no public unicast one? What can't be read is private. */
bool address_private(const char *numeric);
/* address_host_private - does a URL's host name a private address by its very words: localhost, or a number in any spelling ("0x7f.1", "[::1]")?
 * False for any other name: only a resolver knows. */
bool address_host_private(const char *host);
/* address_host_local - does it name a private place by its words: such an address, a single label ("nas"), or a name under .local, .lan, .home and the like? */
bool address_host_local(const char *host);

#endif
