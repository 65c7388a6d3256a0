# tests of rank

check_PROGRAMS += tests/unit/test_profile tests/unit/test_explore tests/unit/test_eval tests/unit/test_simulate tests/unit/test_replay tests/unit/test_trial
TESTS += tests/unit/test_profile tests/unit/test_explore tests/unit/test_eval tests/unit/test_simulate tests/unit/test_replay tests/unit/test_trial
tests_unit_test_profile_SOURCES = tests/unit/test_profile.c
tests_unit_test_profile_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_profile_LDADD = $(TEST_LIBS)
tests_unit_test_explore_SOURCES = tests/unit/test_explore.c
tests_unit_test_explore_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_explore_LDADD = $(TEST_LIBS)
tests_unit_test_eval_SOURCES = tests/unit/test_eval.c
tests_unit_test_eval_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_eval_LDADD = $(TEST_LIBS)
tests_unit_test_simulate_SOURCES = tests/unit/test_simulate.c
tests_unit_test_simulate_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_simulate_LDADD = $(TEST_LIBS)
tests_unit_test_replay_SOURCES = tests/unit/test_replay.c
tests_unit_test_replay_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_replay_LDADD = $(TEST_LIBS)
tests_unit_test_trial_SOURCES = tests/unit/test_trial.c
tests_unit_test_trial_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_trial_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_ask
TESTS += tests/unit/test_ask
tests_unit_test_ask_SOURCES = tests/unit/test_ask.c
tests_unit_test_ask_CFLAGS = $(TEST_CFLAGS)
tests_unit_test_ask_LDADD = $(TEST_LIBS)
