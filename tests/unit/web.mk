# tests of url, http and html
check_PROGRAMS += tests/unit/test_url tests/unit/test_http tests/unit/test_http_private tests/unit/test_html tests/unit/test_html_read
TESTS += tests/unit/test_url tests/unit/test_http tests/unit/test_http_private tests/unit/test_html tests/unit/test_html_read
tests_unit_test_url_SOURCES = tests/unit/test_url.c
tests_unit_test_url_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_url_LDADD = $(TEST_LIBS)
tests_unit_test_http_SOURCES = tests/unit/test_http.c tests/unit/server.c tests/unit/server.h
tests_unit_test_http_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_http_LDADD = $(TEST_LIBS)
tests_unit_test_html_SOURCES = tests/unit/test_html.c tests/unit/html_check.c tests/unit/html_check.h
tests_unit_test_html_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_html_LDADD = $(TEST_LIBS)
tests_unit_test_html_read_SOURCES = tests/unit/test_html_read.c
tests_unit_test_html_read_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_html_read_LDADD = $(TEST_LIBS)
tests_unit_test_http_private_SOURCES = tests/unit/test_http_private.c tests/unit/network.c tests/unit/network.h tests/unit/server.c tests/unit/server.h
tests_unit_test_http_private_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_http_private_LDADD = $(TEST_LIBS)
