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

# English word vectors, and the program that makes the table out of the npm package (vectors-en.md says how). It is not made anew at a build.
dist_pkgdata_DATA = data/vectors-en.bin
EXTRA_DIST += data/vectors-en.md
noinst_PROGRAMS += data/make_vectors
data_make_vectors_SOURCES = data/make_vectors.c
data_make_vectors_LDADD = $(LIBECLOSE_LIBS)

# The program that isn't installed yet finds what is bundled in the build's own data folder.
all-local: data/vectors-link
.PHONY: data/vectors-link
data/vectors-link:
	@test -e data/vectors-en.bin || ln -s '$(abs_top_srcdir)/data/vectors-en.bin' data/vectors-en.bin
clean-local:
	@test '$(abs_top_srcdir)' = '$(abs_top_builddir)' || rm -f data/vectors-en.bin
CLEANFILES += data/samples.db

data/samples.db: data/make_samples$(EXEEXT) $(dist_samples_DATA) data/vectors-en.bin
	$(AM_V_GEN)ECLOSE_DATADIR='$(abs_top_srcdir)/data' OPENBLAS_NUM_THREADS=1 OPENBLAS_CORETYPE=NEHALEM ASAN_OPTIONS=detect_leaks=0 data/make_samples$(EXEEXT) $@
