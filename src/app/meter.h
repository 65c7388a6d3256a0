/* meter - the bubble meter of the store: the log, the articles that it speaks of, what the feeds published, and the page. */
#ifndef ECLOSE_APP_METER_H
#define ECLOSE_APP_METER_H

#include "app/page.h"

/* ranker_meter - measure (rank/meter.h, item.h).
 *   explore  the slider of the page that is measured;  width  of the terminal, cells, 0 unknown
 * out [out]; clear with meter_clear. The log is read anew, so what was just done counts. Errors: as the store. */
enum err ranker_meter(struct ranker *r, int explore, int width, struct meter *out, struct err_info *info);

#endif
