#include "rank/eval_log.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BEHAVIORS_BYTES ((size_t)1 << 30)
#define HISTORY_DWELL 600.0
#define HISTORY_AGE (24 * (int64_t)3600)

/* ---- which file ---- */

static bool is_behaviors(const char *name)
{
	size_t n = strlen(name);

	return n > 14 && strncmp(name, "behaviors_", 10) == 0 && strcmp(name + n - 4, ".tsv") == 0;
}

/* The only behaviors_*.tsv of the folder, into name. */
static enum err only_one(const char *dir, struct buf *name, struct err_info *info)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t found = 0;

	if (!d)
		return err_errno(info, "%s", dir);
	while ((e = readdir(d)))
		if (is_behaviors(e->d_name) && found++ == 0)
			buf_puts(name, e->d_name);
	closedir(d);
	if (!found)
		return err_set(info, ERR_NOTFOUND, "%s: no behaviors_NAME.tsv in it", dir);
	if (found > 1)
		return err_set(info, ERR_USAGE, "%s: there are %zu files behaviors_NAME.tsv and none is \"dev\": say which by --behaviors NAME", dir, found);
	return OK;
}

static enum err choose(const char *dir, const char *wanted, struct buf *name, struct err_info *info)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool dev;

	if (wanted) {
		buf_printf(name, "behaviors_%s.tsv", wanted);
		return OK;
	}
	buf_printf(&path, "%s/behaviors_dev.tsv", dir);
	dev = stat(buf_str(&path), &st) == 0;
	buf_clear(&path);
	if (!dev)
		return only_one(dir, name, info);
	buf_puts(name, "behaviors_dev.tsv");
	return OK;
}

static enum err read_behaviors(struct click_log *log, const char *dir, struct err_info *info)
{
	struct buf path = BUF_INIT;
	struct field line;
	size_t at = 0;
	enum err e;

	buf_printf(&path, "%s/%s", dir, buf_str(&log->name));
	e = buf_read_file(&log->text, buf_str(&path), BEHAVIORS_BYTES, info);
	while (e == OK && news_line(log->text.s, log->text.len, &at, &line))
		log->lines++;
	buf_clear(&path);
	return e;
}

enum err click_log_open(struct click_log *log, const char *dir, const char *name, const struct vectors *table, uint64_t seed, struct err_info *info)
{
	enum err e;

	*log = (struct click_log){ .news = { .by_name = MAP_INIT, .category = MAP_INIT }, .name = BUF_INIT, .text = BUF_INIT };
	e = choose(dir, name, &log->name, info);
	if (e == OK)
		e = read_behaviors(log, dir, info);
	if (e == OK)
		e = news_read(&log->news, dir, table, seed, info);
	if (e == OK && !log->lines)
		e = err_set(info, ERR_SYNTAX, "%s: no impression in it", buf_str(&log->name));
	return e;
}

void click_log_clear(struct click_log *log)
{
	news_clear(&log->news);
	buf_clear(&log->name);
	buf_clear(&log->text);
}

/* ---- an impression ---- */

static bool next_word(struct field *f, struct field *word)
{
	size_t n = 0;

	while (f->n && *f->s == ' ') {
		f->s++;
		f->n--;
	}
	while (n < f->n && f->s[n] != ' ')
		n++;
	*word = (struct field){ f->s, n };
	f->s += n;
	f->n -= n;
	return n > 0;
}

static void read_history(const struct click_log *log, struct impression *im, struct field f)
{
	struct field word;

	im->n_history = 0;
	while (next_word(&f, &word)) {
		int64_t doc = map_get(&log->news.by_name, word.s, word.n, -1);

		if (doc < 0)
			continue;
		MEM_GROW(im->history, im->n_history, im->history_cap);
		im->history[im->n_history++] = (size_t)doc;
	}
}

static enum err read_candidates(const struct click_log *log, struct impression *im, struct field f, struct err_info *info)
{
	struct field word;

	im->n = 0;
	while (next_word(&f, &word)) {
		int shown = word.n < 40 ? (int)word.n : 40;
		int64_t doc;

		if (word.n < 3 || word.s[word.n - 2] != '-' || (word.s[word.n - 1] != '0' && word.s[word.n - 1] != '1'))
			return err_set(info, ERR_SYNTAX, "%s:%zu: \"%.*s\" ends neither in -0 nor in -1", log->name.s, log->line, shown, word.s);
		doc = map_get(&log->news.by_name, word.s, word.n - 2, -1);
		if (doc < 0)
			return err_set(info, ERR_SYNTAX, "%s:%zu: \"%.*s\" is not in news.tsv", log->name.s, log->line, shown - 2, word.s);
		MEM_GROW(im->doc, im->n, im->doc_cap);
		MEM_GROW(im->y, im->n, im->y_cap);
		im->doc[im->n] = (size_t)doc;
		im->y[im->n++] = word.s[word.n - 1] == '1';
	}
	return OK;
}

enum err click_log_next(struct click_log *log, struct impression *im, bool *more, struct err_info *info)
{
	struct field line, f[5];
	size_t found;

	*more = news_line(log->text.s, log->text.len, &log->at, &line);
	if (!*more)
		return OK;
	log->line++;
	found = news_fields(line, '\t', f, 5);
	if (found != 5)
		return err_set(info, ERR_SYNTAX, "%s:%zu: %zu fields where 5 are due (impression, user, time, history, candidates)", log->name.s, log->line, found);
	im->id = f[0];
	read_history(log, im, f[3]);
	return read_candidates(log, im, f[4], info);
}

void impression_clear(struct impression *im)
{
	free(im->history);
	free(im->doc);
	free(im->y);
	*im = (struct impression){ 0 };
}

void impression_profile(const struct click_log *log, const struct impression *im, unsigned mask, enum model_kind model, struct profile *out)
{
	profile_init(out, &log->news.corpus, mask);
	models_use(&out->models, model);
	for (size_t i = 0; i < im->n_history; i++) {
		struct event e = { .id = (int64_t)i + 1, .at = IMPRESSION_AT - HISTORY_AGE, .article = (int64_t)im->history[i] + 1,
				   .kind = EVENT_OPEN, .dwell = HISTORY_DWELL, .scroll = -1, .explore = -1, .propensity = -1 };

		profile_apply(out, &e);
	}
}
