/* The bubble meter. */
#include "app/meter.h"
#include "ui/reader_state.h"

enum err meter_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	struct meter fresh = { 0 };
	enum err e = ranker_meter(r->ranker, r->explore, r->grid.cols, &fresh, info);

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
