/* store_kit - a store in a folder of its own, and documents to put into it; shared by the tests of the store. */
#ifndef ECLOSE_TESTS_STORE_KIT_H
#define ECLOSE_TESTS_STORE_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "store/store.h"

struct kit {
	char dir[128];
	char path[160];      /* of the store */
	struct store st;
	struct arena a;
	struct err_info info;
};

#define KIT_NOW ((int64_t)1774936800) /* 2026-03-31T06:00:00Z */

/* cmocka fixtures: *state is a struct kit with an open store that has two feeds, 1 and 2, at http://one.example/f and http://two.example/f. */
int kit_setup(void **state);
int kit_teardown(void **state);

/* kit_open - the store at path, which reads bodies as the kit does. */
void kit_plain(void *user, const struct entry *e, struct buf *out); /* an entry_text */
enum err kit_open(struct store *st, const char *path, struct err_info *info);
/* kit_file - dir/name. */
const char *kit_file(struct kit *k, const char *name);
/* kit_reopen - close and open again. */
void kit_reopen(struct kit *k);
/* kit_int - the number that a query answers. */
int64_t kit_int(struct kit *k, const char *sql);
/* kit_put - entries into feed; the plain text is summary, a blank, content. Returns the number of new ones. */
int kit_put(struct kit *k, int64_t feed, int64_t at, struct entry *e, size_t n);
enum err kit_try_put(struct store *st, int64_t feed, int64_t at, struct entry *e, size_t n, int *added, struct err_info *info);
/* kit_article - a new article with this title and body; its id. */
int64_t kit_article(struct kit *k, int64_t feed, const char *title, const char *body);
/* kit_feed, kit_item - as the store has it now. */
struct feed kit_feed(struct kit *k, int64_t id);
struct item kit_item(struct kit *k, int64_t id);
/* kit_healthy - doctor finds nothing. */
void kit_healthy(struct kit *k);

#define ENTRY_AT(when, ...) { .published = (when), .updated = DATE_NONE, __VA_ARGS__ }
#define ENTRY(...) ENTRY_AT(DATE_NONE, __VA_ARGS__)
#define EVENT(...) { .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .at = KIT_NOW, __VA_ARGS__ }
#define must(e) assert_int_equal((e), OK)
#define says(k, words) assert_non_null(strstr((k)->info.text, words))

#endif
