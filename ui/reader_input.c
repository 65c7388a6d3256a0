/* A line that is being typed at the bottom of any screen. */
#include "ui/keys.h"
#include "ui/reader_state.h"

void reader_ask_line(struct reader *r, const char *prompt, const char *hint, bool digits, size_t most, uint32_t first, typed_fn *typed)
{
	input_begin(&r->input, prompt, hint, digits, most);
	r->typed = typed;
	if (first != KEYS_NONE)
		(void)input_key(&r->input, first);
}

void reader_type(struct reader *r, uint32_t key)
{
	struct input in;

	switch (input_key(&r->input, key)) {
	case INPUT_OPEN:
		return;
	case INPUT_LEFT:
		input_end(&r->input);
		return;
	case INPUT_DONE:
		in = r->input; /* what is done with it may ask for the next */
		input_end(&r->input);
		r->typed(r, in.text);
		return;
	}
}
