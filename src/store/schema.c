#include "store/schema_private.h"

/* The tables, and why they are as they are. Times are seconds UTC; NULL is "absent". Tables are STRICT: a value of another type is refused.
 *
 *   feeds -< articles -- bodies, enclosures        what came
 *   fetches, earlier, digests                      how it came, and what it said before
 *   gone                                           what was let go, so that it doesn't come again
 *   events                                         what the reader did and said: the truth that the flags and the interest model follow from
 *   terms, forms, corpus -- termvecs               what the articles are made of; termvecs and terms.df change together
 *   derived, vectors, wordvecs, topics, blobs      computed from the rest; may be thrown away
 *   topic_names                                    the reader's own
 *   search                                         full text (version 8)
 *   search_queue, terms_queue                      articles that wait for search_index() and terms_put()
 *   search_stale                                   entries of the index that are to be taken out
 */
static const char *const version_1 =
"CREATE TABLE feeds ("
"  id INTEGER PRIMARY KEY,"
"  url TEXT NOT NULL UNIQUE,"
"  position INTEGER,"                    /* line of the urls file, counted from 0; NULL: not subscribed any more, its articles are kept */
"  name TEXT,"                           /* the reader's own title; stands before the feed's */
"  tags TEXT NOT NULL DEFAULT '',"       /* blank-separated */
"  title TEXT, link TEXT, description TEXT, language TEXT, icon TEXT," /* as the feed says */
"  etag TEXT, last_modified TEXT,"       /* byte for byte as the server gave them */
"  checked INTEGER, changed INTEGER, next INTEGER," /* last asked, last new article, due at; NULL: never, never, now */
"  failures INTEGER NOT NULL DEFAULT 0," /* in a row */
"  http INTEGER NOT NULL DEFAULT 0,"
"  error TEXT,"
"  gone INTEGER NOT NULL DEFAULT 0,"     /* 410: not asked again */
"  items INTEGER NOT NULL DEFAULT 0,"    /* counts, kept by put.c and the triggers below, and never counted for a list */
"  unread INTEGER NOT NULL DEFAULT 0"
") STRICT;"

/* Rows are small, so that lists of a hundred thousand stay in the cache; bodies are apart. AUTOINCREMENT: an id is never given twice,
 * because events go on naming articles that were removed. */
"CREATE TABLE articles ("
"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
"  feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,"
"  guid TEXT, title TEXT, link TEXT, author TEXT, language TEXT,"
"  categories TEXT,"                     /* newline-separated */
"  published INTEGER, updated INTEGER,"
"  fetched INTEGER NOT NULL,"            /* when it was first seen */
   /* The place in time: published, else updated, but never later than it came, so that a date in the future doesn't sit on top for ever. */
"  at INTEGER NOT NULL GENERATED ALWAYS AS (min(coalesce(published, updated, fetched), fetched)) STORED,"
"  words INTEGER NOT NULL DEFAULT 0,"    /* of the plain text */
"  read_at INTEGER, starred_at INTEGER," /* NULL: unread, no star. They follow from events; feeds never touch them */
   /* Identity within the feed as 64-bit hashes with the feed's id in them: 14 bytes of index instead of two URLs. The texts are compared too.
    * name_key is of the link, or of title and date where a link names several articles or there is none (identity.c). */
"  guid_key INTEGER, name_key INTEGER NOT NULL,"
"  digest INTEGER NOT NULL"              /* hash of all that the feed says; the same: nothing to do. 0 unknown */
") STRICT;"
"CREATE INDEX articles_at ON articles (at);"
"CREATE INDEX articles_feed ON articles (feed, at);"
"CREATE INDEX articles_unread ON articles (at, id, feed, fetched) WHERE read_at IS NULL;" /* covers the candidates of the front page */
"CREATE INDEX articles_starred ON articles (at) WHERE starred_at IS NOT NULL;"
"CREATE INDEX articles_guid ON articles (guid_key) WHERE guid_key IS NOT NULL;"
"CREATE INDEX articles_name ON articles (name_key);"

"CREATE TRIGGER articles_come AFTER INSERT ON articles BEGIN"
"  UPDATE feeds SET items = items + 1, unread = unread + (new.read_at IS NULL) WHERE id = new.feed;"
" END;"
"CREATE TRIGGER articles_go AFTER DELETE ON articles BEGIN"
"  UPDATE feeds SET items = items - 1, unread = unread - (old.read_at IS NULL) WHERE id = old.feed;"
" END;"
"CREATE TRIGGER articles_read AFTER UPDATE OF read_at ON articles WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) BEGIN"
"  UPDATE feeds SET unread = unread + (new.read_at IS NULL) - (old.read_at IS NULL) WHERE id = new.feed;"
" END;"

"CREATE TABLE bodies ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  summary TEXT, content TEXT,"          /* sanitised HTML */
"  image TEXT, comments TEXT"            /* absolute links */
") STRICT;"
"CREATE TABLE enclosures ("
"  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
"  n INTEGER NOT NULL,"                  /* order, from 0 */
"  url TEXT NOT NULL, type TEXT,"
"  length INTEGER NOT NULL,"             /* bytes, -1 unknown */
"  PRIMARY KEY (article, n)"
") STRICT, WITHOUT ROWID;"

/* The log. One row is one action; rows are added and nothing else, until the reader asks to forget (forget.c). No reference to articles: what was
 * done stays done when they go.
 * An undo is a row too: the rows of the batch that it names count no more. */
"CREATE TABLE events ("
"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
"  at INTEGER NOT NULL,"
"  article INTEGER NOT NULL,"            /* 0 for an undo */
"  kind INTEGER NOT NULL,"               /* enum event_kind */
"  dwell REAL, scroll REAL,"             /* seconds, 0..1; NULL unknown */
"  place INTEGER NOT NULL,"              /* on the page, from 1; 0 unknown */
"  slot INTEGER NOT NULL,"               /* enum slot */
"  explore INTEGER,"                     /* the slider then; NULL unknown */
"  propensity REAL,"                     /* chance with which a serendipity slot picked it; NULL unknown */
"  batch INTEGER NOT NULL,"              /* rows of one action share it: the id of the first. 0: no action, a flag whose action was forgotten */
"  undoes INTEGER"                       /* the batch that an undo takes back */
") STRICT;"
"CREATE INDEX events_article ON events (article);"
"CREATE INDEX events_batch ON events (batch);"
"CREATE INDEX events_undoes ON events (undoes) WHERE undoes IS NOT NULL;"
"CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the event log is append-only'); END;"
"CREATE TRIGGER events_no_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE id = new.id)"
"  BEGIN SELECT raise(ABORT, 'the event log is append-only'); END;" /* INSERT OR REPLACE asks no delete trigger */
SCHEMA_EVENTS_NO_DELETE

/* Terms are never removed or renumbered, so an id that a program has seen stays right. */
"CREATE TABLE terms ("
"  id INTEGER PRIMARY KEY,"
"  name TEXT NOT NULL UNIQUE,"           /* folded stem */
"  df INTEGER NOT NULL DEFAULT 0"        /* articles whose vector holds it */
") STRICT;"
"CREATE TABLE forms ("                   /* how a term was written, and in how many articles: the commonest is its name on the screen */
"  term INTEGER NOT NULL REFERENCES terms (id),"
"  form TEXT NOT NULL,"
"  n INTEGER NOT NULL,"
"  PRIMARY KEY (term, form)"
") STRICT, WITHOUT ROWID;"
/* No cascade: whoever removes an article takes its vector out of the frequencies first (articles_remove). */
"CREATE TABLE termvecs ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id),"
"  length REAL NOT NULL,"                /* terms counted */
"  vec BLOB NOT NULL"                    /* pairs of varints: gap to the id before, tf in quarters */
") STRICT;"
"CREATE TABLE corpus ("                  /* one row: sums over termvecs */
"  id INTEGER PRIMARY KEY CHECK (id = 1), docs INTEGER NOT NULL, length REAL NOT NULL"
") STRICT;"
"INSERT INTO corpus VALUES (1, 0, 0);"
"CREATE TABLE terms_queue (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE) STRICT;"

"CREATE TABLE derived ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  topic INTEGER NOT NULL,"              /* -1 none */
"  story INTEGER NOT NULL,"              /* articles of one story share it */
"  telling INTEGER NOT NULL,"            /* feeds that tell it */
"  coverage REAL NOT NULL"
") STRICT;"
"CREATE TABLE vectors ("                 /* apart, so that a story that grows doesn't rewrite them */
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  vec BLOB NOT NULL"                    /* of unit length; before version 4 floats in the machine's order, then as those of wordvecs */
") STRICT;"
"CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL, articles INTEGER NOT NULL) STRICT;"
"CREATE TABLE blobs (name TEXT PRIMARY KEY, version INTEGER NOT NULL, data BLOB NOT NULL) STRICT, WITHOUT ROWID;"

/* Full text. The index keeps no copy of the text (content=''): bodies have it already, as HTML, and a second copy would take as much room
 * as all the rest of an article. What is lost is to take an entry out again, for which FTS5 wants the exact old text. So an entry is
 * never taken out: an article that changed gets a new entry, `indexed` names the one that counts, and a search drops the others. An entry's
 * rowid is version << 40 | article. The plain text waits in search_queue until search_index() comes for it: indexing while fetching would
 * cost ten times the insert. Scripts without blanks between words are indexed character by character, see fold.c. */
"CREATE VIRTUAL TABLE search USING fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');"
"CREATE TABLE indexed ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  entry INTEGER NOT NULL"               /* rowid in search */
") STRICT;"
"CREATE TABLE search_queue ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  text TEXT NOT NULL"                   /* plain */
") STRICT;"

"PRAGMA application_id = 1701014639;"    /* 'eclo' */
"PRAGMA user_version = 1;";

/* What the words of an article mean by a table of word vectors: their mean, not centred yet, because the centre moves with every article that comes. */
static const char *const version_2 =
"CREATE TABLE wordvecs ("
"  article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
"  vec BLOB NOT NULL"                    /* a float, the scale, in the machine's order; then signed bytes */
") STRICT;"
"PRAGMA user_version = 2;";

/* Topics that live on from day to day. */
static const char *const version_3 =
"ALTER TABLE topics ADD COLUMN terms TEXT NOT NULL DEFAULT '';" /* its most telling terms, newline-separated */
"ALTER TABLE topics ADD COLUMN named_for BLOB NOT NULL DEFAULT x'';" /* the terms it was named for: ids of 32 bits in the machine's order */
"CREATE TABLE topic_names (topic INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;" /* given by the reader; topics come and go, this stays */
"CREATE INDEX derived_story ON derived (story);"
"CREATE INDEX derived_topic ON derived (topic);"
"PRAGMA user_version = 3;";

/* What the learning wants to know of an action beside it, and trials of two rankings on oneself. Vectors by LSA are bytes now and have more dimensions: those of before go, and
 * with them the basis, and that there was a run of vectorise; so the next fetch makes them anew. No model that knew them is taken for one of now. */
static const char *const version_4 =
"ALTER TABLE events ADD COLUMN pair INTEGER NOT NULL DEFAULT 0;" /* the other of two places that a coin put in order; 0 none */
"ALTER TABLE events ADD COLUMN width INTEGER NOT NULL DEFAULT 0;"  /* of the terminal, cells; 0 unknown */
"ALTER TABLE events ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;"  /* that put it on the page; 0 none */
"ALTER TABLE events ADD COLUMN team INTEGER NOT NULL DEFAULT 0;"   /* enum team */
"CREATE TABLE trials ("
"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
"  a TEXT NOT NULL, b TEXT NOT NULL,"    /* the rankings, as the reader named them */
"  started INTEGER NOT NULL,"
"  ended INTEGER"                        /* NULL while it runs: at most one does */
") STRICT;"
"CREATE UNIQUE INDEX trials_running ON trials (ended IS NULL) WHERE ended IS NULL;"
"ALTER TABLE wordvecs ADD COLUMN title BLOB;" /* the same for the words of the title alone; NULL none */
"DELETE FROM vectors;"
"DELETE FROM blobs WHERE name IN ('lsa', 'vectorised');"
"UPDATE blobs SET version = version + 1 WHERE name = 'derived';"
"PRAGMA user_version = 4;";

/* What the reader says of the model outright is an action too. */
static const char *const version_5 =
"ALTER TABLE events ADD COLUMN subject TEXT;" /* of an edit: "term:comet", "feed:http://..."; NULL for all other actions */
"ALTER TABLE events ADD COLUMN value REAL;"   /* and its weight, log-odds; 0 takes an edit away */
"CREATE INDEX events_subject ON events (subject) WHERE subject IS NOT NULL;"
"PRAGMA user_version = 5;";

/* What the servers said of themselves, and what edits took away. */
static const char *const version_6 =
"ALTER TABLE feeds ADD COLUMN moved_to TEXT;" /* where permanent redirects led last; NULL nowhere */
"ALTER TABLE feeds ADD COLUMN moved_seen INTEGER NOT NULL DEFAULT 0;" /* fetches in a row that were led there; from 2 on it is asked there at once */
"ALTER TABLE feeds ADD COLUMN ttl INTEGER;"   /* minutes between two looks, as the feed asks; NULL it doesn't. A 304 doesn't say it again */
"ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;" /* bit h: not to be asked in that hour, UTC */
"ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;"  /* bit d: nor on that day, 0 is Sunday */
/* A feed's health: one row for each fetch that brought something, failed or moved; FETCHES_KEPT of a feed. That all was as before leaves no row. */
"CREATE TABLE fetches ("
"  feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,"
"  at INTEGER NOT NULL,"
"  http INTEGER NOT NULL,"               /* 0 without an answer */
"  items_new INTEGER NOT NULL,"
"  bytes INTEGER NOT NULL, ms REAL NOT NULL," /* as transferred */
"  note TEXT,"                           /* the error, or where it moved; NULL it went well */
"  PRIMARY KEY (feed, at)"
") STRICT, WITHOUT ROWID;"
"ALTER TABLE bodies ADD COLUMN pixels INTEGER NOT NULL DEFAULT 0;" /* tracking pixels that were left out */
/* The text of before an edit that changed much of it. */
"CREATE TABLE earlier ("
"  id INTEGER PRIMARY KEY,"
"  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
"  at INTEGER NOT NULL,"                 /* when it was replaced */
"  title TEXT, summary TEXT, content TEXT"
") STRICT;"
"CREATE INDEX earlier_article ON earlier (article);"
/* What a feed said of an article before its last edits, as digests: one that comes again is another server's form, or an edit that was taken back. */
"CREATE TABLE digests ("
"  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
"  digest INTEGER NOT NULL,"
"  at INTEGER NOT NULL,"                 /* when it was replaced */
"  times INTEGER NOT NULL DEFAULT 0,"    /* it came since, without the stored one between */
"  PRIMARY KEY (article, digest)"
") STRICT, WITHOUT ROWID;"
"PRAGMA user_version = 6;";

static const char *const version_7 =
/* For an INSERT with a trigger SQLite copies every page that it touches, so that it could be undone alone: a quarter of the work of a fetch.
 * put.c adds what is new to the counts once a feed, within the same transaction. */
"DROP TRIGGER IF EXISTS articles_come;"
"PRAGMA user_version = 7;";

/* Full text over title, text, author and the feed's name. The index keeps no copy of them (external content): bodies have the text already, as HTML, and a second copy would take
 * as much room as all the rest of an article. FTS5 reads them where it shows a part of one, and where it takes an entry out, for which it has to be told exactly what it was given.
 * So what an entry was made of is kept in search_stale before it changes: by the triggers here, and by put.c for a body where there was none. (A trigger for that, on every INSERT,
 * would cost a fetch as much as the one that version 7 dropped.) An article that changed waits in search_queue, as a new one does, for search_index(), which takes stale entries
 * out and writes new ones, many at a time: indexing while fetching would cost ten times the insert, and a trigger that wrote to FTS5 is none of those that an untrusted schema may
 * have. search_docsize is FTS5's own: the entries that there are. An article that has none, or a stale one, waits; no other does.
 * plain() is this program's (store.c), so no other can change an article and leave the index behind.
 * The triggers ask whether a row is there: INSERT OR IGNORE within one means what the statement says that set it off. */
#define KEEP_STALE(of) \
	"  INSERT INTO search_stale SELECT * FROM search_source WHERE rowid IN (SELECT id FROM search_docsize WHERE id " of " AND id NOT IN (SELECT id FROM search_stale));"
#define WAIT(of) "  INSERT INTO search_queue SELECT id FROM articles WHERE " of " AND id NOT IN (SELECT article FROM search_queue);"
static const char *const version_8 =
"DROP TABLE search;"
"DROP TABLE indexed;"
"DROP TABLE search_queue;"
"CREATE TABLE search_queue (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE) STRICT;"
"CREATE TABLE search_stale (id INTEGER PRIMARY KEY, title TEXT, text TEXT, author TEXT, feed TEXT) STRICT;"
"CREATE VIEW search_source (rowid, title, text, author, feed) AS" /* of every article as it is */
"  SELECT a.id, a.title, plain(b.summary, b.content), a.author, coalesce(f.name, f.title) FROM articles a"
"  LEFT JOIN bodies b ON b.article = a.id LEFT JOIN feeds f ON f.id = a.feed;"
"CREATE VIRTUAL TABLE search USING fts5 (title, text, author, feed, content='search_entries', content_rowid='rowid', tokenize='eclose');"
/* As the index was given them. Not made of search_source: SQLite would make that whole for each row that is asked for. */
"CREATE VIEW search_entries (rowid, title, text, author, feed) AS"
"  SELECT d.id, iif(o.id IS NULL, a.title, o.title), iif(o.id IS NULL, plain(b.summary, b.content), o.text), iif(o.id IS NULL, a.author, o.author),"
"   iif(o.id IS NULL, coalesce(f.name, f.title), o.feed)"
"  FROM search_docsize d LEFT JOIN search_stale o ON o.id = d.id LEFT JOIN articles a ON a.id = d.id LEFT JOIN bodies b ON b.article = d.id"
"  LEFT JOIN feeds f ON f.id = a.feed;"

"CREATE TRIGGER search_edit BEFORE UPDATE OF title, author, feed ON articles"
" WHEN old.title IS NOT new.title OR old.author IS NOT new.author OR old.feed <> new.feed BEGIN"
KEEP_STALE("= old.id")
WAIT("id = old.id")
" END;"
"CREATE TRIGGER search_gone BEFORE DELETE ON articles BEGIN"
KEEP_STALE("= old.id")
" END;"
"CREATE TRIGGER search_body BEFORE UPDATE OF summary, content ON bodies WHEN old.summary IS NOT new.summary OR old.content IS NOT new.content BEGIN"
KEEP_STALE("= old.article")
WAIT("id = old.article")
" END;"
/* The row of an article that is going has gone before its body does. */
"CREATE TRIGGER search_body_gone BEFORE DELETE ON bodies BEGIN"
KEEP_STALE("= old.article")
WAIT("id = old.article")
" END;"
"CREATE TRIGGER search_feed BEFORE UPDATE OF name, title ON feeds WHEN coalesce(old.name, old.title) IS NOT coalesce(new.name, new.title) BEGIN"
KEEP_STALE("IN (SELECT id FROM articles WHERE feed = old.id)")
WAIT("feed = old.id")
" END;"
"CREATE TRIGGER search_feed_gone BEFORE DELETE ON feeds BEGIN"
KEEP_STALE("IN (SELECT id FROM articles WHERE feed = old.id)")
" END;"
"PRAGMA user_version = 8;";

/* Articles that were let go. Of one that the reader did something with, which the interest model is a fold over, the row stays with its terms and vectors, and only its text
 * goes: it is retired, and no list, count or search has it any more. Every index that a list goes by leaves it out, so that none becomes slower by it. */
static const char *const version_9 =
"ALTER TABLE articles ADD COLUMN retired_at INTEGER;" /* when its text was let go; NULL: it is there */
"DROP INDEX IF EXISTS articles_at;"
"CREATE INDEX articles_at ON articles (at) WHERE retired_at IS NULL;"
"DROP INDEX IF EXISTS articles_feed;"
"CREATE INDEX articles_feed ON articles (feed, at) WHERE retired_at IS NULL;"
"DROP INDEX IF EXISTS articles_unread;"
"CREATE INDEX articles_unread ON articles (at, id, feed, fetched) WHERE read_at IS NULL AND retired_at IS NULL;"
"DROP INDEX IF EXISTS articles_starred;"
"CREATE INDEX articles_starred ON articles (at) WHERE starred_at IS NOT NULL AND retired_at IS NULL;"
"CREATE INDEX articles_retired ON articles (at) WHERE retired_at IS NOT NULL;"
/* Those that may be let go some day, and nothing else: a look for them doesn't go through what is unread. */
"CREATE INDEX articles_done ON articles (feed, at, fetched) WHERE read_at IS NOT NULL AND starred_at IS NULL AND retired_at IS NULL;"
"DROP TRIGGER IF EXISTS articles_go;"
"CREATE TRIGGER articles_go AFTER DELETE ON articles WHEN old.retired_at IS NULL BEGIN"
"  UPDATE feeds SET items = items - 1, unread = unread - (old.read_at IS NULL) WHERE id = old.feed;"
" END;"
"DROP TRIGGER IF EXISTS articles_read;"
"CREATE TRIGGER articles_read AFTER UPDATE OF read_at ON articles WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) AND new.retired_at IS NULL BEGIN"
"  UPDATE feeds SET unread = unread + (new.read_at IS NULL) - (old.read_at IS NULL) WHERE id = new.feed;"
" END;"
"CREATE TRIGGER articles_retire AFTER UPDATE OF retired_at ON articles WHEN old.retired_at IS NULL AND new.retired_at IS NOT NULL BEGIN"
"  UPDATE feeds SET items = items - 1, unread = unread - (old.read_at IS NULL) WHERE id = new.feed;"
" END;"
/* What is left of the others: enough to know them again where their feed still carries them, 70 bytes with the index. The keys are those of articles, which have the feed in
 * them; title_key and published tell whether a guid names something else by now (gone.c). */
"CREATE TABLE gone ("
"  feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,"
"  name_key INTEGER NOT NULL, guid_key INTEGER NOT NULL," /* guid_key 0: it had none */
"  title_key INTEGER NOT NULL,"          /* 32 bits, 0 without a title */
"  published INTEGER,"
"  PRIMARY KEY (feed, name_key, guid_key)"
") STRICT, WITHOUT ROWID;"
"CREATE INDEX gone_guid ON gone (guid_key) WHERE guid_key <> 0;"
/* As in version 8, by the index, which knows of no retired article; nor has any of them an entry. */
"DROP TRIGGER search_feed;"
"CREATE TRIGGER search_feed BEFORE UPDATE OF name, title ON feeds WHEN coalesce(old.name, old.title) IS NOT coalesce(new.name, new.title) BEGIN"
KEEP_STALE("IN (SELECT id FROM articles WHERE feed = old.id AND retired_at IS NULL)")
WAIT("feed = old.id AND retired_at IS NULL")
" END;"
"DROP TRIGGER search_feed_gone;"
"CREATE TRIGGER search_feed_gone BEFORE DELETE ON feeds BEGIN"
KEEP_STALE("IN (SELECT id FROM articles WHERE feed = old.id AND retired_at IS NULL)")
" END;"
"PRAGMA user_version = 9;";

/* Keys of identity with the feed in front, see key_of() in identity.c: so that what one fetch brings lies together in their indexes. */
static const char *const version_10 =
"UPDATE articles SET guid_key = (feed << 40) | (guid_key & 0xffffffffff), name_key = (feed << 40) | (name_key & 0xffffffffff);"
"UPDATE OR REPLACE gone SET guid_key = iif(guid_key = 0, 0, (feed << 40) | (guid_key & 0xffffffffff)), name_key = (feed << 40) | (name_key & 0xffffffffff);"
"PRAGMA user_version = 10;";

/* steps[v] leads from version v to v + 1 and ends in setting user_version. A step that was released is never changed: add another. */
static const char *const *const steps[] = { &version_1, &version_2, &version_3, &version_4, &version_5, &version_6, &version_7, &version_8,
	&version_9, &version_10 };

#define APPLICATION_ID 1701014639

int schema_version(void)
{
	return (int)(sizeof steps / sizeof *steps);
}

static enum err pragma_int(struct db *db, const char *sql, int64_t *v, struct err_info *info)
{
	struct stmt *st = db_sql(db, sql);
	bool row;
	enum err e = stmt_step(st, &row, info);

	if (e == OK)
		*v = row ? stmt_col_int(st, 0) : 0;
	stmt_reset(st);
	return e;
}

enum err schema_of(struct db *db, int64_t *version, struct err_info *info)
{
	int64_t v = 0, app = 0, tables = 0;
	enum err e = pragma_int(db, "PRAGMA user_version", &v, info);

	if (e == OK)
		e = pragma_int(db, "PRAGMA application_id", &app, info);
	if (e == OK)
		e = pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables, info);
	if (e != OK)
		return e;
	if (tables ? app != APPLICATION_ID : v != 0)
		return err_set(info, ERR_CORRUPT, "%.300s: is a database of another program, not a store of eclose", db_path(db));
	if (v > schema_version())
		return err_set(info, ERR_UNSUPPORTED, "%.300s: was written by a newer eclose (schema %d, this one knows %d)", db_path(db), (int)v, schema_version());
	*version = v;
	return OK;
}

/* One step, unless another program has just taken it. */
static enum err step(struct db *db, int64_t from, struct err_info *info)
{
	int64_t now = 0;
	enum err e = db_begin(db, info);

	if (e != OK)
		return e;
	e = schema_of(db, &now, info);
	if (e == OK && now == from)
		e = db_exec(db, *steps[from], info);
	if (e == OK && now == from && from == 5)
		e = identity_rekey(db, info); /* version 6 compares addresses by what they have in common */
	return db_end(db, e, info);
}

static enum err steps_from(struct db *db, int64_t version, struct err_info *info)
{
	enum err e = OK;

	for (int64_t v = version; e == OK && v < schema_version(); v++)
		e = step(db, v, info);
	return e;
}

/* A new store is made in one transaction: whoever opens it meanwhile waits, and one that wasn't finished isn't there. */
static enum err make_new(struct db *db, struct err_info *info)
{
	enum err e = db_begin(db, info);

	return e == OK ? db_end(db, steps_from(db, 0, info), info) : e;
}

static enum err bring_up_to_date(struct db *db, int64_t version, struct err_info *info)
{
	enum err e = former_keep(db, version, info);

	if (e == OK)
		e = steps_from(db, version, info);
	if (e == OK)
		former_drop(db, version);
	return e;
}

enum err schema_update(struct db *db, struct err_info *info)
{
	int64_t version = 0;
	enum err e = schema_of(db, &version, info);

	if (e != OK || version == schema_version())
		return e;
	if (db_read_only(db))
		return err_set(info, ERR_READONLY, "%.300s: has an older schema (%d) and may not be written to bring it up to date", db_path(db), (int)version);
	return version ? bring_up_to_date(db, version, info) : make_new(db, info);
}
