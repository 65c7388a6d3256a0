/* demo_kit - the store of the sample feeds, opened for a test; shared by the tests of src/app. */
#ifndef ECLOSE_TESTS_DEMO_KIT_H
#define ECLOSE_TESTS_DEMO_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/app.h"
#include "app/page.h"

#define NOW ((int64_t)1775030400) /* 2026-04-01T08:00:00Z */

#define must(e) assert_int_equal((e), OK)
#define says(k, words) do { if (!strstr((k)->info.text, (words))) fail_msg("'%s' doesn't say '%s'", (k)->info.text, (words)); } while (0)

struct fixture {
	struct app app;
	struct ranker *ranker;
	struct arena a;
	/* a test's own, cleared with the rest */
	struct page page;
	struct meter meter;
	struct portrait portrait;
	struct err_info info;
};

/* cmocka fixtures: *state is a struct fixture; with a month of reading, or as a new reader has it. */
int demo_setup(void **state);
int demo_setup_new(void **state);
int demo_teardown(void **state);

/* demo_reopen - the ranker closed and opened, as if the program had been started again. */
void demo_reopen(struct fixture *d);
/* demo_page - the page at that slider; limit 0: as many places as the settings say. Clear with page_clear; what p held is cleared first. */
void demo_page(struct fixture *d, int explore, size_t limit, struct page *p);
/* demo_record - one action as a reader does it. at NOW; dwell seconds, -1 none */
void demo_record(struct fixture *d, int64_t article, enum event_kind kind, double dwell);

#endif
