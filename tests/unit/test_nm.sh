#!/bin/sh
# libeclose.a must know no terminal: nm finds no curses symbol in it. And nm must find them where they are, else this test could not fail.
set -u
lib=${TEST_BUILDDIR:-.}/libeclose.a
obj=$(ls "${TEST_BUILDDIR:-.}"/ui/*term_curses.o 2>/dev/null | head -n 1)
curses='U (initscr|newterm|endwin|set_term|wrefresh|refresh|stdscr|curscr|wgetch|wget_wch|wadd_wch|setcchar|keypad|cbreak|noecho|tigetstr|setupterm|tputs|has_colors|start_color|init_pair|LINES|COLS)$'

echo 1..2
found=$(nm -u "$lib" 2>/dev/null | grep -E "$curses")
if [ ! -r "$lib" ]; then
	echo "not ok 1 - libeclose.a uses no curses # $lib is missing"
elif [ -n "$found" ]; then
	echo "not ok 1 - libeclose.a uses no curses"
	echo "$found" | sed 's/^/# /'
else
	echo "ok 1 - libeclose.a uses no curses"
fi
if [ -z "$obj" ]; then
	echo "ok 2 - the same search finds curses in term_curses.o # SKIP the program is not built"
elif nm -u "$obj" | grep -qE "$curses"; then
	echo "ok 2 - the same search finds curses in term_curses.o"
else
	echo "not ok 2 - the same search finds curses in term_curses.o"
fi
