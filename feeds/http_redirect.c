/* http_redirect - where a redirect leads, if we may go there. */
#include "feeds/http_redirect.h"

#include "feeds/http_address.h"
#include "feeds/http_words.h"
#include "feeds/url.h"

/* redirect_target - see http_redirect.h.
 *   a  [in,out] owns *to;  r  borrowed;  to [out] untouched on failure */
enum err redirect_target(struct arena *a, const struct redirect *r, const char **to, struct err_info *info)
{
	const char *target = url_resolve(a, r->from, r->location);

	if (r->hops >= REDIRECTS_MAX)
		return err_set(info, ERR_LIMIT, "redirected more than %d times", REDIRECTS_MAX);
	if (!url_allowed(target, URL_FETCH))
		return failure_cleaned(info, ERR_UNSUPPORTED, "redirected to \"", target, "\", which is no http or https address");
	if (!r->home_private && address_host_private(url_host(a, target)))
		return failure_explain(&(struct failure){ .kind = FAILURE_PRIVATE, .address = url_host(a, target) }, info);
	*to = target;
	return OK;
}
