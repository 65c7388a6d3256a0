#include "ui/keys.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t key;
} NAMED[] = {
	/* The first name of a key is the one that keys_name gives. */
	{ "ENTER", KEYS_ENTER }, { "RETURN", KEYS_ENTER }, { "TAB", KEYS_TAB }, { "BACKTAB", KEYS_BACKTAB }, { "ESC", KEYS_ESC },
	{ "ESCAPE", KEYS_ESC }, { "BACKSPACE", KEYS_BACKSPACE }, { "UP", KEYS_UP }, { "DOWN", KEYS_DOWN }, { "LEFT", KEYS_LEFT },
	{ "RIGHT", KEYS_RIGHT }, { "HOME", KEYS_HOME }, { "END", KEYS_END }, { "PAGEUP", KEYS_PAGEUP }, { "PGUP", KEYS_PAGEUP },
	{ "PAGEDOWN", KEYS_PAGEDOWN }, { "PGDN", KEYS_PAGEDOWN }, { "INSERT", KEYS_INSERT }, { "DELETE", KEYS_DELETE }, { "SPACE", ' ' },
};

#define N_NAMED (sizeof NAMED / sizeof NAMED[0])

static bool decode_f(const char *name, uint32_t *key)
{
	unsigned n = 0;
	const char *s = name + 1;

	if ((name[0] != 'F' && name[0] != 'f') || s[0] < '1' || s[0] > '9')
		return false;
	for (; *s >= '0' && *s <= '9' && n <= 12; s++)
		n = n * 10 + (unsigned)(*s - '0');
	if (*s || n > 12)
		return false;
	*key = KEYS_F1 + n - 1;
	return true;
}

/* One character that stands for itself. */
static bool decode_character(const char *name, uint32_t *key)
{
	size_t n = strlen(name);
	uint32_t cp;

	if (n == 0 || !utf8_valid(name, n) || utf8_decode(name, n, &cp) != n || cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return false;
	*key = cp;
	return true;
}

static bool decode_base(const char *name, uint32_t *key)
{
	if (decode_character(name, key))
		return true;
	for (size_t i = 0; i < N_NAMED; i++)
		if (strcasecmp(name, NAMED[i].name) == 0) {
			*key = NAMED[i].key;
			return true;
		}
	return decode_f(name, key);
}

/* Control with a key, as a terminal sends it. Returns false where there is no such byte. */
static bool control(uint32_t base, uint32_t *key)
{
	if (base == ' ')
		base = '@';
	if (base >= 'a' && base <= 'z')
		base -= 0x20;
	if (base == '?') {
		*key = KEYS_BACKSPACE;
		return true;
	}
	if (base < '@' || base > '_')
		return false;
	*key = keys_control((unsigned char)(base - '@'));
	return true;
}

bool keys_decode(const char *name, uint32_t *key)
{
	uint32_t meta = 0, k;
	bool ctrl = false;

	for (;;) {
		if ((name[0] == 'M' || name[0] == 'm') && name[1] == '-' && name[2] && !meta) {
			meta = KEYS_META;
			name += 2;
		} else if ((name[0] == 'C' || name[0] == 'c') && name[1] == '-' && name[2] && !ctrl) {
			ctrl = true;
			name += 2;
		} else if (name[0] == '^' && name[1] && !ctrl) {
			ctrl = true;
			name++;
		} else {
			break;
		}
	}
	if (!decode_base(name, &k) || (ctrl && !control(k, &k)))
		return false;
	*key = k | meta;
	return true;
}

uint32_t keys_control(unsigned char byte)
{
	switch (byte) {
	case '\t':
		return KEYS_TAB;
	case '\r':
		return KEYS_ENTER;
	case 0x1b:
		return KEYS_ESC;
	case 0x7f:
		return KEYS_BACKSPACE;
	case 0:
		return ' ' | KEYS_CTRL;
	default:
		break;
	}
	return (byte <= 26 ? byte + 0x60u : byte + 0x40u) | KEYS_CTRL;
}

const char *keys_name(uint32_t key, char out[KEYS_NAME])
{
	const char *meta = key & KEYS_META ? "M-" : "", *ctrl = key & KEYS_CTRL ? "C-" : "";
	uint32_t code = key & KEYS_CODE;
	char letter[5] = "";

	if (code >= KEYS_F1 && code <= KEYS_F12) {
		snprintf(out, KEYS_NAME, "%s%sF%u", meta, ctrl, code - KEYS_F1 + 1);
		return out;
	}
	for (size_t i = 0; i < N_NAMED; i++)
		if (NAMED[i].key == code) {
			snprintf(out, KEYS_NAME, "%s%s%s", meta, ctrl, NAMED[i].name);
			return out;
		}
	letter[utf8_encode(code, letter)] = '\0';
	snprintf(out, KEYS_NAME, "%s%s%s", meta, ctrl, letter);
	return out;
}
