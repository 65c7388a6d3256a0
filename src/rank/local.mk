# src/text, src/model and src/rank are one wing: what an article means, what a reader wants, what comes first.
libeclose_a_SOURCES += \
	src/text/tfidf.c src/text/tfidf.h \
	src/model/blas.c src/model/blas.h \
	src/model/interest.c src/model/interest.h
