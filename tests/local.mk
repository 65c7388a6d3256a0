# Tests speak TAP through build-aux/tap-driver.sh; a fragment lists each wing's programs.
EXTRA_DIST += tests/run-tap
LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/run-tap
TEST_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
TEST_LIBS = $(LIBECLOSE_LIBS) $(CMOCKA_LIBS)

if TESTING
include tests/unit/base.mk
include tests/unit/store.mk
include tests/unit/model.mk
include tests/unit/rank.mk
include tests/unit/feeds.mk
include tests/unit/web.mk
include tests/unit/ui.mk
include tests/unit/app.mk
include tests/unit/docs.mk
include tests/tty/local.mk
include tests/cli/local.mk
include tests/fuzz/local.mk
endif

include tests/bench/local.mk

.PHONY: fuzz
