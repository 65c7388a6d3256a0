/* A network that is far away: connections are passed on, and what the client says arrives so much later. A request's answer so begins one delay later than it
 * would, as with a round trip of that length; connecting itself takes no longer, and no bandwidth is taken away. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "bench_large.h"

#define PIECE ((size_t)256 << 10)
#define ASKED 16384 /* bytes that a client may say ahead */
#define EVENTS 256

/* One direction's end. */
struct side { struct link *link; int fd; bool client; };

struct link {
	struct side client, server;
	char *answer;           /* (PIECE) what the client couldn't take yet: answer_at..answer_end */
	size_t answer_at, answer_end;
	char asked[ASKED];
	size_t n_asked;
	double due;             /* when what was asked goes on (log_monotonic); 0 nothing waits */
	struct link *next, *before; /* of those that wait, by the time when they are due */
	bool closing;
};

struct delay {
	int epoll, to;
	double seconds;
	struct link *first, *last;
};

static void watch(const struct delay *d, struct side *s, uint32_t events, int how)
{
	struct epoll_event e = { .events = events, .data.ptr = s };

	(void)epoll_ctl(d->epoll, how, s->fd, &e);
}

static void unqueue(struct delay *d, struct link *l)
{
	if (l->due == 0)
		return;
	*(l->before ? &l->before->next : &d->first) = l->next;
	*(l->next ? &l->next->before : &d->last) = l->before;
	l->next = l->before = NULL;
	l->due = 0;
}

static void queue(struct delay *d, struct link *l)
{
	l->due = log_monotonic() + d->seconds;
	l->before = d->last;
	*(d->last ? &d->last->next : &d->first) = l;
	d->last = l;
}

static void hang_up(struct delay *d, struct link *l)
{
	unqueue(d, l);
	if (l->client.fd >= 0)
		close(l->client.fd);
	if (l->server.fd >= 0)
		close(l->server.fd);
	l->client.fd = l->server.fd = -1;
	l->closing = true; /* freed when this round's events are through */
}

static struct link *take(struct delay *d, int listener)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)d->to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct link *l = mem_zero(1, sizeof *l);

	l->client = (struct side){ l, accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), true };
	l->server = (struct side){ l, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), false };
	if (l->client.fd < 0 || l->server.fd < 0 || connect(l->server.fd, (struct sockaddr *)&at, sizeof at) != 0 || fcntl(l->server.fd, F_SETFL, O_NONBLOCK) != 0) {
		hang_up(d, l);
		return l;
	}
	l->answer = mem_alloc(PIECE);
	watch(d, &l->client, EPOLLIN, EPOLL_CTL_ADD);
	watch(d, &l->server, EPOLLIN, EPOLL_CTL_ADD);
	return l;
}

/* The client said something: it waits for its time. */
static void hear(struct delay *d, struct link *l)
{
	ssize_t n = l->n_asked < ASKED ? recv(l->client.fd, l->asked + l->n_asked, ASKED - l->n_asked, 0) : 0;

	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			hang_up(d, l);
		return;
	}
	l->n_asked += (size_t)n;
	if (l->due == 0)
		queue(d, l);
}

static void pass_on(struct delay *d, struct link *l)
{
	unqueue(d, l);
	if (send(l->server.fd, l->asked, l->n_asked, MSG_NOSIGNAL) != (ssize_t)l->n_asked)
		hang_up(d, l); /* a request is far smaller than a socket's buffer */
	l->n_asked = 0;
}

/* The answer goes through; while the client can't take more, the server isn't read. */
static void answer(struct delay *d, struct link *l)
{
	while (!l->closing) {
		ssize_t n;

		if (l->answer_at == l->answer_end) {
			n = recv(l->server.fd, l->answer, PIECE, 0);
			if (n < 0 && errno == EAGAIN) {
				watch(d, &l->server, EPOLLIN, EPOLL_CTL_MOD);
				watch(d, &l->client, EPOLLIN, EPOLL_CTL_MOD);
				return;
			}
			if (n <= 0) {
				hang_up(d, l);
				return;
			}
			l->answer_at = 0;
			l->answer_end = (size_t)n;
		}
		n = send(l->client.fd, l->answer + l->answer_at, l->answer_end - l->answer_at, MSG_NOSIGNAL);
		if (n < 0 && errno == EAGAIN) {
			watch(d, &l->server, 0, EPOLL_CTL_MOD);
			watch(d, &l->client, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
			return;
		}
		if (n <= 0)
			hang_up(d, l);
		else
			l->answer_at += (size_t)n;
	}
}

static void event(struct delay *d, const struct epoll_event *e)
{
	struct side *s = e->data.ptr;
	struct link *l = s->link;

	if (l->closing)
		return;
	if (s->client && (e->events & EPOLLIN))
		hear(d, l);
	else if (s->client && (e->events & (EPOLLHUP | EPOLLERR)))
		hang_up(d, l);
	if (!l->closing && (!s->client || (e->events & EPOLLOUT)))
		answer(d, l);
}

/* Links of this round that were hung up: an event further on may still have named them. */
static void free_closed(struct epoll_event *e, int n)
{
	for (int i = 0; i < n; i++) {
		struct link *l = e[i].data.ptr ? ((struct side *)e[i].data.ptr)->link : NULL;

		if (!l || !l->closing)
			continue;
		for (int k = i + 1; k < n; k++)
			if (e[k].data.ptr && ((struct side *)e[k].data.ptr)->link == l)
				e[k].data.ptr = NULL;
		free(l->answer);
		free(l);
	}
}

static int wait_ms(const struct delay *d)
{
	double left = d->first ? (d->first->due - log_monotonic()) * 1000 : -1;

	return !d->first ? -1 : left <= 0 ? 0 : (int)left + 1;
}

_Noreturn void delay_serve(int listener, int to, int ms)
{
	struct delay d = { .epoll = epoll_create1(EPOLL_CLOEXEC), .to = to, .seconds = ms / 1000.0 };
	struct epoll_event e[EVENTS], own = { .events = EPOLLIN };

	(void)epoll_ctl(d.epoll, EPOLL_CTL_ADD, listener, &own);
	for (;;) {
		int n = epoll_wait(d.epoll, e, EVENTS, wait_ms(&d));

		for (int i = 0; i < n; i++) {
			if (e[i].data.ptr) {
				event(&d, &e[i]);
			} else {
				struct link *l = take(&d, listener);

				if (l->closing)
					free(l);
			}
		}
		free_closed(e, n < 0 ? 0 : n);
		while (d.first && d.first->due <= log_monotonic())
			pass_on(&d, d.first); /* what is hung up here is named by no event any more, and is left */
	}
}
