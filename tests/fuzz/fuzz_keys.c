/* fuzz_keys - any bytes as the name of a key: what is accepted has a name that means the same key, and can be bound. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ui/action.h"
#include "ui/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort(); /* not assert: it must hold in every build */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[256], name[KEYS_NAME];
	struct err_info info = ERR_INFO_INIT;
	struct keymap m;
	uint32_t key, again = 0;
	size_t n = size < sizeof text - 1 ? size : sizeof text - 1;

	if (n)
		memcpy(text, data, n);
	text[n] = '\0';
	keymap_init(&m);
	if (keys_decode(text, &key)) {
		check(keys_decode(keys_name(key, name), &again) && again == key);
		check(keymap_bind(&m, text, "quit", &info) == OK);
		check(keymap_action(&m, SCREEN_PAGE, key) == ACTION_QUIT);
	} else {
		check(keymap_bind(&m, text, "quit", &info) == ERR_USAGE);
	}
	check(keymap_bind(&m, "x", text, &info) == OK || info.text[0]);
	if (n)
		(void)keys_name(keys_control((unsigned char)(text[0] & 0x1f)), name);
	keymap_clear(&m);
	return 0;
}
