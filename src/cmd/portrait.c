/* What the model holds of its reader, row by row, as JSON. */
#include "cmd/profile_private.h"

static const char *const word[PORTRAIT_COUNT] = {
#define X(name, w, heading) w,
	PORTRAIT_SECTIONS(X)
#undef X
};

static json_t *json_row(const struct portrait *p, const struct portrait_row *r)
{
	json_t *o = json_object(), *articles = json_array();

	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(articles, json_integer(p->reading[r->reading[i]].article));
	json_object_set_new(o, "name", json_text(r->name));
	json_object_set_new(o, "subject", json_text(r->subject));
	json_object_set_new(o, "weight", json_real(r->weight));
	if (r->sd > 0)
		json_object_set_new(o, "sd", json_real(r->sd));
	json_object_set_new(o, "edit", r->edit != 0 ? json_real(r->edit) : json_null());
	json_object_set_new(o, "readings", json_integer((json_int_t)r->n));
	json_object_set_new(o, "last", r->n ? json_time(p->reading[r->reading[0]].at) : json_null());
	json_object_set_new(o, "articles", articles);
	return o;
}

json_t *json_portrait(const struct portrait *p)
{
	json_t *sections = json_array();

	for (int k = 0; k < PORTRAIT_COUNT; k++) {
		json_t *rows = json_array();

		for (size_t i = 0; i < p->section[k].n; i++)
			json_array_append_new(rows, json_row(p, &p->section[k].row[i]));
		json_array_append_new(sections, json_pack("{s:s,s:I,s:o}", "section", word[k], "of", (json_int_t)p->section[k].of, "rows", rows));
	}
	return sections;
}
