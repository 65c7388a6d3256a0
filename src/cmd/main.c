/* main - options of the whole program, then a subcommand or the reader. */
#include <config.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "ui/reader.h"
#include "ui/term_curses.h"

static const struct command { const char *name, *words, *help; command_fn *run; } commands[] = {
#define X(name, words, help) { #name, words, help, cmd_##name },
	COMMANDS(X)
#undef X
};

#define N_COMMANDS (sizeof commands / sizeof *commands)

static void print_usage(const char *before, const struct command *c, const char *indent)
{
	printf("%s%s%s%s\n%s%s\n", before, c->name, *c->words ? " " : "", c->words, indent, c->help);
}

static void print_help(void)
{
	printf("usage: eclose [--config DIR] [--data DIR] [--offline] [--now TIME] [--explore N] [COMMAND ...]\n\n"
	       "A news reader that learns on your own machine what you like to read, and lets you out of your bubble.\n"
	       "Without a command: the reader; where standard output is no terminal, the front page as text.\n\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		print_usage("  ", &commands[i], "      ");
	printf("\n  --config DIR  settings and subscriptions (default: $XDG_CONFIG_HOME/eclose)\n"
	       "  --data DIR    the store (default: $XDG_DATA_HOME/eclose)\n"
	       "  --offline     ask no server\n"
	       "  --now TIME    stop the clock, e.g. 2026-03-31T06:00:00Z\n"
	       "  --explore N   where the slider stands, 0 (my habits) to 100 (everything my feeds publish); else as `set explore` says for today\n"
	       "  --demo        the bundled sample feeds and a month of reading, in a profile that is thrown away\n"
	       "  --help, --version; COMMAND --help for one command\n\n"
	       "Exit status: 0 done; 1 something failed; 2 wrong usage. More: man eclose\n");
}

static enum err run_reader(struct app *app, struct err_info *info)
{
	struct term_options to = { .color = app->config.color, .unicode = app->config.unicode, .mouse = app->config.mouse };
	struct term term;
	enum err e = term_curses_open(&to, &term, info);

	if (e != OK)
		return e;
	e = reader_run(app, &term, info);
	term_curses_close(&term);
	return e;
}

/* Without subscriptions the bundled sample feeds are shown, in a profile that is thrown away: the page is never empty. */
static enum err open_something(struct app *app, struct app_options *o, struct err_info *info)
{
	enum err e;

	o->skim = true;
	e = app_open(app, o, info);
	if (e != OK || o->demo || app->n_subs)
		return e;
	app_close(app);
	o->demo = o->samples = true;
	return app_open(app, o, info);
}

static enum err front(struct app_options *o, struct err_info *info)
{
	struct app app;
	enum err e;

	o->reads = true;
	e = open_something(&app, o, info);
	if (e != OK)
		return e;
	if (isatty(STDOUT_FILENO)) {
		e = run_reader(&app, info);
	} else {
		if (app.samples)
			log_say("no subscriptions yet: these are the sample feeds (eclose add URL, eclose import FILE)");
		e = cmd_front_page(&app, info);
	}
	app_close(&app);
	return e;
}

/* Is the usage of a subcommand asked for? Behind "--" are words. */
static bool asks_for_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

/* Does it do nothing but write? All others have something to tell of a store that may only be read. */
static bool only_writes(const char *name)
{
	static const char *const names[] = { "fetch", "add", "remove", "import", "mark", "undo", "event" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static enum err run_command(const struct command *c, struct app_options *o, int argc, char **argv, struct err_info *info)
{
	o->reads = !only_writes(c->name);
	if (!asks_for_help(argc, argv))
		return c->run(o, argc, argv, info);
	print_usage("usage: eclose ", c, "  ");
	return OK;
}

static enum err dispatch(struct app_options *o, int argc, char **argv, struct err_info *info)
{
	if (argc < 1)
		return front(o, info);
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return run_command(&commands[i], o, argc - 1, argv + 1, info);
	return err_set(info, ERR_USAGE, "there is no command '%s'; eclose --help lists them", argv[0]);
}

/* What was printed may still wait in the buffer; a full disk behind `>` is a failure like any other. */
static enum err flush_output(struct err_info *info)
{
	if (fflush(stdout) == EOF)
		return err_errno(info, "can't write the output");
	return ferror(stdout) ? err_set(info, ERR_IO, "can't write the output") : OK;
}

int main(int argc, char **argv)
{
	struct app_options o = { .program = argv[0], .now = DATE_NONE, .mode = DB_READ_WRITE };
	struct err_info info = ERR_INFO_INIT;
	bool help = false, version = false;
	long explore = -1;
	const struct option table[] = {
		{ OPTION_TEXT, "config", &o.config_dir, 0, 0 }, { OPTION_TEXT, "data", &o.data_dir, 0, 0 }, { OPTION_FLAG, "offline", &o.offline, 0, 0 },
		{ OPTION_TIME, "now", &o.now, 0, 0 }, { OPTION_INT, "explore", &explore, 0, 100 }, { OPTION_FLAG, "demo", &o.demo, 0, 0 },
		{ OPTION_FLAG, "help", &help, 0, 0 }, { OPTION_FLAG, "version", &version, 0, 0 }, OPTIONS_END,
	};
	int used = 0;
	enum err e;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); /* numbers are written and read with a point, in JSON and on the command line */
	e = options_leading(table, argc - 1, argv + 1, &used, &info);
	o.explore_given = explore >= 0;
	o.explore = (int)explore;
	if (e == OK && version)
		printf("eclose %s\n", PACKAGE_VERSION);
	else if (e == OK && help)
		print_help();
	else if (e == OK)
		e = dispatch(&o, argc - 1 - used, argv + 1 + used, &info);
	if (e == OK)
		e = flush_output(&info);
	if (e != OK)
		log_say("%s", info.text);
	return e == OK ? EXIT_SUCCESS : e == ERR_USAGE ? 2 : EXIT_FAILURE;
}
