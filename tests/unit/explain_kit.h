/* explain_kit - the store of the sample feeds with a month of reading, opened for a test; shared by the tests of why and of tellings. */
#ifndef ECLOSE_TESTS_EXPLAIN_KIT_H
#define ECLOSE_TESTS_EXPLAIN_KIT_H

#include "app/explain.h"
#include "app/ranker.h"

#define KIT_NOW 1775030400 /* 2026-04-01T08:00:00Z */

struct explain_kit {
	struct app app;
	struct ranker *ranker;
	struct arena a;
	struct err_info info;
};

/* cmocka fixtures: *state is a struct explain_kit. */
int explain_setup(void **state);
int explain_teardown(void **state);
/* explain_page - the page at that slider; limit 0: as many places as the settings say. Clear with page_clear. */
void explain_page(struct explain_kit *k, int explore, size_t limit, struct page *p);
/* explain_of - all that is told of one article; of the kit's arena. */
void explain_of(struct explain_kit *k, int64_t id, int explore, size_t limit, struct why *out);
void explain_record(struct explain_kit *k, int64_t article, enum event_kind kind, double dwell);

#endif
