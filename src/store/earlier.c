/* earlier - what an article said before an edit, where that changed much. */
#include <string.h>

#include "store/fold_private.h"
#include "store/put_private.h"

#define EARLIER_KEPT 10

/* ---- a measure over words ---- */

static bool in_word(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Without the signs about it, ASCII letters in lower case; scripts beyond ASCII stay as they are. word [out] empty for a number, or nothing. */
static void bare_word(const char *s, size_t n, struct buf *word)
{
	bool number = true;

	buf_cut(word, 0);
	while (n && !in_word(*s)) {
		s++;
		n--;
	}
	while (n && !in_word(s[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++) {
		char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];

		number = number && !((unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z'));
		buf_putc(word, c);
	}
	if (number)
		buf_cut(word, 0);
}

/* Count the words of text into the bag, each by `by`. Returns how many there are. */
static size_t count_words(struct map *bag, const char *text, int by)
{
	struct buf spaced = BUF_INIT, word = BUF_INIT;
	size_t n = 0;
	const char *s;

	fold_spaced(text ? text : "", &spaced);
	for (s = buf_str(&spaced); *s;) {
		size_t len = strcspn(s, " \t\r\n");

		bare_word(s, len, &word);
		if (word.len) {
			*map_at(bag, word.s, word.len, 0, NULL) += by;
			n++;
		}
		s += len;
		s += strspn(s, " \t\r\n");
	}
	buf_clear(&spaced);
	buf_clear(&word);
	return n;
}

/* Words that were changed, taken or added: one for another counts once. *of [out] words of the longer text. */
static size_t words_changed(const char *before, const char *after, size_t *of)
{
	struct map bag = MAP_INIT;
	size_t n = count_words(&bag, before, 1), m = count_words(&bag, after, -1), gone = 0, come = 0;

	for (size_t i = 0; i < bag.cap; i++) {
		if (!bag.slot[i].key)
			continue;
		if (bag.slot[i].value > 0)
			gone += (size_t)bag.slot[i].value;
		else
			come += (size_t)-bag.slot[i].value;
	}
	map_clear(&bag);
	*of = n > m ? n : m;
	return gone > come ? gone : come;
}

bool earlier_much(const char *title, const char *text, const char *new_title, const char *new_text)
{
	size_t of, changed = words_changed(text, new_text, &of);

	if (changed >= EARLIER_WORDS && (double)changed > EARLIER_SHARE * (double)of)
		return true;
	changed = words_changed(title, new_title, &of);
	return given(title) && 2 * changed > of;
}

/* ---- keeping ---- */

enum err earlier_keep(struct store *st, const struct item *old, int64_t now, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "INSERT INTO earlier (article, at, title, summary, content) VALUES (?1, ?2, ?3, ?4, ?5)");
	enum err e;

	stmt_int(s, 1, old->id);
	stmt_int(s, 2, now);
	stmt_text(s, 3, old->title);
	stmt_text(s, 4, old->summary);
	stmt_text(s, 5, old->content);
	e = stmt_run(s, info);
	if (e != OK)
		return e;
	s = db_sql(st->db, "DELETE FROM earlier WHERE article = ?1 AND id NOT IN (SELECT id FROM earlier WHERE article = ?1 ORDER BY id DESC LIMIT ?2)");
	stmt_int(s, 1, old->id);
	stmt_int(s, 2, EARLIER_KEPT);
	return stmt_run(s, info);
}
