/* Entities that a document type declares in itself, of the harmless kind: a few words of plain text. All others, and those of other files, are left as they
 * are written. What they make of a document is counted, so none grows by them. */
#include <string.h>

#include "feeds/mend_parts.h"

/* The declaration at s (behind "<!ENTITY") up to end: a name, a quoted value. Returns false where it isn't as simple as that. */
static bool simple(const char *s, const char *end, struct mend_name *name, struct mend_name *value)
{
	const char *close;

	while (s < end && mend_blank(*s))
		s++;
	name->s = s;
	while (s < end && mend_name_char(*s))
		s++;
	name->len = (size_t)(s - name->s);
	while (s < end && mend_blank(*s))
		s++;
	if (name->len == 0 || name->len > 32 || s == end || (*s != '"' && *s != '\''))
		return false;
	close = memchr(s + 1, *s, (size_t)(end - s - 1));
	if (!close || (size_t)(close - s - 1) > MEND_WORDS)
		return false;
	value->s = s + 1;
	value->len = (size_t)(close - s - 1);
	for (const char *p = value->s; p < close; p++)
		if (*p == '<' || *p == '%' || (*p == '&' && p[1] != '#'))
			return false;
	return true;
}

void mend_declare(struct mend *m, const char *s, const char *end)
{
	struct mend_words *w = &m->words;

	while ((s = memmem(s, (size_t)(end - s), "<!ENTITY", 8)) && w->n < MEND_ENTITIES) {
		struct mend_name name, value;

		s += 8;
		if (!simple(s, end, &name, &value))
			continue;
		/* the first declaration of a name counts: XML 1.0, 4.2 */
		if (mend_declared(m, name.s, name.len, &(size_t){ 0 }))
			continue;
		w->at[w->n++] = w->text.len;
		buf_add(&w->text, name.s, name.len);
		buf_putc(&w->text, '\0');
		buf_add(&w->text, value.s, value.len);
		buf_putc(&w->text, '\0');
		s = value.s + value.len;
	}
}

const char *mend_declared(struct mend *m, const char *name, size_t len, size_t *bytes)
{
	const struct mend_words *w = &m->words;

	for (size_t i = 0; i < w->n; i++) {
		const char *its = w->text.s + w->at[i];

		if (strlen(its) == len && memcmp(its, name, len) == 0) {
			*bytes = strlen(its + len + 1);
			return its + len + 1;
		}
	}
	return NULL;
}
