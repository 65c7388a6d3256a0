/* server - a real HTTP server on loopback for tests. One process a connection, so that each can wait, trickle or die on its own. */
#include <config.h>

#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOG_MAX ((size_t)4 << 20)
#define REQUEST_MAX 65536
#define GUARD 120 /* seconds after which a forgotten process ends itself */

struct server_log {
	atomic_int requests, connections;
	atomic_size_t len;
	char text[LOG_MAX];
};

static void need(int ok, const char *what)
{
	if (!ok) {
		perror(what);
		abort();
	}
}

static int send_all(int fd, const void *s, size_t n)
{
	const char *p = s;

	while (n) {
		ssize_t k = send(fd, p, n, MSG_NOSIGNAL);

		if (k <= 0)
			return 0;
		p += k;
		n -= (size_t)k;
	}
	return 1;
}

static void note(struct server_log *log, const char *s, size_t n)
{
	size_t at = atomic_fetch_add(&log->len, n);

	if (at + n < LOG_MAX)
		memcpy(log->text + at, s, n);
	atomic_fetch_add(&log->requests, 1);
}

/* Read one request's header; 0 at the end of the connection. */
static size_t read_request(int fd, char *s)
{
	size_t n = 0;

	while (n < REQUEST_MAX - 1) {
		if (recv(fd, s + n, 1, 0) != 1)
			return 0;
		s[++n] = '\0';
		if (n >= 4 && memcmp(s + n - 4, "\r\n\r\n", 4) == 0)
			return n;
	}
	return 0;
}

/* The path of "GET /path HTTP/1.1", or of the whole address that a proxy is asked for. */
static const struct served *lookup(char *request, const struct served *table, size_t n)
{
	char *path = strchr(request, ' '), *end;

	if (!path || !(end = strchr(path + 1, ' ')))
		return NULL;
	*end = '\0';
	path++;
	if (strncasecmp(path, "http://", 7) == 0) {
		path += 7;
		path += strcspn(path, "/");
	}
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].path, path) == 0)
			return &table[i];
	return NULL;
}

static int send_head(int fd, const struct served *a, const char *framing)
{
	char head[16384];
	int n = snprintf(head, sizeof head, "HTTP/1.1 %d Test\r\n%s%s\r\n", a->status ? a->status : 200, a->headers ? a->headers : "", framing);

	return send_all(fd, head, (size_t)n);
}

static void for_ever(int fd, const char *s, size_t n)
{
	while (send_all(fd, s, n))
		;
}

static void drip(int fd, const char *s, size_t n)
{
	for (size_t i = 0; send_all(fd, s + i, 1); i = (i + 1) % n)
		(void)usleep(DRIP_MS * 1000);
}

static void long_line(int fd, const char *body, size_t len)
{
	static char piece[4096];
	char end[64];

	memset(piece, 'x', sizeof piece);
	send_all(fd, "HTTP/1.1 200 Test\r\nX-Long: ", 27);
	for (size_t n = 0; n < LONG_LINE; n += sizeof piece)
		if (!send_all(fd, piece, sizeof piece))
			return;
	(void)snprintf(end, sizeof end, "\r\nContent-Length: %zu\r\n\r\n", len);
	send_all(fd, end, strlen(end));
	send_all(fd, body, len);
}

/* Answer; returns whether the connection stays open. */
static int answer(int fd, const struct served *a)
{
	size_t len = a->len ? a->len : a->body ? strlen(a->body) : 0;
	char framing[96];

	switch (a->how) {
	case SERVE_LENGTH:
		(void)snprintf(framing, sizeof framing, "Content-Length: %zu\r\n", len);
		return send_head(fd, a, a->status == 304 ? "" : framing) && send_all(fd, a->body, len);
	case SERVE_CHUNKED:
	case SERVE_CUT_CHUNK:
		(void)snprintf(framing, sizeof framing, "%zx\r\n", len);
		send_head(fd, a, "Transfer-Encoding: chunked\r\n");
		send_all(fd, framing, strlen(framing));
		if (a->how == SERVE_CUT_CHUNK)
			return send_all(fd, a->body, len / 2) && 0;
		return send_all(fd, a->body, len) && send_all(fd, "\r\n0\r\n\r\n", 7);
	case SERVE_CLOSE:
	case SERVE_CUT_CLOSE:
		send_head(fd, a, "Connection: close\r\n");
		return send_all(fd, a->body, a->how == SERVE_CLOSE ? len : len / 2) && 0;
	case SERVE_CUT:
		(void)snprintf(framing, sizeof framing, "Content-Length: %zu\r\n", len);
		send_head(fd, a, framing);
		return send_all(fd, a->body, len / 2) && 0;
	case SERVE_ENDLESS:
		send_head(fd, a, "");
		if (send_all(fd, a->lead, a->lead_len))
			for_ever(fd, a->body, len);
		return 0;
	case SERVE_DRIP:
		send_head(fd, a, "");
		drip(fd, a->body, len);
		return 0;
	case SERVE_LONG_HEADER:
		send_all(fd, "HTTP/1.1 200 Test\r\n", 19);
		for_ever(fd, "X-More: and more and more and more\r\n", 36);
		return 0;
	case SERVE_SILENT:
		for (;;)
			pause();
	case SERVE_RAW:
		return send_all(fd, a->body, len) && 0;
	case SERVE_RAW_ENDLESS:
		for_ever(fd, a->body, len);
		return 0;
	case SERVE_LONG_LINE:
		long_line(fd, a->body, len);
		return 0;
	case SERVE_DROP:
		break;
	}
	return 0;
}

static void serve_connection(int fd, struct server_log *log, const struct served *table, size_t n)
{
	static const struct served missing = { .status = 404, .body = "not here" };
	static char request[REQUEST_MAX];
	size_t len;

	while ((len = read_request(fd, request)) > 0) {
		const struct served *found;
		struct served own;

		note(log, request, len);
		found = lookup(request, table, n);
		own = found ? *found : missing;
		if (own.ask)
			own.ask(own.user, request + strlen(request) + 1, &own); /* behind the path, which lookup() has cut off */
		if (!answer(fd, &own))
			break;
	}
	(void)shutdown(fd, SHUT_WR);
	(void)close(fd);
}

static void serve(int listener, struct server_log *log, const struct served *table, size_t n)
{
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			continue;
		atomic_fetch_add(&log->connections, 1);
		if (fork() == 0) {
			(void)alarm(GUARD);
			(void)close(listener);
			serve_connection(fd, log, table, n);
			_exit(0);
		}
		(void)close(fd);
	}
}

void server_start(struct server *s, const char *address, const struct served *table, size_t n)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof a;
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	need(listener >= 0, "socket");
	need(inet_pton(AF_INET, address, &a.sin_addr) == 1, address);
	need(bind(listener, (struct sockaddr *)&a, sizeof a) == 0 && listen(listener, 128) == 0, "listen");
	need(getsockname(listener, (struct sockaddr *)&a, &len) == 0, "getsockname");
	s->port = ntohs(a.sin_port);
	s->log = mmap(NULL, sizeof *s->log, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	need(s->log != MAP_FAILED, "mmap");
	s->pid = fork();
	need(s->pid >= 0, "fork");
	if (s->pid == 0) {
		(void)setpgid(0, 0);
		(void)signal(SIGCHLD, SIG_IGN);
		(void)alarm(GUARD);
		serve(listener, s->log, table, n);
	}
	(void)setpgid(s->pid, s->pid);
	(void)close(listener);
}

const char *server_said(const struct server *s)
{
	return s->log->text;
}

int server_requests(const struct server *s)
{
	return atomic_load(&s->log->requests);
}

int server_connections(const struct server *s)
{
	return atomic_load(&s->log->connections);
}

void server_stop(struct server *s)
{
	(void)kill(-s->pid, SIGKILL);
	(void)waitpid(s->pid, NULL, 0);
	(void)munmap(s->log, sizeof *s->log);
	*s = (struct server){ 0 };
}

static uint32_t crc32_of(const unsigned char *s, size_t n)
{
	uint32_t crc = 0xFFFFFFFFu;

	for (size_t i = 0; i < n; i++) {
		crc ^= s[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
	}
	return ~crc;
}

static unsigned char *little(unsigned char *out, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++, value >>= 8)
		*out++ = (unsigned char)(value & 0xFF);
	return out;
}

size_t gzip_stored(unsigned char *out, const void *body, size_t n)
{
	static const unsigned char head[10] = { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255 };
	const unsigned char *s = body;
	unsigned char *p = out;
	size_t left = n;

	memcpy(p, head, sizeof head);
	p += sizeof head;
	do {
		uint32_t k = left > 65535 ? 65535 : (uint32_t)left;

		*p++ = left == k;
		p = little(p, k, 2);
		p = little(p, ~k & 0xFFFF, 2);
		memcpy(p, s + (n - left), k);
		p += k;
		left -= k;
	} while (left);
	p = little(p, crc32_of(s, n), 4);
	return (size_t)(little(p, (uint32_t)n, 4) - out);
}

/* Bits of a deflate stream, the first in the lowest place (RFC 1951, 3.1.1). */
static void put_bits(unsigned char *out, size_t *at, unsigned bits, int n)
{
	for (int i = 0; i < n; i++, (*at)++)
		if (bits >> i & 1)
			out[*at / 8] |= (unsigned char)(1u << *at % 8);
}

/* A block of fixed codes that isn't the last: the literal 'x', then matches of 258 bytes at distance 1. A match takes 13 bits, so that eight of
 * them, 13 bytes, come again and again; the literal and the block's header take 11, and 5 of the first match fill the second byte. */
struct bomb bomb_make(int gzip)
{
	static const unsigned char head[10] = { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255 }, zlib[2] = { 0x78, 0x9C };
	unsigned char bits[2 + BOMB_PERIOD] = { 0 };
	struct bomb b = { .lead_len = gzip ? sizeof head : sizeof zlib };
	size_t at = 0;

	put_bits(bits, &at, 2, 3);    /* not the last; fixed codes */
	put_bits(bits, &at, 0x15, 8); /* 'x', 0x30 + 0x78 = 10101000, the code's first bit first */
	while (at + 13 <= 8 * sizeof bits) {
		put_bits(bits, &at, 0xA3, 8); /* 285, a length of 258: 11000101 */
		put_bits(bits, &at, 0, 5);    /* distance 1 */
	}
	for (; at < 8 * sizeof bits; at++) /* the beginning of the one after */
		if (0xA3 >> (at - (11 + 13 * 8)) & 1)
			bits[at / 8] |= (unsigned char)(1u << at % 8);
	memcpy(b.lead, gzip ? head : zlib, b.lead_len);
	memcpy(b.lead + b.lead_len, bits, 2);
	b.lead_len += 2;
	memcpy(b.period, bits + 2, BOMB_PERIOD);
	return b;
}
