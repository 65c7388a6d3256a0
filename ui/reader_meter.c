/* The bubble meter. */
#include "app/meter.h"
#include "ui/reader_state.h"

/* The page that is on the screen, unless that is in order of time. */
static enum err measure(struct reader *r, struct meter *out, struct err_info *info)
{
	struct page_options o = { .explore = r->explore, .width = r->grid.cols };
	struct page ranked = { 0 };
	enum err e;

	if (r->order == PAGE_RANK)
		return ranker_meter(r->ranker, &r->stack[0]->page, out, info);
	e = ranker_page(r->ranker, &o, &ranked, info);
	if (e == OK)
		e = ranker_meter(r->ranker, &ranked, out, info);
	page_clear(&ranked);
	return e;
}

enum err meter_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct meter fresh = { 0 };
	enum err e = measure(r, &fresh, info);

	if (e != OK)
		return e;
	meter_clear(&s->meter);
	s->meter = fresh;
	s->data.meter = (struct view_meter){ .meter = &s->meter };
	return OK;
}

void reader_open_meter(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_meter);

	if (s && meter_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}
