# tests of rank
