/* eval - what the files of eclose eval share: mind and pool (eval_mind.c), replay and simulate. */
#ifndef ECLOSE_CMD_EVAL_H
#define ECLOSE_CMD_EVAL_H

#include <jansson.h>

#include "app/app.h"
#include "base/log.h"
#include "rank/forecast.h"
#include "rank/sim_loop.h"

/* Each takes the words behind its name. */
enum err eval_mind_command(int argc, char **argv, struct err_info *info);
enum err eval_pool_command(int argc, char **argv, struct err_info *info);
enum err eval_replay_command(const struct app_options *o, int argc, char **argv, struct err_info *info);
enum err eval_simulate_command(int argc, char **argv, struct err_info *info);

#define LOOP_EXPLORE "0,15,30,50,100" /* sliders, where none are given */

/* What of a closed loop is printed. */
enum loop_form { LOOP_TABLES, LOOP_JSON, LOOP_FIGURE };
/* eval_loop_sliders - o->explore and o->sliders from a list like "0,30"; at most LOOP_SLIDERS, none twice. Errors: ERR_USAGE naming the word. */
enum err eval_loop_sliders(const char *list, struct loop_options *o, struct err_info *info);
/* eval_loop - run it and print it; o->step and o->user are set here. Errors: as json_print. */
enum err eval_loop(struct loop_options *o, enum loop_form form, struct err_info *info);
/* eval_loop_figure - append two curves for every line, as plain text. */
void eval_loop_figure(struct buf *out, const struct loop_result *r);

/* eval_step - move a bar (user is a struct progress, zero before the first step). */
void eval_step(void *user, size_t done, size_t total);
/* json_calibration - {"error", "n", "bins": [{"predicted", "observed", "n"}]}, a new reference; n forecasts. */
json_t *json_calibration(const struct calibration *c, size_t n);
/* print_calibration - a line of chances told and one of shares that came true. */
void print_calibration(const struct calibration *c);

#endif
