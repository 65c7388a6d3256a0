/* mem - memory that is there or ends the program, and arenas for what dies together.
 *
 * Running out of memory ends the program with a sentence and abort(); the store loses nothing by it, because
 * what was acknowledged is committed. Whoever takes memory by size from outside checks a limit first.
 */
#ifndef ECLOSE_BASE_MEM_H
#define ECLOSE_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Never NULL; n * size is checked for overflow. Frees: free(). */
void *mem_alloc(size_t n);
void *mem_zero(size_t n, size_t size);
void *mem_resize(void *p, size_t n, size_t size);
char *mem_strdup(const char *s);
/* mem_large_apart - from now on a block of MEM_LARGE bytes or more has pages of its own, which move where it grows and go back where it is freed: what many growing
 * buffers leave behind doesn't add up. Without effect where the library has no such switch. Cannot fail. */
#define MEM_LARGE ((size_t)2 << 20)
void mem_large_apart(void);

/* MEM_GROW - room for one more in a growing array: pointer p, count n, capacity cap (size_t lvalues). */
#define MEM_GROW(p, n, cap) \
	do { \
		if ((n) == (cap)) { \
			(cap) = (cap) ? 2 * (cap) : 16; \
			(p) = mem_resize((p), (cap), sizeof *(p)); \
		} \
	} while (0)

/* An arena hands out memory that is given back all at once. Zero-initialised is empty and ready. */
struct arena {
	struct arena_chunk *head;
};

#define ARENA_INIT { NULL }

void *arena_alloc(struct arena *a, size_t n);              /* uninitialised, aligned for any type */
void *arena_zero(struct arena *a, size_t n, size_t size);  /* zeroed array */
char *arena_strdup(struct arena *a, const char *s);        /* NULL stays NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) ERR_FORMAT(2, 3);
size_t arena_size(const struct arena *a);                  /* bytes taken from the system */
void arena_clear(struct arena *a);
/* arena_reset - all that was handed out is gone; one chunk stays for what comes next. For what is filled and emptied again and again. */
void arena_reset(struct arena *a);

/* mem_spend - give the whole pages of [from, to) back to the system: nobody reads these bytes any more, though the block that they are part of
 * (of malloc() or an anonymous mmap()) is freed later. They may be overwritten with zeros. Does nothing where the system can't. */
void mem_spend(const char *from, const char *to);

#endif
