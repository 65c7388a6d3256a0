# Each fuzz target is one file with LLVMFuzzerTestOneInput. With --enable-fuzzing it is a libFuzzer program; otherwise
# replay.c runs it over its seed corpus tests/corpus/NAME/, once a file, in `make check`.
EXTRA_DIST += tests/corpus
