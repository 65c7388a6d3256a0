#include "base/mem.h"

#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void *checked(void *p, size_t n)
{
	if (p || n == 0)
		return p;
	fprintf(stderr, "eclose: out of memory (%zu bytes wanted)\n", n);
	abort();
}

static size_t product(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		checked(NULL, SIZE_MAX);
	return bytes;
}

void *mem_alloc(size_t n)
{
	return checked(malloc(n ? n : 1), n);
}

void *mem_zero(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1), product(n, size));
}

void *mem_resize(void *p, size_t n, size_t size)
{
	size_t bytes = product(n, size);

	return checked(realloc(p, bytes ? bytes : 1), bytes);
}

char *mem_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}

void mem_spend(const char *from, const char *to)
{
#if defined MADV_DONTNEED && defined __linux__
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t first = ((uintptr_t)from + page - 1) / page * page, last = (uintptr_t)to / page * page;

	/* a failure costs memory, nothing else */
	if (last > first && madvise((void *)first, last - first, MADV_DONTNEED) != 0)
		return;
#else
	(void)from, (void)to;
#endif
}

/* glibc raises this limit by itself whenever a large block is freed, and then keeps such blocks in the heap, where they part it. */
void mem_large_apart(void)
{
#ifdef M_MMAP_THRESHOLD
	_Static_assert(MEM_LARGE <= INT_MAX, "mallopt takes an int");
	(void)mallopt(M_MMAP_THRESHOLD, (int)MEM_LARGE);
#endif
}

/* ---- arenas ---- */

#define CHUNK_FIRST ((size_t)4096)
#define CHUNK_MOST ((size_t)1 << 20)
#define ALIGNMENT _Alignof(max_align_t)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size; /* of data, in bytes */
	_Alignas(max_align_t) unsigned char data[];
};

/* Chunks double up to CHUNK_MOST, so that a small arena stays small and a large one asks seldom. */
static struct arena_chunk *chunk_new(const struct arena *a, size_t n)
{
	size_t size = a->head ? 2 * a->head->size : CHUNK_FIRST;
	struct arena_chunk *c;

	if (size > CHUNK_MOST)
		size = CHUNK_MOST;
	if (size < n || n > CHUNK_MOST / 4)
		size = n;
	c = mem_alloc(sizeof *c + size);
	c->used = 0;
	c->size = size;
	return c;
}

void *arena_alloc(struct arena *a, size_t n)
{
	struct arena_chunk *c = a->head;
	void *p;

	if (n > SIZE_MAX - ALIGNMENT - sizeof *c)
		checked(NULL, n);
	n = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!c || c->size - c->used < n) {
		struct arena_chunk *fresh = chunk_new(a, n);

		/* a large block gets a chunk to itself; the room in the present one is not given up for it */
		if (c && n > CHUNK_MOST / 4) {
			fresh->next = c->next;
			c->next = fresh;
		} else {
			fresh->next = c;
			a->head = fresh;
		}
		c = fresh;
	}
	p = c->data + c->used;
	c->used += n;
	return p;
}

void *arena_zero(struct arena *a, size_t n, size_t size)
{
	size_t bytes = product(n, size);

	return memset(arena_alloc(a, bytes), 0, bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

size_t arena_size(const struct arena *a)
{
	size_t n = 0;

	for (const struct arena_chunk *c = a->head; c; c = c->next)
		n += sizeof *c + c->size;
	return n;
}

void arena_clear(struct arena *a)
{
	while (a->head) {
		struct arena_chunk *c = a->head;

		a->head = c->next;
		free(c);
	}
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = NULL;

	while (a->head) {
		struct arena_chunk *c = a->head;

		a->head = c->next;
		if (c->size <= CHUNK_MOST && (!keep || c->size > keep->size)) {
			free(keep);
			keep = c;
		} else {
			free(c);
		}
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
		a->head = keep;
	}
}
