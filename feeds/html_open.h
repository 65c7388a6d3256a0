/* html_open - the elements that are open while HTML is read: which of them a start tag ends, and an end tag.
 *
 * An element that was told is left through events; one whose tag was passed over is remembered for its end tag alone and is no wall to anything. So what is told
 * depends on what was told before only, and HTML written out of the events gives the same events again.
 */
#ifndef ECLOSE_FEEDS_HTML_OPEN_H
#define ECLOSE_FEEDS_HTML_OPEN_H

#include <stdbool.h>
#include <stdint.h>

#include "feeds/html_read.h"

struct html_element {
	const struct tag *is;    /* NULL unknown: then by name */
	const char *name;
	size_t len;
	int mark;                /* HTML_PASS: not told */
};

struct html_open {
	const struct html_events *events;
	void *ctx;
	struct html_element stack[HTML_DEPTH];
	size_t depth;
	uint16_t count[TAG_IDS]; /* of each kind, told or not */
};

void open_init(struct html_open *o, const struct html_events *events, void *ctx);
/* open_push - a start tag: end what it ends, tell it, and open it unless it is void. Returns what was wanted (enum html_want), HTML_PASS where it may not stand
 * there or lies too deep. */
int open_push(struct html_open *o, const struct html_start *start);
/* open_pop - end the innermost element. */
void open_pop(struct html_open *o);
/* open_end - an end tag; nothing where it ends nothing. */
void open_end(struct html_open *o, const struct tag *is, const char *name, size_t len);

#endif
