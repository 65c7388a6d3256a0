#include "ui/slider.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const struct preset { const char *name; int at; } PRESET[] = {
#define X(name, at) { name, at },
	SLIDER_PRESETS(X)
#undef X
};

#define PRESETS (sizeof PRESET / sizeof *PRESET)

const char *slider_preset(int explore)
{
	for (size_t i = 0; i < PRESETS; i++)
		if (PRESET[i].at == explore)
			return PRESET[i].name;
	return NULL;
}

int slider_next(int explore, int by)
{
	size_t i;

	if (by > 0) {
		for (i = 0; i + 1 < PRESETS && PRESET[i].at <= explore; i++)
			;
		return PRESET[i].at;
	}
	for (i = PRESETS - 1; i > 0 && PRESET[i].at >= explore; i--)
		;
	return PRESET[i].at;
}

int slider_knob(int width, int explore)
{
	return (explore * (width - 1) + 50) / 100;
}

int slider_value(int width, int cell, int explore)
{
	if (cell == slider_knob(width, explore))
		return explore;
	if (cell <= 0)
		return 0;
	return cell >= width - 1 ? 100 : (100 * cell + (width - 1) / 2) / (width - 1);
}

/* ---- in words ---- */

enum part { OUTSIDE, TOPICS, INTEREST, PARTS };

/* The ways to write a part: 0 not at all, 1 short, 2 long. */
struct phrase { char text[3][48]; };

static void set(struct phrase *p, int form, const char *text)
{
	snprintf(p->text[form], sizeof p->text[form], "%s", text);
}

static void phrase_outside(const struct page *p, struct phrase *out)
{
	if (p->learned_from == 0) {
		set(out, 1, "no bubble yet");
		set(out, 2, "your bubble isn't known yet");
		return;
	}
	snprintf(out->text[1], sizeof out->text[1], "%.0f %% outside", 100 * p->outside);
	snprintf(out->text[2], sizeof out->text[2], "%.0f %% outside your bubble", 100 * p->outside);
}

static void phrase_topics(const struct page *p, struct phrase *out)
{
	const char *s = p->new_topics == 1 ? "" : "s";

	if (p->learned_from == 0) {
		set(out, 2, "open what you like: it learns from that");
		return;
	}
	if (p->new_topics == 0)
		return;
	snprintf(out->text[1], sizeof out->text[1], "%d new topic%s", p->new_topics, s);
	snprintf(out->text[2], sizeof out->text[2], "%d topic%s you haven't read this month", p->new_topics, s);
}

static void phrase_interest(const struct page *p, struct phrase *out)
{
	long percent = lround(100 * p->expected);
	char change[32] = "unchanged";

	if (p->learned_from == 0 || (percent == 0 && p->explore == 0))
		return;
	if (percent != 0)
		snprintf(change, sizeof change, "%s%ld %%", percent < 0 ? "−" : "+", labs(percent));
	snprintf(out->text[1], sizeof out->text[1], "interest %s", change);
	snprintf(out->text[2], sizeof out->text[2], "expected interest %s", change);
}

/* Those that have words, one behind the other. Returns their cells. */
static int join(const struct phrase phrase[PARTS], const unsigned char form[PARTS], char out[SLIDER_SUMMARY])
{
	size_t n = 0;

	*out = '\0';
	for (int i = 0; i < PARTS; i++) {
		const char *text = phrase[i].text[form[i]];

		if (*text)
			n += (size_t)snprintf(out + n, SLIDER_SUMMARY - n, "%s%s", n ? " · " : "", text);
	}
	return utf8_cells(out, n);
}

const char *slider_summary(const struct page *p, int room, char out[SLIDER_SUMMARY])
{
	static const unsigned char FORMS[][PARTS] = { { 2, 2, 2 }, { 2, 1, 2 }, { 2, 1, 1 }, { 1, 1, 1 }, { 1, 0, 1 }, { 1, 0, 0 } };
	struct phrase phrase[PARTS] = { 0 };

	*out = '\0';
	if (p->n == 0)
		return out;
	phrase_outside(p, &phrase[OUTSIDE]);
	phrase_topics(p, &phrase[TOPICS]);
	phrase_interest(p, &phrase[INTEREST]);
	for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS && join(phrase, FORMS[i], out) > room; i++)
		;
	return out;
}
