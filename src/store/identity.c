/* identity - which article an entry of a feed is: by guid, else by link, else by title and date, always within its feed.
 *
 * Feeds break each of these. A guid that everything contradicts (link, title and date are given and all are other ones) names another article now; one that several
 * entries of a document have, or several articles, names none by itself. A new guid on an old link, or on an old title with its date, is the old article. Addresses are compared
 * by address_key(), so a site that moves from http to https brings nothing twice.
 */
#include <stdlib.h>
#include <string.h>

#include "store/address_private.h"
#include "store/put_private.h"
#include "store/schema_private.h"

/* ---- keys ---- */

static const char *bare(struct put *p, const char *address)
{
	buf_cut(&p->scratch, 0);
	if (!given(address))
		return NULL;
	address_key(&p->scratch, address);
	return arena_strndup(&p->arena, buf_str(&p->scratch), p->scratch.len);
}

static void add_field(struct buf *b, const char *s)
{
	if (s)
		buf_puts(b, s);
	buf_putc(b, s ? '\x1e' : '\x1f'); /* "" and absent differ; neither sign survives utf8_clean */
}

static void add_number(struct buf *b, int64_t n)
{
	buf_int(b, n);
	buf_putc(b, ':');
}

static int64_t text_hash(struct buf *b, char kind, int64_t feed, const char *s)
{
	buf_cut(b, 0);
	buf_putc(b, kind);
	add_number(b, feed);
	add_field(b, s);
	return (int64_t)hash_bytes(buf_str(b), b->len);
}

/* Where there is no title, the text itself must do. */
static int64_t title_hash(struct buf *b, int64_t feed, const char *title, int64_t published, const char *summary, const char *content)
{
	buf_cut(b, 0);
	buf_putc(b, 't');
	add_number(b, feed);
	add_number(b, published);
	add_field(b, title);
	if (!given(title) && (given(summary) || given(content)))
		add_field(b, given(content) ? content : summary);
	return (int64_t)hash_bytes(buf_str(b), b->len);
}

/* The feed stands in front, so that the keys of what one fetch brings lie together in the index: a page or two are written, and not one for each article. The rest is enough to tell
 * the articles of one feed apart, whose texts are compared as well. Schema step 10 says the same. */
static int64_t key_of(int64_t feed, int64_t hash)
{
	return (int64_t)((uint64_t)feed << 40 | ((uint64_t)hash & 0xffffffffff));
}

static int64_t text_key(struct buf *b, char kind, int64_t feed, const char *s)
{
	return key_of(feed, text_hash(b, kind, feed, s));
}

static int64_t title_key(struct buf *b, int64_t feed, const char *title, int64_t published, const char *summary, const char *content)
{
	return key_of(feed, title_hash(b, feed, title, published, summary, content));
}

/* Many feeds without guids link every entry to the same page: such a link names the site and no article. */
bool identity_link_names(const struct put *p, const char *link)
{
	return link && !text_same(link, p->site) && map_get(&p->links, link, strlen(link), 0) < 3;
}

int64_t identity_guid_key(struct put *p, const struct entry *e)
{
	return text_key(&p->scratch, 'g', p->f->feed_id, bare(p, e->id));
}

int64_t identity_link_key(struct put *p, const char *link)
{
	return text_key(&p->scratch, 'l', p->f->feed_id, link);
}

int64_t identity_title_key(struct put *p, const struct entry *e)
{
	return title_key(&p->scratch, p->f->feed_id, e->title, e->published, e->summary, e->content);
}

int64_t identity_name_key(struct put *p, const struct entry *e)
{
	const char *link = bare(p, e->link);

	return identity_link_names(p, link) ? identity_link_key(p, link) : identity_title_key(p, e);
}

/* Guid, link and title as one string in the scratch buffer. */
static void exact_key(struct put *p, const struct names *n, const char *title)
{
	buf_cut(&p->scratch, 0);
	add_field(&p->scratch, n->guid);
	add_field(&p->scratch, n->link);
	add_field(&p->scratch, title);
}

static int64_t in_document(const struct map *m, const char *name)
{
	return name ? map_get(m, name, strlen(name), 0) : 0;
}

/* What another program has gathered over time is no document: there a guid that comes twice is one article, of before and after an edit. */
void identity_note(struct put *p)
{
	const struct feed_doc *doc = p->f->doc;

	p->site = bare(p, doc->link);
	p->names = arena_zero(&p->arena, doc->n_entries + 1, sizeof *p->names);
	for (size_t i = 0; i < doc->n_entries; i++) {
		struct names *n = &p->names[i];
		int64_t *count;

		*n = (struct names){ bare(p, doc->entries[i].id), bare(p, doc->entries[i].link) };
		if (n->link)
			++*map_at(&p->links, n->link, strlen(n->link), 0, NULL);
		if (!n->guid)
			continue;
		count = map_at(&p->guids, n->guid, strlen(n->guid), 0, NULL);
		*count = p->only_new ? 1 : *count + 1;
		exact_key(p, n, doc->entries[i].title);
		(void)map_at(&p->exact, buf_str(&p->scratch), p->scratch.len, 1, NULL);
	}
}

/* ---- an entry beside a row ---- */

/* A row of articles, as ROW_COLUMNS has it, beside an entry. */
struct pair {
	const struct entry *e;
	const struct names *names; /* the entry's */
	struct names row;          /* the row's; good until the next pair */
	bool link, title, date;    /* are the same, and given */
	bool other_link, other_title, other_date; /* are given on both sides, and differ */
	bool summary, content;     /* are the same */
	bool retired;              /* the row's text was let go */
};

#define ROW_COLUMNS "SELECT a.id, a.digest, a.guid, a.title, a.link, a.published, "
#define WITHOUT_BODY "NULL, NULL, a.retired_at IS NOT NULL FROM articles a" /* bodies are large, and seldom asked */
#define WITH_BODY "b.summary, b.content, a.retired_at IS NOT NULL FROM articles a LEFT JOIN bodies b ON b.article = a.id"

static struct known known_of(struct stmt *s)
{
	return (struct known){ stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 8) != 0 };
}

/* The same as bare(), in a buffer: a guid may have thousands of rows. */
static const char *bare_into(struct buf *b, const char *address)
{
	buf_cut(b, 0);
	if (!given(address))
		return NULL;
	address_key(b, address);
	return buf_str(b);
}

static struct pair pair_of(struct put *p, size_t i, struct stmt *s)
{
	struct pair x = { .e = &p->f->doc->entries[i], .names = &p->names[i] };
	const char *title = stmt_col_text(s, 3);
	int64_t published = stmt_col_date(s, 5);
	bool titles = given(title) && given(x.e->title), dates = published != DATE_NONE && x.e->published != DATE_NONE;

	x.row = (struct names){ bare_into(&p->row_guid, stmt_col_text(s, 2)), bare_into(&p->row_link, stmt_col_text(s, 4)) };
	x.link = x.row.link && text_same(x.row.link, x.names->link);
	x.other_link = x.row.link && x.names->link && !x.link;
	x.title = titles && text_same(title, x.e->title);
	x.other_title = titles && !x.title;
	x.date = dates && published == x.e->published;
	x.other_date = dates && !x.date;
	x.summary = text_same(stmt_col_text(s, 6), x.e->summary);
	x.content = text_same(stmt_col_text(s, 7), x.e->content);
	x.retired = stmt_col_int(s, 8) != 0;
	return x;
}

/* The same text, where there is any. Of a row WITHOUT_BODY it can't be. */
static bool same_text(const struct pair *x)
{
	return x->summary && x->content && (given(x->e->summary) || given(x->e->content));
}

/* Several entries of the document have this guid, and another one of them is the row to the letter. */
static bool anothers(struct put *p, const struct pair *x, const char *title)
{
	if (in_document(&p->guids, x->row.guid) < 2)
		return false;
	exact_key(p, &x->row, title);
	return map_get(&p->exact, buf_str(&p->scratch), p->scratch.len, 0) && !(text_same(x->row.guid, x->names->guid) && text_same(x->row.link, x->names->link) && text_same(title, x->e->title));
}

/* ---- by guid ---- */

#define ROWS_MOST 200 /* of one guid that are looked at */

enum likeness { CONTRADICTED, UNSUPPORTED, SAME_DATE, SAME_TITLE, SAME_LINK, SAME_ALL };

static enum likeness likeness(const struct pair *x, const char *title)
{
	if (text_same(x->row.link, x->names->link) && text_same(title, x->e->title))
		return SAME_ALL;
	if (x->link || x->title)
		return x->link ? SAME_LINK : SAME_TITLE;
	if (x->date)
		return SAME_DATE;
	return x->other_link && x->other_title && x->other_date ? CONTRADICTED : UNSUPPORTED;
}

/* A guid of several entries, or of several articles, names one only together with something else of it. */
static bool believed(enum likeness best, int rows, int alike, int64_t entries)
{
	if (best == CONTRADICTED || (entries > 1 && best < SAME_TITLE))
		return false;
	return rows == 1 || best >= SAME_TITLE || (best == SAME_DATE && alike == 1);
}

/* The row that is the entry to the letter (guid, link, title), found by its name_key. */
static enum err exactly(struct put *p, size_t i, int64_t key, struct known *k)
{
	struct stmt *s = db_sql(p->st->db, ROW_COLUMNS WITHOUT_BODY " WHERE a.name_key = ?1 AND a.feed = ?2 ORDER BY a.id");
	bool row;
	enum err err;

	stmt_int(s, 1, key);
	stmt_int(s, 2, p->f->feed_id);
	while ((err = stmt_step(s, &row, p->info)) == OK && row) {
		struct pair x = pair_of(p, i, s);

		if (!text_same(x.row.guid, x.names->guid) || likeness(&x, stmt_col_text(s, 3)) != SAME_ALL)
			continue;
		*k = known_of(s);
		break;
	}
	stmt_reset(s);
	return err;
}

/* The best of the newest ROWS_MOST rows of the guid. *rows [out] how many there were. */
static enum err best_of_guid(struct put *p, size_t i, struct known *k, int *rows)
{
	struct stmt *s = db_sql(p->st->db, ROW_COLUMNS WITHOUT_BODY " WHERE a.guid_key = ?1 AND a.feed = ?2 ORDER BY a.id DESC LIMIT ?3");
	enum likeness best = CONTRADICTED;
	struct known found = { 0 };
	int alike = 0;
	bool row;
	enum err err;

	stmt_int(s, 1, text_key(&p->scratch, 'g', p->f->feed_id, p->names[i].guid));
	stmt_int(s, 2, p->f->feed_id);
	stmt_int(s, 3, ROWS_MOST);
	while ((err = stmt_step(s, &row, p->info)) == OK && row) {
		struct pair x = pair_of(p, i, s);
		enum likeness l = likeness(&x, stmt_col_text(s, 3));

		if (!text_same(x.row.guid, x.names->guid))
			continue;
		++*rows;
		if (l == CONTRADICTED || anothers(p, &x, stmt_col_text(s, 3)))
			continue;
		alike = l == best ? alike + 1 : l > best ? 1 : alike;
		if (l > best) {
			best = l;
			found = known_of(s);
		}
	}
	stmt_reset(s);
	if (err == OK && believed(best, *rows, alike, in_document(&p->guids, p->names[i].guid)))
		*k = found;
	return err;
}

/* A guid of many articles, in this document or over the years, is asked together with what else names them first: its rows aren't all gone through for each entry. */
static enum err by_guid(struct put *p, size_t i, struct known *k)
{
	const struct entry *e = &p->f->doc->entries[i];
	bool many = in_document(&p->guids, p->names[i].guid) > 1;
	int rows = 0;
	enum err err = many ? exactly(p, i, identity_name_key(p, e), k) : OK;

	if (err == OK && !k->id)
		err = best_of_guid(p, i, k, &rows);
	if (err == OK && !k->id && !many && rows == ROWS_MOST)
		err = exactly(p, i, identity_name_key(p, e), k);
	return err;
}

/* ---- by link, and by title and date ---- */

/* By its guid the row is another article: the entry's own guid has been asked already. */
static bool others_guid(struct put *p, const struct pair *x, const char *title)
{
	if (!x->row.guid || !x->names->guid)
		return anothers(p, x, title);
	return text_same(x->row.guid, x->names->guid) || in_document(&p->guids, x->row.guid) > 0;
}

/* A new guid on an old link is the same article moved to new guids, unless it has another title and another date as well: then it is the next one on a page whose address
 * stays. Where a document has the link more than once, title and date must say which. */
static bool may_be_by_link(struct put *p, const struct pair *x, const char *title)
{
	if (!x->link || others_guid(p, x, title))
		return false;
	if (!x->row.guid || !x->names->guid)
		return identity_link_names(p, x->names->link) || text_same(title, x->e->title);
	if (in_document(&p->links, x->names->link) == 1)
		return text_same(title, x->e->title) || !x->other_date;
	return text_same(title, x->e->title) && (x->date || same_text(x));
}

/* Nothing else names it: links are the same or there are none, and so are titles and dates. A guid that is another one now is believed less than a title with its date, and than
 * the whole text. Where there is no title the key is of the text, which must do for a row that has lost its own. */
static bool may_be_by_title(struct put *p, const struct pair *x, const char *title, int64_t published)
{
	if (!text_same(x->row.link, x->names->link) || others_guid(p, x, title))
		return false;
	if (!text_same(title, x->e->title) || published != x->e->published)
		return false;
	if (!given(title))
		return x->retired || same_text(x) || (!given(x->e->summary) && !given(x->e->content) && x->summary && x->content);
	return !x->row.guid || !x->names->guid || x->date || same_text(x);
}

#define BY_NAME " WHERE a.name_key = ?1 AND a.feed = ?2 ORDER BY a.id"

static enum err by_name(struct put *p, size_t i, int64_t key, bool by_link, struct known *k)
{
	bool body = !by_link || in_document(&p->links, p->names[i].link) > 1, row;
	struct stmt *s = db_sql(p->st->db, body ? ROW_COLUMNS WITH_BODY BY_NAME : ROW_COLUMNS WITHOUT_BODY BY_NAME);
	enum err err;

	stmt_int(s, 1, key);
	stmt_int(s, 2, p->f->feed_id);
	while ((err = stmt_step(s, &row, p->info)) == OK && row) {
		struct pair x = pair_of(p, i, s);
		const char *title = stmt_col_text(s, 3);

		if (by_link ? !may_be_by_link(p, &x, title) : !may_be_by_title(p, &x, title, stmt_col_date(s, 5)))
			continue;
		*k = known_of(s);
		break;
	}
	stmt_reset(s);
	return err;
}

enum err identity_find(struct put *p, size_t i, struct known *k)
{
	enum err err = OK;

	*k = (struct known){ 0 };
	if (p->names[i].guid)
		err = by_guid(p, i, k);
	if (err == OK && !k->id && p->names[i].link)
		err = by_name(p, i, identity_link_key(p, p->names[i].link), true, k);
	if (err == OK && !k->id)
		err = by_name(p, i, identity_title_key(p, &p->f->doc->entries[i]), false, k);
	return err;
}

/* ---- the keys of before ---- */

/* Up to version 5 the keys were of the addresses as they stood there, and of an article without a title of nothing but its date; up to 9 they were whole hashes. The digests were of other things: what they were of
 * isn't known any more, so each article is written anew when it comes next. */
static enum err rekey(struct db *db, struct stmt *s, struct buf *b, struct buf *address, struct err_info *info)
{
	struct stmt *set = db_sql(db, "UPDATE articles SET guid_key = ?2, name_key = ?3, digest = 0 WHERE id = ?1");
	const char *guid = stmt_col_text(s, 2), *link = stmt_col_text(s, 4), *title = stmt_col_text(s, 3);
	int64_t feed = stmt_col_int(s, 8), name = stmt_col_int(s, 9), guid_key = 0;

	if (given(guid)) {
		buf_cut(address, 0);
		address_key(address, guid);
		guid_key = text_hash(b, 'g', feed, buf_str(address));
	}
	if (given(link) && name == text_hash(b, 'l', feed, link)) {
		buf_cut(address, 0);
		address_key(address, link);
		name = text_hash(b, 'l', feed, buf_str(address));
	} else {
		name = title_hash(b, feed, title, stmt_col_date(s, 5), stmt_col_text(s, 6), stmt_col_text(s, 7));
	}
	stmt_int(set, 1, stmt_col_int(s, 0));
	if (given(guid))
		stmt_int(set, 2, key_of(feed, guid_key));
	else
		stmt_null(set, 2);
	stmt_int(set, 3, key_of(feed, name));
	return stmt_run(set, info);
}

enum err identity_rekey(struct db *db, struct err_info *info)
{
	struct stmt *s = db_sql(db, "SELECT a.id, a.digest, a.guid, a.title, a.link, a.published, b.summary, b.content, a.feed, a.name_key"
		" FROM articles a LEFT JOIN bodies b ON b.article = a.id WHERE a.id > ?1 ORDER BY a.id LIMIT 1");
	struct buf b = BUF_INIT, address = BUF_INIT;
	int64_t after = 0;
	bool row = true;
	enum err e = OK;

	/* One by one, by number: what a statement reads isn't changed under it. */
	while (e == OK && row) {
		stmt_int(s, 1, after);
		e = stmt_step(s, &row, info);
		if (e == OK && row) {
			after = stmt_col_int(s, 0);
			e = rekey(db, s, &b, &address, info);
		}
		stmt_reset(s);
	}
	buf_clear(&b);
	buf_clear(&address);
	return e;
}
