/* json_stream - a JSON document that is an object of records, read a record at a time: memory holds one of them, however long the document is.
 * How it is laid out over lines doesn't matter; lines are counted for messages. */
#ifndef ECLOSE_APP_JSON_STREAM_H
#define ECLOSE_APP_JSON_STREAM_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"

#define JSON_RECORD_MOST ((size_t)256 << 20) /* bytes of one record */

struct json_stream {
	FILE *file;
	const char *path;   /* borrowed */
	size_t line;        /* from 1; while a record is in hand, where it begins */
	size_t at_line;     /* where the reading is */
	struct buf value;   /* one record, as it is written */
	size_t next, n;     /* of the bytes read ahead */
	char ahead[1 << 16];
};

/* json_stream_open - into the object that the file is. Errors: ERR_SYNTAX where it is none; as fopen. Frees: json_stream_close, also where it fails. */
enum err json_stream_open(struct json_stream *j, const char *path, struct err_info *info);
void json_stream_close(struct json_stream *j);
/* json_stream_member - to the next member: *more [out] is there one? name [out] replaced. Then one of:
 *   json_stream_value   the whole of it, a new reference
 *   json_stream_element the next element of the array that it is, a new reference, NULL behind the last; asked for until then
 *   json_stream_skip    it is left out
 * json_stream_array - is it an array? A question alone.
 * All errors name the file and the line: ERR_SYNTAX, ERR_LIMIT; ERR_IO. */
enum err json_stream_member(struct json_stream *j, struct buf *name, bool *more, struct err_info *info);
enum err json_stream_value(struct json_stream *j, json_t **out, struct err_info *info);
bool json_stream_array(struct json_stream *j);
enum err json_stream_element(struct json_stream *j, bool first, json_t **out, struct err_info *info);
enum err json_stream_skip(struct json_stream *j, struct err_info *info);
/* json_stream_wrong - ERR_SYNTAX with the file and the line of the record in hand before the words. json_stream_at - the same place before words that are there. */
enum err json_stream_wrong(const struct json_stream *j, const char *words, struct err_info *info);
enum err json_stream_at(const struct json_stream *j, struct err_info *info);

#endif
