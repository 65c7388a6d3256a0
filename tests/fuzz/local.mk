# Each fuzz target is one program around LLVMFuzzerTestOneInput, and tests/corpus/NAME/ holds its seeds. With --enable-fuzzing (clang) it is a libFuzzer
# program, and `make fuzz` runs them all; otherwise replay.c runs it over its seeds, once a file, in `make check`.
EXTRA_DIST += tests/corpus tests/fuzz/run tests/fuzz/atom.dict tests/fuzz/charset.dict tests/fuzz/date.dict tests/fuzz/headers.dict tests/fuzz/html.dict \
	tests/fuzz/jsonfeed.dict tests/fuzz/opml.dict tests/fuzz/rss.dict tests/fuzz/url.dict tests/fuzz/xml.dict

FUZZ_TARGETS = tests/fuzz/fuzz_feed tests/fuzz/fuzz_opml tests/fuzz/fuzz_date tests/fuzz/fuzz_html tests/fuzz/fuzz_keys tests/fuzz/fuzz_url tests/fuzz/fuzz_model \
	tests/fuzz/fuzz_profile tests/fuzz/fuzz_rss tests/fuzz/fuzz_rdf tests/fuzz/fuzz_atom tests/fuzz/fuzz_cdf tests/fuzz/fuzz_jsonfeed tests/fuzz/fuzz_charset \
	tests/fuzz/fuzz_headers tests/fuzz/fuzz_discover
check_PROGRAMS += $(FUZZ_TARGETS)
check_LIBRARIES += tests/fuzz/libfuzz.a
tests_fuzz_libfuzz_a_SOURCES = tests/fuzz/check.c tests/fuzz/check.h tests/unit/html_check.c tests/unit/html_check.h
if FUZZING
FUZZ_LINK = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
else
TESTS += $(FUZZ_TARGETS)
FUZZ_LINK = $(AM_LDFLAGS)
tests_fuzz_libfuzz_a_SOURCES += tests/fuzz/replay.c
endif
FUZZ_LIBS = tests/fuzz/libfuzz.a $(LIBECLOSE_LIBS)

tests_fuzz_fuzz_feed_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_feed_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_feed_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_opml_SOURCES = tests/fuzz/fuzz_opml.c
tests_fuzz_fuzz_opml_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_opml_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_date_SOURCES = tests/fuzz/fuzz_date.c
tests_fuzz_fuzz_date_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_date_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c
tests_fuzz_fuzz_html_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_html_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_keys_SOURCES = tests/fuzz/fuzz_keys.c
tests_fuzz_fuzz_keys_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_keys_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_url_SOURCES = tests/fuzz/fuzz_url.c
tests_fuzz_fuzz_url_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_url_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_model_SOURCES = tests/fuzz/fuzz_model.c
tests_fuzz_fuzz_model_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_model_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_profile_SOURCES = tests/fuzz/fuzz_profile.c
tests_fuzz_fuzz_profile_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_profile_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_charset_SOURCES = tests/fuzz/fuzz_charset.c
tests_fuzz_fuzz_charset_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_charset_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_headers_SOURCES = tests/fuzz/fuzz_headers.c
tests_fuzz_fuzz_headers_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_headers_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_discover_SOURCES = tests/fuzz/fuzz_discover.c
tests_fuzz_fuzz_discover_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_discover_LDADD = $(FUZZ_LIBS)

# One document of one format around the bytes.
tests_fuzz_fuzz_rss_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_rss_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FORMAT=RSS
tests_fuzz_fuzz_rss_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_rss_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_rdf_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_rdf_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FORMAT=RDF
tests_fuzz_fuzz_rdf_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_rdf_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_atom_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_atom_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FORMAT=ATOM
tests_fuzz_fuzz_atom_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_atom_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_cdf_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_cdf_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FORMAT=CDF
tests_fuzz_fuzz_cdf_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_cdf_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_jsonfeed_SOURCES = tests/fuzz/fuzz_feed.c
tests_fuzz_fuzz_jsonfeed_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FORMAT=JSON
tests_fuzz_fuzz_jsonfeed_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_jsonfeed_LDADD = $(FUZZ_LIBS)

# make fuzz - every target for so many seconds, on copies of its seeds. FUZZ="rss atom" runs these alone.
FUZZ_SECONDS = 60
FUZZ =
fuzz: $(FUZZ_TARGETS)
if FUZZING
	@TEST_SRCDIR='$(abs_top_srcdir)' TARGETS='$(FUZZ_TARGETS)' $(SHELL) $(top_srcdir)/tests/fuzz/run $(FUZZ_SECONDS) $(FUZZ)
else
	@echo "make fuzz needs a build for it: configure CC=clang --enable-fuzzing --enable-asan --enable-ubsan" >&2; exit 1
endif
