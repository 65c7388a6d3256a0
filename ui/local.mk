# The screen. term_curses.c, the one file with curses.h, belongs to the program (eclose_SOURCES in Makefile.am) and not to the library.
libeclose_a_SOURCES += \
	ui/action.c ui/action.h \
	ui/ascii.c ui/ascii.h \
	ui/grid.c ui/grid.h \
	ui/input.c ui/input.h \
	ui/keys.c ui/keys.h \
	ui/layout.c ui/layout.h ui/layout_flow.h ui/layout_table.c \
	ui/marked.c ui/marked.h \
	ui/mouse.c ui/mouse.h \
	ui/reader.c ui/reader.h \
	ui/reader_child.c ui/reader_child.h \
	ui/reader_ask.c ui/reader_edits.c ui/reader_fetch.c ui/reader_input.c ui/reader_list.c ui/reader_log.c ui/reader_meter.c ui/reader_mouse.c ui/reader_profile.c ui/reader_screens.c ui/reader_slider.c ui/reader_state.h \
	ui/reader_earlier.c ui/reader_history.c ui/reader_tellings.c ui/reader_watch.c ui/reader_why.c \
	ui/sheet.c ui/sheet.h \
	ui/slider.c ui/slider.h \
	ui/style.h ui/term.h \
	ui/view.c ui/view.h \
	ui/view_article.c ui/view_ask.c ui/view_earlier.c ui/view_feeds.c ui/view_help.c ui/view_history.c ui/view_list.c ui/view_meter.c ui/view_moved.c ui/view_page.c ui/view_profile.c ui/view_tellings.c \
	ui/view_why.c
