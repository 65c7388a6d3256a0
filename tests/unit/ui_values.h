/* ui_values - the fixed page, article, feeds and sum that the tests of the screens draw. Arrays are static and never change. */
#ifndef ECLOSE_TESTS_UI_VALUES_H
#define ECLOSE_TESTS_UI_VALUES_H

#include "item.h"

#define VALUES_NOW 1774944000 /* 2026-03-31T08:00:00Z */

/* values_page - a front page of 24 entries: all slots, long and wide titles, several feeds telling, read and kept ones. */
void values_page(struct page *out);
void values_article(struct item *item, struct blocks *blocks);
/* values_edited - the same article with all that its head can say. values_editions - what it said before. */
void values_edited(struct item *item);
void values_editions(struct editions *out);
const struct feed *values_feeds(size_t *n); /* the second has moved */
const struct feed_fetch *values_history(size_t *n); /* its fetches */
/* values_portrait - some sections with all that a row can be, and some that are empty. Nothing of it is in its arena. */
void values_portrait(struct portrait *out);
void values_why(struct why *out);
/* values_tellings - three of other feeds; same: of the same story. */
void values_tellings(struct tellings *out, bool same);
const struct moved *values_moved(size_t *n);
/* values_meter - a reader of six weeks, with a week of nothing. values_young_meter - one of a few days, who opened so many articles. */
void values_meter(struct meter *out);
void values_young_meter(struct meter *out, int64_t opened);

#endif
