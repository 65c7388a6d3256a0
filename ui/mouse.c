#include "ui/mouse.h"

#define BUTTON_KEYS 0x1c /* Shift, Meta, Control were held too */
#define BUTTON_MOVED 0x20
#define BUTTON_WHEEL 0x40

#define MOST 100000

static const char *number(const char *s, int *n)
{
	*n = 0;
	while (*s >= '0' && *s <= '9' && *n < MOST)
		*n = 10 * *n + (*s++ - '0');
	return s;
}

static bool kind_of(int button, bool released, enum mouse_kind *out)
{
	switch (button & ~BUTTON_KEYS) {
	case 0:
		*out = released ? MOUSE_RELEASE : MOUSE_PRESS;
		return true;
	case BUTTON_MOVED:
		*out = MOUSE_DRAG;
		return true;
	case BUTTON_WHEEL:
		*out = MOUSE_WHEEL_UP;
		return true;
	case BUTTON_WHEEL | 1:
		*out = MOUSE_WHEEL_DOWN;
		return true;
	default:
		return false;
	}
}

bool mouse_read(const char *report, struct mouse *out)
{
	struct mouse m;
	int button, col, row;
	const char *s = number(report, &button);

	if (s == report || *s++ != ';')
		return false;
	s = number(s, &col);
	if (*s++ != ';')
		return false;
	s = number(s, &row);
	if ((*s != 'M' && *s != 'm') || s[1] || col < 1 || row < 1 || !kind_of(button, *s == 'm', &m.kind))
		return false;
	m.row = row - 1;
	m.col = col - 1;
	*out = m;
	return true;
}
