#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void log_say(const char *fmt, ...)
{
	va_list ap;

	flockfile(stderr); /* a line stays whole: both threads of a fetch have something to say */
	fputs("eclose: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	funlockfile(stderr);
}

double log_monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#define BAR 30

static void draw(struct progress *p)
{
	int full = p->total > 0 ? (int)(p->done * BAR / p->total) : 0;

	fprintf(stderr, "\r%s [%.*s%.*s] %lld/%lld", p->what, full, "##############################", BAR - full,
		"..............................", (long long)p->done, (long long)p->total);
	fflush(stderr);
}

void progress_start(struct progress *p, const char *what, int64_t total)
{
	*p = (struct progress){ .what = what, .total = total, .on = isatty(STDERR_FILENO) && total > 0 };
}

void progress_step(struct progress *p, int64_t done)
{
	int64_t ms = (int64_t)(log_monotonic() * 1000);

	p->done = done < p->total ? done : p->total;
	if (!p->on || (p->drawn_ms && ms - p->drawn_ms < 100))
		return;
	p->drawn_ms = ms;
	draw(p);
}

void progress_end(struct progress *p)
{
	if (p->on && p->drawn_ms)
		fputs("\r\033[K", stderr);
	p->on = 0;
}
