libeclose_a_SOURCES += \
	src/app/app.c src/app/app.h \
	src/app/ask.c \
	src/app/basis.c src/app/basis.h \
	src/app/body.c src/app/body.h \
	src/app/candidates.c \
	src/app/carry.c src/app/carry.h \
	src/app/centre.c src/app/centre.h \
	src/app/centroids.c src/app/centroids.h \
	src/app/compare.c \
	src/app/config.c src/app/config.h \
	src/app/demo.c src/app/demo.h \
	src/app/due.c src/app/due.h \
	src/app/editions.c src/app/editions.h \
	src/app/edits.c src/app/edits.h \
	src/app/explain.c src/app/explain.h src/app/explain_private.h \
	src/app/explain_counter.c src/app/explain_marks.c \
	src/app/fetch_lock.c src/app/fetch_lock.h \
	src/app/languages.c src/app/languages.h \
	src/app/last_page.c src/app/last_page.h \
	src/app/retain.c src/app/retain.h \
	src/app/learn.c src/app/ranker.h \
	src/app/load.c src/app/load.h src/app/load_rows.c \
	src/app/measure.c src/app/measure.h \
	src/app/meter.c src/app/meter.h \
	src/app/names.c src/app/names.h \
	src/app/older.c src/app/older.h \
	src/app/forget.c src/app/forget.h \
	src/app/newcomers.c \
	src/app/newsboat.c \
	src/app/page.c src/app/page.h \
	src/app/portrait.c src/app/portrait.h \
	src/app/ranker.c \
	src/app/rankings.c src/app/rankings.h \
	src/app/refresh.c src/app/refresh.h \
	src/app/rhythm.c src/app/rhythm.h \
	src/app/retell.c src/app/retell.h \
	src/app/run.c src/app/run.h \
	src/app/shares.c src/app/shares.h \
	src/app/spelling.c src/app/spelling.h \
	src/app/story.c src/app/story.h \
	src/app/tables.c src/app/tables.h \
	src/app/tellings.c \
	src/app/topic_words.c src/app/topic_words.h \
	src/app/topics.c src/app/topics.h \
	src/app/trials.c src/app/trials.h \
	src/app/follow.c src/app/follow.h \
	src/app/subs_file.c src/app/subs_file.h \
	src/app/subjects.c \
	src/app/json_stream.c src/app/json_stream.h \
	src/app/moving.c src/app/moving.h src/app/moving_private.h \
	src/app/moving_in.c src/app/moving_merge.c src/app/moving_record.c \
	src/app/vectorise.c src/app/vectorise.h \
	src/app/whole_run.c \
	src/app/word_terms.c src/app/word_terms.h \
	src/app/watch.c src/app/watch.h \
	src/app/window.c src/app/window.h \
	src/app/words.c src/app/words.h
