# src/text, src/model and src/rank are one wing: what an article means, what a reader wants, what comes first.
libeclose_a_SOURCES +=
