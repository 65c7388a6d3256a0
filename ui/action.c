#include "ui/action.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/keys.h"

static const struct action_info INFO[ACTION_COUNT] = {
#define X(id, name, keys, screens, help) [id] = { name, keys, screens, help },
	ACTIONS(X)
#undef X
};

static const char *const SCREEN[SCREEN_KINDS] = {
	[SCREEN_PAGE] = "front page", [SCREEN_LIST] = "list", [SCREEN_FEEDS] = "feeds",
	[SCREEN_ARTICLE] = "article", [SCREEN_WHY] = "why",       [SCREEN_HELP] = "help",
	[SCREEN_ASK] = "ten titles",       [SCREEN_TELLINGS] = "other tellings", [SCREEN_MOVED] = "what moved", [SCREEN_METER] = "bubble meter",
	[SCREEN_EARLIER] = "earlier texts", [SCREEN_HISTORY] = "a feed",
	[SCREEN_PROFILE] = "profile",
};

const struct action_info *action_info(enum action a)
{
	return a > ACTION_NONE && a < ACTION_COUNT ? &INFO[a] : NULL;
}

enum action action_named(const char *name)
{
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if (strcmp(INFO[a].name, name) == 0)
			return (enum action)a;
	return ACTION_NONE;
}

const char *screen_name(enum screen_kind k)
{
	assert(k < SCREEN_KINDS);
	return SCREEN[k];
}

/* ---- which key does what ---- */

static void add(struct keymap *m, uint32_t key, enum action a)
{
	MEM_GROW(m->entry, m->n, m->cap);
	m->entry[m->n++] = (struct keymap_entry){ key, a };
}

/* A mistake in the table is a mistake of ours: asserted, and seen by the first test. */
static void add_defaults(struct keymap *m, enum action a)
{
	for (const char *s = INFO[a].keys; *s;) {
		size_t n = strcspn(s, " ");
		char name[KEYS_NAME];
		uint32_t key = 0;
		bool known;

		snprintf(name, sizeof name, "%.*s", (int)n, s);
		known = keys_decode(name, &key);
		assert(known);
		if (known)
			add(m, key, a);
		s += n + strspn(s + n, " ");
	}
}

void keymap_init(struct keymap *m)
{
	*m = (struct keymap){ 0 };
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		add_defaults(m, (enum action)a);
}

void keymap_clear(struct keymap *m)
{
	free(m->entry);
	*m = (struct keymap){ 0 };
}

/* Letters that differ when the longer start in common and end in common are taken off both: a plain measure, enough for one typo. */
static size_t differ(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), head = 0, tail = 0, least = na < nb ? na : nb;

	while (head < least && a[head] == b[head])
		head++;
	while (tail < least - head && a[na - 1 - tail] == b[nb - 1 - tail])
		tail++;
	return (na > nb ? na : nb) - head - tail;
}

static enum err no_such_action(const char *name, struct err_info *info)
{
	size_t best = 3;
	const char *like = NULL;

	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if (differ(name, INFO[a].name) < best) {
			best = differ(name, INFO[a].name);
			like = INFO[a].name;
		}
	if (like)
		return err_set(info, ERR_USAGE, "no action is called '%.40s', did you mean '%s'?", name, like);
	return err_set(info, ERR_USAGE, "no action is called '%.40s'", name);
}

enum err keymap_bind(struct keymap *m, const char *key, const char *action, struct err_info *info)
{
	enum action a = action_named(action);
	uint32_t k;

	if (!keys_decode(key, &k))
		return err_set(info, ERR_USAGE, "no key is called '%.40s'", key);
	if (a == ACTION_NONE)
		return no_such_action(action, info);
	add(m, k, a);
	return OK;
}

enum action keymap_action(const struct keymap *m, enum screen_kind screen, uint32_t key)
{
	for (size_t i = m->n; i-- > 0;)
		if (m->entry[i].key == key && (INFO[m->entry[i].action].screens >> screen & 1))
			return m->entry[i].action;
	return ACTION_NONE;
}

uint32_t keymap_key(const struct keymap *m, enum screen_kind screen, enum action a)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->entry[i].action == a && keymap_action(m, screen, m->entry[i].key) == a)
			return m->entry[i].key;
	return 0;
}
