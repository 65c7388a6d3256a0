# tests of feeds

# documents to the neutral form
EXTRA_DIST += tests/golden/feed
FEEDS_TESTS = tests/unit/test_dom tests/unit/test_sniff tests/unit/test_feeds tests/unit/test_opml tests/unit/test_urls tests/unit/test_date tests/unit/test_parse tests/unit/test_hostile
check_PROGRAMS += $(FEEDS_TESTS)
TESTS += $(FEEDS_TESTS)
tests_unit_test_dom_SOURCES = tests/unit/test_dom.c
tests_unit_test_dom_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_dom_LDADD = $(TEST_LIBS)
tests_unit_test_sniff_SOURCES = tests/unit/test_sniff.c
tests_unit_test_sniff_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_sniff_LDADD = $(TEST_LIBS)
tests_unit_test_feeds_SOURCES = tests/unit/test_feeds.c
tests_unit_test_feeds_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_feeds_LDADD = $(TEST_LIBS)
tests_unit_test_opml_SOURCES = tests/unit/test_opml.c
tests_unit_test_opml_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_opml_LDADD = $(TEST_LIBS)
tests_unit_test_urls_SOURCES = tests/unit/test_urls.c
tests_unit_test_urls_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_urls_LDADD = $(TEST_LIBS)
tests_unit_test_date_SOURCES = tests/unit/test_date.c
tests_unit_test_date_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_date_LDADD = $(TEST_LIBS)
tests_unit_test_hostile_SOURCES = tests/unit/test_hostile.c
tests_unit_test_hostile_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_hostile_LDADD = $(TEST_LIBS)
tests_unit_test_parse_SOURCES = tests/unit/test_parse.c
tests_unit_test_parse_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_parse_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_discover
TESTS += tests/unit/test_discover
tests_unit_test_discover_SOURCES = tests/unit/test_discover.c
tests_unit_test_discover_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_discover_LDADD = $(TEST_LIBS)
