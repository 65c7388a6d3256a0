/* replay - run a fuzz target over the files of tests/corpus/NAME, one TAP line a file; NAME is this program's without "fuzz_". */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The bytes lie in a block of just their size, so that the address sanitizer sees a read behind them. */
static int run(const char *path)
{
	struct err_info info = ERR_INFO_INIT;
	struct buf b = BUF_INIT;
	uint8_t *exact;

	if (buf_read_file(&b, path, (size_t)64 << 20, &info) != OK) {
		printf("# %s\n", info.text);
		return 0;
	}
	exact = malloc(b.len ? b.len : 1);
	if (exact) {
		memcpy(exact, buf_str(&b), b.len);
		(void)LLVMFuzzerTestOneInput(exact, b.len);
	}
	free(exact);
	buf_clear(&b);
	return exact != NULL;
}

int main(int argc, char **argv)
{
	const char *top = getenv("TEST_SRCDIR"), *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	const char *name = argc > 0 ? strstr(slash ? slash : argv[0], "fuzz_") : NULL;
	struct dirent **entry;
	char dir[2048], path[4096];
	int n, failed = 0;

	if (!name)
		return 99;
	snprintf(dir, sizeof dir, "%s/tests/corpus/%s", top ? top : ".", name + strlen("fuzz_"));
	n = scandir(dir, &entry, visible, alphasort);
	if (n <= 0) {
		printf("Bail out! no seeds in %s\n", dir);
		return 99;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		int ok;

		snprintf(path, sizeof path, "%s/%s", dir, entry[i]->d_name);
		ok = run(path);
		failed += !ok;
		printf("%sok %d - %s\n", ok ? "" : "not ", i + 1, entry[i]->d_name);
		free(entry[i]);
	}
	free(entry);
	return failed ? 1 : 0;
}
