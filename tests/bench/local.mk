# make bench: figures, not tests. BENCH="keys fetch" runs these groups alone.
BENCH =
EXTRA_PROGRAMS = tests/bench/bench
tests_bench_bench_SOURCES = tests/bench/bench.c tests/bench/bench.h tests/bench/bench_learn.c tests/bench/bench_lsa.c tests/bench/bench_models.c tests/bench/bench_explore.c tests/bench/bench_parse.c tests/bench/bench_rank.c tests/bench/bench_terms.c \
	tests/bench/bench_words.c tests/bench/bench_words.h tests/bench/bench_fetch.c tests/bench/bench_large.c tests/bench/bench_large.h \
	tests/bench/bench_search.c tests/bench/bench_serve.c tests/bench/bench_delay.c tests/bench/bench_child.c tests/bench/bench_child.h
tests_bench_bench_LDADD = $(LIBECLOSE_LIBS) -lutil
CLEANFILES += tests/bench/bench

.PHONY: bench
bench: tests/bench/bench$(EXEEXT) eclose$(EXEEXT) data/samples.db
	@BENCH='$(BENCH)' ECLOSE='$(abs_builddir)/eclose' TEST_SRCDIR='$(abs_top_srcdir)' ECLOSE_DATADIR='$(abs_top_builddir)/data' tests/bench/bench$(EXEEXT)
