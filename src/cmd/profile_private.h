/* profile - the parts of `eclose profile` that have files of their own. */
#ifndef ECLOSE_CMD_PROFILE_PRIVATE_H
#define ECLOSE_CMD_PROFILE_PRIVATE_H

#include "cmd/cmd.h"

command_fn profile_forget, profile_export, profile_import;

#endif
