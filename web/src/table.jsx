// SPDX-License-Identifier: MIT
// A table for people: sorted by any column, in pages of a size that stays quick to draw and to read
// with a screen reader, scrolled sideways inside itself where the screen is narrow.

import { useId, useMemo, useState } from 'preact/hooks';
import { number } from './units.js';

function compare(a, b) {
    const absent = (x) => x === null || x === undefined || Number.isNaN(x);
    if (absent(a) || absent(b)) return absent(a) - absent(b);
    return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(rows, column, down) {
    if (!column?.sort) return rows;
    const keyed = rows.map((row, i) => [column.sort(row), row, i]);
    keyed.sort(([a, , i], [b, , j]) => {
        const order = compare(a, b);
        const bothKnown = a !== null && a !== undefined && b !== null && b !== undefined;
        return (down && bothKnown ? -order : order) || i - j;
    });
    return keyed.map(([, row]) => row);
}

function Head({ column, active, down, onSort }) {
    const order = active ? (down ? 'descending' : 'ascending') : undefined;
    return (
        <th scope="col" class={column.class} aria-sort={order}>
            {column.sort ? (
                <button type="button" onClick={onSort}>
                    {column.label}<span class="order" aria-hidden="true">{active ? (down ? '▾' : '▴') : ''}</span>
                </button>
            ) : column.label}
        </th>
    );
}

function Pager({ page, pages, size, count, onPage, what }) {
    if (pages < 2) return null;
    const last = Math.min(count, (page + 1) * size);
    return (
        <nav class="pager" aria-label={`Pages of ${what}`}>
            <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>Previous</button>
            <span role="status">{number(page * size + 1)} to {number(last)} of {number(count)}</span>
            <button type="button" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>Next</button>
        </nav>
    );
}

function Row({ row, columns, rowClass }) {
    return (
        <tr class={rowClass?.(row)}>
            {columns.map((c, j) => (j === 0
                ? <th key={c.key} scope="row" class={c.class}>{c.text(row)}</th>
                : <td key={c.key} class={c.class}>{c.text(row)}</td>))}
        </tr>
    );
}

/** key -> all rows of that group, on whatever page they stand */
function grouped(rows, key) {
    const groups = new Map();
    for (const row of rows) {
        const at = key(row);
        if (!groups.has(at)) groups.set(at, []);
        groups.get(at).push(row);
    }
    return groups;
}

/** `columns`: [{key, label, text(row), sort(row)?, class?}]; class 'n' is a number, 'mid' and 'wide' are
 *  left out where the table is narrow; the first column heads its row. `sort`: {key, down} to begin
 *  with, null keeps the order. `group`: {by, key(row), head(rows)}: while the table is sorted by that
 *  column, rows of one key stand under a line that sums them up. */
export function Table({ caption, columns, rows, rowKey, sort = null, size = 50, hideCaption = false, rowClass, group }) {
    const id = useId();
    const [order, setOrder] = useState(sort);
    const [wanted, setPage] = useState(0);
    const column = columns.find(({ key }) => key === order?.key);
    const all = useMemo(() => sorted(rows, column, order?.down), [rows, order?.key, order?.down]);
    const pages = Math.ceil(all.length / size);
    const page = Math.min(wanted, Math.max(0, pages - 1));
    const shown = all.slice(page * size, (page + 1) * size);

    const inGroups = group && order?.key === group.by;
    const groups = useMemo(() => (inGroups ? grouped(all, group.key) : null), [inGroups, all]);

    const onSort = (key) => {
        setOrder(order?.key === key ? { key, down: !order.down } : { key, down: false });
        setPage(0);
    };
    return (
        <div class="table">
            <div class="table-scroll" role="region" aria-labelledby={id} tabIndex={0}>
                <table>
                    <caption id={id} class={hideCaption ? 'sr' : undefined}>{caption}</caption>
                    <thead>
                        <tr>{columns.map((c) => (
                            <Head key={c.key} column={c} active={c.key === order?.key} down={order?.down}
                                onSort={() => onSort(c.key)} />
                        ))}</tr>
                    </thead>
                    <tbody>
                        {shown.map((row, i) => {
                            const begins = inGroups && (i === 0 || group.key(row) !== group.key(shown[i - 1]));
                            const key = rowKey ? rowKey(row) : page * size + i;
                            const line = <Row key={key} row={row} columns={columns} rowClass={rowClass} />;
                            return begins ? [
                                <tr key={`group ${key}`} class="group">
                                    <th scope="rowgroup" colSpan={columns.length}><div>{group.head(groups.get(group.key(row)))}</div></th>
                                </tr>, line,
                            ] : line;
                        })}
                    </tbody>
                </table>
            </div>
            <Pager page={page} pages={pages} size={size} count={all.length} onPage={setPage} what={caption} />
        </div>
    );
}

/** A share of the greatest, as a bar behind a number; the number itself stands in text. */
export function Bar({ share, children, kind = '' }) {
    return (
        <span class={`bar ${kind}`}>
            <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect width={share > 0 ? Math.min(1, share) * 100 : 0} height="10" />
            </svg>
            <span>{children}</span>
        </span>
    );
}
