#include "feeds/opml.h"

#include <string.h>
#include <strings.h>

#include "feeds/dom.h"
#include "feeds/fields.h"
#include "feeds/html_entities.h"
#include "feeds/sniff.h"
#include "feeds/subs.h"
#include "feeds/url.h"
#include "feeds/urls.h"

#define OPML_MOST ((size_t)16 << 20) /* bytes */

/* ---- in ---- */

static const char *outline_name(struct arena *a, const struct dom *outline)
{
	const char *name = clean_line(a, dom_value(outline, "title"));

	return name ? name : clean_line(a, dom_value(outline, "text"));
}

/* OPML 2: "names separated by commas, in the style of RSS 2.0"; a name may be a path, "/News/World". */
static void categories(struct sub_draft *d, struct arena *a, const char *s)
{
	while (s && *s) {
		size_t n = strcspn(s, ",/");

		draft_tag(d, a, s, n);
		s += n + (s[n] != '\0');
	}
}

static void one_feed(struct arena *a, const struct dom *outline, const char *address, struct sub_draft d, struct subs *out)
{
	const char *hidden = dom_value(outline, "hidden");

	d.url = clean_line(a, address);
	if (!d.url || !url_allowed(d.url, URL_FETCH)) {
		out->refused++;
		return;
	}
	d.title = outline_name(a, outline);
	if (d.title && strcmp(d.title, d.url) == 0)
		d.title = NULL;
	categories(&d, a, dom_value(outline, "category"));
	d.hidden = hidden && strcasecmp(hidden, "true") == 0;
	subs_add(out, a, &d);
}

/* folders: the draft that the folders above have tagged. Depth is limited by dom_xml. */
static void outlines(struct arena *a, const struct dom *node, const struct sub_draft *folders, struct subs *out)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		struct sub_draft d = *folders;
		const char *address;

		if (!c->name)
			continue;
		address = dom_value(c, "xmlurl");
		if (!address && dom_value(c, "url") && dom_value(c, "type") && strcasecmp(dom_value(c, "type"), "rss") == 0)
			address = dom_value(c, "url");
		if (address) {
			one_feed(a, c, address, d, out);
		} else if (strcmp(c->name, "outline") == 0 && c->first) {
			const char *name = outline_name(a, c);

			draft_tag(&d, a, name ? name : "", name ? strlen(name) : 0);
		}
		if (c->first)
			outlines(a, c, &d, out);
	}
}

enum err opml_read(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info)
{
	struct arena tree = ARENA_INIT;
	const struct sub_draft none = { 0 };
	struct buf text = BUF_INIT;
	struct subs subs = { 0 };
	struct dom *root;
	enum err e;

	if (n > OPML_MOST)
		return err_set(info, ERR_LIMIT, "the list is too large (%zu bytes; at most %zu)", n, OPML_MOST);
	sniff_utf8(&text, s, n, NULL, NULL);
	e = dom_xml(&tree, buf_str(&text), text.len, &root, NULL, info);
	if (e == OK && strcmp(root->name, "opml") != 0)
		e = err_set(info, ERR_SYNTAX, "line 1: this is no OPML (its first element is \"%.40s\")", root->name);
	if (e == OK) {
		outlines(a, root, &none, &subs);
		*out = subs;
	}
	arena_clear(&tree);
	buf_clear(&text);
	return e;
}

enum err subs_import(struct arena *a, const char *s, size_t n, struct subs *out, struct err_info *info)
{
	struct buf text = BUF_INIT;
	enum sniffed kind;
	struct subs read;
	size_t kept = 0;
	enum err e;

	sniff_utf8(&text, s, n, NULL, NULL);
	kind = sniff_format(buf_str(&text), text.len);
	/* a '<' further on is somebody's title */
	if (kind != SNIFF_EMPTY && !strchr("<{[", buf_str(&text)[strspn(buf_str(&text), " \t\r\n")]))
		kind = SNIFF_OTHER;
	if (kind == SNIFF_OPML) {
		e = opml_read(a, s, n, out, info);
		goto out;
	}
	if (kind == SNIFF_EMPTY)
		e = err_set(info, ERR_SYNTAX, "the list is empty");
	else if (kind == SNIFF_OTHER)
		e = urls_read_foreign(a, buf_str(&text), text.len, &read, info);
	else
		e = err_set(info, ERR_SYNTAX, "this is neither OPML nor a list of addresses");
	if (e != OK)
		goto out;
	/* what came from elsewhere names no files here */
	for (size_t i = 0; i < read.n; i++) {
		if (url_allowed(read.sub[i].url, URL_FETCH))
			read.sub[kept++] = read.sub[i];
		else
			read.refused++;
	}
	read.n = kept;
	*out = read;
out:
	buf_clear(&text);
	return e;
}

/* ---- out ---- */

static void attribute(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	html_escape(out, value, strlen(value), "&<>\"");
	buf_putc(out, '"');
}

static void indent(struct buf *out, size_t depth)
{
	for (size_t i = 0; i < depth + 2; i++)
		buf_puts(out, "  ");
}

/* Close the folders of `from` down to the first `same`, open those of `to` behind them. */
static void change_folder(const struct sub *from, const struct sub *to, struct buf *out)
{
	size_t same = 0, open = from ? from->n_tags : 0, want = to ? to->n_tags : 0;

	while (same < open && same < want && strcmp(from->tags[same], to->tags[same]) == 0)
		same++;
	while (open > same) {
		indent(out, --open);
		buf_puts(out, "</outline>\n");
	}
	for (; open < want; open++) {
		indent(out, open);
		buf_puts(out, "<outline");
		attribute(out, "text", to->tags[open]);
		buf_puts(out, ">\n");
	}
}

void opml_write(const struct subs *subs, const char *title, struct buf *out)
{
	const struct sub *before = NULL;

	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:eclose=\"urn:eclose\">\n  <head>\n    <title>");
	html_escape(out, title, strlen(title), "&<>");
	buf_puts(out, "</title>\n  </head>\n  <body>\n");
	for (size_t i = 0; i < subs->n; i++) {
		const struct sub *sub = &subs->sub[i];

		change_folder(before, sub, out);
		indent(out, sub->n_tags);
		buf_puts(out, "<outline type=\"rss\"");
		attribute(out, "text", sub->title ? sub->title : sub->url);
		if (sub->title)
			attribute(out, "title", sub->title);
		attribute(out, "xmlUrl", sub->url);
		if (sub->hidden)
			buf_puts(out, " eclose:hidden=\"true\"");
		buf_puts(out, "/>\n");
		before = sub;
	}
	change_folder(before, NULL, out);
	buf_puts(out, "  </body>\n</opml>\n");
}
