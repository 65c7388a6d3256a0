# tests of text and model
