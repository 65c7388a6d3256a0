#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "explain_kit.h"

int explain_setup(void **state)
{
	struct explain_kit *k = mem_zero(1, sizeof *k);
	struct app_options o = { .program = "eclose", .now = KIT_NOW, .demo = true, .mode = DB_READ_WRITE };

	*state = k;
	if (app_open(&k->app, &o, &k->info) != OK || ranker_open(&k->app, &k->ranker, &k->info) != OK) {
		print_error("%s\n", k->info.text);
		return -1;
	}
	return 0;
}

int explain_teardown(void **state)
{
	struct explain_kit *k = *state;

	ranker_close(k->ranker);
	arena_clear(&k->a);
	app_close(&k->app);
	free(k);
	return 0;
}

void explain_page(struct explain_kit *k, int explore, size_t limit, struct page *p)
{
	struct page_options o = { .explore = explore, .limit = limit };

	assert_int_equal(ranker_page(k->ranker, &o, p, &k->info), OK);
}

void explain_of(struct explain_kit *k, int64_t id, int explore, size_t limit, struct why *out)
{
	struct page_options o = { .explore = explore, .limit = limit };

	assert_int_equal(ranker_explain(k->ranker, id, &o, &k->a, out, &k->info), OK);
}

void explain_record(struct explain_kit *k, int64_t article, enum event_kind kind, double dwell)
{
	struct event e = { .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1, .at = KIT_NOW };

	assert_int_equal(ranker_record(k->ranker, &e, &k->info), OK);
}
