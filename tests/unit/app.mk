check_PROGRAMS += tests/unit/test_app tests/unit/test_config
TESTS += tests/unit/test_app tests/unit/test_config
tests_unit_test_app_SOURCES = tests/unit/test_app.c
tests_unit_test_app_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_app_LDADD = $(TEST_LIBS)
tests_unit_test_config_SOURCES = tests/unit/test_config.c
tests_unit_test_config_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_config_LDADD = $(TEST_LIBS)
