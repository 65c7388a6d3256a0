libeclose_a_SOURCES += \
	feeds/atom.c \
	feeds/charset.c feeds/charset.h feeds/charset_names.c \
	feeds/discover.c feeds/discover.h \
	feeds/discover_rules.c feeds/discover_rules.h \
	feeds/dom.c feeds/dom.h \
	feeds/dom_html.c \
	feeds/dom_walk.c \
	feeds/fields.c feeds/fields.h \
	feeds/formats.h \
	feeds/json_scan.c feeds/json_scan.h \
	feeds/jsonfeed.c \
	feeds/lists.c \
	feeds/login.c feeds/login.h \
	feeds/media.c \
	feeds/mend.c feeds/mend.h feeds/mend_entities.c feeds/mend_parts.h feeds/mend_tags.c feeds/mend_text.c \
	feeds/neutral.c \
	feeds/opml.c feeds/opml.h \
	feeds/parse.c feeds/parse.h \
	feeds/people.c \
	feeds/results.c feeds/results.h \
	feeds/rss.c \
	feeds/settings.c feeds/settings.h \
	feeds/sniff.c feeds/sniff.h \
	feeds/subs.c feeds/subs.h \
	feeds/text_construct.c feeds/text_construct.h \
	feeds/twice.c \
	feeds/urls.c feeds/urls.h
libeclose_a_SOURCES += \
	feeds/html.h feeds/html_blocks.c feeds/html_blocks_table.c feeds/html_blocks_text.c feeds/html_blocks_text.h \
	feeds/html_entities.c feeds/html_entities.h \
	feeds/html_links.c feeds/html_links.h \
	feeds/html_open.c feeds/html_open.h \
	feeds/html_read.c feeds/html_read.h \
	feeds/html_sanitise.c feeds/html_tags.c feeds/html_tags.h feeds/html_text.c \
	feeds/http.c feeds/http.h \
	feeds/http_address.c feeds/http_address.h \
	feeds/http_file.c feeds/http_file.h \
	feeds/http_flight.c \
	feeds/http_head.c feeds/http_head.h \
	feeds/http_home.c feeds/http_home.h \
	feeds/http_hosts.c feeds/http_hosts.h \
	feeds/http_private.h \
	feeds/http_redirect.c feeds/http_redirect.h \
	feeds/http_transfer.c \
	feeds/http_unpack.c feeds/http_unpack.h \
	feeds/http_words.c feeds/http_words.h \
	feeds/url.c feeds/url.h \
	feeds/url_shown.c
