/* profile - the parts of `eclose profile` that have files of their own. */
#ifndef ECLOSE_CMD_PROFILE_PRIVATE_H
#define ECLOSE_CMD_PROFILE_PRIVATE_H

#include "app/edits.h"
#include "app/portrait.h"
#include "cmd/cmd.h"

command_fn profile_forget, profile_export, profile_import, profile_edit, profile_private;

/* [{section, of, rows: [{name, subject, weight, sd, edit, readings, last, articles}]}]; sd of parts alone */
json_t *json_portrait(const struct portrait *p);
/* [{subject, name, weight, at, article}], newest first; and a line each. */
json_t *json_edits(const struct edit_list *edits);
void print_edits(const struct edit_list *edits, int64_t now);

#endif
