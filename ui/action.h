/* action - everything that a key can do, once: the enum, the names for `bind`, the default keys, where each works, and the words of the help screen. */
#ifndef ECLOSE_UI_ACTION_H
#define ECLOSE_UI_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The screens; a set of them is a sum of bits. LIST is the articles of one feed or of all, or those behind a row of PROFILE; ASK the titles that are asked about; TELLINGS how
 * other feeds tell a story; MOVED what an edit did to the page; METER the bubble meter; EARLIER what an article said before it was edited; HISTORY one feed
 * and how it was doing. */
enum screen_kind {
	SCREEN_PAGE, SCREEN_LIST, SCREEN_FEEDS, SCREEN_ARTICLE, SCREEN_WHY, SCREEN_HELP, SCREEN_ASK, SCREEN_PROFILE, SCREEN_METER, SCREEN_TELLINGS, SCREEN_MOVED,
	SCREEN_EARLIER, SCREEN_HISTORY, SCREEN_KINDS
};

#define IN_PAGE (1u << SCREEN_PAGE)
#define IN_LIST (1u << SCREEN_LIST)
#define IN_FEEDS (1u << SCREEN_FEEDS)
#define IN_ARTICLE (1u << SCREEN_ARTICLE)
#define IN_WHY (1u << SCREEN_WHY)
#define IN_HELP (1u << SCREEN_HELP)
#define IN_ASK (1u << SCREEN_ASK)
#define IN_PROFILE (1u << SCREEN_PROFILE)
#define IN_METER (1u << SCREEN_METER)
#define IN_TELLINGS (1u << SCREEN_TELLINGS)
#define IN_HISTORY (1u << SCREEN_HISTORY)
#define IN_MOVED (1u << SCREEN_MOVED)
#define IN_ROWS (IN_PAGE | IN_LIST)
#define IN_ONE (IN_ROWS | IN_ARTICLE)
#define IN_PARTS (IN_WHY | IN_MOVED)
#define IN_ALL ((1u << SCREEN_KINDS) - 1)

/* X(ENUM, "name", "default keys", screens, "what it does") */
#define ACTIONS(X) \
	X(ACTION_DOWN, "down", "j DOWN", IN_ALL, "next line") \
	X(ACTION_UP, "up", "k UP", IN_ALL, "previous line") \
	X(ACTION_PAGE_DOWN, "page-down", "SPACE PAGEDOWN C-f", IN_ALL, "a screen down") \
	X(ACTION_PAGE_UP, "page-up", "PAGEUP C-b", IN_ALL, "a screen up") \
	X(ACTION_HALF_DOWN, "half-down", "C-d", IN_ALL, "half a screen down") \
	X(ACTION_HALF_UP, "half-up", "C-u", IN_ALL, "half a screen up") \
	X(ACTION_TOP, "top", "g HOME", IN_ALL, "to the first line") \
	X(ACTION_BOTTOM, "bottom", "G END", IN_ALL, "to the last line") \
	X(ACTION_OPEN, "open", "ENTER RIGHT", IN_ROWS | IN_FEEDS | IN_PROFILE | IN_WHY | IN_TELLINGS, "open what the cursor stands on") \
	X(ACTION_NEXT, "next", "n", IN_ONE | IN_FEEDS, "next unread") \
	X(ACTION_PREVIOUS, "previous", "p", IN_ONE | IN_FEEDS, "previous unread") \
	X(ACTION_LESS, "explore-less", "[", IN_PAGE, "closer to what you usually read") \
	X(ACTION_MORE, "explore-more", "]", IN_PAGE, "further outside your bubble") \
	X(ACTION_SET, "explore-set", "0 1 2 3 4 5 6 7 8 9", IN_PAGE, "type where the slider goes, 0 to 100") \
	X(ACTION_PRESET_LESS, "preset-less", "{", IN_PAGE, "the slider to the next lower preset") \
	X(ACTION_PRESET_MORE, "preset-more", "}", IN_PAGE, "the slider to the next higher preset") \
	X(ACTION_KEEP, "keep", "=", IN_PAGE, "keep this setting of the slider") \
	X(ACTION_ORDER, "order", "c", IN_PAGE, "ranked, or newest first") \
	X(ACTION_SHOW_NEW, "show-new", ".", IN_ROWS, "rank or list again, with what is new") \
	X(ACTION_WHY, "why", "w", IN_ONE | IN_TELLINGS, "why it stands there") \
	X(ACTION_TELLINGS, "tellings", "v", IN_ONE | IN_WHY | IN_TELLINGS, "how other feeds tell it") \
	X(ACTION_EARLIER, "earlier", "e", IN_ARTICLE, "what it said before it was edited") \
	X(ACTION_LIKE, "like", "l", IN_ONE, "more like this") \
	X(ACTION_DISLIKE, "dislike", "d", IN_ONE, "less like this") \
	X(ACTION_MORE_LIKE_THIS, "more-like-this", "+", IN_ONE, "more of its topic or feed, from now on") \
	X(ACTION_NOT_THIS_KIND, "not-this-kind", "x", IN_ONE, "not this kind: less of its topic or feed") \
	X(ACTION_SAVE, "save", "s", IN_ONE, "keep it: set or take the star") \
	X(ACTION_TOGGLE_READ, "toggle-read", "N", IN_ONE, "read or unread") \
	X(ACTION_BROWSER, "browser", "o", IN_ONE, "open it in the browser") \
	X(ACTION_UNDO, "undo", "u C-z", IN_ALL, "take back the last change") \
	X(ACTION_PRIVATE, "private", "i", IN_ALL, "read privately: nothing is recorded until switched back") \
	X(ACTION_ASK, "ask", "t", IN_PAGE, "ten titles: say which you would read") \
	X(ACTION_PROFILE, "profile", "P", IN_ONE | IN_FEEDS, "what the model holds of you") \
	X(ACTION_BUBBLE, "bubble", "B", IN_ROWS | IN_ARTICLE | IN_FEEDS, "what you read, beside what your feeds publish") \
	X(ACTION_ALL, "all", "a", IN_PAGE | IN_FEEDS, "all articles, newest first") \
	X(ACTION_UNREAD_ONLY, "unread-only", "U", IN_LIST, "only what is unread, or all again") \
	X(ACTION_FEEDS, "feeds", "f", IN_PAGE | IN_LIST | IN_ARTICLE, "your feeds") \
	X(ACTION_REFRESH, "refresh", "r", IN_PAGE | IN_LIST | IN_FEEDS, "fetch what is due; on a feed: that one") \
	X(ACTION_REFRESH_ALL, "refresh-all", "R", IN_PAGE | IN_LIST | IN_FEEDS, "fetch all feeds now") \
	X(ACTION_HISTORY, "history", "H", IN_FEEDS, "how this feed is doing: its last fetches") \
	X(ACTION_FOLLOW, "follow", "m", IN_FEEDS | IN_HISTORY, "take the address that this feed moved to") \
	X(ACTION_HELP, "help", "?", IN_ALL, "this help") \
	X(ACTION_REDRAW, "redraw", "C-l", IN_ALL, "draw the screen anew") \
	X(ACTION_BACK, "back", "q", IN_ALL, "back; on the front page: quit") \
	X(ACTION_CLOSE, "close", "ESC LEFT h", IN_ALL & ~IN_PAGE, "back") \
	X(ACTION_WANT, "want", "y", IN_ASK, "you would read it") \
	X(ACTION_PASS, "pass", "n", IN_ASK, "you would not") \
	X(ACTION_NEXT_SECTION, "next-section", "TAB", IN_PROFILE, "to the next section") \
	X(ACTION_PREVIOUS_SECTION, "previous-section", "BACKTAB", IN_PROFILE, "to the section before") \
	X(ACTION_PIN, "pin", "+", IN_PROFILE | IN_PARTS, "pin it: its articles come first") \
	X(ACTION_BAN, "ban", "-", IN_PROFILE | IN_PARTS, "ban it: its articles leave the ranked page") \
	X(ACTION_WEIGH_MORE, "weigh-more", ">", IN_PARTS, "let this part count half a point more") \
	X(ACTION_WEIGH_LESS, "weigh-less", "<", IN_PARTS, "let this part count half a point less") \
	X(ACTION_WEIGH_CLEAR, "weigh-clear", "0", IN_PARTS, "let this part count as it was learned") \
	X(ACTION_WEIGH, "weigh", "=", IN_PROFILE, "weigh it: +1, +2, -1, -2, cleared") \
	X(ACTION_FORGET, "forget", "D", IN_PROFILE, "forget what you read of it, for good; asks first") \
	X(ACTION_QUIT, "quit", "Q", IN_ALL, "quit from anywhere")

enum action {
	ACTION_NONE,
#define X(id, name, keys, screens, help) id,
	ACTIONS(X)
#undef X
	ACTION_COUNT
};

struct action_info {
	const char *name, *keys; /* keys: blank-separated names */
	unsigned screens;
	const char *help;
};

/* action_info - what the table says; NULL for ACTION_NONE. */
const struct action_info *action_info(enum action a);
/* action_named - ACTION_NONE where there is none. */
enum action action_named(const char *name);
/* screen_name - "front page", "article" ... */
const char *screen_name(enum screen_kind k);

/* ---- which key does what ---- */

struct keymap {
	struct keymap_entry { uint32_t key; enum action action; } *entry;
	size_t n, cap;
};

/* keymap_init - the default keys. Frees: keymap_clear. */
void keymap_init(struct keymap *m);
void keymap_clear(struct keymap *m);
/* keymap_bind - from now on `key` does `action` wherever that action works, in front of what it did there before.
 * Errors: ERR_USAGE "no key is called 'HOMER'", "no action is called 'opn', did you mean 'open'?". */
enum err keymap_bind(struct keymap *m, const char *key, const char *action, struct err_info *info);
/* keymap_action - what a key does on a screen, or ACTION_NONE. */
enum action keymap_action(const struct keymap *m, enum screen_kind screen, uint32_t key);
/* keymap_key - the key to show for an action on a screen: its first that isn't taken by another there; 0 if none. */
uint32_t keymap_key(const struct keymap *m, enum screen_kind screen, enum action a);

#endif
