/* put - what one fetch of one feed brought, in one transaction: which article is which, what is new, what was edited. */
#include <assert.h>
#include <string.h>

#include "store/fold_private.h"
#include "store/store_private.h"

struct put {
	struct store *st;
	const struct fetched *f;
	entry_text *text;
	void *user;
	struct arena arena;  /* of the whole call */
	struct map links;    /* link -> entries of this document that have it */
	struct map guids;    /* guid -> 1 */
	struct map touched;  /* article id -> 1: an entry for it was already seen; the first of a document counts */
	struct buf scratch;
	bool only_new;       /* an article that is there stays as it is */
	int64_t *id;         /* (entries) which article each is, NULL: nobody asks */
	int added;
	struct err_info *info;
};

/* What is stored of an article that an entry may be. */
struct known {
	int64_t id;          /* 0: none */
	int64_t digest;
};

static bool given(const char *s)
{
	return s && *s;
}

/* ---- keys ---- */

static void add_field(struct buf *b, const char *s)
{
	if (s)
		buf_puts(b, s);
	buf_putc(b, s ? '\x1e' : '\x1f'); /* "" and absent differ; neither sign survives utf8_clean */
}

static int64_t hash_scratch(struct put *p)
{
	return (int64_t)hash_bytes(buf_str(&p->scratch), p->scratch.len);
}

static void start_key(struct put *p, char kind)
{
	buf_cut(&p->scratch, 0);
	buf_printf(&p->scratch, "%c%lld:", kind, (long long)p->f->feed_id);
}

static int64_t text_key(struct put *p, char kind, const char *s)
{
	start_key(p, kind);
	add_field(&p->scratch, s);
	return hash_scratch(p);
}

static int64_t title_key(struct put *p, const struct entry *e)
{
	start_key(p, 't');
	buf_printf(&p->scratch, "%lld:", (long long)e->published);
	add_field(&p->scratch, e->title);
	return hash_scratch(p);
}

/* All that the feed says of an entry, as one number. */
static int64_t digest(struct put *p, const struct entry *e)
{
	struct buf *b = &p->scratch;
	const char *const field[] = { e->id, e->title, e->link, e->author, e->summary, e->content, e->language, e->image, e->comments };

	buf_cut(b, 0);
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		add_field(b, field[i]);
	buf_printf(b, "%lld,%lld,", (long long)e->published, (long long)e->updated);
	for (size_t i = 0; i < e->n_categories; i++)
		add_field(b, e->categories[i]);
	for (size_t i = 0; i < e->n_enclosures; i++) {
		add_field(b, e->enclosures[i].url);
		add_field(b, e->enclosures[i].type);
		buf_printf(b, "%lld,", (long long)e->enclosures[i].length);
	}
	return hash_scratch(p);
}

/* ---- which article is it ---- */

/* Many feeds without guids link every entry to the same page: such a link names the site and no article. */
static bool link_names(const struct put *p, const struct entry *e)
{
	return given(e->link) && !text_same(e->link, p->f->doc->link) && map_get(&p->links, e->link, strlen(e->link), 0) < 3;
}

static enum err by_guid(struct put *p, const struct entry *e, struct known *k)
{
	struct stmt *s = db_sql(p->st->db, "SELECT id, digest FROM articles WHERE guid_key = ?1 AND feed = ?2 AND guid = ?3");
	bool row;
	enum err err;

	stmt_int(s, 1, text_key(p, 'g', e->id));
	stmt_int(s, 2, p->f->feed_id);
	stmt_text(s, 3, e->id);
	err = stmt_step(s, &row, p->info);
	if (err == OK && row)
		*k = (struct known){ stmt_col_int(s, 0), stmt_col_int(s, 1) };
	stmt_reset(s);
	return err;
}

/* May the row at s (id, digest, guid, title, link, published) be e, which has the same name_key? A row whose guid stands elsewhere in this
 * document is that other entry. A new guid on an old link is the same article moved to new guids, unless it has another title and
 * another date as well: then it is the next one on a page whose address stays. */
static bool may_be(const struct put *p, struct stmt *s, const struct entry *e, bool by_link)
{
	const char *guid = stmt_col_text(s, 2), *title = stmt_col_text(s, 3), *link = stmt_col_text(s, 4);
	int64_t published = stmt_col_date(s, 5);
	bool dated = published != DATE_NONE && e->published != DATE_NONE;

	if (!text_same(link, e->link) && (given(link) || given(e->link)))
		return false;
	if (guid && given(e->id) && strcmp(guid, e->id) != 0) {
		if (!by_link || map_get(&p->links, e->link, strlen(e->link), 0) != 1 || map_get(&p->guids, guid, strlen(guid), 0))
			return false;
		return text_same(title, e->title) || !dated || published == e->published;
	}
	if (by_link)
		return link_names(p, e) || text_same(title, e->title);
	return text_same(title, e->title) && published == e->published;
}

static enum err by_name(struct put *p, const struct entry *e, int64_t key, bool by_link, struct known *k)
{
	struct stmt *s = db_sql(p->st->db, "SELECT id, digest, guid, title, link, published FROM articles WHERE name_key = ?1 AND feed = ?2 ORDER BY id");
	bool row;
	enum err err;

	stmt_int(s, 1, key);
	stmt_int(s, 2, p->f->feed_id);
	while ((err = stmt_step(s, &row, p->info)) == OK && row) {
		if (!may_be(p, s, e, by_link))
			continue;
		*k = (struct known){ stmt_col_int(s, 0), stmt_col_int(s, 1) };
		break;
	}
	stmt_reset(s);
	return err;
}

static enum err find(struct put *p, const struct entry *e, struct known *k)
{
	enum err err = OK;

	*k = (struct known){ 0, 0 };
	if (given(e->id))
		err = by_guid(p, e, k);
	if (err == OK && !k->id && given(e->link))
		err = by_name(p, e, text_key(p, 'l', e->link), true, k);
	if (err == OK && !k->id && !given(e->id))
		err = by_name(p, e, title_key(p, e), false, k);
	return err;
}

/* ---- writing an article ---- */

static const char *join_categories(struct put *p, const struct entry *e)
{
	struct buf b = BUF_INIT;
	const char *s = NULL;

	for (size_t i = 0; i < e->n_categories; i++) {
		if (i)
			buf_putc(&b, '\n');
		buf_puts(&b, e->categories[i]);
	}
	if (e->n_categories)
		s = arena_strndup(&p->arena, buf_str(&b), b.len);
	buf_clear(&b);
	return s;
}

/* The columns that new and edited articles share: parameters 1 to 12. */
static void bind_article(struct put *p, struct stmt *s, const struct entry *e, const char *categories, int64_t dig)
{
	if (given(e->id)) {
		stmt_text(s, 1, e->id);
		stmt_int(s, 10, text_key(p, 'g', e->id));
	}
	stmt_text(s, 2, e->title);
	stmt_text(s, 3, e->link);
	stmt_text(s, 4, e->author);
	stmt_text(s, 5, e->language);
	stmt_text(s, 6, categories);
	stmt_date(s, 7, e->published);
	stmt_date(s, 8, e->updated);
	stmt_int(s, 11, link_names(p, e) ? text_key(p, 'l', e->link) : title_key(p, e));
	stmt_int(s, 12, dig);
}

static enum err write_body(struct put *p, int64_t id, const struct entry *e)
{
	struct stmt *s = db_sql(p->st->db, "INSERT OR REPLACE INTO bodies VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

	stmt_int(s, 1, id);
	stmt_text(s, 2, e->summary);
	stmt_text(s, 3, e->content);
	stmt_text(s, 4, e->image);
	stmt_text(s, 5, e->comments);
	stmt_int(s, 6, e->pixels);
	return stmt_run(s, p->info);
}

static enum err write_enclosures(struct put *p, int64_t id, const struct entry *e)
{
	struct stmt *s = db_sql(p->st->db, "INSERT INTO enclosures VALUES (?1, ?2, ?3, ?4, ?5)");
	enum err err = OK;

	for (size_t i = 0; err == OK && i < e->n_enclosures; i++) {
		if (!e->enclosures[i].url)
			continue;
		stmt_int(s, 1, id);
		stmt_int(s, 2, (int64_t)i);
		stmt_text(s, 3, e->enclosures[i].url);
		stmt_text(s, 4, e->enclosures[i].type);
		stmt_int(s, 5, e->enclosures[i].length);
		err = stmt_run(s, p->info);
	}
	return err;
}

static enum err enqueue_terms(struct put *p, int64_t id)
{
	return store_run_id(p->st, "INSERT OR IGNORE INTO terms_queue VALUES (?1)", id, p->info);
}

/* Its terms and its full-text entry are to be made (anew). */
static enum err enqueue(struct put *p, int64_t id, const char *text)
{
	struct stmt *s = db_sql(p->st->db, "INSERT OR REPLACE INTO search_queue VALUES (?1, ?2)");
	enum err err;

	stmt_int(s, 1, id);
	stmt_text(s, 2, text);
	err = stmt_run(s, p->info);
	return err == OK ? enqueue_terms(p, id) : err;
}

static const char *plain_text(struct put *p, const struct entry *e)
{
	buf_cut(&p->scratch, 0);
	if (p->text)
		p->text(p->user, e, &p->scratch);
	return buf_str(&p->scratch);
}

/* One that another program brought came when it appeared, as far as anybody knows; so an old one isn't news today. */
static int64_t came(const struct put *p, const struct entry *e)
{
	return p->only_new && e->published != DATE_NONE && e->published < p->f->at ? e->published : p->f->at;
}

static enum err add(struct put *p, const struct entry *e, int64_t dig, int64_t *id)
{
	struct stmt *s = db_sql(p->st->db,
		"INSERT INTO articles (guid, title, link, author, language, categories, published, updated, words, guid_key, name_key, digest, feed, fetched)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
	const char *text;
	enum err err;

	bind_article(p, s, e, join_categories(p, e), dig);
	stmt_int(s, 13, p->f->feed_id);
	stmt_int(s, 14, came(p, e));
	text = plain_text(p, e); /* in the scratch buffer, which the keys are done with */
	stmt_int(s, 9, fold_count(text));
	err = stmt_run(s, p->info);
	if (err != OK)
		return err;
	*id = db_last_id(p->st->db);
	err = enqueue(p, *id, text);
	if (err == OK && (e->summary || e->content || e->image || e->comments))
		err = write_body(p, *id, e);
	if (err == OK)
		err = write_enclosures(p, *id, e);
	p->added++;
	return err;
}

/* What the feed said before, where it now says nothing: a feed that later leaves out the body or the author takes nothing from the reader. */
static struct entry merge(const struct entry *e, const struct item *old)
{
	struct entry m = *e;

	m.id = given(e->id) ? e->id : old->guid;
	m.title = given(e->title) ? e->title : old->title;
	m.link = given(e->link) ? e->link : old->link;
	m.author = given(e->author) ? e->author : old->author;
	m.image = given(e->image) ? e->image : old->image;
	m.comments = given(e->comments) ? e->comments : old->comments;
	m.published = e->published != DATE_NONE ? e->published : old->published;
	m.updated = e->updated != DATE_NONE ? e->updated : old->updated;
	if (!given(e->summary) && !given(e->content)) {
		m.summary = old->summary;
		m.content = old->content;
	}
	return m;
}

static enum err replace_parts(struct put *p, int64_t id, const struct entry *e)
{
	enum err err = write_body(p, id, e);

	if (err == OK && e->n_enclosures) {
		err = store_run_id(p->st, "DELETE FROM enclosures WHERE article = ?1", id, p->info);
		if (err == OK)
			err = write_enclosures(p, id, e);
	}
	return err;
}

/* The row, its flags and the time when it first came stay. */
static enum err edit(struct put *p, int64_t id, const struct entry *e, int64_t dig)
{
	struct stmt *s;
	struct item old;
	struct entry m;
	const char *text = NULL, *categories;
	enum err err = articles_get(p->st, id, &p->arena, &old, p->info);

	if (err != OK)
		return err;
	m = merge(e, &old);
	s = db_sql(p->st->db, "UPDATE articles SET guid = ?1, title = ?2, link = ?3, author = ?4, language = coalesce(?5, language), categories = ?6, published = ?7,"
		" updated = ?8, words = ?9, guid_key = ?10, name_key = ?11, digest = ?12 WHERE id = ?13");
	categories = e->n_categories ? join_categories(p, e) : old.categories;
	bind_article(p, s, &m, categories, dig);
	stmt_int(s, 9, old.words);
	stmt_int(s, 13, id);
	if (!text_same(m.title, old.title) || !text_same(m.summary, old.summary) || !text_same(m.content, old.content)) {
		text = plain_text(p, &m);
		stmt_int(s, 9, fold_count(text));
	}
	err = stmt_run(s, p->info);
	if (err == OK && text)
		err = enqueue(p, id, text);
	else if (err == OK && !text_same(categories, old.categories))
		err = enqueue_terms(p, id);
	return err == OK ? replace_parts(p, id, &m) : err;
}

/* *id [out] the article that it is, from now on */
static enum err put_entry(struct put *p, const struct entry *e, int64_t *id)
{
	struct known k;
	int64_t dig;
	bool first;
	enum err err = find(p, e, &k);

	if (err != OK)
		return err;
	*id = k.id;
	if (k.id) {
		(void)map_at(&p->touched, (const char *)&k.id, sizeof k.id, 1, &first);
		if (!first || p->only_new)
			return OK;
	}
	dig = digest(p, e);
	if (k.id)
		return dig == k.digest ? OK : edit(p, k.id, e, dig);
	err = add(p, e, dig, id);
	if (err == OK)
		(void)map_at(&p->touched, (const char *)id, sizeof *id, 1, NULL);
	return err;
}

/* Which links and guids the document has, and how often: identity depends on it. */
static void note_names(struct put *p)
{
	const struct feed_doc *doc = p->f->doc;

	for (size_t i = 0; i < doc->n_entries; i++) {
		const struct entry *e = &doc->entries[i];

		if (given(e->link))
			++*map_at(&p->links, e->link, strlen(e->link), 0, NULL);
		if (given(e->id))
			*map_at(&p->guids, e->id, strlen(e->id), 1, NULL) = 1;
	}
}

static enum err put_entries(struct put *p)
{
	const struct feed_doc *doc = p->f->doc;
	enum err err = OK;

	note_names(p);
	for (size_t i = 0; err == OK && i < doc->n_entries; i++) {
		int64_t id = 0;

		err = put_entry(p, &doc->entries[i], &id);
		if (err == OK && p->id)
			p->id[i] = id;
	}
	return err;
}

/* ---- the feed itself ---- */

static enum err put_health(struct put *p)
{
	const struct fetched *f = p->f;
	struct stmt *s = db_sql(p->st->db,
		"UPDATE feeds SET checked = ?2, next = ?3, http = ?4, error = ?5, failures = iif(?5 IS NULL, 0, failures + 1),"
		" gone = ?6 OR (gone AND ?5 IS NOT NULL), changed = iif(?7 > 0, ?2, changed) WHERE id = ?1");

	stmt_int(s, 1, f->feed_id);
	stmt_date(s, 2, f->at);
	stmt_date(s, 3, f->next);
	stmt_int(s, 4, f->http);
	stmt_text(s, 5, f->error);
	stmt_int(s, 6, f->gone);
	stmt_int(s, 7, p->added);
	return stmt_run(s, p->info);
}

static enum err put_doc(struct put *p)
{
	const struct feed_doc *d = p->f->doc;
	struct stmt *s = db_sql(p->st->db,
		"UPDATE feeds SET title = coalesce(?2, title), link = coalesce(?3, link), description = coalesce(?4, description),"
		" language = coalesce(?5, language), icon = coalesce(?6, icon), etag = ?7, last_modified = ?8 WHERE id = ?1");

	stmt_int(s, 1, p->f->feed_id);
	stmt_text(s, 2, given(d->title) ? d->title : NULL);
	stmt_text(s, 3, d->link);
	stmt_text(s, 4, d->description);
	stmt_text(s, 5, d->language);
	stmt_text(s, 6, d->icon);
	stmt_text(s, 7, p->f->etag);
	stmt_text(s, 8, p->f->last_modified);
	return stmt_run(s, p->info);
}

static enum err put_all(struct put *p)
{
	enum err err = OK;

	if (p->f->doc) {
		err = put_entries(p);
		if (err == OK)
			err = put_doc(p);
	}
	return err == OK ? put_health(p) : err;
}

static enum err feed_there(struct store *st, int64_t id, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT 1 FROM feeds WHERE id = ?1");
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	e = stmt_step(s, &row, info);
	stmt_reset(s);
	return e == OK && !row ? err_set(info, ERR_NOTFOUND, "no feed with the number %lld", (long long)id) : e;
}

static void put_clear(struct put *p)
{
	arena_clear(&p->arena);
	map_clear(&p->links);
	map_clear(&p->guids);
	map_clear(&p->touched);
	buf_clear(&p->scratch);
}

enum err feeds_put(struct store *st, const struct fetched *f, entry_text *text, void *user, int *items_new, struct err_info *info)
{
	struct put p = { .st = st, .f = f, .text = text, .user = user, .info = info };
	enum err e = feed_there(st, f->feed_id, info);

	if (e == OK)
		e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = db_end(st->db, put_all(&p), info);
	if (e == OK && items_new)
		*items_new = p.added;
	put_clear(&p);
	return e;
}

/* ---- articles that didn't come by a fetch ---- */

enum err articles_add(struct store *st, const struct fetched *f, entry_text *text, void *user, int64_t *id, int *items_new, struct err_info *info)
{
	struct put p = { .st = st, .f = f, .text = text, .user = user, .only_new = true, .id = id, .info = info };
	enum err e = feed_there(st, f->feed_id, info);

	if (e == OK)
		e = db_begin(st->db, info);
	if (e != OK)
		return e;
	e = db_end(st->db, put_entries(&p), info);
	if (e == OK)
		*items_new = p.added;
	put_clear(&p);
	return e;
}

enum err articles_same(struct store *st, int64_t feed_id, const struct entry *entry, int64_t *id, struct err_info *info)
{
	struct entry one = *entry;
	struct feed_doc doc = { .entries = &one, .n_entries = 1 };
	struct fetched f = { .feed_id = feed_id, .doc = &doc };
	struct put p = { .st = st, .f = &f, .info = info };
	struct known k;
	enum err e;

	note_names(&p);
	e = find(&p, &one, &k);
	if (e == OK && !k.id)
		e = err_set(info, ERR_NOTFOUND, "no such article");
	if (e == OK)
		*id = k.id;
	put_clear(&p);
	return e;
}
