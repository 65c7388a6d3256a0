/* slider - the control of the front page: where its knob stands on a track of cells, the presets that have a name, and what a setting did, in words. */
#ifndef ECLOSE_UI_SLIDER_H
#define ECLOSE_UI_SLIDER_H

#include "item.h"

/* X("name", where it is): in this order; the man page has them too. */
#define SLIDER_PRESETS(X) X("Habit", 0) X("Balanced", 30) X("Wander", 60) X("Everything", 100)

/* slider_preset - the name of the preset that stands exactly there, NULL where none does. */
const char *slider_preset(int explore);
/* slider_next - where the next higher (by > 0) or lower preset is; the last one at either end. */
int slider_next(int explore, int by);

/* slider_knob - the cell of a track of `width` >= 2 cells, 0.., on which the knob stands. */
int slider_knob(int width, int explore);
/* slider_value - what a cell of the track stands for, 0..100; a cell beyond its ends is the end. On the cell of the knob that is the present value, so that taking hold of it moves nothing. */
int slider_value(int width, int cell, int explore);

#define SLIDER_SUMMARY 200
/* slider_summary - what the setting did to the page: "34 % outside your bubble · 3 topics you haven't read this month · expected interest −4 %", with shorter words for its parts,
 * and fewer parts, where `room` cells are not enough. Returns out. */
const char *slider_summary(const struct page *p, int room, char out[SLIDER_SUMMARY]);

#endif
