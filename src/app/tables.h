/* tables - which table of word vectors is in use: the bundled English one, one of the reader's own, or none.
 *
 * The reader's own is DATA/vectors.bin; an empty file of that name says that there shall be none; without it the bundled table is used.
 */
#ifndef ECLOSE_APP_TABLES_H
#define ECLOSE_APP_TABLES_H

#include "app/app.h"
#include "model/vectors.h"

enum table_choice { TABLE_BUNDLED, TABLE_OWN, TABLE_OFF };

/* tables_bundled - where the bundled table is; of the arena. */
const char *tables_bundled(struct arena *a);
/* tables_choice - which of them counts, and its path (of the arena; NULL for TABLE_OFF). */
enum table_choice tables_choice(struct app *app, const char **path);
/* tables_open - open what is chosen; none (v->map NULL) where it is off, or where the bundled one isn't installed.
 * Errors: as vectors_open. Frees: vectors_close. */
enum err tables_open(struct app *app, struct vectors *v, struct err_info *info);

/* tables_use - read somebody's text file of word vectors into the reader's own table, in place of what was chosen. Errors: as vectors_text_read and
 * vectors_make_write; then the choice is as it was. */
enum err tables_use(struct app *app, const char *path, struct err_info *info);
/* tables_default - the bundled table again. tables_off - none. Errors: ERR_READONLY, ERR_FULL, ERR_IO. */
enum err tables_default(struct app *app, struct err_info *info);
enum err tables_off(struct app *app, struct err_info *info);

#endif
