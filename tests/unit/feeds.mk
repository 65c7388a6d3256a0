# tests of feeds
