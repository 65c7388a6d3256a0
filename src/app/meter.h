/* meter - the bubble meter of the store: the log, the articles that it speaks of, what the feeds published, and the page. */
#ifndef ECLOSE_APP_METER_H
#define ECLOSE_APP_METER_H

#include "app/page.h"

/* ranker_meter - measure (rank/meter.h, item.h).
 *   page  that is measured, as ranker_page made it: nothing is ranked here, which with thousands of readings takes a second
 * out [out]; clear with meter_clear. The log is read anew, so what was just done counts. Errors: as the store. */
enum err ranker_meter(struct ranker *r, const struct page *page, struct meter *out, struct err_info *info);

#endif
