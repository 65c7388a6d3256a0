#include "ui/input.h"

#include <string.h>

#include "base/utf8.h"
#include "ui/keys.h"

void input_begin(struct input *in, const char *prompt, const char *hint, bool digits, size_t most)
{
	*in = (struct input){ .prompt = prompt, .hint = hint, .digits = digits, .most = most < INPUT_BYTES ? most : INPUT_BYTES };
}

void input_end(struct input *in)
{
	*in = (struct input){ 0 };
}

static void cut(struct input *in, size_t len)
{
	in->len = len;
	in->text[len] = '\0';
}

/* What a person sees as one character: a letter goes with its marks. */
static void take_last(struct input *in)
{
	size_t at = 0, last = 0;
	int width;

	while (at < in->len) {
		last = at;
		at += utf8_cluster(in->text + at, in->len - at, &width);
	}
	cut(in, last);
}

static void take_word(struct input *in)
{
	size_t n = in->len;

	while (n && in->text[n - 1] == ' ')
		n--;
	while (n && in->text[n - 1] != ' ')
		n--;
	cut(in, n);
}

static void add(struct input *in, uint32_t key)
{
	char bytes[4];
	size_t n;

	if (key < ' ' || (key >= 0x7f && key < 0xa0) || key >= KEYS_NONE || (in->digits && (key < '0' || key > '9')))
		return;
	n = utf8_encode(key, bytes);
	if (in->len + n > in->most)
		return;
	memcpy(in->text + in->len, bytes, n);
	cut(in, in->len + n);
}

enum input_state input_key(struct input *in, uint32_t key)
{
	switch (key) {
	case KEYS_ENTER:
		return INPUT_DONE;
	case KEYS_ESC:
		return INPUT_LEFT;
	case KEYS_BACKSPACE:
	case KEYS_CTRL | 'h':
		if (in->len == 0)
			return INPUT_LEFT;
		take_last(in);
		break;
	case KEYS_CTRL | 'u':
		cut(in, 0);
		break;
	case KEYS_CTRL | 'w':
		take_word(in);
		break;
	default:
		add(in, key);
	}
	return INPUT_OPEN;
}
