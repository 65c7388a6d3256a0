libeclose_a_SOURCES += \
	src/store/address.c src/store/address_private.h \
	src/store/articles.c \
	src/store/backup.c \
	src/store/bm25.c src/store/bm25_private.h \
	src/store/compact.c \
	src/store/db.c src/store/db.h src/store/db_private.h src/store/db_file.c src/store/db_file_private.h src/store/transaction.c \
	src/store/derived.c \
	src/store/doctor.c \
	src/store/earlier.c \
	src/store/events.c \
	src/store/feeds.c \
	src/store/forget.c \
	src/store/former.c \
	src/store/fold.c src/store/fold_private.h \
	src/store/gone.c \
	src/store/identity.c \
	src/store/merge.c \
	src/store/newsboat.c \
	src/store/put.c src/store/put_feed.c src/store/put_private.h \
	src/store/repair.c \
	src/store/retain.c \
	src/store/schema.c src/store/schema_private.h \
	src/store/search.c \
	src/store/stmt.c \
	src/store/store.c src/store/store.h src/store/store_private.h \
	src/store/terms.c src/store/terms_private.h \
	src/store/topics.c \
	src/store/trials.c \
	src/store/typed.c src/store/typed_private.h \
	src/store/vecbytes.c \
	src/store/whole.c src/store/whole.h \
	src/store/wordvecs.c
