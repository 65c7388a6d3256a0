libeclose_a_SOURCES +=
