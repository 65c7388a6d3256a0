# tests of ui
UI_VALUES = tests/unit/ui_values.c tests/unit/ui_values.h

check_PROGRAMS += tests/unit/test_grid
TESTS += tests/unit/test_grid
tests_unit_test_grid_SOURCES = tests/unit/test_grid.c
tests_unit_test_grid_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_grid_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_keys
TESTS += tests/unit/test_keys
tests_unit_test_keys_SOURCES = tests/unit/test_keys.c
tests_unit_test_keys_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_keys_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_layout
TESTS += tests/unit/test_layout
tests_unit_test_layout_SOURCES = tests/unit/test_layout.c $(UI_VALUES)
tests_unit_test_layout_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_layout_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_views
TESTS += tests/unit/test_views
tests_unit_test_views_SOURCES = tests/unit/test_views.c $(UI_VALUES)
tests_unit_test_views_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_views_LDADD = $(TEST_LIBS)
EXTRA_DIST += tests/golden

# The reader's loop against a ranker and a store that only remember: reader_fakes.c takes their place before the library is searched.
check_PROGRAMS += tests/unit/test_reader
TESTS += tests/unit/test_reader
tests_unit_test_reader_SOURCES = tests/unit/test_reader.c tests/unit/reader_fakes.c tests/unit/reader_fakes.h $(UI_VALUES)
tests_unit_test_reader_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_reader_LDADD = $(TEST_LIBS)

TESTS += tests/unit/test_nm.sh tests/unit/test_floors.sh
EXTRA_DIST += tests/unit/test_nm.sh tests/unit/test_floors.sh tests/unit/floors.awk

check_PROGRAMS += tests/unit/test_slider
TESTS += tests/unit/test_slider
tests_unit_test_slider_SOURCES = tests/unit/test_slider.c $(UI_VALUES)
tests_unit_test_slider_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_slider_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_input
TESTS += tests/unit/test_input
tests_unit_test_input_SOURCES = tests/unit/test_input.c
tests_unit_test_input_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_input_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_mouse
TESTS += tests/unit/test_mouse
tests_unit_test_mouse_SOURCES = tests/unit/test_mouse.c
tests_unit_test_mouse_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_mouse_LDADD = $(TEST_LIBS)
