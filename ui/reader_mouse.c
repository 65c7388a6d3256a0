/* The mouse: on what stands where the last screen was drawn. */
#include "ui/reader_state.h"
#include "ui/slider.h"

#define WHEEL 3 /* lines */

static void drag(struct reader *r, int col)
{
	slider_to(r, slider_value(r->grip.cols, col - r->grip.col, r->explore));
}

static bool opens(enum screen_kind kind)
{
	return action_info(ACTION_OPEN)->screens >> kind & 1;
}

static void press(struct reader *r, int row, int col)
{
	const struct spot *spot = grid_hit(&r->grid, row, col);
	struct screen *s = reader_top(r);

	r->message[0] = '\0';
	input_end(&r->input);
	r->asking = false; /* a click is no yes */
	if (spot && spot->kind == SPOT_SLIDER) {
		r->grip = *spot;
		drag(r, col);
		return;
	}
	moves_clear(r);
	if (!spot)
		return;
	if (s->at.cursor != spot->which)
		s->at.cursor = spot->which;
	else if (opens(s->view->kind))
		reader_open_here(r);
}

void reader_mouse(struct reader *r, const struct mouse *m)
{
	struct screen *s = reader_top(r);

	switch (m->kind) {
	case MOUSE_PRESS:
		press(r, m->row, m->col);
		break;
	case MOUSE_DRAG:
		if (r->grip.cols)
			drag(r, m->col);
		break;
	case MOUSE_RELEASE:
		r->grip.cols = 0;
		break;
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
		moves_clear(r);
		place_scroll(&s->at, m->kind == MOUSE_WHEEL_UP ? -WHEEL : WHEEL, s->view->cursor);
		break;
	}
}
