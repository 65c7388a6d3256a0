# Screens: the real program in a real pseudo-terminal, read by libvterm. UPDATE_GOLDEN=1 writes tests/golden/*.screen anew.
check_PROGRAMS += tests/tty/test_tty
TESTS += tests/tty/test_tty
tests_tty_test_tty_SOURCES = tests/tty/test_tty.c tests/tty/screen.c tests/tty/screen.h
tests_tty_test_tty_CFLAGS = $(TEST_CFLAGS) $(VTERM_CFLAGS)
tests_tty_test_tty_LDADD = $(TEST_LIBS) $(VTERM_LIBS)
