#include "text/joins.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

#define NAME_PARTS 5   /* "Rio-Niterói", "Saint-Jean-de-Luz" */
#define PART_LETTERS 4 /* "COVID" of "COVID-19" tells something by itself, "F" of "F-16" doesn't */

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all(bool (*test)(char), const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!test(s[i]))
			return false;
	return n > 0;
}

static size_t length(struct word w)
{
	return w.to - w.from;
}

/* Does b begin behind a and one sign? */
static bool joined_by(const char *text, struct word a, struct word b, char sign)
{
	return b.from == a.to + 1 && text[a.to] == sign;
}

/* "C++", "C#", "F#": the end of the name that begins with the one-letter word w, or w.to. */
static size_t symbol_end(const char *text, size_t n, struct word w)
{
	size_t end = w.to;

	if (length(w) != 1 || !letter(text[w.from]))
		return w.to;
	if (n - end >= 2 && text[end] == '+' && text[end + 1] == '+')
		end += 2;
	else if (n > end && text[end] == '#')
		end++;
	return end < n && (letter(text[end]) || digit(text[end])) ? w.to : end;
}

/* "2:09:41", "3:2". */
static size_t clock_end(const char *text, const struct word *w, size_t count)
{
	size_t i = 0;

	while (i + 1 < count && joined_by(text, w[i], w[i + 1], ':') && digit(text[w[i].to - 1]) && digit(text[w[i + 1].from]))
		i++;
	return w[i].to;
}

/* "C/2025 W3", "P/2019 LD2": how the International Astronomical Union names comets. 0 where it is none. */
static size_t comet_end(const char *text, size_t n, const struct word *w, size_t count)
{
	size_t at, capitals = 0, digits = 0;

	if (count < 2 || length(w[0]) != 1 || !strchr("CPDXAI", text[w[0].from]) || !joined_by(text, w[0], w[1], '/'))
		return 0;
	if (length(w[1]) != 4 || !all(digit, text + w[1].from, 4))
		return 0;
	at = w[1].to + 1;
	if (at >= n || text[at - 1] != ' ')
		return 0;
	while (at < n && capital(text[at]))
		at++, capitals++;
	while (at < n && digit(text[at]))
		at++, digits++;
	if (capitals < 1 || capitals > 2 || digits < 1 || digits > 3)
		return 0;
	return at < n && (letter(text[at]) || (unsigned char)text[at] >= 0x80) ? 0 : at;
}

/* "F-16", "COVID-19", "libzark-2.4.1": letters, a hyphen and a number that touch. 0 where it is none. */
static size_t model_end(const char *text, size_t n, struct word w, struct word next)
{
	size_t letters = length(w), digits = length(next);
	bool version = memchr(text + next.from, '.', digits) != NULL, name = version || capital(text[w.from]);

	if (!joined_by(text, w, next, '-') || letters > (name ? 20 : 6) || digits > (version ? 16 : 4))
		return 0;
	if (!all(letter, text + w.from, letters) || !digit(text[next.from]) || !digit(text[next.to - 1]))
		return 0;
	if (!version && !all(digit, text + next.from, digits))
		return 0;
	if ((w.from > 0 && text[w.from - 1] == '-') || (next.to < n && text[next.to] == '-'))
		return 0;
	return next.to;
}

/* Does the word begin with a capital? *small: is the second character a small letter? */
static bool capitalised(const char *text, struct word w, bool *small)
{
	uint32_t first, second = 0;
	size_t k = utf8_decode(text + w.from, length(w), &first);

	if (k < length(w))
		utf8_decode(text + w.from + k, length(w) - k, &second);
	*small = u_islower((UChar32)second);
	return u_isupper((UChar32)first) && u_isalpha((UChar32)second);
}

/* "Alemu-Brandt": how many words the name has that begins with w[0], 1 where there is none. Capitals throughout say nothing. */
static size_t name_words(const char *text, size_t n, const struct word *w, size_t count)
{
	size_t k = 1;
	bool small;

	if (w->from > 0 && text[w->from - 1] == '-')
		return 1;
	if (count < 2 || !joined_by(text, w[0], w[1], '-') || !capitalised(text, w[0], &small))
		return 1;
	while (k < count && k < NAME_PARTS && joined_by(text, w[k - 1], w[k], '-') && capitalised(text, w[k], &small))
		k++;
	/* a name that goes on with something small ("Anglo-Saxon-style") ends in it: no name then */
	return small && !(w[k - 1].to < n && text[w[k - 1].to] == '-') ? k : 1;
}

struct join joins_at(const char *text, size_t n, const struct word *w, size_t count)
{
	struct join j = { symbol_end(text, n, w[0]), 0 };
	size_t end;

	if (j.to != w[0].to || count < 2)
		return j;
	end = clock_end(text, w, count);
	if (end == w[0].to) {
		size_t comet = comet_end(text, n, w, count), model = model_end(text, n, w[0], w[1]);

		end = comet ? comet : model ? model : end;
		j.parts = model && !comet && length(w[0]) >= PART_LETTERS ? 1 : 0;
	}
	if (end == w[0].to) {
		size_t k = name_words(text, n, w, count);

		j.parts = k > 1 ? k : 0;
		end = w[k - 1].to;
	}
	j.to = end;
	return j;
}
