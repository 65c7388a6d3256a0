# The sample feeds: written for this project, shown while there are no subscriptions and by --demo.
samplesdir = $(pkgdatadir)/samples
dist_samples_DATA = \
	data/samples/bitstream.json \
	data/samples/carnet-atelier.xml \
	data/samples/dark-sky-log.xml \
	data/samples/flussblatt.xml \
	data/samples/kernel-notes.xml \
	data/samples/ledger-lane.xml \
	data/samples/long-run.xml \
	data/samples/low-carbon.json \
	data/samples/meridian-post.xml \
	data/samples/morning-harbour.xml \
	data/samples/night-train.xml \
	data/samples/northwire.xml \
	data/samples/opening-theory.json \
	data/samples/proof-sketch.xml \
	data/samples/second-reel.xml \
	data/samples/slow-oven.xml \
	data/samples/tidepool.xml \
	data/samples/trial-ward.xml

# The store that is made from them, so that a first start needn't: it is made by a program of the same library, with kernels that every x86-64 machine has,
# so that the topics are the same everywhere.
noinst_PROGRAMS += data/make_samples
data_make_samples_SOURCES = data/make_samples.c
data_make_samples_LDADD = $(LIBECLOSE_LIBS)
pkgdata_DATA = data/samples.db
CLEANFILES += data/samples.db

data/samples.db: data/make_samples$(EXEEXT) $(dist_samples_DATA)
	$(AM_V_GEN)ECLOSE_DATADIR='$(abs_top_srcdir)/data' OPENBLAS_NUM_THREADS=1 OPENBLAS_CORETYPE=NEHALEM ASAN_OPTIONS=detect_leaks=0 data/make_samples$(EXEEXT) $@
