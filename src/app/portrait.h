/* portrait - everything that the model holds of its reader, as rows with names, and the readings that each came from. */
#ifndef ECLOSE_APP_PORTRAIT_H
#define ECLOSE_APP_PORTRAIT_H

#include "app/page.h"

#define PORTRAIT_LOOKED_AT 400 /* of all words that were read: those that the readings are made of most */
#define PORTRAIT_LIKED 40 /* words that speak most for an article ... */
#define PORTRAIT_SHUNNED 10 /* ... and most against it */

/* ranker_portrait - of the ranker's profile as it is now. What of a facet was neither read nor passed over and is not edited is left out.
 * Errors: as the store. Frees: portrait_clear. */
enum err ranker_portrait(struct ranker *r, struct portrait *out, struct err_info *info);

#endif
