/* http_address - which addresses are private (IANA's special-purpose registries, RFC 6890). */
#include <config.h>

#include "feeds/http_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

static uint32_t four_bytes(const unsigned char *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool private4(const unsigned char *bytes)
{
	static const struct { uint32_t net; int bits; } nets[] = {
		{ 0x00000000, 8 },  { 0x0A000000, 8 },  { 0x64400000, 10 }, { 0x7F000000, 8 },  { 0xA9FE0000, 16 }, { 0xAC100000, 12 },
		{ 0xC0000000, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 }, { 0xE0000000, 3 }, /* multicast, reserved, broadcast */
	};
	uint32_t address = four_bytes(bytes);

	for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
		if ((address ^ nets[i].net) >> (32 - nets[i].bits) == 0)
			return true;
	return false;
}

/* Only 2000::/3 is public unicast; the forms that carry an IPv4 address are judged by it. */
static bool private6(const unsigned char *b)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
	static const unsigned char nat64[12] = { 0, 0x64, 0xFF, 0x9B };

	if (memcmp(b, mapped, sizeof mapped) == 0 || memcmp(b, nat64, sizeof nat64) == 0)
		return private4(b + 12);
	if (b[0] == 0x20 && b[1] == 0x02) /* 6to4 */
		return private4(b + 2);
	if (four_bytes(b) == 0x20010000) /* Teredo */
		return true;
	return b[0] >> 5 != 1;
}

/* address_private - see http_address.h. Cannot fail; what isn't understood counts as private. */
bool address_private(const char *numeric)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	char text[INET6_ADDRSTRLEN];
	size_t n = strcspn(numeric, "%");

	if (n >= sizeof text)
		return true;
	memcpy(text, numeric, n);
	text[n] = '\0';
	if (inet_pton(AF_INET, text, bytes) == 1)
		return private4(bytes);
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return private6(bytes);
	return true;
}

static bool is_localhost(const char *host, size_t n)
{
	static const char name[] = "localhost";
	size_t k = sizeof name - 1;

	if (n && host[n - 1] == '.')
		n--;
	return n >= k && strncasecmp(host + n - k, name, k) == 0 && (n == k || host[n - k - 1] == '.');
}

/* address_host_private - see http_address.h. Asks getaddrinfo() for numbers only, so no packet is sent. */
bool address_host_private(const char *host)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM }, *found = NULL;
	char text[INET6_ADDRSTRLEN], bare[256];
	size_t n = strlen(host);
	bool is_private = true, bracketed = n > 1 && host[0] == '[' && host[n - 1] == ']';

	if (is_localhost(host, n))
		return true;
	if (bracketed) {
		host++;
		n -= 2;
	} else if (n && host[n - 1] == '.') {
		n--;
	}
	if (n >= sizeof bare)
		return true;
	memcpy(bare, host, n);
	bare[n] = '\0';
	if (getaddrinfo(bare, NULL, &hints, &found) != 0)
		return bracketed; /* no name, and no number that we understand: one with a zone, for instance */
	if (getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, NULL, 0, NI_NUMERICHOST) == 0)
		is_private = address_private(text);
	freeaddrinfo(found);
	return is_private;
}

/* address_host_local - see http_address.h. The endings are those that homes use and no registry gives (RFC 6761, 6762, 8375, and .internal of ICANN, 2024). */
bool address_host_local(const char *host)
{
	static const char *const ends[] = { ".local", ".lan", ".home", ".internal", ".home.arpa", ".localdomain", ".localhost", ".test" };
	size_t n = strlen(host);

	if (address_host_private(host))
		return true;
	if (n && host[n - 1] == '.')
		n--;
	if (n == 0 || host[0] == '[')
		return false;
	if (!memchr(host, '.', n))
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t k = strlen(ends[i]);

		if (n > k && strncasecmp(host + n - k, ends[i], k) == 0)
			return true;
	}
	return false;
}
