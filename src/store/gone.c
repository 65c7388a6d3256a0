/* gone - what was let go: enough of an article to know it again where its feed still carries it.
 *
 * An entry is compared with what is left as identity.c compares it with a row, as far as hashes tell. Where they don't, as for a guid that many entries have, it is taken for a
 * new article: one that comes twice is a nuisance, one that never comes is a loss.
 */
#include "store/put_private.h"

/* What is left of one article, beside an entry. */
struct left {
	bool link, title, date;  /* are the same, and given */
	bool contradicted;       /* all three are given, and are other ones */
	bool named;              /* by what has no link: title and date are the same, or where there is no title date and text */
	int64_t guid_key;        /* 0 none */
};

static int64_t short_key(const char *title)
{
	int64_t key = given(title) ? (int64_t)(hash_bytes(title, strlen(title)) & 0xffffffff) : 0;

	return given(title) && !key ? 1 : key;
}

#define LEFT_COLUMNS "SELECT name_key, guid_key, title_key, published FROM gone WHERE "

static struct left left_of(struct put *p, size_t i, struct stmt *s)
{
	const struct entry *e = &p->f->doc->entries[i];
	const char *link = p->names[i].link;
	int64_t name = stmt_col_int(s, 0), title = stmt_col_int(s, 2), published = stmt_col_date(s, 3);
	struct left l = { .guid_key = stmt_col_int(s, 1) };

	l.link = link && name == identity_link_key(p, link);
	l.named = name == identity_title_key(p, e);
	l.title = title && title == short_key(e->title);
	l.date = published != DATE_NONE && published == e->published;
	l.contradicted = link && title && given(e->title) && published != DATE_NONE && e->published != DATE_NONE && !l.link && !l.title && !l.date;
	return l;
}

static int64_t guid_key(struct put *p, size_t i)
{
	return p->names[i].guid ? identity_guid_key(p, &p->f->doc->entries[i]) : 0;
}

static int64_t entries_with(const struct map *m, const char *name)
{
	return name ? map_get(m, name, strlen(name), 0) : 0;
}

/* A guid of several entries, or of several articles, names one only together with its title and link. */
static enum err by_guid(struct put *p, size_t i, int64_t key, bool *gone)
{
	struct stmt *s = db_sql(p->st->db, LEFT_COLUMNS "guid_key = ?1 AND guid_key <> 0 AND feed = ?2");
	bool alone = entries_with(&p->guids, p->names[i].guid) == 1, row, contradicted = false;
	int rows = 0;
	enum err e;

	stmt_int(s, 1, key);
	stmt_int(s, 2, p->f->feed_id);
	while ((e = stmt_step(s, &row, p->info)) == OK && row && !*gone) {
		struct left l = left_of(p, i, s);

		rows++;
		contradicted = l.contradicted;
		*gone = (l.title && l.link) || l.named || (alone && (l.link || l.title));
	}
	stmt_reset(s);
	*gone = *gone || (e == OK && alone && rows == 1 && !contradicted);
	return e;
}

/* By its guid it was another article: this guid has been asked already, or the document has that one. */
static bool anothers(struct put *p, const struct left *l, int64_t key)
{
	if (l->guid_key && l->guid_key == key)
		return true;
	for (size_t i = 0; l->guid_key && i < p->f->doc->n_entries; i++)
		if (guid_key(p, i) == l->guid_key)
			return true;
	return false;
}

/* A new guid on an old link, or on an old title with its date, was the old article. */
static bool same_name(struct put *p, size_t i, const struct left *l, int64_t key, bool by_link)
{
	const struct entry *e = &p->f->doc->entries[i];

	if (anothers(p, l, key))
		return false;
	if (!by_link)
		return !given(e->title) || !l->guid_key || !key || l->date;
	if (!l->guid_key || !key)
		return identity_link_names(p, p->names[i].link) || l->title;
	return entries_with(&p->links, p->names[i].link) == 1 ? l->title || l->date || e->published == DATE_NONE : l->title && l->date;
}

static enum err by_name(struct put *p, size_t i, int64_t name, int64_t key, bool by_link, bool *gone)
{
	struct stmt *s = db_sql(p->st->db, LEFT_COLUMNS "feed = ?1 AND name_key = ?2");
	bool row;
	enum err e;

	stmt_int(s, 1, p->f->feed_id);
	stmt_int(s, 2, name);
	while ((e = stmt_step(s, &row, p->info)) == OK && row && !*gone) {
		struct left l = left_of(p, i, s);

		*gone = same_name(p, i, &l, key, by_link);
	}
	stmt_reset(s);
	return e;
}

/* Most stores never let go of anything, and a fetch of many new articles shouldn't look three times for each. */
static enum err any(struct put *p)
{
	struct stmt *s;
	bool row;
	enum err e;

	if (p->gone != GONE_UNASKED)
		return OK;
	s = db_sql(p->st->db, "SELECT 1 FROM gone WHERE feed = ?1 LIMIT 1");
	stmt_int(s, 1, p->f->feed_id);
	e = stmt_step(s, &row, p->info);
	stmt_reset(s);
	if (e == OK)
		p->gone = row ? GONE_SOME : GONE_NONE;
	return e;
}

enum err gone_find(struct put *p, size_t i, bool *gone)
{
	const char *link = p->names[i].link;
	int64_t key;
	enum err e = any(p);

	*gone = false;
	if (e != OK || p->gone != GONE_SOME)
		return e;
	key = guid_key(p, i);
	if (key)
		e = by_guid(p, i, key, gone);
	if (e == OK && !*gone && link)
		e = by_name(p, i, identity_link_key(p, link), key, true, gone);
	if (e == OK && !*gone)
		e = by_name(p, i, identity_title_key(p, &p->f->doc->entries[i]), key, false, gone);
	return e;
}

enum err gone_keep(struct store *st, int64_t article, struct err_info *info)
{
	struct stmt *s = db_sql(st->db, "SELECT title FROM articles WHERE id = ?1");
	int64_t title = 0;
	bool row;
	enum err e;

	stmt_int(s, 1, article);
	e = stmt_step(s, &row, info);
	if (e == OK && row)
		title = short_key(stmt_col_text(s, 0));
	stmt_reset(s);
	if (e != OK)
		return e;
	s = db_sql(st->db, "INSERT OR REPLACE INTO gone SELECT feed, name_key, coalesce(guid_key, 0), ?2, published FROM articles WHERE id = ?1");
	stmt_int(s, 1, article);
	stmt_int(s, 2, title);
	return stmt_run(s, info);
}
