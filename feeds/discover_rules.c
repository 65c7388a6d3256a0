/* discover_rules - see discover_rules.h.
 *
 * A rule is a pattern of hosts, one of paths, and the feed's address.
 *   hosts     alternatives between '|'; '*' is anything, "" any host; "www." in front of a host counts for nothing
 *   path      '$' is what is left of a segment and '#' that in digits, at least one character; "/..." at the end is anything more, or nothing; "?list=$" is a parameter
 *   feed      $1 .. $3 what was found there; $s scheme and authority of the page; $p its path, without a '/' at the end; $i the channel that the page names. NULL: the page has no feed
 * Of a host's rules the first whose path fits decides, together with those behind it of the same path.
 */
#include "feeds/discover_rules.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "feeds/dom.h"
#include "feeds/url.h"

/* How much is known: what the address says is certain; a page may name the program that made it (BY_GENERATOR: <meta name=generator>, BY_TEXT: any text of it), or a
 * channel; a place is only where one may look. */
enum evidence { BY_ADDRESS, BY_GENERATOR, BY_TEXT, BY_CHANNEL, BY_PLACE };

struct rule {
	enum evidence by;
	const char *mark;   /* of BY_GENERATOR and BY_TEXT */
	const char *hosts, *path, *feed, *title;
};

#define YOUTUBE "youtube.com|m.youtube.com|music.youtube.com"
#define REDDIT "reddit.com|*.reddit.com"
#define GITEA "codeberg.org|gitea.com|git.disroot.org|code.forgejo.org"
#define STACK "stackoverflow.com|*.stackoverflow.com|*.stackexchange.com|serverfault.com|superuser.com|askubuntu.com|mathoverflow.net"
#define MASTODON "mastodon.social|mastodon.online|fosstodon.org|hachyderm.io|mstdn.social|mas.to|chaos.social|infosec.exchange|techhub.social|mathstodon.xyz|floss.social|" \
	"social.coop|troet.cafe|norden.social|mastodon.*"
#define LEMMY "lemmy.*|lemm.ee|beehaw.org|sh.itjust.works|programming.dev|feddit.*|slrpnk.net|discuss.tchncs.de|infosec.pub|aussie.zone"

static const struct rule RULES[] = {
	{ BY_ADDRESS, NULL, YOUTUBE, "/channel/$/...", "https://www.youtube.com/feeds/videos.xml?channel_id=$1", "videos" },
	{ BY_ADDRESS, NULL, YOUTUBE, "/playlist?list=$", "https://www.youtube.com/feeds/videos.xml?playlist_id=$1", "playlist" },
	{ BY_CHANNEL, NULL, YOUTUBE, "/...", "https://www.youtube.com/feeds/videos.xml?channel_id=$i", "videos" },

	{ BY_ADDRESS, NULL, "github.com", "/$/$/commits/$", "https://github.com/$1/$2/commits/$3.atom", "commits" },
	{ BY_ADDRESS, NULL, "github.com", "/orgs/$/...", "https://github.com/$1.atom", "activity" },
	{ BY_ADDRESS, NULL, "github.com", "/topics/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/features/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/sponsors/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/marketplace/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/settings/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/about/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "github.com", "/$/$/...", "https://github.com/$1/$2/releases.atom", "releases" },
	{ BY_ADDRESS, NULL, "github.com", "/$/$/...", "https://github.com/$1/$2/tags.atom", "tags" },
	{ BY_ADDRESS, NULL, "github.com", "/$/$/...", "https://github.com/$1/$2/commits.atom", "commits" },
	{ BY_ADDRESS, NULL, "github.com", "/$", "https://github.com/$1.atom", "activity" },
	{ BY_ADDRESS, NULL, "gist.github.com", "/$", "https://gist.github.com/$1.atom", "gists" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/explore/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$/-/...", "$s/$1/$2/-/releases.atom", "releases" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$", "$s/$1/$2/-/releases.atom", "releases" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$", "$s/$1/$2/-/tags?format=atom", "tags" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$", "$s/$1/$2.atom", "activity" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$/$", "$s/$1/$2/$3/-/releases.atom", "releases" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$/$/$", "$s/$1/$2/$3/-/tags?format=atom", "tags" },
	{ BY_ADDRESS, NULL, "gitlab.com|gitlab.*", "/$", "$s/$1.atom", "activity" },
	{ BY_ADDRESS, NULL, GITEA, "/explore/...", NULL, NULL },
	{ BY_ADDRESS, NULL, GITEA, "/$/$/...", "$s/$1/$2/releases.rss", "releases" },
	{ BY_ADDRESS, NULL, GITEA, "/$/$/...", "$s/$1/$2/tags.rss", "tags" },
	{ BY_ADDRESS, NULL, GITEA, "/$/$/...", "$s/$1/$2.rss", "activity" },
	{ BY_ADDRESS, NULL, GITEA, "/$", "$s/$1.rss", "activity" },

	{ BY_ADDRESS, NULL, REDDIT, "/r/$/comments/$/...", "https://www.reddit.com/r/$1/comments/$2/.rss", "comments" },
	{ BY_ADDRESS, NULL, REDDIT, "/r/$/new", "https://www.reddit.com/r/$1/new/.rss", "new posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/r/$/top", "https://www.reddit.com/r/$1/top/.rss", "top posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/r/$/...", "https://www.reddit.com/r/$1/.rss", "posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/user/$/m/$", "https://www.reddit.com/user/$1/m/$2/.rss", "posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/user/$/...", "https://www.reddit.com/user/$1/.rss", "posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/u/$/...", "https://www.reddit.com/user/$1/.rss", "posts" },
	{ BY_ADDRESS, NULL, REDDIT, "/", "https://www.reddit.com/.rss", "front page" },
	{ BY_ADDRESS, NULL, MASTODON, "/@$/...", "$s/@$1.rss", "posts" },
	{ BY_ADDRESS, NULL, MASTODON, "/tags/$", "$s/tags/$1.rss", "posts" },
	{ BY_ADDRESS, NULL, LEMMY, "/c/$", "$s/feeds/c/$1.xml?sort=New", "community" },
	{ BY_ADDRESS, NULL, LEMMY, "/u/$", "$s/feeds/u/$1.xml?sort=New", "posts" },
	{ BY_ADDRESS, NULL, LEMMY, "/", "$s/feeds/local.xml?sort=New", "local posts" },
	{ BY_ADDRESS, NULL, "bsky.app", "/profile/$/...", "https://bsky.app/profile/$1/rss", "posts" },

	{ BY_ADDRESS, NULL, "substack.com", "/@$/...", "https://$1.substack.com/feed", "posts" },
	{ BY_ADDRESS, NULL, "*.substack.com", "/...", "$s/feed", "posts" },
	{ BY_ADDRESS, NULL, "medium.com", "/@$/...", "https://medium.com/feed/@$1", "stories" },
	{ BY_ADDRESS, NULL, "medium.com", "/tag/$/...", "https://medium.com/feed/tag/$1", "stories" },
	{ BY_ADDRESS, NULL, "medium.com", "/$/...", "https://medium.com/feed/$1", "stories" },
	{ BY_ADDRESS, NULL, "*.medium.com", "/...", "$s/feed", "stories" },
	{ BY_ADDRESS, NULL, "*.blogspot.com|*.blogspot.*", "/...", "$s/feeds/posts/default", "posts" },
	{ BY_ADDRESS, NULL, "*.wordpress.com", "/...", "$s/feed/", "posts" },
	{ BY_ADDRESS, NULL, "tumblr.com", "/$/...", "https://$1.tumblr.com/rss", "posts" },
	{ BY_ADDRESS, NULL, "*.tumblr.com", "/...", "$s/rss", "posts" },
	{ BY_ADDRESS, NULL, "*.livejournal.com", "/...", "$s/data/rss", "posts" },
	{ BY_ADDRESS, NULL, "dev.to", "/t/$", "https://dev.to/feed/tag/$1", "posts" },
	{ BY_ADDRESS, NULL, "dev.to", "/$", "https://dev.to/feed/$1", "posts" },

	{ BY_ADDRESS, NULL, STACK, "/questions/tagged/$", "$s/feeds/tag/$1", "questions" },
	{ BY_ADDRESS, NULL, STACK, "/questions/#/...", "$s/feeds/question/$1", "answers" },
	{ BY_ADDRESS, NULL, STACK, "/users/#/...", "$s/feeds/user/$1", "activity" },
	{ BY_ADDRESS, NULL, STACK, "/questions", "$s/feeds", "questions" },
	{ BY_ADDRESS, NULL, STACK, "/", "$s/feeds", "questions" },
	{ BY_ADDRESS, NULL, "news.ycombinator.com", "/show", "https://news.ycombinator.com/showrss", "Show HN" },
	{ BY_ADDRESS, NULL, "news.ycombinator.com", "/...", "https://news.ycombinator.com/rss", "front page" },
	{ BY_ADDRESS, NULL, "arxiv.org", "/list/$/...", "https://rss.arxiv.org/rss/$1", "new papers" },
	{ BY_ADDRESS, NULL, "arxiv.org", "/archive/$", "https://rss.arxiv.org/rss/$1", "new papers" },

	{ BY_ADDRESS, NULL, "vimeo.com", "/#/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "vimeo.com", "/channels/$/...", "https://vimeo.com/channels/$1/videos/rss", "videos" },
	{ BY_ADDRESS, NULL, "vimeo.com", "/groups/$/...", "https://vimeo.com/groups/$1/videos/rss", "videos" },
	{ BY_ADDRESS, NULL, "vimeo.com", "/$", "https://vimeo.com/$1/videos/rss", "videos" },
	{ BY_ADDRESS, NULL, "dailymotion.com", "/video/...", NULL, NULL },
	{ BY_ADDRESS, NULL, "dailymotion.com", "/playlist/$/...", "https://www.dailymotion.com/rss/playlist/$1", "playlist" },
	{ BY_ADDRESS, NULL, "dailymotion.com", "/$", "https://www.dailymotion.com/rss/user/$1", "videos" },

	{ BY_TEXT, "PeerTube", "", "/c/$/...", "$s/feeds/videos.xml?videoChannelName=$1", "videos" },
	{ BY_TEXT, "PeerTube", "", "/video-channels/$/...", "$s/feeds/videos.xml?videoChannelName=$1", "videos" },
	{ BY_TEXT, "PeerTube", "", "/a/$/...", "$s/feeds/videos.xml?accountName=$1", "videos" },
	{ BY_TEXT, "PeerTube", "", "/accounts/$/...", "$s/feeds/videos.xml?accountName=$1", "videos" },
	{ BY_TEXT, "PeerTube", "", "/...", "$s/feeds/videos.xml", "videos" },
	{ BY_TEXT, "Powered by Forgejo", "", "/$/$/...", "$s/$1/$2/releases.rss", "releases" },
	{ BY_TEXT, "Powered by Forgejo", "", "/$", "$s/$1.rss", "activity" },
	{ BY_TEXT, "Powered by Gitea", "", "/$/$/...", "$s/$1/$2/releases.rss", "releases" },
	{ BY_TEXT, "Powered by Gitea", "", "/$", "$s/$1.rss", "activity" },
	{ BY_TEXT, "isoData", "", "/c/$", "$s/feeds/c/$1.xml?sort=New", "community" },
	{ BY_TEXT, "isoData", "", "/u/$", "$s/feeds/u/$1.xml?sort=New", "posts" },
	{ BY_GENERATOR, "Discourse", "", "/c/$/...", "$s$p.rss", "category" },
	{ BY_GENERATOR, "Discourse", "", "/t/$/...", "$s$p.rss", "topic" },
	{ BY_GENERATOR, "Discourse", "", "/tag/$/...", "$s$p.rss", "tag" },
	{ BY_GENERATOR, "Discourse", "", "/...", "$s/latest.rss", "latest topics" },
	{ BY_GENERATOR, "WordPress", "", "/...", "$s/feed/", "posts" },
	{ BY_GENERATOR, "Ghost", "", "/...", "$s/rss/", "posts" },
	{ BY_GENERATOR, "Hugo", "", "/", "$s/index.xml", "posts" },
	{ BY_GENERATOR, "Hugo", "", "/...", "$s$p/index.xml", "posts" },
	{ BY_GENERATOR, "Jekyll", "", "/...", "$s/feed.xml", "posts" },
	{ BY_GENERATOR, "Hexo", "", "/...", "$s/atom.xml", "posts" },
	{ BY_GENERATOR, "Drupal", "", "/...", "$s/rss.xml", "posts" },
	{ BY_GENERATOR, "Wix", "", "/...", "$s/blog-feed.xml", "posts" },

	/* Fediverse programs of any host; then beneath the page; then where most sites have it. */
	{ BY_PLACE, NULL, "", "/@$/...", "$s/@$1.rss", NULL },
	{ BY_PLACE, NULL, "", "/users/$", "$s/users/$1.rss", NULL },
	{ BY_PLACE, NULL, "", "/$/...", "$s/$1/feed", NULL },
	{ BY_PLACE, NULL, "", "/$/...", "$s/$1/index.xml", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/feed", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/rss", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/feed.xml", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/atom.xml", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/rss.xml", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/index.xml", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/feed.json", NULL },
	{ BY_PLACE, NULL, "", "/...", "$s/blog/feed", NULL },
};

#define RULE_COUNT (sizeof RULES / sizeof *RULES)

/* ---- fitting ---- */

#define CAPTURES 3

struct fit {
	struct url u;
	const char *host, *path;   /* host without "www."; path without a '/' at the end, "" the root */
	struct url_part part[CAPTURES];
	size_t n;
	const char *channel;
};

/* Does text (n bytes) fit a pattern (m bytes) in which '*' is anything? */
static bool glob(const char *pattern, size_t m, const char *s, size_t n)
{
	while (m && *pattern != '*') {
		if (!n || *pattern != *s)
			return false;
		pattern++, s++, m--, n--;
	}
	if (!m)
		return n == 0;
	for (size_t k = 0; k <= n; k++)
		if (glob(pattern + 1, m - 1, s + k, n - k))
			return true;
	return false;
}

static bool host_fits(const char *hosts, const char *host)
{
	if (!*hosts)
		return true;
	for (size_t len; *hosts; hosts += len + (hosts[len] == '|')) {
		len = strcspn(hosts, "|");
		if (glob(hosts, len, host, strlen(host)))
			return true;
	}
	return false;
}

static bool capture(struct fit *f, const char *s, size_t n, bool digits)
{
	for (size_t i = 0; i < n; i++)
		if (digits ? s[i] < '0' || s[i] > '9' : (unsigned char)s[i] <= ' ' || strchr("&\"<>", s[i]))
			return false;
	if (!n || f->n == CAPTURES)
		return false;
	f->part[f->n++] = (struct url_part){ s, n };
	return true;
}

/* One segment (n bytes) and its pattern (m bytes): letters, then maybe '$' or '#'. */
static bool segment_fits(struct fit *f, const char *pattern, size_t m, const char *s, size_t n)
{
	bool digits = m && pattern[m - 1] == '#', open = digits || (m && pattern[m - 1] == '$');

	if (open)
		m--;
	if (n < m || memcmp(pattern, s, m) != 0)
		return false;
	return open ? capture(f, s + m, n - m, digits) : n == m;
}

/* "list=$": the parameter of that name. */
static bool parameter_fits(struct fit *f, const char *pattern)
{
	size_t name = strlen(pattern) - 1, left = f->u.query.len;

	for (const char *s = f->u.query.s; left;) {
		const char *end = memchr(s, '&', left);
		size_t n = end ? (size_t)(end - s) : left;

		if (n > name && memcmp(s, pattern, name) == 0)
			return capture(f, s + name, n - name, false);
		s += n + (n < left);
		left -= n + (n < left);
	}
	return false;
}

static bool path_fits(struct fit *f, const char *pattern)
{
	const char *path = f->path;

	f->n = 0;
	for (;;) {
		size_t m, n;

		if (strcmp(pattern, "/...") == 0)
			return true;
		if (*pattern == '?')
			return *path == '\0' && parameter_fits(f, pattern + 1);
		if (*pattern == '\0' || strcmp(pattern, "/") == 0)
			return *path == '\0';
		if (*path != '/')
			return false;
		m = strcspn(++pattern, "/?");
		n = strcspn(++path, "/");
		if (!segment_fits(f, pattern, m, path, n))
			return false;
		pattern += m;
		path += n;
	}
}

/* ---- addresses ---- */

static const char *filled(struct arena *a, const struct fit *f, const char *url, const char *feed)
{
	struct buf b = BUF_INIT;
	const char *out;

	for (; *feed; feed++) {
		if (*feed != '$') {
			buf_putc(&b, *feed);
			continue;
		}
		feed++;
		if (*feed == 's')
			buf_add(&b, url, (size_t)(f->u.path.s - url));
		else if (*feed == 'p')
			buf_puts(&b, f->path);
		else if (*feed == 'i')
			buf_puts(&b, f->channel);
		else
			buf_add(&b, f->part[*feed - '1'].s, f->part[*feed - '1'].len);
	}
	out = arena_strndup(a, buf_str(&b), b.len);
	buf_clear(&b);
	return out;
}

static bool begin(struct arena *a, struct fit *f, const char *url)
{
	size_t n;

	*f = (struct fit){ .n = 0 };
	if (!url_allowed(url, URL_FETCH))
		return false;
	url_split(&f->u, url);
	f->host = url_host(a, url);
	if (strncmp(f->host, "www.", 4) == 0)
		f->host += 4;
	for (n = f->u.path.len; n && f->u.path.s[n - 1] == '/';)
		n--;
	f->path = arena_strndup(a, f->u.path.s, n);
	return true;
}

static bool holds(const struct found_feed *found, size_t n, const char *url)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(found[i].url, url) == 0)
			return true;
	return false;
}

/* What a page says of itself. */
struct page { const char *generator, *text; };

static bool applies(const struct rule *r, const struct page *page)
{
	if (r->by == BY_GENERATOR)
		return page->generator && strncasecmp(page->generator, r->mark, strlen(r->mark)) == 0;
	return r->by != BY_TEXT || strstr(page->text, r->mark);
}

/* Rules from..to of the kinds of evidence in `kinds`, a set of bits, that fit. all: not only those of the first path. */
static size_t apply(struct arena *a, const char *url, struct fit *f, unsigned kinds, const struct page *page, bool all, struct found_feed **out)
{
	struct found_feed found[RULE_COUNT];
	const struct rule *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &RULES[i];
		const char *feed;

		if (!(kinds & 1u << r->by) || !host_fits(r->hosts, f->host) || (first && !all && (strcmp(first->path, r->path) != 0 || first->by != r->by)))
			continue;
		if (!applies(r, page) || (r->by == BY_CHANNEL && !f->channel) || !path_fits(f, r->path))
			continue;
		first = first ? first : r;
		feed = r->feed ? filled(a, f, url, r->feed) : NULL;
		if (feed && !holds(found, n, feed) && strcmp(feed, url) != 0)
			found[n++] = (struct found_feed){ feed, r->title, NULL };
	}
	*out = arena_alloc(a, (n + 1) * sizeof **out);
	if (n)
		memcpy(*out, found, n * sizeof *found);
	return n;
}

size_t discover_by_address(struct arena *a, const char *url, struct found_feed **out)
{
	struct fit f;

	if (!begin(a, &f, url) || discover_looks_like_feed(url))
		return 0;
	return apply(a, url, &f, 1u << BY_ADDRESS, NULL, false, out);
}

size_t discover_by_place(struct arena *a, const char *url, struct found_feed **out)
{
	struct fit f;
	size_t n;

	if (!begin(a, &f, url))
		return 0;
	n = apply(a, url, &f, 1u << BY_PLACE, NULL, true, out);
	return n < DISCOVER_TRIES ? n : DISCOVER_TRIES;
}

/* ---- pages ---- */

static const char *find_generator(const struct dom *node)
{
	for (const struct dom *c = node->first; c; c = c->next) {
		const char *name, *inner;

		if (!c->name)
			continue;
		name = strcmp(c->name, "meta") == 0 ? dom_value(c, "name") : NULL;
		if (name && strcasecmp(name, "generator") == 0 && dom_value(c, "content"))
			return dom_value(c, "content");
		inner = find_generator(c);
		if (inner)
			return inner;
	}
	return NULL;
}

#define CHANNEL_LEN 24 /* "UC" and 22 letters, digits, '-' or '_' */

/* The channel that stands behind the first of these signs; NULL none. */
static const char *find_channel(struct arena *a, const char *text)
{
	static const char *const signs[] = {
		"<link rel=\"canonical\" href=\"https://www.youtube.com/channel/", "\"externalId\":\"", "<meta itemprop=\"channelId\" content=\"", "<meta itemprop=\"identifier\" content=\"",
		"\"channelId\":\"",
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		for (const char *s = strstr(text, signs[i]); s; s = strstr(s, signs[i])) {
			s += strlen(signs[i]);
			if (strncmp(s, "UC", 2) == 0 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == CHANNEL_LEN)
				return arena_strndup(a, s, CHANNEL_LEN);
		}
	return NULL;
}

size_t discover_by_page(struct arena *a, const char *url, const char *html, size_t n, struct found_feed **out)
{
	struct arena tree = ARENA_INIT;
	struct page page = { NULL, arena_strndup(a, html, n) };
	struct dom *root;
	struct fit f;

	if (!begin(a, &f, url))
		return 0;
	if (dom_html(&tree, html, n, &root, NULL) == OK)
		page.generator = arena_strdup(a, find_generator(root));
	arena_clear(&tree);
	f.channel = find_channel(a, page.text);
	return apply(a, url, &f, 1u << BY_GENERATOR | 1u << BY_TEXT | 1u << BY_CHANNEL, &page, false, out);
}
