libeclose_a_SOURCES += \
	src/cmd/cmd.h src/cmd/shared.c \
	src/cmd/options.c src/cmd/options.h \
	src/cmd/find.c src/cmd/find.h \
	src/cmd/get.c src/cmd/get.h \
	src/cmd/query.c src/cmd/query.h \
	src/cmd/carry.c src/cmd/edit.c src/cmd/forget.c src/cmd/portrait.c src/cmd/profile_private.h \
	src/cmd/eval.c src/cmd/eval.h src/cmd/eval_loop.c src/cmd/eval_mind.c src/cmd/eval_replay.c src/cmd/eval_simulate.c src/cmd/plot.c src/cmd/plot.h \
	src/cmd/add.c src/cmd/ask.c src/cmd/backup.c src/cmd/doctor.c src/cmd/event.c src/cmd/export.c src/cmd/feeds.c src/cmd/feeds_one.c src/cmd/feeds_private.h src/cmd/fetch.c \
	src/cmd/import.c src/cmd/list.c src/cmd/mark.c src/cmd/parse.c src/cmd/profile.c src/cmd/rank.c src/cmd/remove.c src/cmd/search.c \
	src/cmd/show.c src/cmd/stats.c src/cmd/stories.c src/cmd/topics.c src/cmd/trial.c src/cmd/undo.c src/cmd/vectors.c src/cmd/why.c
