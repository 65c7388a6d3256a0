#include "app/body.h"

#include <string.h>

#include "feeds/html.h"

static const char *choose(const char *content, const char *summary)
{
	if (content && *content)
		return content;
	return summary ? summary : "";
}

const char *body_of_item(const struct item *it)
{
	return choose(it->content, it->summary);
}

static const char *body_of_entry(const struct entry *e)
{
	return choose(e->content, e->summary);
}

void body_text(void *user, const struct entry *e, struct buf *out)
{
	const char *html = body_of_entry(e);

	(void)user;
	html_text(out, html, strlen(html));
}
