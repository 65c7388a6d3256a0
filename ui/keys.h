/* keys - what a key is, and what people call it: "j", "G", "C-d", "M-x", "ENTER", "SPACE", "PAGEDOWN", "F5".
 *
 * A key is a Unicode character or one of the named keys, with modifiers or-ed. What a terminal can't tell apart is one key here:
 * C-m is ENTER, C-i is TAB, C-[ is ESC, and C-J is C-j.
 */
#ifndef ECLOSE_UI_KEYS_H
#define ECLOSE_UI_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#define KEYS_CTRL 0x1000000u
#define KEYS_META 0x2000000u
#define KEYS_CODE 0x0ffffffu /* the key without its modifiers */

/* Behind the last Unicode character. */
enum keys_named {
	KEYS_NONE = 0x110000,
	KEYS_ENTER, KEYS_TAB, KEYS_BACKTAB, KEYS_ESC, KEYS_BACKSPACE,
	KEYS_UP, KEYS_DOWN, KEYS_LEFT, KEYS_RIGHT,
	KEYS_HOME, KEYS_END, KEYS_PAGEUP, KEYS_PAGEDOWN, KEYS_INSERT, KEYS_DELETE,
	KEYS_F1, KEYS_F12 = KEYS_F1 + 11,
	KEYS_LAST = KEYS_F12
};

/* keys_decode - the key that a name means. Named keys in any case; "^D" is "C-d". Returns false, leaving *key, where it names none. */
bool keys_decode(const char *name, uint32_t *key);
/* keys_name - its name, which keys_decode reads back as the same key. Returns out. */
#define KEYS_NAME 24
const char *keys_name(uint32_t key, char out[KEYS_NAME]);
/* keys_control - the key that a control byte (below 0x20, or 0x7f) stands for. */
uint32_t keys_control(unsigned char byte);

#endif
