#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/worker.h"

#define ITEMS 2000

struct record { size_t got[ITEMS], n; int idle; };

static void note(void *user, void *item)
{
	struct record *r = user;
	size_t *number = item;

	r->got[r->n++] = *number;
	free(number);
}

static void note_late(void *user, void *item)
{
	(void)usleep(20000); /* whoever doesn't wait is through by then */
	note(user, item);
}

static void idle(void *user)
{
	struct record *r = user;

	r->idle++;
}

static void give_all(struct worker *w)
{
	for (size_t i = 0; i < ITEMS; i++) {
		size_t *number = malloc(sizeof *number);

		assert_non_null(number);
		*number = i;
		worker_room(w, 1);
		worker_give(w, number, 1);
	}
}

static void all_is_done_once_and_in_order(void **state)
{
	struct record *r = calloc(1, sizeof *r);
	struct worker_config c = { .work = note, .idle = idle, .idle_ms = 1, .most = 3, .user = r };
	struct worker *w;

	(void)state;
	assert_non_null(r);
	assert_int_equal(worker_start(&c, &w, NULL), OK);
	give_all(w);
	worker_end(w);
	assert_int_equal(r->n, ITEMS);
	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(r->got[i], i);
	assert_true(r->idle >= 1); /* before it ends */
	free(r);
}

/* Room is there again when what took it is done; a single item may be larger than all that may wait. */
static void what_waits_is_bounded(void **state)
{
	struct record *r = calloc(1, sizeof *r);
	struct worker_config c = { .work = note_late, .most = 10, .user = r };
	struct worker *w;
	size_t *large = malloc(sizeof *large);

	(void)state;
	assert_non_null(r);
	assert_non_null(large);
	*large = 7;
	assert_int_equal(worker_start(&c, &w, NULL), OK);
	worker_room(w, 1000); /* nothing is there: it may come */
	worker_give(w, large, 1000);
	worker_room(w, 1);    /* until the large one is done */
	assert_int_equal(r->n, 1);
	worker_end(w);
	assert_int_equal(r->got[0], 7);
	free(r);
}

static void one_that_gets_nothing_ends(void **state)
{
	struct record r = { .n = 0 };
	struct worker_config c = { .work = note, .idle = idle, .idle_ms = 60000, .most = 1, .user = &r };
	struct worker *w;

	(void)state;
	assert_int_equal(worker_start(&c, &w, NULL), OK);
	worker_end(w);
	worker_end(NULL);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.idle, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_done_once_and_in_order),
		cmocka_unit_test(what_waits_is_bounded),
		cmocka_unit_test(one_that_gets_nothing_ends),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
