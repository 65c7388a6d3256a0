# floors.awk - reads the includes of the files given to it (paths from the top of the tree) and prints what breaks the rules of DESIGN:
# floor 0 base and item.h; floor 1 the wings store, rank (text, model, rank), feeds, ui; floor 2 app; floor 3 cmd, ui/reader*, ui/term_curses.

function floor_of(path) {
	if (path ~ /^src\/(base\/|item\.h$)/) return 0
	if (path ~ /^ui\/(reader|term_curses)/) return 3
	if (path ~ /^(src\/(store|text|model|rank)|feeds|ui)\//) return 1
	if (path ~ /^src\/app\//) return 2
	return 3
}

function wing_of(path) {
	if (floor_of(path) != 1) return ""
	if (path ~ /^src\/store\//) return "store"
	if (path ~ /^src\//) return "rank"
	return path ~ /^feeds\// ? "feeds" : "ui"
}

function exists(path,    line, there) {
	there = (getline line < path) >= 0
	close(path)
	return there
}

# A name in quotes is looked for beside the file, at the top, and below src/.
function resolve(from, name,    dir) {
	dir = from
	sub(/[^\/]*$/, "", dir)
	if (exists(dir name)) return dir name
	if (exists("src/" name)) return "src/" name
	return exists(name) ? name : ""
}

function door_of(name) {
	if (name == "sqlite3.h") return "src/store/db.c"
	if (name == "cblas.h") return "src/model/blas.c"
	if (name ~ /^curl\//) return "feeds/http.c"
	if (name == "zlib.h") return "feeds/http_unpack.c"
	if (name ~ /^libxml\//) return "feeds/dom.c"
	if (name ~ /^(ncursesw\/)?n?curses\.h$/ || name == "term.h") return "ui/term_curses.c"
	return ""
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	name = $0
	sub(/^[^<]*</, "", name)
	sub(/>.*/, "", name)
	door = door_of(name)
	if (door != "" && door != FILENAME)
		print "<" name "> is included by " FILENAME ", and its door is " door
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	name = $0
	sub(/^[^"]*"/, "", name)
	sub(/".*/, "", name)
	to = resolve(FILENAME, name)
	if (to == "")
		next
	a = floor_of(FILENAME)
	b = floor_of(to)
	if (b > a)
		print FILENAME " includes " to ": floor " a " sees floor " b
	else if (wing_of(FILENAME) != "" && wing_of(to) != "" && wing_of(FILENAME) != wing_of(to))
		print FILENAME " includes " to ": the wings " wing_of(FILENAME) " and " wing_of(to) " meet"
}
