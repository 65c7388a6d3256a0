/* http_home - what a subscription's own address allows. */
#include "feeds/http_home.h"

#include <string.h>

#include "feeds/http.h"
#include "feeds/http_address.h"
#include "feeds/settings.h"
#include "feeds/url.h"

struct home home_of(struct arena *a, const struct http_request *r)
{
	struct home h = { .url = url_bare(a, r->url) };
	bool allowed = r->settings && r->settings->reach_private;

	h.login = r->login ? r->login : url_login(a, r->url);
	h.is_private = allowed || (!r->foreign && address_host_local(url_host(a, h.url)));
	h.may_be_private = h.is_private;
	return h;
}

/* The port, or what the scheme has where none is named. */
static const char *port_of(struct arena *a, const struct url *u, bool secure)
{
	return u->port.len ? arena_strndup(a, u->port.s, u->port.len) : secure ? "443" : "80";
}

bool home_owns(const struct home *h, struct arena *a, const char *url)
{
	struct url home, other;
	bool home_secure, other_secure;

	url_split(&home, h->url);
	url_split(&other, url);
	home_secure = home.scheme.len == 5;
	other_secure = other.scheme.len == 5;
	if (strcmp(url_host(a, h->url), url_host(a, url)) != 0 || (home_secure && !other_secure))
		return false;
	if (home_secure != other_secure)
		return strcmp(port_of(a, &home, home_secure), "80") == 0 && strcmp(port_of(a, &other, other_secure), "443") == 0;
	return strcmp(port_of(a, &home, home_secure), port_of(a, &other, other_secure)) == 0;
}

const char *home_moved(struct arena *a, const char *from, const char *to)
{
	struct home home = { .url = url_bare(a, from) };
	struct url was, is;

	url_split(&was, from);
	url_split(&is, to);
	if (!was.userinfo.s || is.userinfo.s || !is.host.s || !home_owns(&home, a, to))
		return to;
	return arena_printf(a, "%.*s%.*s@%s", (int)(is.host.s - to), to, (int)was.userinfo.len, was.userinfo.s, is.host.s);
}
