#include "store/address_private.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* Set by newsletters, networks and shops, never by who publishes. A '*' at the end: any that begin so. */
static const char *const TRACKING[] = {
	"utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "srsltid",
	"mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "vero_conv", "oly_enc_id", "oly_anon_id", "wickedid", "rb_clickid", "s_cid", "__twitter_impression",
	"pk_campaign", "pk_kwd", "pk_source", "pk_medium", "piwik_*", "mtm_*", "matomo_*", "wt_mc", "wt.mc_id", "wt_zmc", "ns_campaign", "ns_mchannel", "ns_source",
	"ns_linkname", "ns_fee", "xtor", "at_medium", "at_campaign", "at_campaign_type", "at_custom*", "at_link_*", "at_bbc_team", "at_ptr_name", "at_format",
};

/* Is the parameter s, "name=value" of n bytes, one of these? */
static bool tracking(const char *s, size_t n)
{
	const char *equals = memchr(s, '=', n);
	size_t len = equals ? (size_t)(equals - s) : n;

	for (size_t i = 0; i < sizeof TRACKING / sizeof *TRACKING; i++) {
		size_t want = strlen(TRACKING[i]);

		if (TRACKING[i][want - 1] == '*' ? len >= want - 1 && strncasecmp(s, TRACKING[i], want - 1) == 0 : len == want && strncasecmp(s, TRACKING[i], len) == 0)
			return true;
	}
	return false;
}

/* Bytes of "http://" or "https://" in front, 0 where there is neither. */
static size_t web_scheme(const char *url)
{
	return strncasecmp(url, "https://", 8) == 0 ? 8 : strncasecmp(url, "http://", 7) == 0 ? 7 : 0;
}

/* Append the parameters of s (n bytes, parted by '&' or ';') that aren't for tracking, with `sign` before the first. */
static void add_parameters(struct buf *out, char sign, const char *s, size_t n)
{
	while (n) {
		size_t len = 0;

		while (len < n && s[len] != '&' && s[len] != ';')
			len++;
		if (len && !tracking(s, len)) {
			buf_putc(out, sign);
			buf_add(out, s, len);
			sign = '&';
		}
		s += len + (len < n);
		n -= len + (len < n);
	}
}

/* From the '?' or '#' on. A fragment is a place of the page, unless it is a tracking parameter. */
static void add_rest(struct buf *out, const char *s)
{
	size_t n = strcspn(s, "#");

	if (*s == '?')
		add_parameters(out, '?', s + 1, n - 1);
	s += n;
	if (*s == '#' && s[1] && !tracking(s + 1, strlen(s + 1)))
		buf_puts(out, s);
}

void address_untracked(struct buf *out, const char *url)
{
	size_t n = strcspn(url, "?#");

	if (!web_scheme(url)) {
		buf_puts(out, url);
		return;
	}
	buf_add(out, url, n);
	add_rest(out, url + n);
}

static void add_host(struct buf *out, const char *s, size_t n, const char *port)
{
	size_t len = strlen(port);

	if (n > len && memcmp(s + n - len, port, len) == 0)
		n -= len;
	for (size_t i = 0; i < n; i++)
		buf_putc(out, s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i]);
}

void address_key(struct buf *out, const char *url)
{
	size_t scheme = web_scheme(url), n;

	if (!scheme) {
		buf_puts(out, url);
		return;
	}
	url += scheme;
	n = strcspn(url, "/?#");
	buf_puts(out, "//");
	add_host(out, url, n, scheme == 8 ? ":443" : ":80");
	url += n;
	n = strcspn(url, "?#");
	buf_add(out, url, n && url[n - 1] == '/' ? n - 1 : n);
	add_rest(out, url + n);
}
