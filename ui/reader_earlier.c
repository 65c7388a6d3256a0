/* What an article said before it was edited. */
#include "app/editions.h"
#include "ui/reader_state.h"

void reader_open_earlier(struct reader *r)
{
	const struct item *it = &reader_top(r)->item;
	struct err_info info = ERR_INFO_INIT;
	struct screen *s;

	if (!it->n_earlier) {
		reader_say(r, "no earlier text of this article is kept");
		return;
	}
	s = reader_push(r, &view_earlier);
	if (!s)
		return;
	if (app_editions(r->app, it, &s->arena, &s->editions, &info) != OK) {
		reader_drop(r, &info);
		return;
	}
	s->data.earlier = (struct view_earlier){ .editions = &s->editions, .now = app_now(r->app) };
}
