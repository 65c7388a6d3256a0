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
