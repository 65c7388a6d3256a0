/* cmd - the subcommands: one file each, one table. */
#ifndef ECLOSE_CMD_CMD_H
#define ECLOSE_CMD_CMD_H

#include <jansson.h>

#include "app/app.h"
#include "app/page.h"
#include "base/err.h"
#include "cmd/options.h"

/* X(name, words behind it, what it does): the table, --help and the check of the manual. */
#define COMMANDS(X) \
	X(fetch, "[URL...] [--force] [--json]", "fetch what is due, or these feeds; --force: all") \
	X(add, "URL [--all|--pick N] [--tag T]... [--title S]", "subscribe; a web page's feeds are found") \
	X(remove, "URL [--articles]", "unsubscribe; articles stay, unless --articles") \
	X(feeds, "[URL] [--json]|--follow [URL...]", "subscriptions with counts and health; one with its history; --follow: go along with feeds that moved") \
	X(import, "FILE", "add the subscriptions of an OPML or urls file; or what export --json wrote") \
	X(export, "[--format opml|urls|json] [--subscriptions] [--json]", "print the subscriptions; with json all that is known, unless --subscriptions") \
	X(parse, "[--type MIME] [--base URL] [FILE|URL|-]", "print one feed document as JSON") \
	X(rank, "[--explore 0..100] [--limit N] [--order rank|new|old] [--json]", "print the front page") \
	X(list, "[--query Q] [--topic ID] [--story ID] [--limit N] [--json]", "list stored articles") \
	X(topics, "[rename ID NAME] [--json]", "what your feeds are about; your own name for a topic") \
	X(stories, "[ID] [--limit N] [--json]", "what several feeds tell; how other feeds tell one article") \
	X(search, "WORDS... [--limit N] [--json]", "full-text search") \
	X(show, "ID [--width N] [--earlier] [--json]", "print one article; --earlier: what it said before it was edited") \
	X(mark, "ID... --read|--unread|--star|--unstar", "set a flag") \
	X(undo, "", "take back the last change of flags or liking, the last edit or answer") \
	X(event, "ID KIND [--dwell S] [--scroll 0..1] [--at TIME]", "record a reading action") \
	X(ask, "[--limit N] [--json]", "ten titles whose answers tell most; on a terminal: asked and noted") \
	X(profile, "[show|rebuild|edit|private|forget|export|import] [--json]", "what the model has learned; editing it, forgetting it, taking it along") \
	X(trial, "[start A B|status|stop] [--json]", "try two rankings on yourself") \
	X(why, "ID [--explore 0..100] [--json]", "every part of one article's score, and what would move it") \
	X(stats, "[--json]", "the bubble meter: what you read, beside what your feeds publish") \
	X(eval, "mind DIR [--behaviors NAME] [--features LIST] [--explore N] [--predictions FILE]|pool DIR [--explore N] [--limit K] [--pages FILE] [--compare]|" \
		"replay|simulate [--users N] [--seed N] [--model M] [--days N] [--explore N[,N...]] [--figure] [--json]", \
	  "measure the ranking: on a click log, on your own log, on simulated readers") \
	X(vectors, "[status|use FILE|use default|off] [--json]", "the word vectors: the bundled English table, one of your own, or none") \
	X(doctor, "[--repair] [--json]", "check the store and the settings") \
	X(backup, "FILE", "a consistent copy of the store")

/* A subcommand: argv[0] is its first word behind the name; the options of the whole program are in o. Answers an enum err; words in info. */
typedef enum err command_fn(const struct app_options *o, int argc, char **argv, struct err_info *info);

#define X(name, words, help) command_fn cmd_##name;
COMMANDS(X)
#undef X

/* The front page as plain text, or the reader where standard output is a terminal, is in main.c; this prints the former. */
enum err cmd_front_page(struct app *app, struct err_info *info);

/* ---- shared by the files of this folder ---- */

/* cmd_no_more - Errors: ERR_USAGE where words are left over. */
enum err cmd_no_more(int argc, char **argv, struct err_info *info);
/* cmd_open - what most subcommands begin with: options, exactly `words` words (`missing` is said where there are fewer), then the program's folders and store.
 *   argv [in,out] the words alone, afterwards
 * Errors: ERR_USAGE; as app_open. Frees: app_close. */
enum err cmd_open(struct app *app, const struct app_options *o, const struct option *table, int words, const char *missing, int argc, char **argv,
		  struct err_info *info);
/* cmd_id - a positive article number. Errors: ERR_USAGE. */
enum err cmd_id(const char *word, int64_t *id, struct err_info *info);
/* cmd_one_id - the same where it must be the only word. Errors: ERR_USAGE. */
enum err cmd_one_id(const char *command, int argc, char **argv, int64_t *id, struct err_info *info);
/* cmd_open_ranker - the program's folders and store, and a ranker over it. Errors: as app_open and ranker_open; then neither is open. Frees: cmd_close_ranker. */
enum err cmd_open_ranker(struct app *app, struct ranker **r, const struct app_options *o, struct err_info *info);
void cmd_close_ranker(struct app *app, struct ranker *r);

/* JSON for output; ownership as jansson has it (new references). */
json_t *json_text(const char *s);          /* NULL: null */
json_t *json_time(int64_t t);              /* DATE_NONE: null */
json_t *json_texts(const char *const *s, size_t n); /* [text, ...] */
json_t *json_place(int place);             /* on a page, from 1; 0, not on it: null */
json_t *json_item(const struct item *it);  /* the brief of `list` */
json_t *json_items(const struct item_list *items); /* {"entries": [...]} */
json_t *json_reasons(const struct reason *reasons, size_t n); /* [{kind, name, weight, subject}] */
/* json_print - one document and a newline to stdout; doc is taken. `indent` 0: on one line. Errors: ERR_IO, ERR_FULL. */
enum err json_print(json_t *doc, int indent, struct err_info *info);

/* print_items - one line an article. */
void print_items(const struct item_list *items);

#endif
