libeclose_a_SOURCES += \
	src/base/base64.c src/base/base64.h \
	src/base/buf.c src/base/buf.h \
	src/base/date.c src/base/date.h \
	src/base/date_parse.c \
	src/base/date_words.c src/base/date_words.h \
	src/base/date_quick.c src/base/date_quick.h \
	src/base/err.c src/base/err.h \
	src/base/log.c src/base/log.h \
	src/base/map.c src/base/map.h \
	src/base/mem.c src/base/mem.h \
	src/base/rng.c src/base/rng.h \
	src/base/spell.c src/base/spell.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/worker.c src/base/worker.h
