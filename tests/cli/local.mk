# the program from outside
CLI_RUN = tests/cli/run.c tests/cli/run.h tests/unit/server.c tests/unit/server.h
cli_programs = tests/cli/test_cli_subscriptions tests/cli/test_cli_fetch tests/cli/test_cli_read tests/cli/test_cli_rank \
	tests/cli/test_cli_bad tests/cli/test_cli_vectors tests/cli/test_cli_faults \
	tests/cli/test_cli_stories \
	tests/cli/test_cli_profile \
	tests/cli/test_cli_bad tests/cli/test_cli_eval tests/cli/test_cli_vectors tests/cli/test_cli_faults \
	tests/cli/test_cli_stories tests/cli/test_cli_trial
check_PROGRAMS += $(cli_programs)
TESTS += $(cli_programs)
tests_cli_test_cli_subscriptions_SOURCES = tests/cli/test_cli_subscriptions.c $(CLI_RUN)
tests_cli_test_cli_subscriptions_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_subscriptions_LDADD = $(TEST_LIBS)
tests_cli_test_cli_fetch_SOURCES = tests/cli/test_cli_fetch.c $(CLI_RUN)
tests_cli_test_cli_fetch_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_fetch_LDADD = $(TEST_LIBS)
tests_cli_test_cli_read_SOURCES = tests/cli/test_cli_read.c $(CLI_RUN)
tests_cli_test_cli_read_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_read_LDADD = $(TEST_LIBS)
tests_cli_test_cli_rank_SOURCES = tests/cli/test_cli_rank.c $(CLI_RUN)
tests_cli_test_cli_rank_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_rank_LDADD = $(TEST_LIBS)
tests_cli_test_cli_bad_SOURCES = tests/cli/test_cli_bad.c $(CLI_RUN)
tests_cli_test_cli_bad_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_bad_LDADD = $(TEST_LIBS)
tests_cli_test_cli_eval_SOURCES = tests/cli/test_cli_eval.c $(CLI_RUN)
tests_cli_test_cli_eval_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_eval_LDADD = $(TEST_LIBS)
tests_cli_test_cli_faults_SOURCES = tests/cli/test_cli_faults.c $(CLI_RUN)
tests_cli_test_cli_faults_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_faults_LDADD = $(TEST_LIBS)
tests_cli_test_cli_vectors_SOURCES = tests/cli/test_cli_vectors.c $(CLI_RUN)
tests_cli_test_cli_vectors_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_vectors_LDADD = $(TEST_LIBS)
tests_cli_test_cli_trial_SOURCES = tests/cli/test_cli_trial.c $(CLI_RUN)
tests_cli_test_cli_trial_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_trial_LDADD = $(TEST_LIBS)
tests_cli_test_cli_stories_SOURCES = tests/cli/test_cli_stories.c $(CLI_RUN)
tests_cli_test_cli_stories_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_stories_LDADD = $(TEST_LIBS)
tests_cli_test_cli_profile_SOURCES = tests/cli/test_cli_profile.c $(CLI_RUN)
tests_cli_test_cli_profile_CFLAGS = $(TEST_CFLAGS)
tests_cli_test_cli_profile_LDADD = $(TEST_LIBS)
