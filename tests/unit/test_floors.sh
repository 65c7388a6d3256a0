#!/bin/sh
# The house keeps its floors: no file includes a higher one, wings meet in app only, and each library has one door.
set -u
check=${TEST_SRCDIR:-.}/tests/unit/floors.awk
work=$(mktemp -d "${TMPDIR:-/tmp}/eclose-floors-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# floors FOLDER - what is wrong in the tree below it, a line each.
floors() {
	(cd "$1" && find src feeds ui -name '*.[ch]' 2>/dev/null | sort | xargs awk -f "$check")
}

# put FILE TEXT - a file of the small made-up house.
put() {
	mkdir -p "$work/$(dirname "$1")"
	printf '%s\n' "$2" >"$work/$1"
}

n=0
# expect NAME WORDS - the made-up house must be found wanting in just these words ("": nothing).
expect() {
	n=$((n + 1))
	got=$(floors "$work")
	if [ "$got" = "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$got" | sed 's/^/# /'
	fi
	rm -rf "${work:?}"/src "${work:?}"/feeds "${work:?}"/ui
	house
}

house() {
	put src/base/err.h ''
	put src/item.h '#include "base/err.h"'
	put src/store/store.h '#include "item.h"'
	put src/store/db.c '#include <sqlite3.h>'
	put src/text/terms.h '#include "base/err.h"'
	put src/rank/score.c '#include "text/terms.h"'
	put feeds/parse.h '#include "item.h"'
	put ui/view.h '#include "item.h"'
	put ui/term_curses.c '#include <curses.h>'
	put src/app/page.h '#include "store/store.h"'
	put ui/reader.c '#include "app/page.h"'
	put src/cmd/main.c '#include "ui/view.h"'
}

echo 1..8
house
expect "a house in order has nothing wrong" ""
put src/base/buf.c '#include "item.h"'
put src/base/map.c '#include "store/store.h"'
expect "a lower floor that looks up is found" "src/base/map.c includes src/store/store.h: floor 0 sees floor 1"
put ui/view_page.c '#include "app/page.h"'
expect "a view that sees app is found" "ui/view_page.c includes src/app/page.h: floor 1 sees floor 2"
put feeds/http.c '#include "store/store.h"'
expect "two wings that meet are found" "feeds/http.c includes src/store/store.h: the wings feeds and store meet"
put src/rank/why.c '  #  include "ui/view.h"'
expect "blanks in the directive hide nothing" "src/rank/why.c includes ui/view.h: the wings rank and ui meet"
put src/app/app.c '#include <sqlite3.h>'
expect "a library with two doors is found" "<sqlite3.h> is included by src/app/app.c, and its door is src/store/db.c"
put ui/view.c '#include <ncurses.h>'
expect "curses under another name is found" "<ncurses.h> is included by ui/view.c, and its door is ui/term_curses.c"

n=$((n + 1))
found=$(floors "${TEST_SRCDIR:-.}")
if [ -z "$found" ]; then
	echo "ok $n - this house is in order"
else
	echo "not ok $n - this house is in order"
	printf '%s\n' "$found" | sed 's/^/# /'
fi
