/* html_blocks_table - the rows of tables as blocks in the making. */
#include <string.h>

#include "feeds/html_blocks_text.h"

void make_table(struct maker *m)
{
	memset(m->down, 0, sizeof m->down);
	m->table++;
}

void make_row(struct maker *m)
{
	m->row = m->all_headers = true;
	m->n_cells = 0;
	m->across = 0;
}

/* The next column begins, behind what stands between two. */
static void next_column(struct maker *m)
{
	if (m->n_cells == MAKE_COLUMNS)
		return;
	m->blank = false;
	if (m->n_cells)
		buf_puts(&m->text, BLOCK_CELLS);
	m->cell[m->n_cells++] = m->text.len;
}

/* The columns that the open cell takes beside its own, and those that cells from above reach into. */
static void pass_columns(struct maker *m)
{
	for (; m->across > 0; m->across--)
		next_column(m);
	while (m->n_cells < MAKE_COLUMNS && m->down[m->n_cells] > 0) {
		m->down[m->n_cells]--;
		next_column(m);
	}
}

void make_cell(struct maker *m, int across, int down, bool header)
{
	pass_columns(m);
	if (m->n_cells < MAKE_COLUMNS)
		m->down[m->n_cells] = down - 1;
	next_column(m);
	m->across = across - 1;
	m->all_headers &= header;
	m->marks = 0;
}

static size_t cell_end(const struct maker *m, size_t i)
{
	return i + 1 < m->n_cells ? m->cell[i + 1] - strlen(BLOCK_CELLS) : m->text.len;
}

static bool is_blank_row(const struct maker *m)
{
	for (size_t i = 0; i < m->n_cells; i++)
		if (m->cell[i] < cell_end(m, i))
			return false;
	return true;
}

void make_row_end(struct maker *m)
{
	struct block *b;
	size_t *cell;

	pass_columns(m);
	m->row = false;
	if (m->n_cells > 1 && is_blank_row(m)) {
		make_anew(m);
		return;
	}
	if (m->n_cells < 2) {
		(void)make_block(m);
		return;
	}
	if (make_part(m, 0, m->text.len, BLOCK_TABLE_ROW, 0)) {
		b = &m->block[m->n - 1];
		cell = arena_alloc(m->arena, m->n_cells * sizeof *cell);
		for (size_t i = 0, n = strlen(b->text); i < m->n_cells; i++)
			cell[i] = m->cell[i] < n ? m->cell[i] : n;
		b->cell = cell;
		b->n_cells = m->n_cells;
		b->table = m->table;
		b->header = m->all_headers;
	}
	make_anew(m);
}

void make_row_undone(struct maker *m)
{
	m->row = false;
	for (size_t i = 0; i < m->n_cells; i++)
		(void)make_part(m, m->cell[i], cell_end(m, i), m->kind, m->level);
	if (!m->n_cells)
		(void)make_part(m, 0, m->text.len, m->kind, m->level);
	make_anew(m);
}
