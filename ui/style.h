/* style - what a cell means; the terminal decides what that looks like. With NO_COLOR only weight, underline and reverse are left,
 * so a style that must be told from its neighbours says so by a glyph as well.
 */
#ifndef ECLOSE_UI_STYLE_H
#define ECLOSE_UI_STYLE_H

enum style {
	STYLE_PLAIN,
	STYLE_DIM,         /* beside the point: ages, hints, what was read */
	STYLE_BRAND,       /* the program's name */
	STYLE_TITLE,       /* headings, article titles */
	STYLE_SCORE,       /* score bars */
	STYLE_KNOB,        /* the slider's knob, numbers that the reader sets */
	STYLE_EXPLORE,     /* a place that the slider filled */
	STYLE_SERENDIPITY, /* a serendipity slot */
	STYLE_STAR,
	STYLE_LINK,
	STYLE_CODE,
	STYLE_QUOTE,
	STYLE_GOOD,        /* weights above zero, health */
	STYLE_BAD,         /* weights below zero, failures */
	STYLE_NOTICE,      /* something waits for the reader */
	STYLE_KEY,         /* a key's name in hints and help */
	STYLE_FOR,         /* a word that speaks for an article */
	STYLE_AGAINST,     /* a word that speaks against it */
	STYLE_COUNT
};

/* Beside the name, or-ed. */
#define STYLE_CURSOR 0x100u /* the row under the cursor */
#define STYLE_BOLD 0x200u
#define STYLE_ITALIC 0x400u
#define STYLE_STRIKE 0x800u
#define STYLE_NAME(s) ((enum style)((s) & 0xffu))

#endif
