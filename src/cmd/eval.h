/* eval - what the files of eclose eval share: mind and pool (eval_mind.c), replay and simulate. */
#ifndef ECLOSE_CMD_EVAL_H
#define ECLOSE_CMD_EVAL_H

#include <jansson.h>

#include "app/app.h"
#include "base/log.h"
#include "rank/forecast.h"

/* Each takes the words behind its name. */
enum err eval_mind_command(int argc, char **argv, struct err_info *info);
enum err eval_pool_command(int argc, char **argv, struct err_info *info);
enum err eval_replay_command(const struct app_options *o, int argc, char **argv, struct err_info *info);
enum err eval_simulate_command(int argc, char **argv, struct err_info *info);

/* eval_step - move a bar (user is a struct progress, zero before the first step). */
void eval_step(void *user, size_t done, size_t total);
/* json_calibration - {"error", "n", "bins": [{"predicted", "observed", "n"}]}, a new reference; n forecasts. */
json_t *json_calibration(const struct calibration *c, size_t n);
/* print_calibration - a line of chances told and one of shares that came true. */
void print_calibration(const struct calibration *c);

#endif
