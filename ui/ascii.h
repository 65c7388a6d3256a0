/* ascii - the nearest ASCII for what a screen shows, one character for one cell. */
#ifndef ECLOSE_UI_ASCII_H
#define ECLOSE_UI_ASCII_H

#include <stdint.h>

/* ascii_like - a printable ASCII character for cp: drawing characters by look, letters without their marks, '?' where there is no likeness. */
char ascii_like(uint32_t cp);

#endif
