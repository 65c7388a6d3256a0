/* url - addresses as RFC 3986 has them, and which of them we follow. */
#include "feeds/url.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of "scheme" before a ':', 0 where s doesn't start with one. */
static size_t scheme_len(const char *s)
{
	size_t n = 0;

	if (!is_alpha(*s))
		return 0;
	while (is_alpha(s[n]) || is_digit(s[n]) || s[n] == '+' || s[n] == '-' || s[n] == '.')
		n++;
	return s[n] == ':' ? n : 0;
}

/* userinfo@host:port; an IPv6 literal keeps its brackets. */
static void split_authority(struct url *u, const char *s, size_t n)
{
	const char *end = s + n, *host = s, *colon = NULL;

	for (const char *p = s; p < end; p++)
		if (*p == '@')
			host = p + 1;
	if (host > s)
		u->userinfo = (struct url_part){ s, (size_t)(host - 1 - s) };
	for (const char *p = host; p < end; p++) {
		if (*p == ':')
			colon = p;
		else if (*p == ']')
			colon = NULL;
	}
	if (host < end && *host == '[' && !memchr(host, ']', (size_t)(end - host)))
		colon = NULL;
	u->host = (struct url_part){ host, (size_t)((colon ? colon : end) - host) };
	if (colon)
		u->port = (struct url_part){ colon + 1, (size_t)(end - colon - 1) };
}

/* url_split - the five parts of RFC 3986, appendix B, and the three of the authority.
 *   u  [out] parts that borrow from s;  s  any string
 * Cannot fail: every string is some reference. */
void url_split(struct url *u, const char *s)
{
	size_t n = scheme_len(s);

	*u = (struct url){ 0 };
	if (n) {
		u->scheme = (struct url_part){ s, n };
		s += n + 1;
	}
	if (s[0] == '/' && s[1] == '/') {
		n = strcspn(s + 2, "/?#");
		split_authority(u, s + 2, n);
		s += 2 + n;
	}
	n = strcspn(s, "?#");
	u->path = (struct url_part){ s, n };
	s += n;
	if (*s == '?') {
		n = strcspn(++s, "#");
		u->query = (struct url_part){ s, n };
		s += n;
	}
	if (*s == '#')
		u->fragment = (struct url_part){ s + 1, strlen(s + 1) };
}

static bool starts(const char *s, size_t n, const char *with)
{
	size_t k = strlen(with);

	return n >= k && memcmp(s, with, k) == 0;
}

static bool equals(const char *s, size_t n, const char *other)
{
	return n == strlen(other) && memcmp(s, other, n) == 0;
}

static void drop_segment(struct buf *out, size_t start)
{
	size_t n = out->len;

	while (n > start && out->s[n - 1] != '/')
		n--;
	buf_cut(out, n > start ? n - 1 : start);
}

/* Append the path s without its dot segments (RFC 3986, 5.2.4; the letters are that section's steps). */
static void add_path(struct buf *out, const char *s, size_t n)
{
	size_t start = out->len, k;

	while (n) {
		bool up = starts(s, n, "/../") || equals(s, n, "/..");

		if (starts(s, n, "../") || starts(s, n, "./")) {             /* A */
			k = s[1] == '.' ? 3 : 2;
		} else if (up || starts(s, n, "/./") || equals(s, n, "/.")) { /* B, C */
			k = up ? 3 : 2;
			if (up)
				drop_segment(out, start);
			if (k == n) {
				buf_putc(out, '/');
				return;
			}
		} else if (equals(s, n, ".") || equals(s, n, "..")) {          /* D */
			return;
		} else {                                                        /* E */
			for (k = 1; k < n && s[k] != '/'; k++)
				;
			buf_add(out, s, k);
		}
		s += k;
		n -= k;
	}
}

static void add_part(struct buf *out, const char *before, struct url_part part)
{
	if (!part.s)
		return;
	buf_puts(out, before);
	buf_add(out, part.s, part.len);
}

static void add_authority(struct buf *out, const struct url *u)
{
	if (!u->host.s)
		return;
	buf_puts(out, "//");
	if (u->userinfo.s) {
		buf_add(out, u->userinfo.s, u->userinfo.len);
		buf_putc(out, '@');
	}
	buf_add(out, u->host.s, u->host.len);
	add_part(out, ":", u->port);
}

/* base's path without what follows its last slash, then ref's (5.2.3). */
static void merge_paths(struct buf *out, const struct url *base, struct url_part ref)
{
	size_t n = base->path.len;

	if (base->host.s && n == 0) {
		buf_putc(out, '/');
	} else {
		while (n && base->path.s[n - 1] != '/')
			n--;
		if (n)
			buf_add(out, base->path.s, n);
	}
	buf_add(out, ref.s, ref.len);
}

/* A path that starts at `path` of out and has nothing before it may not look like an authority or a scheme (3.3, 4.2). */
static void guard_path(struct buf *out, size_t path, bool has_scheme)
{
	const char *guard = NULL;
	struct buf rest = BUF_INIT;

	if (starts(buf_str(out) + path, out->len - path, "//"))
		guard = "/.";
	else if (!has_scheme && scheme_len(buf_str(out) + path))
		guard = "./";
	if (!guard)
		return;
	buf_add(&rest, out->s + path, out->len - path);
	buf_cut(out, path);
	buf_puts(out, guard);
	buf_add(out, rest.s, rest.len);
	buf_clear(&rest);
}

/* The reference transformed (5.2.2), appended to out. */
static void transform(struct buf *out, const struct url *base, const struct url *ref)
{
	const struct url *authority = ref->scheme.s || ref->host.s ? ref : base;
	struct url_part scheme = ref->scheme.s ? ref->scheme : base->scheme, query = ref->query;
	struct buf merged = BUF_INIT;
	size_t path;

	if (scheme.s) {
		buf_add(out, scheme.s, scheme.len);
		buf_putc(out, ':');
	}
	add_authority(out, authority);
	path = out->len;
	if (authority == ref || (ref->path.len && ref->path.s[0] == '/')) {
		add_path(out, ref->path.s, ref->path.len);
	} else if (ref->path.len) {
		merge_paths(&merged, base, ref->path);
		add_path(out, merged.s, merged.len);
	} else {
		if (base->path.len)
			add_path(out, base->path.s, base->path.len);
		if (!query.s)
			query = base->query;
	}
	if (!authority->host.s)
		guard_path(out, path, scheme.s != NULL);
	buf_clear(&merged);
	add_part(out, "?", query);
	add_part(out, "#", ref->fragment);
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add_escaped(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";
	char triple[3] = { '%', hex[c >> 4], hex[c & 15] };

	buf_add(out, triple, sizeof triple);
}

/* What people and editors put into addresses: blanks around them, line ends within; both dropped, as browsers do, so that we judge the
 * address that a browser would open. What may not stand in one at all is escaped. */
static void tidy(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	while (n && is_blank(s[n - 1]))
		n--;
	while (n && is_blank(*s)) {
		s++;
		n--;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c <= ' ' || c == 0x7F || strchr("\"<>\\`", c))
			add_escaped(out, c);
		else
			buf_putc(out, (char)c);
	}
}

/* Letters beyond ASCII stay, as people read them; but where some of it may not be shown, or isn't UTF-8, all that is beyond ASCII is escaped. */
static void escape_unclean(struct buf *out)
{
	struct buf clean = BUF_INIT, ascii = BUF_INIT;
	size_t plain = 0;

	while (plain < out->len && (unsigned char)out->s[plain] < 0x80)
		plain++;
	if (plain == out->len)
		return;
	utf8_clean(&clean, out->s, out->len, UTF8_LINE);
	if (!equals(clean.s, clean.len, out->s)) {
		for (size_t i = 0; i < out->len; i++) {
			if ((unsigned char)out->s[i] >= 0x80)
				add_escaped(&ascii, (unsigned char)out->s[i]);
			else
				buf_putc(&ascii, out->s[i]);
		}
		buf_cut(out, 0);
		buf_add(out, ascii.s, ascii.len);
	}
	buf_clear(&clean);
	buf_clear(&ascii);
}

/* url_resolve - ref against base (RFC 3986, 5.2, strict).
 *   a     [in,out] owns the result;  base  absolute, may be NULL;  ref  as a document has it, may be NULL
 * Dot segments are removed; blanks around and line ends within are dropped; blanks, controls, quotes, angle brackets and backslashes become
 * %XX; letters beyond ASCII stay. What comes out is clean (utf8_clean). Cannot fail; resolving the result again changes nothing. */
const char *url_resolve(struct arena *a, const char *base, const char *ref)
{
	struct buf tidy_base = BUF_INIT, tidy_ref = BUF_INIT, out = BUF_INIT;
	struct url b, r;
	const char *result;

	tidy(&tidy_base, base ? base : "");
	tidy(&tidy_ref, ref ? ref : "");
	url_split(&b, buf_str(&tidy_base));
	url_split(&r, buf_str(&tidy_ref));
	transform(&out, &b, &r);
	escape_unclean(&out);
	result = arena_strndup(a, buf_str(&out), out.len);
	buf_clear(&tidy_base);
	buf_clear(&tidy_ref);
	buf_clear(&out);
	return result;
}

/* url_wire - url as it goes into a request: no fragment, bytes beyond ASCII behind the authority as %XX.
 *   a  [in,out] owns the result;  url  resolved
 * A name beyond ASCII is left for the resolver's IDN. Cannot fail. */
const char *url_wire(struct arena *a, const char *url)
{
	struct buf out = BUF_INIT;
	struct url u;
	const char *result;

	url_split(&u, url);
	buf_add(&out, url, (size_t)(u.path.s - url));
	for (const char *p = u.path.s; *p && *p != '#'; p++) {
		if ((unsigned char)*p >= 0x80)
			add_escaped(&out, (unsigned char)*p);
		else
			buf_putc(&out, *p);
	}
	result = arena_strndup(a, buf_str(&out), out.len);
	buf_clear(&out);
	return result;
}

static bool is_scheme(const struct url *u, const char *name)
{
	return u->scheme.len == strlen(name) && strncasecmp(u->scheme.s, name, u->scheme.len) == 0;
}

/* url_allowed - may this absolute address be fetched, or shown as a link?
 *   url  may be NULL;  use  see url.h
 * Returns false for every scheme that isn't listed, an empty host, and bytes that could mean something else to whoever reads the address next. */
bool url_allowed(const char *url, enum url_use use)
{
	static const char *const with_host[] = { "http", "https", "ftp", "gopher", "gemini" };
	struct url u;

	if (!url)
		return false;
	for (const char *p = url; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7F || *p == '\\')
			return false;
	url_split(&u, url);
	if (!u.scheme.s)
		return false;
	for (size_t i = 0; i < (use == URL_FETCH ? 2 : sizeof with_host / sizeof *with_host); i++)
		if (is_scheme(&u, with_host[i]))
			return u.host.len > 0;
	return use == URL_LINK && ((is_scheme(&u, "mailto") && u.path.len) || (is_scheme(&u, "magnet") && u.query.len));
}

/* url_host - the host, lower case in ASCII; an IPv6 literal keeps its brackets.
 *   a  [in,out] owns the result
 * Returns "" where there is none. Cannot fail. */
const char *url_host(struct arena *a, const char *url)
{
	struct url u;
	char *host;

	url_split(&u, url);
	if (!u.host.len)
		return "";
	host = arena_strndup(a, u.host.s, u.host.len);
	for (char *p = host; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return host;
}

/* url_bare - see url.h. Cannot fail. */
const char *url_bare(struct arena *a, const char *url)
{
	struct url u;

	url_split(&u, url);
	if (!u.userinfo.s)
		return url;
	return arena_printf(a, "%.*s%s", (int)(u.userinfo.s - url), url, u.host.s);
}

int url_escaped(const char *s, size_t n)
{
	int high = n >= 3 && *s == '%' ? utf8_hex(s[1]) : -1, low = high >= 0 ? utf8_hex(s[2]) : -1;

	return low >= 0 ? 16 * high + low : -1;
}

/* url_login - see url.h. A %00 is left as it is written. Cannot fail. */
const char *url_login(struct arena *a, const char *url)
{
	struct buf out = BUF_INIT;
	const char *result;
	struct url u;

	url_split(&u, url);
	if (!u.userinfo.len)
		return NULL;
	for (size_t i = 0; i < u.userinfo.len; i++) {
		const char *s = u.userinfo.s + i;
		int byte = url_escaped(s, u.userinfo.len - i);

		buf_putc(&out, byte > 0 ? (char)byte : *s);
		i += byte > 0 ? 2 : 0;
	}
	if (!memchr(u.userinfo.s, ':', u.userinfo.len))
		buf_putc(&out, ':');
	result = arena_strndup(a, buf_str(&out), out.len);
	buf_clear(&out);
	return result;
}

/* Four numbers of 0..255 with dots between: "127.evil.example" is a name, not an address. */
static bool is_dotted_quad(const char *s, size_t n)
{
	int value = 0, digits = 0, dots = 0;

	for (size_t i = 0; i < n; i++) {
		if (is_digit(s[i])) {
			value = 10 * value + (s[i] - '0');
			if (++digits > 3 || value > 255)
				return false;
		} else if (s[i] == '.' && digits && dots < 3) {
			value = digits = 0;
			dots++;
		} else {
			return false;
		}
	}
	return dots == 3 && digits;
}

/* url_loopback - is the host this machine by its very name? Knows no resolver.
 * Returns true for 127.0.0.0/8, [::1] and localhost, in any case; false where there is no host. */
bool url_loopback(const char *url)
{
	struct url u;

	url_split(&u, url);
	if (!u.host.len)
		return false;
	if (u.host.len == 9 && strncasecmp(u.host.s, "localhost", 9) == 0)
		return true;
	if (equals(u.host.s, u.host.len, "[::1]"))
		return true;
	return starts(u.host.s, u.host.len, "127.") && is_dotted_quad(u.host.s, u.host.len);
}
