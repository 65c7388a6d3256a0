/* eclose rank - the front page, as text or JSON. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/edits.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "ui/slider.h"

static const char *const slot_word[] = { [SLOT_BUBBLE] = "bubble", [SLOT_EXPLORE] = "explore", [SLOT_SERENDIPITY] = "serendipity" };

static json_t *json_entry(const struct page_entry *en)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", json_integer(en->id));
	json_object_set_new(o, "title", json_text(en->title));
	json_object_set_new(o, "link", json_text(en->link));
	json_object_set_new(o, "feed", json_text(en->feed));
	json_object_set_new(o, "published", json_time(en->published));
	json_object_set_new(o, "score", json_real(en->score));
	json_object_set_new(o, "sd", json_real(en->sd));
	json_object_set_new(o, "slot", json_text(slot_word[en->slot]));
	json_object_set_new(o, "distance", json_real(en->distance));
	json_object_set_new(o, "topic", json_text(en->topic));
	json_object_set_new(o, "coverage", json_real(en->coverage));
	json_object_set_new(o, "feeds_telling", json_integer(en->feeds_telling));
	json_object_set_new(o, "propensity", json_real(en->propensity));
	json_object_set_new(o, "slot_reason", json_text(en->slot_reason));
	json_object_set_new(o, "read", json_boolean(en->read));
	json_object_set_new(o, "starred", json_boolean(en->starred));
	json_object_set_new(o, "reasons", json_reasons(en->reasons, en->n_reasons));
	return o;
}

static enum err print_json(const struct page *p, bool private, struct err_info *info)
{
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(array, json_entry(&p->entries[i]));
	json_object_set_new(o, "explore", json_integer(p->explore));
	json_object_set_new(o, "outside", json_real(p->outside));
	json_object_set_new(o, "expected", json_real(p->expected));
	json_object_set_new(o, "now", json_time(p->now));
	json_object_set_new(o, "learned_from", json_integer(p->learned_from));
	json_object_set_new(o, "candidates", json_integer((json_int_t)p->candidates));
	json_object_set_new(o, "banned", json_integer((json_int_t)p->banned));
	json_object_set_new(o, "private", json_boolean(private));
	json_object_set_new(o, "new_topics", json_integer(p->new_topics));
	json_object_set_new(o, "note", json_text(p->note));
	json_object_set_new(o, "entries", array);
	return json_print(o, 2, info);
}

/* As plain text. */
static void print_page(const struct page *p)
{
	const char *preset = slider_preset(p->explore);
	char line[SLIDER_SUMMARY];

	printf("eclose  explore %d%s%s  %zu article%s ranked", p->explore, preset ? " " : "", preset ? preset : "", p->candidates, p->candidates == 1 ? "" : "s");
	if (p->banned)
		printf(", %zu left out by your bans", p->banned);
	printf("\n%s%s\n", slider_summary(p, INT_MAX, line), p->n ? "\n" : "");
	if (p->note)
		printf("%s\n\n", p->note);
	for (size_t i = 0; i < p->n; i++) {
		const struct page_entry *en = &p->entries[i];
		char age[DATE_TEXT];

		printf("%3zu. %s %s  (%s, %s%s%s)\n", i + 1, en->slot == SLOT_SERENDIPITY ? "*" : en->slot == SLOT_EXPLORE ? "+" : " ",
		       title_shown(en->title), en->feed, date_age(p->now, en->published, age), *en->topic ? ", " : "", en->topic);
		if (en->slot_reason)
			printf("       %s\n", en->slot_reason);
	}
	if (!p->n)
		printf("Nothing to read: eclose fetch gets what is new.\n");
}

static enum err page_order(const char *word, enum page_order *order, struct err_info *info)
{
	static const char *const words[] = { [PAGE_RANK] = "rank", [PAGE_NEW] = "new", [PAGE_OLD] = "old" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i]) == 0) {
			*order = (enum page_order)i;
			return OK;
		}
	return err_set(info, ERR_USAGE, "--order takes rank, new or old, not '%s'", word);
}

enum err cmd_rank(const struct app_options *o, int argc, char **argv, struct err_info *info)
{
	long explore = -1, limit = 0;
	const char *order = "rank";
	bool json = false;
	const struct option table[] = {
		{ OPTION_INT, "explore", &explore, 0, 100 }, { OPTION_INT, "limit", &limit, 1, 100000 },
		{ OPTION_TEXT, "order", &order, 0, 0 }, { OPTION_FLAG, "json", &json, 0, 0 }, OPTIONS_END,
	};
	struct page_options po = { 0 };
	struct page page = { 0 };
	struct app app;
	enum err e = options_parse(table, &argc, argv, info);

	if (e == OK)
		e = cmd_no_more(argc, argv, info);
	if (e == OK)
		e = page_order(order, &po.order, info);
	if (e == OK)
		e = app_open(&app, o, info);
	if (e != OK)
		return e;
	po.explore = explore < 0 ? app_explore(&app) : (int)explore;
	po.limit = (size_t)limit;
	e = app_page(&app, &po, &page, info);
	if (e == OK && json)
		e = print_json(&page, app_private(&app), info);
	else if (e == OK)
		print_page(&page);
	page_clear(&page);
	app_close(&app);
	return e;
}

enum err cmd_front_page(struct app *app, struct err_info *info)
{
	struct page_options po = { .explore = app_explore(app) };
	struct page page = { 0 };
	enum err e = app_page(app, &po, &page, info);

	if (e == OK)
		print_page(&page);
	page_clear(&page);
	return e;
}
