/* html_open - see html_open.h. The rules are those of "in body" and "in table" of the standard's tree construction, as far as they say what ends. */
#include "feeds/html_open.h"

#include <string.h>
#include <strings.h>

#define GHOSTS_MOST (HTML_DEPTH / 2) /* above this depth an element that isn't told isn't remembered either */

void open_init(struct html_open *o, const struct html_events *events, void *ctx)
{
	o->events = events;
	o->ctx = ctx;
	o->depth = 0;
	memset(o->count, 0, sizeof o->count);
}

static enum tag_id id_of(const struct tag *is)
{
	return is ? is->id : TAG_OTHER;
}

void open_pop(struct html_open *o)
{
	struct html_element *e = &o->stack[--o->depth];

	o->count[id_of(e->is)]--;
	if (e->mark >= 0)
		o->events->leave(o->ctx, e->is, e->mark);
}

static void close_to(struct html_open *o, size_t depth)
{
	while (o->depth > depth)
		open_pop(o);
}

/* ---- looking upwards ---- */

/* Elements that the search for an open one doesn't look through. */
enum wall { WALL_CELL, WALL_TABLE, WALL_LIST, WALL_ITEM, WALL_SPECIAL, WALL_FRAME };

static bool is_wall(const struct tag *is, enum wall wall)
{
	bool cell = is->id == TAG_TABLE || is->id == TAG_TD || is->id == TAG_TH || is->id == TAG_CAPTION;

	switch (wall) {
	case WALL_CELL: return cell;
	case WALL_TABLE: return is->id == TAG_TABLE;
	case WALL_LIST: return cell || is->id == TAG_OL || is->id == TAG_UL;
	case WALL_ITEM: return is->is & TAG_SPECIAL && is->id != TAG_P && strcmp(is->name, "div") != 0 && strcmp(is->name, "address") != 0;
	case WALL_SPECIAL: return is->is & TAG_SPECIAL;
	case WALL_FRAME: return is->is & TAG_FRAME;
	}
	return false;
}

/* The depth of the nearest open element of either id, counted from 1; 0 where there is none this side of a wall. */
static size_t find(const struct html_open *o, enum tag_id id, enum tag_id other, enum wall wall)
{
	if (!o->count[id] && !o->count[other])
		return 0;
	for (size_t i = o->depth; i > 0; i--) {
		const struct html_element *e = &o->stack[i - 1];

		if (!e->is)
			continue;
		if (e->is->id == id || e->is->id == other)
			return i;
		if (e->mark >= 0 && is_wall(e->is, wall))
			return 0;
	}
	return 0;
}

static void close_all(struct html_open *o, enum tag_id id, enum tag_id other, enum wall wall)
{
	for (size_t at; (at = find(o, id, other, wall)) > 0;)
		close_to(o, at - 1);
}

/* The innermost element that was told, NULL none; what is above it and wasn't told is passed over. */
static const struct html_element *innermost(const struct html_open *o)
{
	size_t i = o->depth;

	while (i > 0 && o->stack[i - 1].mark < 0)
		i--;
	return i ? &o->stack[i - 1] : NULL;
}

static bool is_heading(const struct tag *is)
{
	return is && is->id >= TAG_H1 && is->id <= TAG_H6;
}

/* ---- start tags ---- */

static int push(struct html_open *o, const struct html_start *start, int mark)
{
	if (mark == HTML_PASS && (!start->is || o->depth >= GHOSTS_MOST))
		return mark;
	o->stack[o->depth++] = (struct html_element){ start->is, start->name, start->len, mark };
	o->count[id_of(start->is)]++;
	return mark;
}

/* End everything down to the nearest part of a table that a tag of this id may stand in. Returns false where no table is open. */
static bool clear_to(struct html_open *o, enum tag_id id)
{
	for (size_t i = find(o, TAG_TABLE, TAG_TABLE, WALL_TABLE) ? o->depth : 0; i > 0; i--) {
		const struct html_element *e = &o->stack[i - 1];
		enum tag_id at = e->mark >= 0 ? id_of(e->is) : TAG_OTHER;

		if (at == TAG_TABLE || (at == TAG_TBODY && (id == TAG_TR || id == TAG_TD)) || (at == TAG_TR && id == TAG_TD)) {
			close_to(o, i);
			return true;
		}
	}
	return false;
}

/* A part of a table: what is open in its place ends; a cell in no row gets one. Returns false where there is no table to stand in. */
static bool table_part(struct html_open *o, enum tag_id id)
{
	if (!clear_to(o, id == TAG_TH ? TAG_TD : id))
		return false;
	if ((id == TAG_TD || id == TAG_TH) && o->stack[o->depth - 1].is->id != TAG_TR) {
		struct html_start row = { .is = tag_of(TAG_TR), .name = "tr", .len = 2 };

		if (o->depth + 1 >= HTML_DEPTH)
			return false;
		push(o, &row, o->events->enter(o->ctx, &row));
	}
	return true;
}

/* End what a start tag ends. Returns false where it may not stand. */
static bool make_room(struct html_open *o, const struct tag *is)
{
	switch (is->id) {
	case TAG_A: close_all(o, TAG_A, TAG_A, WALL_CELL); break;
	case TAG_LI: close_all(o, TAG_LI, TAG_LI, WALL_ITEM); break;
	case TAG_DD: case TAG_DT: close_all(o, TAG_DD, TAG_DT, WALL_ITEM); break;
	case TAG_RT: case TAG_RP: close_all(o, TAG_RT, TAG_RP, WALL_SPECIAL); break;
	case TAG_TR: case TAG_TD: case TAG_TH: case TAG_TBODY: case TAG_CAPTION: return table_part(o, is->id);
	default: break;
	}
	if (is->is & TAG_ENDS_P)
		close_all(o, TAG_P, TAG_P, WALL_CELL);
	if (is_heading(is))
		for (const struct html_element *e; (e = innermost(o)) != NULL && is_heading(e->is);)
			close_to(o, (size_t)(e - o->stack));
	return true;
}

int open_push(struct html_open *o, const struct html_start *start)
{
	const struct tag *is = start->is;
	int want;

	if (is && !make_room(o, is))
		return HTML_PASS;
	if (is && is->is & TAG_VOID)
		return o->events->enter(o->ctx, start);
	if (o->depth == HTML_DEPTH)
		return is && is->is & TAG_DROPPED ? HTML_SKIP : HTML_PASS;
	want = o->events->enter(o->ctx, start);
	return want == HTML_SKIP ? want : push(o, start, want);
}

/* ---- end tags ---- */

static bool same(const struct html_element *e, const struct tag *is, const char *name, size_t len)
{
	return is || e->is ? e->is == is : e->len == len && strncasecmp(e->name, name, len) == 0;
}

static enum wall wall_of(const struct tag *is)
{
	if (!is)
		return WALL_SPECIAL;
	switch (is->id) {
	case TAG_TABLE: case TAG_TBODY: case TAG_TR: case TAG_TD: case TAG_TH: case TAG_CAPTION: return WALL_TABLE;
	case TAG_LI: return WALL_LIST;
	default: return is->is & TAG_FORMAT ? WALL_FRAME : is->is & TAG_BLOCK ? WALL_CELL : WALL_SPECIAL;
	}
}

void open_end(struct html_open *o, const struct tag *is, const char *name, size_t len)
{
	enum wall wall = wall_of(is);

	if (is && is->is & TAG_VOID) {
		struct html_start again = { .is = is, .name = name, .len = len };

		if (is->id == TAG_BR) /* "</br>" is one */
			(void)open_push(o, &again);
		return;
	}
	if (!o->count[id_of(is)] && !is_heading(is))
		return;
	for (size_t i = o->depth; i > 0; i--) {
		const struct html_element *e = &o->stack[i - 1];

		if (same(e, is, name, len) || (is_heading(is) && is_heading(e->is))) {
			close_to(o, i - 1);
			return;
		}
		if (e->is && e->mark >= 0 && is_wall(e->is, wall))
			return;
	}
}
