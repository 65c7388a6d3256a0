# tests of ui
UI_VALUES = tests/unit/ui_values.c tests/unit/ui_values.h

check_PROGRAMS += tests/unit/test_views
TESTS += tests/unit/test_views
tests_unit_test_views_SOURCES = tests/unit/test_views.c $(UI_VALUES)
tests_unit_test_views_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_views_LDADD = $(TEST_LIBS)
EXTRA_DIST += tests/golden
