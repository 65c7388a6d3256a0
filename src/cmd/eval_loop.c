/* eclose eval simulate --days - what pages do to the breadth of reading, on simulated readers whose interests follow it. Needs no store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/eval.h"
#include "cmd/plot.h"

#define NAME 24 /* bytes of a line's name */

enum err eval_loop_sliders(const char *list, struct loop_options *o, struct err_info *info)
{
	int n = 0;

	for (const char *s = list;; s++) {
		size_t len = strcspn(s, ",");
		char *end;
		long value = strtol(s, &end, 10);

		if (!len || *s < '0' || *s > '9' || end != s + len || value > 100)
			return err_set(info, ERR_USAGE, "--explore takes numbers from 0 to 100 with commas between them, not '%.*s'", (int)len, s);
		if (n == LOOP_SLIDERS)
			return err_set(info, ERR_USAGE, "--explore takes at most %d numbers", LOOP_SLIDERS);
		for (int i = 0; i < n; i++)
			if (o->explore[i] == value)
				return err_set(info, ERR_USAGE, "--explore has %ld twice", value);
		o->explore[n++] = (int)value;
		s += len;
		if (!*s)
			break;
	}
	o->sliders = n;
	return OK;
}

/* ---- JSON ---- */

static const char *word_of(const struct loop_line *line)
{
	return line->pages == SIM_BY_SLIDER ? "slider" : line->pages == SIM_NEWEST ? "new" : "random";
}

static json_t *json_mean(const struct loop_mean *m)
{
	return json_pack("{s:f,s:f}", "mean", m->mean, "se", m->se);
}

static json_t *json_windows(const struct loop_line *line, int n)
{
	json_t *array = json_array();

	for (int i = 0; i < n; i++) {
		const struct loop_window *w = &line->window[i];

		json_array_append_new(array, json_pack("{s:i,s:i,s:o,s:o,s:o,s:o,s:o}", "from", w->from, "to", w->to, "entropy", json_mean(&w->entropy), "share",
						       json_mean(&w->share), "satisfied", json_mean(&w->satisfied), "outside", json_mean(&w->outside), "topics",
						       json_mean(&w->topics)));
	}
	return array;
}

static json_t *json_line(const struct loop_line *line, int windows)
{
	return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "pages", word_of(line), "explore",
			 line->pages == SIM_BY_SLIDER ? json_integer(line->explore) : json_null(), "share", json_mean(&line->share), "satisfied",
			 json_mean(&line->satisfied), "against_first", json_mean(&line->against), "outside", json_mean(&line->outside), "topics",
			 json_mean(&line->topics), "found", json_mean(&line->found), "found_by_slot", json_mean(&line->by_slot), "lost", json_mean(&line->lost),
			 "windows", json_windows(line, windows));
}

static json_t *json_loop(const struct loop_result *r)
{
	json_t *lines = json_array();

	for (int i = 0; i < r->lines; i++)
		json_array_append_new(lines, json_line(&r->line[i], r->windows));
	return json_pack("{s:I,s:i,s:i,s:i,s:f,s:o}", "users", (json_int_t)r->users, "days", r->days, "places", LOOP_PLACES, "window", LOOP_WINDOW, "start", r->start,
			 "lines", lines);
}

/* ---- for people ---- */

static const char *name_of(const struct loop_line *line, char *name)
{
	if (line->pages == SIM_BY_SLIDER)
		snprintf(name, NAME, "slider %d", line->explore);
	else
		snprintf(name, NAME, "%s", line->pages == SIM_NEWEST ? "newest first" : "by lot");
	return name;
}

static void print_lines(const struct loop_result *r)
{
	char name[NAME];

	printf("                breadth       read a day    of the first   outside  topics   interests\n"
	       "                2nd half                    line                             found  by slot  lost\n");
	for (int i = 0; i < r->lines; i++) {
		const struct loop_line *l = &r->line[i];

		printf("  %-12s %5.1f%% +-%4.1f  %5.2f +-%5.2f  %5.1f%% +-%4.1f   %4.1f%%   %5.1f   %5.2f  %5.2f  %6.2f\n", name_of(l, name), 100 * l->share.mean,
		       100 * l->share.se, l->satisfied.mean, l->satisfied.se, 100 * l->against.mean, 100 * l->against.se, 100 * l->outside.mean, l->topics.mean,
		       l->found.mean, l->by_slot.mean, l->lost.mean);
	}
}

static void print_heads(const struct loop_result *r, const char *what)
{
	printf("%s\n  days  ", what);
	for (int i = 0; i < r->lines; i++) {
		const struct loop_line *l = &r->line[i];

		if (l->pages == SIM_BY_SLIDER)
			printf(" %6d", l->explore);
		else
			printf(" %6s", l->pages == SIM_NEWEST ? "newest" : "lot");
	}
	putchar('\n');
}

static void print_loop(const struct loop_result *r)
{
	printf("%zu readers, %d days with a page of %d places, interests that follow what is read; behind +- the standard error\n", r->users, r->days, LOOP_PLACES);
	print_lines(r);
	printf("breadth is the entropy of the topics of what was read to the end, over that of as many draws from the interests of the start (%.2f bits)\n", r->start);
	print_heads(r, "breadth by days, per cent");
	for (int w = 0; w < r->windows; w++) {
		printf("  %2d-%-2d ", r->line[0].window[w].from, r->line[0].window[w].to);
		for (int i = 0; i < r->lines; i++)
			printf(" %6.1f", 100 * r->line[i].window[w].share.mean);
		putchar('\n');
	}
	print_heads(r, "read to the end, a day");
	for (int w = 0; w < r->windows; w++) {
		printf("  %2d-%-2d ", r->line[0].window[w].from, r->line[0].window[w].to);
		for (int i = 0; i < r->lines; i++)
			printf(" %6.2f", r->line[i].window[w].satisfied.mean);
		putchar('\n');
	}
}

/* ---- the figure ---- */

static char letter_of(const struct loop_line *line, int i)
{
	return line->pages == SIM_BY_SLIDER ? (char)('a' + i) : line->pages == SIM_NEWEST ? 'n' : 'r';
}

static void draw_legend(struct buf *out, const struct loop_result *r)
{
	char name[NAME];

	buf_puts(out, "sliders:");
	for (int i = 0; i < r->lines; i++) {
		const struct loop_line *l = &r->line[i];

		if (l->pages == SIM_BY_SLIDER)
			buf_printf(out, " %c %d,", letter_of(l, i), l->explore);
		else
			buf_printf(out, " %c %s%s", letter_of(l, i), name_of(l, name), i == r->lines - 1 ? "" : ",");
	}
	buf_puts(out, "; * several\n");
}

void eval_loop_figure(struct buf *out, const struct loop_result *r)
{
	double share[LOOP_LINES][LOOP_WINDOWS], satisfied[LOOP_LINES][LOOP_WINDOWS];
	struct plot_curve curve[2][LOOP_LINES];
	struct plot p = { .x_name = "day", .curves = (size_t)r->lines, .n = (size_t)r->windows, .x_first = 1, .x_last = r->days };

	for (int i = 0; i < r->lines; i++) {
		for (int w = 0; w < r->windows; w++) {
			share[i][w] = 100 * r->line[i].window[w].share.mean;
			satisfied[i][w] = r->line[i].window[w].satisfied.mean;
		}
		curve[0][i] = (struct plot_curve){ letter_of(&r->line[i], i), share[i] };
		curve[1][i] = (struct plot_curve){ letter_of(&r->line[i], i), satisfied[i] };
	}
	p.title = "breadth of what is read, per cent of the start";
	p.curve = curve[0];
	plot_draw(out, &p);
	buf_putc(out, '\n');
	p.title = "articles read to the end, a day";
	p.curve = curve[1];
	plot_draw(out, &p);
	draw_legend(out, r);
}

static void print_figure(const struct loop_result *r)
{
	struct buf b = BUF_INIT;

	eval_loop_figure(&b, r);
	fputs(buf_str(&b), stdout);
	buf_clear(&b);
}

enum err eval_loop(struct loop_options *o, enum loop_form form, struct err_info *info)
{
	struct progress bar = { 0 };
	struct loop_result r;

	o->step = eval_step;
	o->user = &bar;
	sim_loop(o, &r);
	progress_end(&bar);
	if (form == LOOP_JSON)
		return json_print(json_loop(&r), 2, info);
	if (form == LOOP_FIGURE)
		print_figure(&r);
	else
		print_loop(&r);
	return OK;
}
