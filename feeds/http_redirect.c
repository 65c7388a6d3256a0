/* http_redirect - where a redirect leads, if we may go there. */
#include "feeds/http_redirect.h"

#include <string.h>
#include <strings.h>

#include "feeds/http_address.h"
#include "feeds/http_words.h"
#include "feeds/url.h"

bool redirect_private(struct arena *a, const char *url, bool by_name)
{
	const char *host = url_host(a, url_ascii(a, url));

	return strchr(host, '%') || (by_name ? address_host_local(host) : address_host_private(host));
}

/* redirect_target - see http_redirect.h.
 *   a  [in,out] owns *to;  r  borrowed;  to [out] untouched on failure */
enum err redirect_target(struct arena *a, const struct redirect *r, const char **to, struct err_info *info)
{
	const char *target = url_bare(a, url_resolve(a, r->from, r->location));

	if (r->hops >= REDIRECTS_MAX)
		return err_set(info, ERR_LIMIT, "redirected more than %d times", REDIRECTS_MAX);
	if (!url_allowed(target, URL_FETCH))
		return failure_cleaned(info, ERR_UNSUPPORTED, "redirected to \"", target, "\", which is no http or https address");
	if (!r->home_private && redirect_private(a, target, r->by_name))
		return failure_explain(&(struct failure){ .kind = FAILURE_PRIVATE, .address = url_host(a, target) }, info);
	*to = target;
	return OK;
}

bool redirect_downgrades(const char *from, const char *to)
{
	return strncasecmp(from, "https:", 6) == 0 && strncasecmp(to, "https:", 6) != 0;
}
