/* log - what the program says beside its output: sentences and a progress bar, both on stderr. */
#ifndef ECLOSE_BASE_LOG_H
#define ECLOSE_BASE_LOG_H

#include <stdint.h>

#include "base/err.h"

/* log_say - one line "eclose: words". */
void log_say(const char *fmt, ...) ERR_FORMAT(1, 2);

/* A bar that is drawn only where stderr is a terminal, at most ten times a second. */
struct progress {
	const char *what; /* "fetching" */
	int64_t done, total;
	int64_t drawn_ms; /* monotonic; 0: never */
	int on;
};

void progress_start(struct progress *p, const char *what, int64_t total);
void progress_step(struct progress *p, int64_t done);
void progress_end(struct progress *p); /* wipes the bar */

/* log_monotonic - seconds on a clock that never jumps, for intervals only. */
double log_monotonic(void);

#endif
