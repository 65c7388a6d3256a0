/* input - one line that is being typed: a number, a name, words to search for. Values only; the reader feeds it keys, and the footer shows it. */
#ifndef ECLOSE_UI_INPUT_H
#define ECLOSE_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INPUT_BYTES 240

struct input {
	const char *prompt;       /* "explore"; borrowed. NULL: nothing is being typed */
	const char *hint;         /* what its keys do, for the end of the line; borrowed */
	bool digits;              /* nothing else is taken */
	size_t most;              /* bytes that it takes, up to INPUT_BYTES */
	char text[INPUT_BYTES + 1]; /* UTF-8 */
	size_t len;
};

enum input_state { INPUT_OPEN, INPUT_DONE, INPUT_LEFT };

/* input_begin - an empty line. */
void input_begin(struct input *in, const char *prompt, const char *hint, bool digits, size_t most);
/* input_key - a character is added at the end where there is room for it; BACKSPACE takes the last one, C-w the last word, C-u all of them; ENTER is INPUT_DONE; ESC, and BACKSPACE
 * in an empty line, are INPUT_LEFT. Any other key does nothing. Text and prompt stay until the next input_begin or input_end. */
enum input_state input_key(struct input *in, uint32_t key);
void input_end(struct input *in);

#endif
