/* json_scan - where the values of a JSON document begin and end, so that each can be loaded by itself; and what is loaded made fit for that.
 * Knows no library: limits are kept here, before anything reaches one. */
#ifndef ECLOSE_FEEDS_JSON_SCAN_H
#define ECLOSE_FEEDS_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define JSON_DEPTH 64                     /* arrays and objects in each other */
#define JSON_VALUES 50000                 /* of one item */
#define JSON_BARE ((size_t)1 << 20)       /* bytes of one item outside of its strings */
#define JSON_LONG ((size_t)256)           /* bytes from which on a member's string is worth a way of its own */
#define JSON_LONGS 32                     /* of one item */

/* A value of the document, not looked into. */
struct json_value {
	const char *s;   /* n bytes; NULL none */
	size_t n;
	size_t values;   /* how many are in it, itself included; no fewer */
	size_t depth;
	size_t longest;  /* bytes of its longest string, as it is written */
	bool cut;        /* the document ends before it does */
};

/* A place in the document. s and end are set by the caller, then json_open() or json_inside() is called. */
struct json_scan {
	const char *s, *end;
	const char *start;      /* of the document */
	bool spend;             /* what was read may be given back (mem_spend) */
	const char *spent;
	size_t line;            /* where it is no JSON, and what was expected there; 0 nowhere */
	const char *wrong;
	bool cut, broken;       /* it breaks off; a part of it was no JSON, and was mended or left out */
	bool shortened, crowded; /* strings were cut; a value was left out because it held too many others, or too deep ones */
	struct json_value longs[JSON_LONGS]; /* long strings of the value that json_fit() saw last, between their quotes */
	size_t n_longs;
};

/* json_open - into the object that the document is. Another document has no members. */
void json_open(struct json_scan *j);
/* json_inside - into an array that a member holds. */
void json_inside(struct json_scan *j, struct json_value array, bool spend);
/* json_member, json_element - the next of an object, an array; what is no JSON is passed over. Return false at its end, and where it is broken off.
 * O(bytes). */
bool json_member(struct json_scan *j, struct json_value *name, struct json_value *value);
bool json_element(struct json_scan *j, struct json_value *value);
/* json_is - is this the string `text`? */
bool json_is(struct json_value v, const char *text);
/* json_fit - what is to be loaded of v: v itself, where nothing is appended to out, else what was appended: with strings cut to DOM_TEXT each and
 * DOM_ITEM_TEXT together. The long strings among an object's own members are not in it: "\u0001" and a number stand there for json_long() to find, because
 * a library looks at each of their bytes several times. Returns false where v is too deep, holds too many values, or is too large outside of its strings. */
bool json_fit(struct json_scan *j, struct json_value v, struct buf *out);
/* json_long - append the characters of the long string that the loaded string s stands for. Returns false where it stands for itself. */
bool json_long(struct json_scan *j, const char *s, struct buf *out);
/* json_pairs - append s with every half of a surrogate pair that stands alone turned into U+FFFD. */
void json_pairs(const char *s, size_t n, struct buf *out);
/* json_spend - what stands before `to` is not read again. */
void json_spend(struct json_scan *j, const char *to);

#endif
