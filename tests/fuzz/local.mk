# Each fuzz target is one file with LLVMFuzzerTestOneInput. With --enable-fuzzing it is a libFuzzer program; otherwise
# replay.c runs it over its seed corpus tests/corpus/NAME/, once a file, in `make check`.
EXTRA_DIST += tests/corpus

FUZZ_TARGETS = tests/fuzz/fuzz_feed tests/fuzz/fuzz_opml tests/fuzz/fuzz_date tests/fuzz/fuzz_html tests/fuzz/fuzz_keys tests/fuzz/fuzz_url tests/fuzz/fuzz_model \
	tests/fuzz/fuzz_profile
check_PROGRAMS += $(FUZZ_TARGETS)
if FUZZING
FUZZ_LINK = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
else
TESTS += $(FUZZ_TARGETS)
FUZZ_LINK = $(AM_LDFLAGS)
endif

tests_fuzz_fuzz_feed_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_feed_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_feed_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_opml_SOURCES = tests/fuzz/fuzz_opml.c
tests_fuzz_fuzz_opml_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_opml_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_date_SOURCES = tests/fuzz/fuzz_date.c
tests_fuzz_fuzz_date_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_date_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c tests/unit/html_check.c tests/unit/html_check.h
tests_fuzz_fuzz_html_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_html_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_keys_SOURCES = tests/fuzz/fuzz_keys.c
tests_fuzz_fuzz_keys_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_keys_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_url_SOURCES = tests/fuzz/fuzz_url.c
tests_fuzz_fuzz_url_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_url_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_model_SOURCES = tests/fuzz/fuzz_model.c
tests_fuzz_fuzz_model_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_model_LDADD = $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_profile_SOURCES = tests/fuzz/fuzz_profile.c
tests_fuzz_fuzz_profile_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_profile_LDADD = $(LIBECLOSE_LIBS)

# each target needs a main of its own
if !FUZZING
tests_fuzz_fuzz_feed_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_opml_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_date_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_keys_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_url_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_html_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_model_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_profile_SOURCES += tests/fuzz/replay.c
endif
