/* kill_check - what a store must keep whatever was killed over it. */
#include "kill.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/body.h"
#include "base/buf.h"

#define SAMPLE 5 /* articles whose text is looked at, too */

/* ---- the log ---- */

struct row { int64_t id, article, batch, undoes; int kind, serial; };
struct rows { struct row *row; size_t n, cap; };

/* Real dwells, of a reader in a terminal, are shorter. */
static int serial_of(double dwell)
{
	long serial = lround(dwell * 1000);

	return serial >= KILL_SERIAL ? (int)serial : 0;
}

static const char *read_log(struct store *st, struct rows *log, struct arena *a)
{
	struct stmt *s = db_sql(st->db, "SELECT id, article, kind, dwell, batch, undoes FROM events ORDER BY id");
	struct err_info info = ERR_INFO_INIT;
	bool row;
	enum err e;

	while ((e = stmt_step(s, &row, &info)) == OK && row) {
		MEM_GROW(log->row, log->n, log->cap);
		log->row[log->n++] = (struct row){ .id = stmt_col_int(s, 0), .article = stmt_col_int(s, 1), .kind = (int)stmt_col_int(s, 2),
			.serial = serial_of(stmt_col_real(s, 3)), .batch = stmt_col_int(s, 4), .undoes = stmt_col_int(s, 5) };
	}
	return e == OK ? NULL : arena_strdup(a, info.text);
}

static int by_id(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

/* Every row that a pen acknowledged stands where it said, and every serial once. */
static const char *check_acks(const struct rows *log, const struct kill_ledger *l, struct arena *a)
{
	struct map serials = MAP_INIT;
	const char *wrong = NULL;
	int64_t last = 0;
	bool fresh;

	for (size_t i = 0; !wrong && i < log->n; i++) {
		if (log->row[i].serial)
			(void)map_at(&serials, (const char *)&log->row[i].serial, sizeof(int), 1, &fresh);
		if (log->row[i].serial && !fresh)
			wrong = arena_printf(a, "action %d is in the log twice", log->row[i].serial);
	}
	for (size_t i = 0; !wrong && i < l->n; i++) {
		const struct kill_ack *k = &l->ack[i];
		const struct row want = { .id = k->id }, *r = k->id ? bsearch(&want, log->row, log->n, sizeof want, by_id) : NULL;

		if (k->id && (!r || r->article != k->article || r->kind != k->kind || r->serial != k->serial))
			wrong = arena_printf(a, "row %lld was acknowledged (action %d) and %s", (long long)k->id, k->serial, r ? "says something else" : "isn't there");
		else if (k->id && k->id <= last)
			wrong = arena_printf(a, "row %lld came after row %lld", (long long)k->id, (long long)last);
		else if (!k->id && k->serial && !map_get(&serials, (const char *)&k->serial, sizeof(int), 0))
			wrong = arena_printf(a, "action %d was acknowledged and isn't there", k->serial);
		last = k->id ? k->id : last;
	}
	map_clear(&serials);
	return wrong;
}

/* Of rows without a serial there are as many of a kind and an article as were acknowledged, or as many more as commands were killed. */
static const char *check_marks(const struct rows *log, const struct kill_ledger *l, struct arena *a)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct kill_ack *k = &l->ack[i];
		size_t there = 0, sure = 0, unsure = 0;

		if (k->serial)
			continue;
		for (size_t j = 0; j < log->n; j++)
			there += !log->row[j].serial && log->row[j].kind == k->kind && log->row[j].article == k->article;
		for (size_t j = 0; j < l->n; j++)
			sure += !l->ack[j].serial && l->ack[j].kind == k->kind && l->ack[j].article == k->article;
		for (size_t j = 0; j < l->n_unsure; j++)
			unsure += !l->unsure[j].serial && l->unsure[j].kind == k->kind && l->unsure[j].article == k->article;
		if (there < sure || (!l->others && there > sure + unsure))
			return arena_printf(a, "%zu marks of kind %d on article %lld were acknowledged, %zu more were killed, and the log has %zu", sure, k->kind,
				(long long)k->article, unsure, there);
	}
	return NULL;
}

/* Flags by the log alone: of the rows that weren't taken back the last decides. Bit 0 read, bit 1 starred. */
static void fold_flags(const struct rows *log, struct map *flags)
{
	struct map undone = MAP_INIT;

	for (size_t i = 0; i < log->n; i++)
		if (log->row[i].kind == EVENT_UNDO)
			(void)map_at(&undone, (const char *)&log->row[i].undoes, sizeof(int64_t), 1, NULL);
	for (size_t i = 0; i < log->n; i++) {
		const struct row *r = &log->row[i];
		bool read = r->kind == EVENT_READ || r->kind == EVENT_OPEN || r->kind == EVENT_BROWSER, star = r->kind == EVENT_STAR || r->kind == EVENT_SAVE;
		int64_t *v;

		if (map_get(&undone, (const char *)&r->batch, sizeof r->batch, 0) || r->kind == EVENT_UNDO)
			continue;
		v = map_at(flags, (const char *)&r->article, sizeof r->article, 0, NULL);
		if (read || r->kind == EVENT_UNREAD)
			*v = (*v & ~1) | read;
		if (star || r->kind == EVENT_UNSTAR)
			*v = (*v & ~2) | (star ? 2 : 0);
	}
	map_clear(&undone);
}

static const char *check_flags(const struct item_list *items, const struct rows *log, struct arena *a)
{
	struct map flags = MAP_INIT;
	const char *wrong = NULL;

	fold_flags(log, &flags);
	for (size_t i = 0; !wrong && i < items->n; i++) {
		const struct item *it = &items->item[i];
		int64_t f = map_get(&flags, (const char *)&it->id, sizeof it->id, 0);

		if (it->read != (f & 1) || it->starred != (f >> 1))
			wrong = arena_printf(a, "article %lld is %s and %s, and by the log %s and %s", (long long)it->id, it->read ? "read" : "unread",
				it->starred ? "starred" : "not", f & 1 ? "read" : "unread", f >> 1 ? "starred" : "not");
	}
	map_clear(&flags);
	return wrong;
}

/* ---- the articles ---- */

/* Each once, and under the number that it has always had. */
static const char *check_once(const struct item_list *items, struct kill_ledger *l, struct arena *a)
{
	struct map seen = MAP_INIT;
	const char *wrong = NULL;

	for (size_t i = 0; !wrong && i < items->n; i++) {
		const struct item *it = &items->item[i];
		const char *guid = it->guid ? it->guid : "";
		bool fresh;

		(void)map_at(&seen, guid, strlen(guid), 1, &fresh);
		if (!fresh)
			wrong = arena_printf(a, "%s is there twice", guid);
		else if (*map_at(&l->ids, guid, strlen(guid), it->id, NULL) != it->id)
			wrong = arena_printf(a, "%s was another article before", guid);
	}
	map_clear(&seen);
	return wrong;
}

static const char *check_body(struct store *st, const struct item *it, int feed, int k, int revision, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct item whole;
	char word[32];

	if (articles_get(st, it->id, a, &whole, &info) != OK)
		return arena_strdup(a, info.text);
	if (whole.summary && strstr(whole.summary, kill_word(word, feed, k, revision)))
		return NULL;
	return arena_printf(a, "article %lld (%s) has the title of revision %d and another text", (long long)it->id, it->guid, revision);
}

/* All that a feed showed with the validators that it keeps is stored, as it was then, and nothing newer. items: of this feed alone. */
static const char *check_version(struct store *st, const struct item_list *items, const struct feed *f, int v, struct arena *a)
{
	int feed = kill_feed_number(f->url), found = 0;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->item[i];
		int of = -1, k = -1, revision = -1;

		if (!it->guid || !it->title || sscanf(it->guid, "f%d-k%d", &of, &k) != 2 || sscanf(it->title, "r%d ", &revision) != 1 || of != feed)
			return arena_printf(a, "article %lld of feed %d is none that it showed: %s", (long long)it->id, feed, it->title ? it->title : "no title");
		if (k >= v + KILL_WINDOW)
			return arena_printf(a, "%s is stored, and the validators of feed %d are of version %d, before it", it->guid, feed, v);
		if (k >= v && revision != kill_revision(k, v))
			return arena_printf(a, "%s is stored as revision %d, and the validators of feed %d are of version %d, with revision %d", it->guid, revision, feed, v,
				kill_revision(k, v));
		found += k >= v;
		if (i < SAMPLE) {
			const char *wrong = check_body(st, it, feed, k, revision, a);

			if (wrong)
				return wrong;
		}
	}
	return found == KILL_WINDOW ? NULL
		: arena_printf(a, "feed %d keeps validators of version %d and %d of the %d articles that came with them", feed, v, found, KILL_WINDOW);
}

static const char *check_feed(struct store *st, const struct item_list *items, const struct feed *f, struct arena *a)
{
	struct item_list own = { arena_alloc(a, (items->n + 1) * sizeof *own.item), 0 };
	int v = kill_feed_stored(f);

	for (size_t i = 0; i < items->n; i++)
		if (items->item[i].feed_id == f->id)
			own.item[own.n++] = items->item[i];
	if (v == -2)
		return arena_printf(a, "%s keeps validators that were never given together: %s, %s", f->url, f->etag ? f->etag : "no ETag", f->last_modified ? f->last_modified : "no date");
	if (v == -1)
		return own.n ? arena_printf(a, "%s has %zu articles and no validators", f->url, own.n) : NULL;
	return check_version(st, &own, f, v, a);
}

static const char *check_articles(struct store *st, struct kill_ledger *l, const struct item_list *items, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct feed_list feeds;
	const char *wrong = check_once(items, l, a);

	if (!wrong && feeds_load(st, false, a, &feeds, &info) != OK)
		wrong = arena_strdup(a, info.text);
	for (size_t i = 0; !wrong && i < feeds.n; i++)
		wrong = check_feed(st, items, &feeds.feed[i], a);
	return wrong;
}

/* ---- the whole ---- */

static const char *check_doctor(struct store *st, struct doctor_report *d, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;

	store_text(st, body_text, NULL); /* it is asked whether the full text is what the articles say */
	if (doctor_check(st, a, d, &info) != OK || search_compare(st, &info) != OK)
		return arena_strdup(a, info.text);
	if (strcmp(d->integrity, "ok") != 0)
		return arena_printf(a, "integrity: %s", d->integrity);
	if (d->orphans || d->df_wrong || d->count_wrong)
		return arena_printf(a, "%lld orphans, %lld wrong document frequencies, %lld feeds with wrong counts", (long long)d->orphans, (long long)d->df_wrong,
			(long long)d->count_wrong);
	return NULL;
}

/* All that belongs together is read from one state of the store: others go on writing. */
static const char *check_state(struct store *st, struct kill_ledger *l, struct arena *a)
{
	struct article_query all = ARTICLE_QUERY_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct rows log = { NULL, 0, 0 };
	struct item_list items;
	const char *wrong = read_log(st, &log, a);

	if (!wrong && articles_list(st, &all, a, &items, &info) != OK)
		wrong = arena_strdup(a, info.text);
	if (!wrong)
		wrong = check_acks(&log, l, a);
	if (!wrong)
		wrong = check_marks(&log, l, a);
	if (!wrong)
		wrong = check_flags(&items, &log, a);
	if (!wrong)
		wrong = check_articles(st, l, &items, a);
	free(log.row);
	return wrong;
}

const char *kill_check(struct store *st, struct kill_ledger *l, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct doctor_report d;
	const char *wrong = check_doctor(st, &d, a);

	if (wrong)
		return wrong;
	if (db_begin_read(st->db, &info) != OK)
		return arena_strdup(a, info.text);
	wrong = check_state(st, l, a);
	if (db_commit(st->db, &info) != OK && !wrong)
		wrong = arena_strdup(a, info.text);
	return wrong;
}

/* ---- at the end ---- */

/* Nobody wrote but those who acknowledged it, and those who were killed before they could. */
static const char *check_log_end(struct store *st, const struct kill_ledger *l, struct arena *a)
{
	struct rows log = { NULL, 0, 0 };
	const char *wrong = read_log(st, &log, a);

	if (!wrong && (log.n < l->n || (!l->others && log.n > l->n + l->n_unsure + (size_t)l->cut)))
		wrong = arena_printf(a, "%zu actions were acknowledged, %zu commands and %d pens were killed, and the log has %zu rows", l->n, l->n_unsure, l->cut, log.n);
	free(log.row);
	return wrong;
}

static const char *check_word(struct store *st, const char *word, int64_t want, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct id_list found;

	if (search_words(st, word, 10, a, &found, &info) != OK)
		return arena_strdup(a, info.text);
	if (found.n != (want != 0) || (want && found.id[0] != want))
		return arena_printf(a, "a search for %s finds %zu articles, the first of them %lld, and not %lld", word, found.n, found.n ? (long long)found.id[0] : 0, (long long)want);
	return NULL;
}

/* The full text has every article as it is now and not as it was. */
static const char *check_search(struct store *st, struct arena *a)
{
	struct article_query all = ARTICLE_QUERY_INIT;
	struct err_info info = ERR_INFO_INIT;
	struct item_list items = { NULL, 0 };
	const char *wrong = articles_list(st, &all, a, &items, &info) == OK ? NULL : arena_strdup(a, info.text);

	for (size_t i = 0; !wrong && i < items.n; i++) {
		const struct item *it = &items.item[i];
		int feed = -1, k = -1, revision = -1;
		char word[32];

		if (!it->guid || !it->title || sscanf(it->guid, "f%d-k%d", &feed, &k) != 2 || sscanf(it->title, "r%d ", &revision) != 1)
			continue; /* check_version says so */
		wrong = check_word(st, kill_word(word, feed, k, revision), it->id, a);
		for (int before = 0; !wrong && before < revision; before++)
			wrong = check_word(st, kill_word(word, feed, k, before), 0, a);
	}
	return wrong;
}

static const char *check_current(struct store *st, const struct kill_feeds *f, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct feed_list feeds;

	if (feeds_load(st, false, a, &feeds, &info) != OK)
		return arena_strdup(a, info.text);
	for (size_t i = 0; i < feeds.n; i++) {
		int v = atomic_load(&f->now->version[kill_feed_number(feeds.feed[i].url)]);

		if (kill_feed_stored(&feeds.feed[i]) != v)
			return arena_printf(a, "%s is stored as of version %d, and is at version %d", feeds.feed[i].url, kill_feed_stored(&feeds.feed[i]), v);
	}
	return feeds.n == KILL_FEEDS ? NULL : arena_printf(a, "%zu feeds", feeds.n);
}

const char *kill_check_end(struct store *st, const struct kill_feeds *f, const struct kill_ledger *l, struct arena *a)
{
	struct err_info info = ERR_INFO_INIT;
	struct doctor_report d;
	struct id_list pending = { NULL, 0 };
	const char *wrong = check_doctor(st, &d, a);

	if (!wrong && terms_pending(st, 1, a, &pending, &info) != OK)
		wrong = arena_strdup(a, info.text);
	if (!wrong && (d.indexed != d.articles || d.vectors != d.articles || pending.n))
		wrong = arena_printf(a, "of %lld articles %lld are in the full text, %lld have terms, %zu wait for theirs", (long long)d.articles, (long long)d.indexed,
			(long long)d.vectors, pending.n);
	if (!wrong)
		wrong = check_current(st, f, a);
	if (!wrong)
		wrong = check_search(st, a);
	return wrong ? wrong : check_log_end(st, l, a);
}
