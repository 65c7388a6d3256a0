#include "run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

#define WORDS 64
#define OUTPUT_MOST ((size_t)64 << 20)

/* ---- the folder ---- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

int cli_setup(void **state)
{
	struct cli *c = mem_zero(1, sizeof *c);
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(c->dir, sizeof c->dir, "%s/eclose-cli-XXXXXX", tmp && strlen(tmp) < 64 ? tmp : "/tmp");
	assert_non_null(mkdtemp(c->dir));
	(void)mkdir(cli_path(c, "tmp"), 0700);
	c->now = CLI_NOW;
	c->kept = json_array();
	*state = c;
	return 0;
}

int cli_teardown(void **state)
{
	struct cli *c = *state;

	if (c->table) {
		server_stop(&c->server);
		(void)munmap(c->table, CLI_PATHS * sizeof *c->table);
	}
	(void)nftw(c->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	json_decref(c->kept);
	arena_clear(&c->a);
	free(c);
	return 0;
}

size_t files_in(const char *path)
{
	DIR *d = opendir(path);
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	(void)closedir(d);
	return n - 2;
}

const char *cli_format(struct cli *c, const char *fmt, ...)
{
	char text[4096];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return arena_strdup(&c->a, text);
}

const char *cli_path(struct cli *c, const char *name)
{
	return cli_format(c, "%s/%s", c->dir, name);
}

const char *cli_write(struct cli *c, const char *name, const char *text)
{
	const char *path = cli_path(c, name);
	char folder[512];
	FILE *f;

	(void)snprintf(folder, sizeof folder, "%s", path);
	*strrchr(folder, '/') = '\0';
	(void)mkdir(folder, 0700);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	return path;
}

const char *cli_read(struct cli *c, const char *name)
{
	struct buf b = BUF_INIT;
	struct err_info info;
	const char *text;

	(void)buf_read_file(&b, cli_path(c, name), OUTPUT_MOST, &info);
	text = arena_strdup(&c->a, buf_str(&b));
	buf_clear(&b);
	return text;
}

/* ---- runs ---- */

static int scratch(void)
{
	char name[] = "/tmp/eclose-out-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	(void)unlink(name);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

static int input(const char *text)
{
	int fd;

	if (!text)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd = scratch();
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	(void)lseek(fd, 0, SEEK_SET);
	return fd;
}

/* In the child: nothing of the reader's own surroundings reaches the program, and proxies that lead nowhere would be noticed. */
static void surroundings(struct cli *c)
{
	static const char *const gone[] = { "XDG_RUNTIME_DIR", "NO_COLOR", "LANGUAGE", "LC_NUMERIC" };

	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
		(void)unsetenv(gone[i]);
	(void)setenv("HOME", c->dir, 1);
	(void)setenv("XDG_CONFIG_HOME", c->dir, 1);
	(void)setenv("XDG_DATA_HOME", c->dir, 1);
	(void)setenv("TMPDIR", cli_path(c, "tmp"), 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)setenv("TZ", "UTC", 1);
	(void)setenv("http_proxy", "http://127.0.0.1:9", 1);
	(void)setenv("all_proxy", "http://127.0.0.1:9", 1);
	(void)setenv("OPENBLAS_NUM_THREADS", "1", 1);
	if (c->tables)
		(void)setenv("ECLOSE_DATADIR", c->tables, 1);
}

static void become(struct cli *c, const char *const *words, int in, int out, int err)
{
	const char *argv[WORDS], *program = getenv("ECLOSE");
	int n = 0;

	argv[n++] = program;
	argv[n++] = "--config";
	argv[n++] = cli_path(c, "config");
	argv[n++] = "--data";
	argv[n++] = c->data ? c->data : cli_path(c, "data");
	if (c->now) {
		argv[n++] = "--now";
		argv[n++] = c->now;
	}
	if (c->offline)
		argv[n++] = "--offline";
	for (; *words && n < WORDS - 1; words++)
		argv[n++] = *words;
	argv[n] = NULL;
	surroundings(c);
	(void)dup2(in, STDIN_FILENO);
	(void)dup2(out, STDOUT_FILENO);
	(void)dup2(err, STDERR_FILENO);
	if (c->uid && (setgid(c->uid) < 0 || setuid(c->uid) < 0))
		_exit(126);
	(void)alarm(CLI_SECONDS);
	(void)execv(program, (char *const *)argv);
	_exit(127);
}

struct running cli_start(struct cli *c, const char *const *words)
{
	struct running r = { .out = c->out_to ? open(c->out_to, O_WRONLY | O_CLOEXEC) : scratch(), .err = scratch() };
	int in = input(c->in);

	assert_non_null(getenv("ECLOSE"));
	assert_true(in >= 0 && r.out >= 0);
	r.pid = fork();
	assert_true(r.pid >= 0);
	if (r.pid == 0)
		become(c, words, in, r.out, r.err);
	(void)close(in);
	return r;
}

static const char *drain(struct cli *c, int fd)
{
	struct buf b = BUF_INIT;
	char piece[65536];
	const char *text;
	ssize_t n;

	(void)lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, piece, sizeof piece)) > 0)
		buf_add(&b, piece, (size_t)n);
	(void)close(fd);
	text = arena_strdup(&c->a, buf_str(&b));
	buf_clear(&b);
	return text;
}

struct ran cli_wait(struct cli *c, struct running *r)
{
	struct rusage used;
	struct ran ran;
	int status;

	while (wait4(r->pid, &status, 0, &used) < 0)
		assert_int_equal(errno, EINTR);
	ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	ran.peak = used.ru_maxrss;
	ran.out = drain(c, r->out);
	ran.err = drain(c, r->err);
	return ran;
}

struct ran cli_run(struct cli *c, const char *const *words)
{
	struct running r = cli_start(c, words);

	return cli_wait(c, &r);
}

struct ran cli_done(struct ran r, const char *file, int line)
{
	if (r.status != 0) {
		print_error("exit status %d: %s%s\n", r.status, r.err, r.out);
		_fail(file, line);
	}
	return r;
}

void cli_fails(struct ran r, int status, const char *words, const char *file, int line)
{
	const char *last = strstr(r.err, words);

	while (last && last > r.err && last[-1] != '\n')
		last--;
	if (r.status != status || !last || strncmp(last, "eclose: ", 8) != 0) {
		print_error("exit status %d, not %d with \"%s\": %s%s\n", r.status, status, words, r.err, r.out);
		_fail(file, line);
	}
}

/* ---- JSON ---- */

json_t *json_of(struct cli *c, struct ran r)
{
	json_error_t error;
	json_t *doc = json_loads(r.out, 0, &error);

	if (!doc) {
		print_error("no JSON (%s, line %d): %.400s\n", error.text, error.line, r.out);
		fail();
	}
	json_array_append_new(c->kept, doc);
	return doc;
}

json_t *lines_of(struct cli *c, struct ran r)
{
	json_t *array = json_array();

	json_array_append_new(c->kept, array);
	for (const char *s = r.out; *s;) {
		const char *end = strchr(s, '\n');
		json_t *doc;

		assert_non_null(end);
		doc = json_loadb(s, (size_t)(end - s), 0, NULL);
		if (!json_is_object(doc)) {
			print_error("no object: %.*s\n", (int)(end - s), s);
			fail();
		}
		json_array_append_new(array, doc);
		s = end + 1;
	}
	return array;
}

static json_t *member(const json_t *o, const char *name, bool ok(const json_t *))
{
	json_t *v = json_object_get(o, name);

	if (!v || !ok(v)) {
		char *text = json_dumps(o, JSON_COMPACT | JSON_ENCODE_ANY);

		print_error("no proper \"%s\" in %.400s\n", name, text ? text : "nothing");
		free(text);
		fail();
	}
	return v;
}

static bool is_text(const json_t *v) { return json_is_string(v); }
static bool is_int(const json_t *v) { return json_is_integer(v); }
static bool is_real(const json_t *v) { return json_is_number(v); }
static bool is_bool(const json_t *v) { return json_is_boolean(v); }
static bool is_array(const json_t *v) { return json_is_array(v); }

const char *text_at(const json_t *o, const char *name) { return json_string_value(member(o, name, is_text)); }
long long int_at(const json_t *o, const char *name) { return json_integer_value(member(o, name, is_int)); }
double real_at(const json_t *o, const char *name) { return json_number_value(member(o, name, is_real)); }
bool bool_at(const json_t *o, const char *name) { return json_is_true(member(o, name, is_bool)); }
json_t *array_at(const json_t *o, const char *name) { return member(o, name, is_array); }

json_t *with(const json_t *array, const char *name, const char *value)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *o = json_array_get(array, i);
		const char *s = json_string_value(json_object_get(o, name));

		if (s && strcmp(s, value) == 0)
			return o;
	}
	print_error("nothing whose \"%s\" is \"%s\"\n", name, value);
	fail();
	return NULL;
}

/* ---- the server ---- */

void cli_serve(struct cli *c, const struct served *table, size_t n)
{
	static const struct served nothing = { .path = "" };

	assert_true(n <= CLI_PATHS);
	c->table = mmap(NULL, CLI_PATHS * sizeof *c->table, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(c->table, MAP_FAILED);
	for (size_t i = 0; i < CLI_PATHS; i++)
		c->table[i] = i < n ? table[i] : nothing;
	server_start(&c->server, c->address ? c->address : "127.0.0.1", c->table, CLI_PATHS);
}

void cli_answer(struct cli *c, struct served answer)
{
	size_t i = 0;

	while (i < CLI_PATHS && *c->table[i].path && strcmp(c->table[i].path, answer.path) != 0)
		i++;
	assert_true(i < CLI_PATHS);
	c->table[i] = answer;
}

const char *cli_url(struct cli *c, const char *path)
{
	return cli_format(c, "http://127.0.0.1:%d%s", c->server.port, path);
}

int asked(const struct cli *c, const char *path)
{
	char line[256];
	int n = 0;

	(void)snprintf(line, sizeof line, "GET %s HTTP", path);
	for (const char *s = server_said(&c->server); (s = strstr(s, line)) != NULL; s++)
		n++;
	return n;
}

void cli_healthy(struct cli *c)
{
	json_t *o = json_of(c, done(eclose(c, "doctor", "--json")));

	assert_true(bool_at(o, "ok"));
	assert_string_equal(text_at(o, "integrity"), "ok");
}
