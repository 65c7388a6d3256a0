/* edits - what the reader says outright: ranked by at once, taken back to the last bit, learned from never, forgotten and carried along; and private reading. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/carry.h"
#include "app/edits.h"
#include "app/forget.h"
#include "app/ranker.h"
#include "base/buf.h"
#include "demo_kit.h"
#include "text/lang.h"

/* The newest row of the log: whatever is recorded is newer. */
static int64_t events(struct fixture *f)
{
	struct stmt *st = db_sql(f->app.store.db, "SELECT coalesce(max(id), 0) FROM events");
	int64_t n;
	bool row;

	must(stmt_step(st, &row, &f->info));
	assert_true(row);
	n = stmt_col_int(st, 0);
	stmt_reset(st);
	return n;
}

static void page_by(struct fixture *f, enum page_order order, int explore, size_t limit, struct page *p)
{
	struct page_options o = { .explore = explore, .limit = limit, .order = order };

	page_clear(p);
	must(ranker_page(f->ranker, &o, p, &f->info));
}

static bool same_entry(const struct page_entry *x, const struct page_entry *y)
{
	if (x->id != y->id || x->score != y->score || x->sd != y->sd || x->distance != y->distance || x->propensity != y->propensity || x->slot != y->slot ||
	    x->n_reasons != y->n_reasons)
		return false;
	for (size_t i = 0; i < x->n_reasons; i++)
		if (x->reasons[i].weight != y->reasons[i].weight || strcmp(x->reasons[i].name, y->reasons[i].name) != 0)
			return false;
	return true;
}

/* To the last bit. */
static bool same_page(const struct page *p, const struct page *q)
{
	bool same = p->n == q->n && p->outside == q->outside && p->candidates == q->candidates && p->banned == q->banned;

	for (size_t i = 0; same && i < p->n; i++)
		same = same_entry(&p->entries[i], &q->entries[i]);
	return same;
}

static void edit(struct fixture *f, const char *subject, double weight)
{
	if (ranker_edit(f->ranker, subject, weight, 0, &f->info) != OK)
		fail_msg("%s: %s", subject, f->info.text);
}

static void undo(struct fixture *f, const char *words)
{
	const char *said;

	must(ranker_undo(f->ranker, &f->a, &said, &f->info));
	assert_string_equal(said, words);
}

static const struct corpus *corpus_of(const struct fixture *f)
{
	return ranker_profile(f->ranker)->corpus;
}

/* The subject of one value of an unread article that has any of that facet. */
static const char *some_subject(struct fixture *f, enum facet which)
{
	const struct corpus *c = corpus_of(f);

	for (size_t i = 0; i < c->n; i++) {
		int one, n;
		const int *value = which == FACET_COUNT ? NULL : doc_facet(&c->doc[i], which, &one, &n);

		if (f->ranker->loaded.items.item[i].read)
			continue;
		if (which == FACET_COUNT && c->terms.ptr[i] < c->terms.ptr[i + 1])
			return arena_printf(&f->a, "term:%s", c->names.key(c->names.user, which, c->terms.col[c->terms.ptr[i]]));
		if (value && n > 0 && value[0] >= 0)
			return arena_printf(&f->a, "%s:%s", facet_word[which], c->names.key(c->names.user, which, (size_t)value[0]));
	}
	return NULL;
}

/* By the store and the article's own words, not by the numbers of the corpus. */
static bool naive_has(struct fixture *f, size_t doc, const char *subject)
{
	const struct item *it = &f->ranker->loaded.items.item[doc];
	const char *key = strchr(subject, ':') + 1;
	const char *told; /* the language of its title; "" where that doesn't tell */
	char lines[2048], line[300];
	struct termvec v = { 0 };
	struct derived d = { .topic = -1 };
	struct feed feed;
	int64_t term;

	switch (subject[0] == 't' ? subject[1] : subject[0]) {
	case 'e': /* term */
		must(terms_id(&f->app.store, key, strlen(key), &term, &f->info));
		(void)terms_vector(&f->app.store, it->id, &f->a, &v, NULL, &f->info);
		for (size_t i = 0; i < v.n; i++)
			if (v.id[i] == (uint32_t)term)
				return true;
		return false;
	case 'o': /* topic */
		(void)derived_get(&f->app.store, it->id, &f->a, &d, &f->info);
		return d.topic == atoi(key);
	case 'f':
		must(feeds_by_url(&f->app.store, key, &f->a, &feed, &f->info));
		return it->feed_id == feed.id;
	case 'c':
		snprintf(lines, sizeof lines, "\n%s\n", it->categories ? category_key(&f->a, it->categories, strlen(it->categories)) : "");
		snprintf(line, sizeof line, "\n%s\n", key);
		return strstr(lines, line) != NULL;
	case 'a': /* author, or tag with its first letter gone */
		return subject[0] == 'a' && it->author && strcmp(category_key(&f->a, it->author, strlen(it->author)), key) == 0;
	case 'l':
		if (subject[1] == 'e')
			return (it->words < 120 ? 0 : it->words < 400 ? 1 : it->words < 1000 ? 2 : 3) == atoi(key) && it->words > 0;
		told = it->title ? lang_detect(it->title, strlen(it->title), it->language) : "";
		return strncmp(*told || !it->language ? told : it->language, key, strlen(key)) == 0;
	default:
		fail_msg("%s", subject);
		return false;
	}
}

/* ---- scores ---- */

static void an_edit_counts_for_the_articles_that_have_its_subject_and_undone_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = corpus_of(f);
	struct score *before = calloc(c->n, sizeof *before), *after = calloc(c->n, sizeof *after);
	size_t *docs = calloc(c->n, sizeof *docs), kinds = 0;
	struct page was = { 0 }, is = { 0 };

	for (size_t i = 0; i < c->n; i++)
		docs[i] = i;
	score_docs(&f->ranker->profile, docs, c->n, NOW, before);
	page_by(f, PAGE_RANK, 30, 40, &was);
	for (int which = 0; which <= FACET_COUNT; which++) {
		const char *subject = some_subject(f, (enum facet)which), *name;
		size_t touched = 0, n = corpus_of(f)->n;

		if (!subject) { /* the sample feeds have no tags */
			assert_int_equal(which, FACET_TAG);
			continue;
		}
		edit(f, subject, 1.5);
		assert_true(edit_weight(f->ranker, subject) == 1.5);
		score_docs(&f->ranker->profile, docs, n, NOW, after);
		for (size_t i = 0; i < n; i++) {
			bool has = naive_has(f, i, subject);

			assert_true(after[i].mean == (has ? before[i].mean + 1.5 : before[i].mean));
			assert_true(after[i].edit == (has ? 1.5 : 0) && !after[i].banned && after[i].sd == before[i].sd);
			touched += has;
		}
		assert_true(touched > 0);
		page_by(f, PAGE_RANK, 30, 40, &is);
		assert_false(same_page(&was, &is));
		name = edit_name(f->ranker, &f->a, subject);
		undo(f, arena_printf(&f->a, "undone: you: +1.5 %s", name));
		assert_true(edit_weight(f->ranker, subject) == 0);
		page_by(f, PAGE_RANK, 30, 40, &is);
		assert_true(same_page(&was, &is));
		kinds++;
	}
	assert_int_equal(kinds, FACET_COUNT);
	page_clear(&was);
	page_clear(&is);
	free(before);
	free(after);
	free(docs);
}

static void the_last_word_on_a_subject_holds_and_can_be_cleared(void **state)
{
	struct fixture *f = *state;
	const char *feed = some_subject(f, FACET_FEED), *topic = some_subject(f, FACET_TOPIC);
	struct page was = { 0 }, is = { 0 };
	struct edit_list l;

	page_by(f, PAGE_RANK, 0, 30, &was);
	edit(f, feed, 2);
	edit(f, topic, -1);
	edit(f, feed, -2.5);
	must(ranker_edits(f->ranker, &f->a, &l, &f->info));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.edit[0].subject, feed);
	assert_true(l.edit[0].weight == -2.5 && l.edit[1].weight == -1 && l.edit[0].at == NOW && l.edit[0].article == 0);
	assert_non_null(l.edit[1].name);
	assert_null(strstr(l.edit[1].name, "topic"));
	edit(f, feed, 0);
	edit(f, topic, 0);
	must(ranker_edits(f->ranker, &f->a, &l, &f->info));
	assert_int_equal(l.n, 0);
	page_by(f, PAGE_RANK, 0, 30, &is);
	assert_true(same_page(&was, &is));
	undo(f, arena_printf(&f->a, "undone: cleared: %s", edit_name(f->ranker, &f->a, topic)));
	assert_true(edit_weight(f->ranker, topic) == -1);
	page_clear(&was);
	page_clear(&is);
}

static void parts_of_edits_add_up_where_they_are_clipped(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = corpus_of(f);
	const struct doc *d;
	struct page_entry e;
	const char **change, *feed, *topic, *length;
	struct page p = { 0 };
	double sum = 0, edits = 0;
	size_t n, named = 0;

	page_by(f, PAGE_RANK, 0, 1, &p);
	d = &c->doc[corpus_find(c, p.entries[0].id)];
	feed = arena_printf(&f->a, "feed:%s", c->names.key(c->names.user, FACET_FEED, (size_t)d->feed));
	topic = arena_printf(&f->a, "topic:%s", c->names.key(c->names.user, FACET_TOPIC, (size_t)d->topic));
	length = arena_printf(&f->a, "length:%d", doc_length(d));
	edit(f, feed, EDIT_MOST);
	edit(f, topic, EDIT_MOST);
	edit(f, length, -1);
	must(ranker_why(f->ranker, d->id, &f->a, &e, &change, &n, &f->info));
	for (size_t i = 0; i < e.n_reasons; i++) {
		const struct reason *r = &e.reasons[i];

		sum += r->weight;
		if (strcmp(r->kind, "edit") != 0)
			continue;
		edits += r->weight;
		named += !strcmp(r->subject, feed) && !strncmp(r->name, "pinned: ", 8) && fabs(r->weight - 3 * 4.0 / 5) < 1e-12;
		named += !strcmp(r->subject, topic) && !strncmp(r->name, "pinned: ", 8) && fabs(r->weight - 3 * 4.0 / 5) < 1e-12;
		named += !strcmp(r->subject, length) && !strncmp(r->name, "you: -1.0 ", 10) && fabs(r->weight + 4.0 / 5) < 1e-12;
	}
	assert_int_equal(named, 3);
	assert_true(fabs(edits - EDITS_MOST) < 1e-12);
	assert_true(fabs(sum - e.score) <= 1e-9 * fmax(1, fabs(e.score)));
	page_clear(&p);
}

/* Every part that names one of the reader's subjects can be edited under that name. */
static void parts_say_what_an_edit_would_name(void **state)
{
	struct fixture *f = *state;
	size_t by_kind[FACET_COUNT + 1] = { 0 };
	struct page p = { 0 };

	page_by(f, PAGE_RANK, 50, 12, &p);
	for (size_t i = 0; i < p.n; i++) {
		struct page_entry e;
		const char **change;
		size_t n;

		must(ranker_why(f->ranker, p.entries[i].id, &f->a, &e, &change, &n, &f->info));
		for (size_t k = 0; k < e.n_reasons; k++) {
			const struct reason *r = &e.reasons[k];
			const char *key;
			enum facet which;

			if (!r->subject) {
				for (int x = 0; x < FACET_COUNT; x++)
					assert_string_not_equal(r->kind, facet_word[x]);
				assert_string_not_equal(r->kind, "term");
				continue;
			}
			if (strcmp(r->kind, "edit") == 0)
				continue;
			assert_true(edit_facet(r->subject, &which, &key));
			assert_string_equal(r->kind, which == FACET_COUNT ? "term" : facet_word[which]);
			assert_true(naive_has(f, (size_t)corpus_find(corpus_of(f), p.entries[i].id), r->subject));
			if (by_kind[which]++ == 0)
				edit(f, r->subject, 0.5); /* it is taken */
		}
		for (size_t k = 0; k < p.entries[i].n_reasons; k++)
			if (strstr(p.entries[i].reasons[k].name, " more") || !strcmp(p.entries[i].reasons[k].name, "others"))
				assert_null(p.entries[i].reasons[k].subject);
	}
	assert_true(by_kind[FACET_COUNT] && by_kind[FACET_FEED] && by_kind[FACET_TOPIC] && by_kind[FACET_CATEGORY] && by_kind[FACET_LENGTH]);
	page_clear(&p);
}

/* ---- the page ---- */

static void a_ban_leaves_out_of_the_ranked_page_and_of_nothing_else(void **state)
{
	struct fixture *f = *state;
	const char *subject = some_subject(f, FACET_FEED);
	size_t unread = 0, found = 0;
	struct page was = { 0 }, p = { 0 };
	struct item_list items;
	struct article_query q = ARTICLE_QUERY_INIT;
	struct feed feed;

	must(feeds_by_url(&f->app.store, strchr(subject, ':') + 1, &f->a, &feed, &f->info));
	for (size_t i = 0; i < f->ranker->n_candidates; i++) {
		const struct item *it = &f->ranker->loaded.items.item[f->ranker->candidate[i]];

		unread += it->feed_id == feed.id && !it->read;
	}
	assert_true(unread > 0);
	page_by(f, PAGE_RANK, 30, 100, &was);
	assert_int_equal(was.banned, 0);
	edit(f, subject, -EDIT_MOST);
	for (int explore = 0; explore <= 100; explore += 25) {
		page_by(f, PAGE_RANK, explore, 100000, &p);
		assert_int_equal(p.banned, unread);
		assert_int_equal(p.candidates, was.candidates - unread);
		for (size_t i = 0; i < p.n; i++)
			assert_string_not_equal(p.entries[i].feed, feed.title);
	}
	page_by(f, PAGE_NEW, 30, 100000, &p);
	assert_int_equal(p.banned, 0);
	for (size_t i = 0; i < p.n; i++)
		found += strcmp(p.entries[i].feed, feed.title) == 0;
	assert_int_equal(found, unread);
	q.feed_id = feed.id;
	must(articles_list(&f->app.store, &q, &f->a, &items, &f->info));
	assert_int_equal(items.n, feed.items);
	edit(f, subject, -2.9); /* any less is no ban */
	page_by(f, PAGE_RANK, 30, 100000, &p);
	assert_int_equal(p.banned, 0);
	page_clear(&was);
	page_clear(&p);
}

static void no_slot_of_chance_goes_to_what_was_spoken_against(void **state)
{
	struct fixture *f = *state;
	const struct corpus *c = corpus_of(f);
	size_t slots = 0, spoken = 0;
	struct page p = { 0 };

	page_by(f, PAGE_RANK, 100, 40, &p);
	for (size_t i = 0; i < p.n; i++) {
		const char *topic = arena_printf(&f->a, "topic:%d", p.entries[i].topic_id);

		if (p.entries[i].slot != SLOT_SERENDIPITY || p.entries[i].topic_id < 0 || edit_weight(f->ranker, topic) != 0 || spoken == 3)
			continue;
		edit(f, topic, -0.5);
		spoken++;
	}
	assert_int_equal(spoken, 3);
	page_by(f, PAGE_RANK, 100, 40, &p);
	for (size_t i = 0; i < p.n; i++)
		if (p.entries[i].slot == SLOT_SERENDIPITY) {
			assert_true(edits_sum(&ranker_profile(f->ranker)->edits, (size_t)corpus_find(c, p.entries[i].id), NULL) >= 0);
			slots++;
		}
	assert_true(slots > 0);
	page_clear(&p);
}

/* ---- learning ---- */

static void act(struct fixture *f, int64_t article, enum event_kind kind, double dwell)
{
	struct event e = { .article = article, .kind = kind, .dwell = dwell, .scroll = -1, .explore = -1, .propensity = -1 };

	must(ranker_record(f->ranker, &e, &f->info));
}

static double *numbers_of(struct fixture *f, size_t *n)
{
	const struct models *m = &ranker_profile(f->ranker)->models;
	double *x = calloc(models_numbers(m, NULL), sizeof *x);

	*n = models_numbers(m, x);
	return x;
}

/* What was read is the same in both lives, and the edits are made in one of them. */
static double *live(struct fixture *f, bool edits, size_t *n)
{
	const struct corpus *c = corpus_of(f);

	for (size_t i = 0; i < 20; i++) {
		if (edits && i % 5 == 0)
			edit(f, some_subject(f, (enum facet)(i / 5)), i % 10 ? 3 : -2);
		act(f, c->doc[7 * i].id, i % 3 ? EVENT_LIKE : EVENT_SKIP, -1);
	}
	return numbers_of(f, n);
}

static void nothing_is_learned_from_an_edit(void **state)
{
	struct fixture *f = *state;
	void *other;
	double *with, *without;
	size_t n, m;

	assert_int_equal(demo_setup(&other), 0);
	with = live(f, true, &n);
	without = live(other, false, &m);
	assert_int_equal(n, m);
	assert_memory_equal(with, without, n * sizeof *with);
	free(with);
	free(without);
	(void)demo_teardown(&other);
}

static void a_restart_and_a_rebuild_give_the_page_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct page was = { 0 }, is = { 0 };

	edit(f, some_subject(f, FACET_TOPIC), 1.25);
	act(f, corpus_of(f)->doc[3].id, EVENT_LIKE, -1);
	edit(f, some_subject(f, FACET_COUNT), -2);
	edit(f, some_subject(f, FACET_FEED), -EDIT_MOST);
	page_by(f, PAGE_RANK, 40, 60, &was);
	must(ranker_save(f->ranker, &f->info));
	demo_reopen(f);
	page_by(f, PAGE_RANK, 40, 60, &is);
	assert_true(same_page(&was, &is));
	must(ranker_rebuild(f->ranker, &f->info));
	page_by(f, PAGE_RANK, 40, 60, &is);
	assert_int_equal(was.n, is.n);
	assert_int_equal(was.banned, is.banned);
	for (size_t i = 0; i < was.n; i++)
		assert_true(was.entries[i].id == is.entries[i].id && fabs(was.entries[i].score - is.entries[i].score) < 1e-6);
	page_clear(&was);
	page_clear(&is);
}

/* An edit that another program makes is seen at the next start, with a snapshot that doesn't know it. */
static void a_snapshot_from_before_an_edit_does_not_hide_it(void **state)
{
	struct fixture *f = *state;
	const char *subject = some_subject(f, FACET_TOPIC);
	struct event e = { .kind = EVENT_EDIT, .at = NOW - DATE_DAY, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .subject = subject, .value = -3 };

	must(ranker_save(f->ranker, &f->info));
	must(events_append(&f->app.store, &e, &f->info));
	demo_reopen(f);
	assert_true(edit_weight(f->ranker, subject) == -3);
}

static void a_subject_that_is_gone_stays_known_and_counts_for_nothing(void **state)
{
	struct fixture *f = *state;
	struct page was = { 0 }, is = { 0 };
	struct event e = { .kind = EVENT_EDIT, .at = NOW, .dwell = -1, .scroll = -1, .explore = -1, .propensity = -1, .subject = "term:nowheretobefound", .value = 2 };
	struct edit_list l;

	page_by(f, PAGE_RANK, 30, 30, &was);
	must(events_append(&f->app.store, &e, &f->info));
	e.subject = "topic:99999";
	must(events_append(&f->app.store, &e, &f->info));
	demo_reopen(f);
	page_by(f, PAGE_RANK, 30, 30, &is);
	assert_true(same_page(&was, &is));
	must(ranker_edits(f->ranker, &f->a, &l, &f->info));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.edit[0].name, "topic 99999");
	assert_string_equal(l.edit[1].name, "nowheretobefound");
	must(ranker_edit(f->ranker, "topic:99999", 0, 0, &f->info)); /* and can be cleared */
	page_clear(&was);
	page_clear(&is);
}

/* ---- what is said of mistakes, and what people may write ---- */

static void mistakes_are_answered_with_what_would_do(void **state)
{
	static const struct { const char *subject; double weight; enum err e; const char *words; } wrong[] = {
		{ "linux", 1, ERR_USAGE, "write term:, feed:" }, { "term:", 1, ERR_USAGE, "names nothing" }, { "colour:red", 1, ERR_USAGE, "colour:red" },
		{ "topic:sea", 1, ERR_USAGE, "a topic is a number; eclose topics lists them" }, { "length:9", 1, ERR_USAGE, "from 0 (notes) to 3 (long reads)" },
		{ "length:2", 3.01, ERR_USAGE, "between -3 and 3" }, { "length:2", NAN, ERR_USAGE, "between -3 and 3" }, { "length:2", 0, ERR_NOTFOUND, "no edit of 'length:2' holds" },
		{ "term:nosuchstem", 1, ERR_NOTFOUND, "nosuchstem" }, { "feed:https://nowhere.example/", 1, ERR_NOTFOUND, "nowhere.example" },
		{ "topic:4711", 1, ERR_NOTFOUND, "no topic 4711" }, { "category:nosuch", 1, ERR_NOTFOUND, "no article has the category 'nosuch'" },
		{ "author:nobody", 1, ERR_NOTFOUND, "no article is by 'nobody'" }, { "language:tlh", 1, ERR_NOTFOUND, "the language 'tlh'" },
		{ "tag:nosuch", 1, ERR_NOTFOUND, "no feed has the tag 'nosuch'" },
	};
	struct fixture *f = *state;
	int64_t before, after;

	before = events(f);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (ranker_edit(f->ranker, wrong[i].subject, wrong[i].weight, 0, &f->info) != wrong[i].e)
			fail_msg("%s: %s", wrong[i].subject, f->info.text);
		says(f, wrong[i].words);
	}
	after = events(f);
	assert_int_equal(before, after);
	edit(f, "length:03", 1); /* one spelling for each */
	edit(f, "language:EN", 1);
	assert_true(edit_weight(f->ranker, "length:3") == 1 && edit_weight(f->ranker, "language:en") == 1);
	before = events(f);
	edit(f, "length:3", 1); /* said already */
	after = events(f);
	assert_int_equal(before, after);
}

/* The log is printed: nothing that steers a terminal, or fills it, gets in. */
static void a_subject_is_a_line_of_text(void **state)
{
	struct fixture *f = *state;
	char *vast = mem_zero(1 << 20, 1);
	const char *wrong[] = { "category:\033[2J", "author:two\nlines", "tag:\302\233m", "feed:\342\200\256x", "author:\377", vast };

	memset(vast, 'x', (1 << 20) - 1);
	memcpy(vast, "author:", 7);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(ranker_edit(f->ranker, wrong[i], 1, 0, &f->info), ERR_USAGE);
		says(f, "one line of plain text");
	}
	free(vast);
}

static void no_text(void *user, const struct entry *e, struct buf *out)
{
	(void)user;
	(void)e;
	(void)out;
}

/* A language that no feed declared is told from the title: what the model holds, the reader can weigh. */
static void a_language_that_was_told_from_the_text_can_be_weighed(void **state)
{
	struct fixture *f = *state;
	struct entry e = { .id = "undeclared", .link = "https://undeclared.example/1", .published = NOW - 3600, .updated = DATE_NONE,
			   .title = "De raad van de stad heeft het nieuwe plan voor de haven goedgekeurd, maar niet iedereen is er blij mee" };
	struct feed_doc doc = { .title = "Undeclared", .entries = &e, .n_entries = 1, .updated = DATE_NONE, .ttl = -1 };
	struct fetched fetched = { .at = NOW, .next = NOW + 3600, .http = 200, .doc = &doc };
	const struct corpus_names *names;
	struct feed_list feeds;
	int added = 0;

	must(feeds_load(&f->app.store, true, &f->a, &feeds, &f->info));
	fetched.feed_id = feeds.feed[0].id;
	must(feeds_put(&f->app.store, &fetched, no_text, NULL, &added, &f->info));
	assert_int_equal(added, 1);
	demo_reopen(f);
	names = &corpus_of(f)->names;
	assert_true(names->find(names->user, FACET_LANGUAGE, "nl") >= 0);
	edit(f, "language:nl", 1);
	assert_true(edit_weight(f->ranker, "language:nl") == 1);
}

static void names_that_people_know_are_subjects_too(void **state)
{
	struct fixture *f = *state;
	struct topic_row *t;
	struct feed_list feeds;
	const char *subject;
	size_t n;

	must(feeds_load(&f->app.store, true, &f->a, &feeds, &f->info));
	must(topics_load(&f->app.store, &f->a, &t, &n, &f->info));
	must(edit_subject(&f->app, arena_printf(&f->a, "feed:%s", feeds.feed[2].title), &f->a, &subject, &f->info));
	assert_string_equal(subject, arena_printf(&f->a, "feed:%s", feeds.feed[2].url));
	must(edit_subject(&f->app, subject, &f->a, &subject, &f->info)); /* its own name stays */
	assert_string_equal(subject, arena_printf(&f->a, "feed:%s", feeds.feed[2].url));
	must(edit_subject(&f->app, arena_printf(&f->a, "topic:%s", t[1].name), &f->a, &subject, &f->info));
	assert_string_equal(subject, arena_printf(&f->a, "topic:%d", t[1].id));
	must(edit_subject(&f->app, "galaxies", &f->a, &subject, &f->info));
	assert_string_equal(subject, "term:galaxi");
	must(edit_subject(&f->app, "term:Galaxies", &f->a, &subject, &f->info));
	assert_string_equal(subject, "term:galaxi");
	must(edit_subject(&f->app, "term:galaxi", &f->a, &subject, &f->info));
	assert_string_equal(subject, "term:galaxi");
	must(edit_subject(&f->app, "length:Long Reads", &f->a, &subject, &f->info));
	assert_string_equal(subject, "length:3");
	must(edit_subject(&f->app, "category:SMART Home", &f->a, &subject, &f->info));
	assert_string_equal(subject, "category:smart home");
	assert_int_equal(edit_subject(&f->app, "feed:No Such Paper", &f->a, &subject, &f->info), ERR_NOTFOUND);
	says(f, "no feed is called 'No Such Paper'");
	assert_int_equal(edit_subject(&f->app, "two words", &f->a, &subject, &f->info), ERR_USAGE);
	says(f, "write feed:, topic:");
	must(topics_rename(&f->app.store, t[0].id, "the sea", &f->info));
	must(topics_rename(&f->app.store, t[1].id, "The Sea", &f->info));
	assert_int_equal(edit_subject(&f->app, "topic:the sea", &f->a, &subject, &f->info), ERR_USAGE);
	says(f, arena_printf(&f->a, "topic:%d, topic:%d", t[0].id, t[1].id));
}

static void steps_go_by_one_and_never_as_far_as_a_ban_or_a_pin(void **state)
{
	static const double up[] = { 1, 2, 2 }, down[] = { 1, 0, -1, -2, -2 };
	struct fixture *f = *state;
	const struct corpus *c = corpus_of(f);
	const char *subject, *words, *feed;
	struct edit_list l;
	size_t doc = 0, alone = c->n;

	while (c->doc[doc].topic < 0)
		doc++;
	subject = arena_printf(&f->a, "topic:%s", c->names.key(c->names.user, FACET_TOPIC, (size_t)c->doc[doc].topic));
	for (size_t i = 0; i < sizeof up / sizeof *up; i++) {
		must(ranker_step(f->ranker, c->doc[doc].id, 1, &f->a, &words, &f->info));
		assert_true(edit_weight(f->ranker, subject) == up[i]);
	}
	assert_non_null(strstr(words, "as far as steps go"));
	must(ranker_edits(f->ranker, &f->a, &l, &f->info));
	assert_int_equal(l.edit[0].article, c->doc[doc].id);
	for (size_t i = 0; i < sizeof down / sizeof *down; i++) {
		must(ranker_step(f->ranker, c->doc[doc].id, -1, &f->a, &words, &f->info));
		assert_true(edit_weight(f->ranker, subject) == down[i]);
	}
	edit(f, subject, -EDIT_MOST);
	must(ranker_step(f->ranker, c->doc[doc].id, -1, &f->a, &words, &f->info));
	assert_string_equal(words, arena_printf(&f->a, "banned: %s already", edit_name(f->ranker, &f->a, subject)));
	must(ranker_step(f->ranker, c->doc[doc].id, 1, &f->a, &words, &f->info));
	assert_true(edit_weight(f->ranker, subject) == -2);
	assert_int_equal(ranker_step(f->ranker, 987654, 1, &f->a, &words, &f->info), ERR_NOTFOUND);
	/* Where an article has no topic, its feed is meant. */
	must(db_exec(f->app.store.db, "UPDATE derived SET topic = -1 WHERE article = (SELECT min(article) FROM derived)", &f->info));
	demo_reopen(f);
	c = corpus_of(f);
	for (size_t i = 0; i < c->n; i++)
		if (c->doc[i].topic < 0)
			alone = i;
	assert_true(alone < c->n);
	feed = arena_printf(&f->a, "feed:%s", c->names.key(c->names.user, FACET_FEED, (size_t)c->doc[alone].feed));
	must(ranker_step(f->ranker, c->doc[alone].id, -1, &f->a, &words, &f->info));
	assert_true(edit_weight(f->ranker, feed) == -1);
	assert_non_null(strstr(words, "u takes it back"));
}

/* ---- forgetting ---- */

static bool in_file(const char *path, const char *bytes)
{
	struct buf b = BUF_INIT;
	struct err_info info = ERR_INFO_INIT;
	size_t n = strlen(bytes);
	bool found = false;

	if (buf_read_file(&b, path, (size_t)1 << 30, &info) == OK)
		for (size_t i = 0; i + n <= b.len && !found; i++)
			found = memcmp(b.s + i, bytes, n) == 0;
	buf_clear(&b);
	return found;
}

static bool on_disk(struct fixture *f, const char *bytes)
{
	return in_file(f->app.store_path, bytes) || in_file(arena_printf(&f->a, "%s-wal", f->app.store_path), bytes);
}

/* What the request takes, and only that; and nothing of it is left in the files. */
static void forgets(struct fixture *f, const struct forget_request *r, const char *subject, const char *other)
{
	struct forgotten gone;
	const char *residue = NULL;

	edit(f, other, 1);
	edit(f, subject, 2);
	edit(f, subject, 1);
	undo(f, arena_printf(&f->a, "undone: you: +1.0 %s", edit_name(f->ranker, &f->a, subject)));
	assert_true(on_disk(f, subject));
	ranker_close(f->ranker);
	f->ranker = NULL;
	must(app_forget(&f->app, r, &f->a, &gone, &residue, &f->info));
	assert_null(residue);
	assert_true(gone.events >= 3);
	assert_false(on_disk(f, subject));
	must(ranker_open(&f->app, &f->ranker, &f->info));
	assert_true(edit_weight(f->ranker, subject) == 0);
	assert_true(edit_weight(f->ranker, other) == (r->all || r->since != DATE_NONE ? 0 : 1));
}

#define REQUEST(topic_id, from, ...) &(struct forget_request){ .topic = (topic_id), .since = (from), .until = DATE_NONE, __VA_ARGS__ }

static void forgetting_takes_what_was_said_of_the_subject(void **state)
{
	struct fixture *f = *state;
	const char *feed = some_subject(f, FACET_FEED), *topic;
	struct topic_row *t;
	size_t n;

	must(topics_load(&f->app.store, &f->a, &t, &n, &f->info));
	topic = arena_printf(&f->a, "topic:%d", t[0].id);
	forgets(f, REQUEST(-1, DATE_NONE, .term = "galaxies"), "term:galaxi", "length:3");
	forgets(f, REQUEST(-1, DATE_NONE, .feed = strchr(feed, ':') + 1), feed, "length:2");
	forgets(f, REQUEST(t[0].id, DATE_NONE, .all = false), topic, arena_printf(&f->a, "topic:%d", t[1].id));
	forgets(f, REQUEST(-1, NOW - 60, .all = false), "language:en", "length:1");
	forgets(f, REQUEST(-1, DATE_NONE, .all = true), "term:comet", "length:0");
}

/* ---- to another store ---- */

static void carried(struct fixture *f, struct fixture *to, int64_t added, int64_t unknown)
{
	struct buf out = BUF_INIT;
	char path[] = "/tmp/eclose-edits-XXXXXX";
	struct carried c = { 0 };
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	must(carry_export(&f->app, &out, &f->info));
	must(buf_write_file(path, buf_str(&out), out.len, 0600, &f->info));
	must(carry_import(&to->app, path, &c, &to->info));
	assert_int_equal(c.events, added);
	assert_int_equal(c.unknown, unknown);
	must(carry_import(&to->app, path, &c, &to->info)); /* once more brings nothing */
	assert_int_equal(c.events, 0);
	unlink(path);
	buf_clear(&out);
	demo_reopen(to);
}

static void edits_are_carried_along_topics_by_their_names(void **state)
{
	struct fixture *f = *state, *to;
	struct topic_row *t;
	void *other;
	size_t n;

	assert_int_equal(demo_setup_new(&other), 0);
	to = other;
	must(topics_load(&f->app.store, &f->a, &t, &n, &f->info));
	must(topics_rename(&f->app.store, t[0].id, "the sea", &f->info));
	must(topics_rename(&to->app.store, t[3].id, "the sea", &f->info));
	must(topics_rename(&f->app.store, t[1].id, "only there", &f->info));
	edit(f, "term:galaxi", 2);
	edit(f, "term:galaxi", -1.5);
	must(ranker_edit(f->ranker, "length:3", 1, f->ranker->loaded.items.item[0].id, &f->info));
	edit(f, arena_printf(&f->a, "topic:%d", t[0].id), -EDIT_MOST);
	edit(f, arena_printf(&f->a, "topic:%d", t[1].id), 1);
	edit(f, "language:en", 1);
	undo(f, "undone: you: +1.0 en");
	carried(f, to, 4, 1);
	assert_true(edit_weight(to->ranker, "term:galaxi") == -1.5 && edit_weight(to->ranker, "length:3") == 1 && edit_weight(to->ranker, "language:en") == 0);
	assert_true(edit_weight(to->ranker, arena_printf(&f->a, "topic:%d", t[3].id)) == -EDIT_MOST);
	assert_true(edit_weight(to->ranker, arena_printf(&f->a, "topic:%d", t[0].id)) == 0);
	(void)demo_teardown(&other);
}

/* A file from elsewhere may have any spelling; here there is one, by which the edit is found again, taken away and forgotten. */
static void what_is_brought_is_spelt_as_here(void **state)
{
	static const char text[] = "{\"eclose\":\"profile\",\"version\":1,\"articles\":[],\"events\":["
				   "{\"article\":null,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"edit\",\"subject\":\"category:Smart HOME\",\"weight\":2},"
				   "{\"article\":null,\"at\":\"2026-03-01T00:00:00Z\",\"kind\":\"edit\",\"subject\":\"length:03\",\"weight\":-1}]}";
	struct fixture *f = *state;
	char path[] = "/tmp/eclose-edits-XXXXXX";
	struct carried c;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	must(buf_write_file(path, text, strlen(text), 0600, &f->info));
	must(carry_import(&f->app, path, &c, &f->info));
	assert_int_equal(c.events, 2);
	must(carry_import(&f->app, path, &c, &f->info));
	assert_int_equal(c.events, 0);
	unlink(path);
	demo_reopen(f);
	assert_true(edit_weight(f->ranker, "category:smart home") == 2 && edit_weight(f->ranker, "length:3") == -1);
	edit(f, "category:Smart Home", 0);
	assert_true(edit_weight(f->ranker, "category:smart home") == 0);
}

/* Two machines: what was said last, on whichever, holds on both. */
static void an_older_edit_does_not_come_after_a_newer_one(void **state)
{
	struct fixture *f = *state, *to;
	void *other;

	assert_int_equal(demo_setup_new(&other), 0);
	to = other;
	edit(f, "length:3", 1);
	f->app.frozen = NOW + 50;
	edit(f, "length:2", 1);
	to->app.frozen = NOW + 20;
	edit(to, "length:3", -1);
	edit(to, "length:2", -1);
	carried(f, to, 1, 0);
	assert_true(edit_weight(to->ranker, "length:3") == -1 && edit_weight(to->ranker, "length:2") == 1);
	(void)demo_teardown(&other);
}

/* ---- private reading ---- */

static void private_reading_leaves_nothing_behind(void **state)
{
	struct fixture *f = *state;
	int64_t before = events(f), id = f->ranker->loaded.items.item[f->ranker->candidate[0]].id;
	struct page was = { 0 }, is = { 0 };
	double *x, *y;
	size_t n, m;

	page_by(f, PAGE_RANK, 30, 30, &was);
	x = numbers_of(f, &n);
	assert_false(app_private(&f->app));
	must(app_set_private(&f->app, true, &f->info));
	assert_true(app_private(&f->app));
	for (int k = 0; k < EVENT_KIND_COUNT; k++) {
		struct event e = { .article = id, .kind = (enum event_kind)k, .dwell = 60, .scroll = 1, .explore = -1, .propensity = -1 };

		if (k == EVENT_UNDO || k == EVENT_EDIT || k == EVENT_READ || k == EVENT_UNREAD || k == EVENT_STAR || k == EVENT_UNSTAR)
			continue;
		must(ranker_record(f->ranker, &e, &f->info));
		assert_int_equal(e.id, 0);
	}
	assert_int_equal(events(f), before);
	assert_false(f->ranker->loaded.items.item[f->ranker->candidate[0]].read);
	page_by(f, PAGE_RANK, 30, 30, &is);
	assert_true(same_page(&was, &is));
	y = numbers_of(f, &m);
	assert_int_equal(n, m);
	assert_memory_equal(x, y, n * sizeof *x);
	act(f, id, EVENT_STAR, -1); /* what is set outright still is */
	edit(f, "length:3", 1);
	assert_int_equal(events(f), before + 2);
	must(app_set_private(&f->app, false, &f->info));
	must(app_set_private(&f->app, false, &f->info));
	assert_false(app_private(&f->app));
	act(f, id, EVENT_OPEN, 30);
	assert_int_equal(events(f), before + 3);
	page_clear(&was);
	page_clear(&is);
	free(x);
	free(y);
}

static void private_stays_private_over_a_restart(void **state)
{
	char config[] = "/tmp/eclose-edits-c-XXXXXX", data[] = "/tmp/eclose-edits-d-XXXXXX", command[200];
	struct app_options o = { .program = "eclose", .now = NOW, .mode = DB_READ_WRITE };
	struct err_info info = ERR_INFO_INIT;
	struct app app, other;

	(void)state;
	o.config_dir = mkdtemp(config);
	o.data_dir = mkdtemp(data);
	must(app_open(&app, &o, &info));
	must(app_open(&other, &o, &info));
	must(app_set_private(&app, true, &info));
	assert_true(app_private(&other)); /* another program sees it at once */
	app_close(&app);
	app_close(&other);
	must(app_open(&app, &o, &info));
	assert_true(app_private(&app));
	app_close(&app);
	snprintf(command, sizeof command, "rm -r %s %s", config, data);
	assert_int_equal(system(command), 0);
}

int main(void)
{
#define with_demo(test) cmocka_unit_test_setup_teardown(test, demo_setup, demo_teardown)
	const struct CMUnitTest tests[] = {
		with_demo(an_edit_counts_for_the_articles_that_have_its_subject_and_undone_leaves_no_trace),
		with_demo(the_last_word_on_a_subject_holds_and_can_be_cleared),
		with_demo(parts_of_edits_add_up_where_they_are_clipped),
		with_demo(parts_say_what_an_edit_would_name),
		with_demo(a_ban_leaves_out_of_the_ranked_page_and_of_nothing_else),
		with_demo(no_slot_of_chance_goes_to_what_was_spoken_against),
		with_demo(nothing_is_learned_from_an_edit),
		with_demo(a_restart_and_a_rebuild_give_the_page_as_it_was),
		with_demo(a_snapshot_from_before_an_edit_does_not_hide_it),
		with_demo(a_subject_that_is_gone_stays_known_and_counts_for_nothing),
		with_demo(mistakes_are_answered_with_what_would_do),
		with_demo(a_subject_is_a_line_of_text),
		with_demo(a_language_that_was_told_from_the_text_can_be_weighed),
		with_demo(names_that_people_know_are_subjects_too),
		with_demo(steps_go_by_one_and_never_as_far_as_a_ban_or_a_pin),
		with_demo(forgetting_takes_what_was_said_of_the_subject),
		cmocka_unit_test_setup_teardown(edits_are_carried_along_topics_by_their_names, demo_setup_new, demo_teardown),
		with_demo(what_is_brought_is_spelt_as_here),
		cmocka_unit_test_setup_teardown(an_older_edit_does_not_come_after_a_newer_one, demo_setup_new, demo_teardown),
		with_demo(private_reading_leaves_nothing_behind),
		cmocka_unit_test(private_stays_private_over_a_restart),
	};

	return cmocka_run_group_tests_name("edits", tests, NULL, NULL);
}
