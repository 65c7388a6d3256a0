# the manual against the code
check_PROGRAMS += tests/unit/test_manual
TESTS += tests/unit/test_manual
tests_unit_test_manual_SOURCES = tests/unit/test_manual.c
tests_unit_test_manual_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_manual_LDADD = $(TEST_LIBS)
