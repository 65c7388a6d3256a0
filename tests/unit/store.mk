# tests of store
store_programs = tests/unit/test_db tests/unit/test_store_feeds tests/unit/test_store_identity tests/unit/test_store_earlier tests/unit/test_store_events tests/unit/test_store_terms tests/unit/test_store_faults \
	tests/unit/test_store_forget tests/unit/test_store_search tests/unit/test_store_trials
check_PROGRAMS += $(store_programs)
TESTS += $(store_programs)
tests_unit_test_db_SOURCES = tests/unit/test_db.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_db_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_db_LDADD = $(TEST_LIBS)
tests_unit_test_store_feeds_SOURCES = tests/unit/test_store_feeds.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_feeds_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_feeds_LDADD = $(TEST_LIBS)
tests_unit_test_store_events_SOURCES = tests/unit/test_store_events.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_events_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_events_LDADD = $(TEST_LIBS)
tests_unit_test_store_terms_SOURCES = tests/unit/test_store_terms.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_terms_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_terms_LDADD = $(TEST_LIBS)
tests_unit_test_store_faults_SOURCES = tests/unit/test_store_faults.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_faults_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_faults_LDADD = $(TEST_LIBS)
tests_unit_test_store_forget_SOURCES = tests/unit/test_store_forget.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_forget_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_forget_LDADD = $(TEST_LIBS)
tests_unit_test_store_trials_SOURCES = tests/unit/test_store_trials.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_trials_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_trials_LDADD = $(TEST_LIBS)
tests_unit_test_store_identity_SOURCES = tests/unit/test_store_identity.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_identity_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_identity_LDADD = $(TEST_LIBS)
tests_unit_test_store_earlier_SOURCES = tests/unit/test_store_earlier.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_earlier_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_earlier_LDADD = $(TEST_LIBS)

tests_unit_test_store_search_SOURCES = tests/unit/test_store_search.c tests/unit/store_kit.c tests/unit/store_kit.h
tests_unit_test_store_search_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_store_search_LDADD = $(TEST_LIBS)
