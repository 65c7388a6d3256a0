# src/text, src/model and src/rank are one wing: what an article means, what a reader wants, what comes first.
libeclose_a_SOURCES += \
	src/text/joins.c src/text/joins.h \
	src/text/lang.c src/text/lang.h \
	src/text/stems.c src/text/stems.h \
	src/text/stopwords.c src/text/stopwords.h src/text/stopwords_other.c \
	src/text/tally.c src/text/tally.h \
	src/text/terms.c src/text/terms.h \
	src/text/tfidf.c src/text/tfidf.h \
	src/text/worddiff.c src/text/worddiff.h \
	src/text/words.c src/text/words.h \
	src/model/blas.c src/model/blas.h \
	src/model/digest.c src/model/digest.h \
	src/model/eigen.c src/model/eigen.h \
	src/model/ftrl.c src/model/ftrl.h \
	src/model/interest.c src/model/interest.h \
	src/model/lineage.c src/model/lineage.h \
	src/model/logistic.c src/model/logistic.h \
	src/model/lsa.c src/model/lsa.h src/model/lsa_pack.c \
	src/model/matching.c src/model/matching.h \
	src/model/net.c src/model/net.h \
	src/model/simhash.c src/model/simhash.h \
	src/model/stories.c src/model/stories.h \
	src/model/tellings.c src/model/tellings.h \
	src/model/topics.c src/model/topics.h \
	src/model/vectors.c src/model/vectors.h \
	src/model/vectors_file.c src/model/vectors_file.h \
	src/model/vectors_text.c src/model/vectors_text.h

# the ranking
libeclose_a_SOURCES += \
	src/rank/ask.c src/rank/ask.h \
	src/rank/corpus.c src/rank/corpus.h \
	src/rank/crosses.c src/rank/crosses.h \
	src/rank/edits.c src/rank/edits.h \
	src/rank/eval.h src/rank/eval_metrics.c src/rank/eval_mind.c \
	src/rank/eval_news.c src/rank/eval_news.h \
	src/rank/arms.c src/rank/arms.h \
	src/rank/diversity.c src/rank/diversity.h \
	src/rank/eval_compare.c src/rank/eval_log.c src/rank/eval_log.h \
	src/rank/eval_page.c src/rank/eval_page.h src/rank/eval_pool.c \
	src/rank/explore.c src/rank/explore.h src/rank/explore_gather.c src/rank/explore_pool.c src/rank/explore_private.h \
	src/rank/features.c src/rank/features.h \
	src/rank/forecast.c src/rank/forecast.h \
	src/rank/memory.c src/rank/memory.h \
	src/rank/meter.c src/rank/meter.h src/rank/meter_slots.c \
	src/rank/models.c src/rank/models.h \
	src/rank/profile.c src/rank/profile.h \
	src/rank/quota.c src/rank/quota.h \
	src/rank/recall.c src/rank/recall.h \
	src/rank/replay.c src/rank/replay.h \
	src/rank/score.c src/rank/score.h \
	src/rank/sim_informed.c src/rank/sim_informed.h \
	src/rank/sim_life.c src/rank/sim_life.h \
	src/rank/sim_loop.c src/rank/sim_loop.h \
	src/rank/sim_reader.c src/rank/sim_reader.h \
	src/rank/sim_world.c src/rank/sim_world.h \
	src/rank/simulate.c src/rank/simulate.h \
	src/rank/signals.c src/rank/signals.h \
	src/rank/swap.c src/rank/swap.h \
	src/rank/taste.c src/rank/taste.h \
	src/rank/trial.c src/rank/trial.h \
	src/rank/why.c src/rank/why.h
