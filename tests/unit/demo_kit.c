#include "demo_kit.h"

#include <stdlib.h>

static int open_demo(void **state, bool samples)
{
	struct app_options o = { .program = "eclose", .now = NOW, .demo = true, .samples = samples, .mode = DB_READ_WRITE };
	struct fixture *d = mem_zero(1, sizeof *d);

	*state = d;
	if (app_open(&d->app, &o, &d->info) != OK || ranker_open(&d->app, &d->ranker, &d->info) != OK) {
		print_error("%s\n", d->info.text);
		return -1;
	}
	return 0;
}

int demo_setup(void **state)
{
	return open_demo(state, false);
}

int demo_setup_new(void **state)
{
	return open_demo(state, true);
}

int demo_teardown(void **state)
{
	struct fixture *d = *state;

	portrait_clear(&d->portrait);
	meter_clear(&d->meter);
	page_clear(&d->page);
	ranker_close(d->ranker);
	app_close(&d->app);
	arena_clear(&d->a);
	free(d);
	return 0;
}

void demo_reopen(struct fixture *d)
{
	ranker_close(d->ranker);
	d->ranker = NULL;
	must(ranker_open(&d->app, &d->ranker, &d->info));
}

void demo_page(struct fixture *d, int explore, size_t limit, struct page *p)
{
	struct page_options o = { .explore = explore, .limit = limit };

	page_clear(p);
	must(ranker_page(d->ranker, &o, p, &d->info));
}

void demo_record(struct fixture *d, int64_t article, enum event_kind kind, double dwell)
{
	struct event e = { .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1, .at = NOW };

	must(ranker_record(d->ranker, &e, &d->info));
}
