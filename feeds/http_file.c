/* http_file - a file: address that the reader subscribed to (RFC 8089). */
#include <config.h>

#include "feeds/http_file.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "feeds/url.h"

static void unescape(struct buf *out, struct url_part path)
{
	for (size_t i = 0; i < path.len; i++) {
		int byte = url_escaped(path.s + i, path.len - i);

		buf_putc(out, byte >= 0 ? (char)byte : path.s[i]);
		i += byte >= 0 ? 2 : 0;
	}
}

static enum err read_regular(struct buf *out, const struct buf *path, size_t limit, struct err_info *info)
{
	struct stat st;

	if (memchr(buf_str(path), '\0', path->len))
		return err_set(info, ERR_UNSUPPORTED, "a file's name can't hold a NUL");
	if (stat(buf_str(path), &st) != 0)
		return err_errno(info, "%s", buf_str(path));
	if (!S_ISREG(st.st_mode)) /* a pipe would wait for ever, a device never ends */
		return err_set(info, ERR_UNSUPPORTED, "%s is not a regular file", buf_str(path));
	return buf_read_file(out, buf_str(path), limit, info);
}

/* http_file_read - see http_file.h.
 *   out  [in,out] untouched on failure;  url  "file:///path" or "file://localhost/path", %XX decoded; query and fragment left out */
enum err http_file_read(struct buf *out, const char *url, size_t limit, struct err_info *info)
{
	struct buf path = BUF_INIT;
	struct url u;
	enum err err;

	url_split(&u, url);
	if (u.scheme.len != 4 || strncasecmp(u.scheme.s, "file", 4) != 0 || u.path.len == 0 || u.path.s[0] != '/')
		return err_set(info, ERR_UNSUPPORTED, "a file: address is written file:///path/to/file");
	if (u.host.len && !url_loopback(url))
		return err_set(info, ERR_UNSUPPORTED, "the file is on another machine (%.*s)", (int)u.host.len, u.host.s);
	unescape(&path, u.path);
	err = read_regular(out, &path, limit, info);
	buf_clear(&path);
	return err;
}
