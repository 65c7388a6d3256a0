/* put - what one fetch of one feed brought, in one transaction: which article is which, what is new, what was edited. */
#include <assert.h>
#include <string.h>

#include "store/address_private.h"
#include "store/fold_private.h"
#include "store/put_private.h"

static void add_field(struct buf *b, const char *s)
{
	if (s)
		buf_puts(b, s);
	buf_putc(b, s ? '\x1e' : '\x1f'); /* "" and absent differ; neither sign survives utf8_clean */
}

static void add_number(struct buf *b, int64_t n)
{
	buf_int(b, n);
	buf_putc(b, ',');
}

/* All that the feed says of an entry, as one number; by which way its link was followed is nothing that it says. */
static int64_t digest(struct put *p, const struct entry *e)
{
	struct buf *b = &p->scratch;
	const char *const field[] = { e->id, e->title, e->author, e->summary, e->content, e->language, e->image, e->comments };

	buf_cut(b, 0);
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		add_field(b, field[i]);
	if (e->link)
		address_untracked(b, e->link);
	buf_putc(b, ',');
	add_number(b, e->published);
	add_number(b, e->updated);
	add_number(b, e->pixels);
	for (size_t i = 0; i < e->n_categories; i++)
		add_field(b, e->categories[i]);
	for (size_t i = 0; i < e->n_enclosures; i++) {
		add_field(b, e->enclosures[i].url);
		add_field(b, e->enclosures[i].type);
		add_number(b, e->enclosures[i].length);
	}
	return (int64_t)hash_bytes(buf_str(b), b->len);
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
		stmt_int(s, 10, identity_guid_key(p, e));
	}
	stmt_text(s, 2, e->title);
	stmt_text(s, 3, e->link);
	stmt_text(s, 4, e->author);
	stmt_text(s, 5, e->language);
	stmt_text(s, 6, categories);
	stmt_date(s, 7, e->published);
	stmt_date(s, 8, e->updated);
	stmt_int(s, 11, identity_name_key(p, e));
	stmt_int(s, 12, dig);
}

/* A new article has no row to replace, and a plain INSERT is much the cheaper one: SQLite keeps no copies of the pages for its undoing. */
static enum err write_body(struct put *p, int64_t id, const struct entry *e, bool fresh)
{
	struct stmt *s = db_sql(p->st->db, fresh ? "INSERT INTO bodies VALUES (?1, ?2, ?3, ?4, ?5, ?6)" : "INSERT INTO bodies VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
		" ON CONFLICT (article) DO UPDATE SET summary = ?2, content = ?3, image = ?4, comments = ?5, pixels = ?6");

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

/* Its terms and its full-text entry are to be made. */
static enum err enqueue(struct put *p, int64_t id)
{
	enum err err = store_run_id(p->st, "INSERT INTO search_queue VALUES (?1)", id, p->info);

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
	err = enqueue(p, *id);
	if (err == OK && (e->summary || e->content || e->image || e->comments || e->pixels))
		err = write_body(p, *id, e, true);
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
		m.pixels = old->pixels;
	}
	return m;
}

static enum err replace_parts(struct put *p, int64_t id, const struct entry *e)
{
	enum err err = write_body(p, id, e, false);

	if (err == OK && e->n_enclosures) {
		err = store_run_id(p->st, "DELETE FROM enclosures WHERE article = ?1", id, p->info);
		if (err == OK)
			err = write_enclosures(p, id, e);
	}
	return err;
}

/* The plain text of what an article said. */
static void plain_before(struct put *p, const char *title, const char *summary, const char *content, struct buf *out)
{
	const struct entry was = { .title = title, .summary = summary, .content = content, .published = DATE_NONE, .updated = DATE_NONE };

	buf_cut(out, 0);
	if (p->text)
		p->text(p->user, &was, out);
}

/* *kept [out] does a text that is kept already say much the same? Articles that go back and forth between two texts leave two. */
static enum err much_like_kept(struct put *p, const struct item *old, const char *text, bool *kept)
{
	struct earlier_list l;
	struct buf other = BUF_INIT;
	enum err e = articles_earlier(p->st, old->id, &p->arena, &l, p->info);

	*kept = false;
	for (size_t i = 0; e == OK && i < l.n && !*kept; i++) {
		plain_before(p, l.text[i].title, l.text[i].summary, l.text[i].content, &other);
		*kept = !earlier_much(l.text[i].title, buf_str(&other), old->title, text);
	}
	buf_clear(&other);
	return e;
}

/* What it said before is kept where the edit changed much. text: the new plain one. */
static enum err keep_earlier(struct put *p, const struct item *old, const struct entry *m, const char *text)
{
	struct buf before = BUF_INIT;
	bool kept = true;
	enum err e = OK;

	plain_before(p, old->title, old->summary, old->content, &before);
	if (earlier_much(old->title, buf_str(&before), m->title, text))
		e = much_like_kept(p, old, buf_str(&before), &kept);
	if (e == OK && !kept)
		e = earlier_keep(p->st, old, p->f->at, p->info);
	buf_clear(&before);
	return e;
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
	if (text) /* while the index can still be told what it was given: no trigger sees a first body come */
		err = search_withdraw(p->st, id, p->info);
	if (err == OK)
		err = stmt_run(s, p->info);
	if (err == OK && text)
		err = keep_earlier(p, &old, &m, text);
	if (err == OK && (text || !text_same(categories, old.categories)))
		err = enqueue_terms(p, id);
	return err == OK ? replace_parts(p, id, &m) : err;
}

/* ---- forms: what an article said before, to the letter ----
 *
 * Servers that share a load don't always have the same version of a feed, so an entry may come now in this form and now in that. Who took each for an edit would write the
 * article, its index and its terms anew with every fetch. A form that was there before is taken as an edit only when it has come FORMS_BACK times without the one that
 * is stored between them: then somebody took the edit back. */

#define FORMS_KEPT "4"
#define FORMS_BACK 3

/* The stored form came again, or for the first time: the others are counted from here. */
static enum err form_confirmed(struct put *p, int64_t id)
{
	return store_run_id(p->st, "UPDATE digests SET times = 0 WHERE article = ?1 AND times > 0", id, p->info);
}

/* Another one came. *hold [out] true where it was there before and may be another server's. */
static enum err form_came(struct put *p, int64_t id, int64_t dig, bool *hold)
{
	struct stmt *s = db_sql(p->st->db, "UPDATE digests SET times = times + 1 WHERE article = ?1 AND digest = ?2 RETURNING times");
	bool row;
	enum err e;

	stmt_int(s, 1, id);
	stmt_int(s, 2, dig);
	*hold = false;
	while ((e = stmt_step(s, &row, p->info)) == OK && row)
		*hold = stmt_col_int(s, 0) < FORMS_BACK;
	return e;
}

static enum err form_run(struct put *p, const char *sql, int64_t id, int64_t x, int64_t y)
{
	struct stmt *s = db_sql(p->st->db, sql);

	stmt_int(s, 1, id);
	stmt_int(s, 2, x);
	stmt_int(s, 3, y);
	return stmt_run(s, p->info);
}

/* The form `was` (0 unknown) gives way to the form `is`. */
static enum err form_replaced(struct put *p, int64_t id, int64_t was, int64_t is)
{
	enum err e = form_run(p, "DELETE FROM digests WHERE article = ?1 AND digest IN (?2, ?3)", id, was, is);

	if (e == OK && was)
		e = form_run(p, "INSERT INTO digests (article, digest, at) VALUES (?1, ?2, ?3)", id, was, p->f->at);
	if (e == OK)
		e = form_confirmed(p, id);
	if (e == OK)
		e = store_run_id(p->st, "DELETE FROM digests WHERE article = ?1 AND digest NOT IN (SELECT digest FROM digests WHERE article = ?1 ORDER BY at DESC, digest LIMIT "
			FORMS_KEPT ")", id, p->info);
	return e;
}

static enum err put_known(struct put *p, const struct known *k, const struct entry *e)
{
	int64_t dig = digest(p, e);
	bool hold;
	enum err err;

	if (dig == k->digest)
		return form_confirmed(p, k->id);
	err = form_came(p, k->id, dig, &hold);
	if (err != OK || hold)
		return err;
	err = edit(p, k->id, e, dig);
	return err == OK ? form_replaced(p, k->id, k->digest, dig) : err;
}

/* *id [out] the article that entry i is, from now on; 0: it was let go, and stays away */
static enum err put_entry(struct put *p, size_t i, int64_t *id)
{
	const struct entry *e = &p->f->doc->entries[i];
	struct known k;
	bool first, gone;
	enum err err = identity_find(p, i, &k);

	if (err != OK)
		return err;
	*id = k.id;
	if (k.id) {
		(void)map_at(&p->touched, (const char *)&k.id, sizeof k.id, 1, &first);
		return !first || p->only_new || k.retired ? OK : put_known(p, &k, e);
	}
	err = gone_find(p, i, &gone);
	if (err != OK || gone)
		return err;
	err = add(p, e, digest(p, e), id);
	if (err == OK)
		(void)map_at(&p->touched, (const char *)id, sizeof *id, 1, NULL);
	return err;
}

/* Nobody has read what is new. */
static enum err count_added(struct put *p)
{
	struct stmt *s;

	if (!p->added)
		return OK;
	s = db_sql(p->st->db, "UPDATE feeds SET items = items + ?2, unread = unread + ?2 WHERE id = ?1");
	stmt_int(s, 1, p->f->feed_id);
	stmt_int(s, 2, p->added);
	return stmt_run(s, p->info);
}

static enum err put_entries(struct put *p)
{
	const struct feed_doc *doc = p->f->doc;
	enum err err = OK;

	identity_note(p);
	for (size_t i = 0; err == OK && i < doc->n_entries; i++) {
		int64_t id = 0;

		err = put_entry(p, i, &id);
		if (err == OK && p->id)
			p->id[i] = id;
	}
	return err == OK ? count_added(p) : err;
}

/* ---- the whole ---- */

static enum err put_all(struct put *p)
{
	enum err err = OK;

	if (p->f->doc) {
		err = put_entries(p);
		if (err == OK)
			err = put_doc(p);
	}
	if (err == OK)
		err = put_history(p);
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
	map_clear(&p->exact);
	map_clear(&p->touched);
	buf_clear(&p->scratch);
	buf_clear(&p->row_guid);
	buf_clear(&p->row_link);
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

	identity_note(&p);
	e = identity_find(&p, 0, &k);
	if (e == OK && !k.id)
		e = err_set(info, ERR_NOTFOUND, "no such article");
	if (e == OK)
		*id = k.id;
	put_clear(&p);
	return e;
}
