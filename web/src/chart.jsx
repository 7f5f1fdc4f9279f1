// SPDX-License-Identifier: MIT
// A chart that can be read with eyes, with keys and with ears. uPlot draws lines and bars on a canvas,
// which says nothing to a screen reader, so around it stand: a figure with a caption, a legend that
// tells each line by its dash as well as by its colour and gives the values at the cursor, arrow keys
// for the cursor with a polite live region, and the numbers themselves as a table.
//
// Charts of one `group` share cursor and zoom. Nothing here is drawn anew by the framework while the
// cursor moves: text is written straight into the legend, so that it keeps up with the screen.

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { colour, onColours } from './colours.js';
import { MONTHS, dayDate, mondayOf, number } from './units.js';
import { Table } from './table.jsx';

const SAY_AFTER_MS = 250;
const NAME_WIDTH = 112;
const NAME_HEIGHT = 14;

/* A canvas knows no rem: what is drawn grows with the text around it, on a wall as for weak eyes. */
const grown = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
const font = (px) => `${12 * px}px system-ui, sans-serif`;
const inked = () => devicePixelRatio * grown(); /* a pixel of the page in those of the canvas */
const NICE = [1, 2, 2.5, 5, 10];
const NICE_SECONDS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14400];

/* --- where the lines of the grid stand ------------------------------------------ */

function multiples(step, min, max) {
    const all = [];
    for (let n = Math.ceil(min / step - 1e-9); n * step <= max + step * 1e-9; n++) all.push(n * step);
    return all;
}

/** About `count` round numbers of a unit of `size`. */
export function roundTicks(min, max, count, size = 1) {
    const rough = (max - min) / size / Math.max(1, count);
    if (!(rough > 0)) return [min];
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * (NICE.find((n) => n * power >= rough) ?? 10);
    return multiples(step * size, min, max);
}

/** Round times. */
export function timeTicks(min, max, count) {
    const rough = (max - min) / Math.max(1, count);
    return multiples(NICE_SECONDS.find((n) => n >= rough) ?? 36000, min, max);
}

const MONDAY = mondayOf(0);

/** Days, Mondays, firsts of the month or of the year, whichever are few enough. */
function dayTicks(min, max, count) {
    const span = max - min;
    if (span <= count) return multiples(1, min, max);
    if (span / 7 <= count) return multiples(7, min - MONDAY, max - MONDAY).map((n) => n + MONDAY);
    const every = [1, 2, 3, 6, 12, 24, 60].find((m) => span / (30.4 * m) <= count) ?? 120;
    const at = new Date(Math.floor(min) * 86400e3);
    const all = [];
    for (let month = at.getUTCFullYear() * 12; ; month += every) {
        const n = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400e3;
        if (n > max) return all;
        if (n >= min) all.push(n);
    }
}

function dayLabel(n, all) {
    const date = dayDate(n);
    const [year, month, day] = date.split('-');
    const close = all.length > 1 && all[1] - all[0] < 28;
    if (close) return `${Number(day)} ${MONTHS[month - 1]}`;
    return month === '01' ? year : MONTHS[month - 1];
}

/** The two kinds of axis below a chart; others are given by the view. */
export const DAYS = {
    ticks: dayTicks,
    label: dayLabel,
    text: dayDate,
    pixels: 64,
};

/* --- charts that move together ---------------------------------------------------- */

const groups = new Map();

function membersOf(name) {
    if (!groups.has(name)) groups.set(name, new Set());
    return groups.get(name);
}

/** Calls `reader(x)` as the cursor of a group moves; x is null when it leaves. */
export function onGroupCursor(name, reader) {
    const member = { cursor: reader, zoom: () => {} };
    membersOf(name).add(member);
    return () => membersOf(name).delete(member);
}

/** The sample nearest to an x. */
export function nearest(xs, x) {
    let low = 0;
    let high = xs.length - 1;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (xs[middle] < x) low = middle + 1;
        else high = middle;
    }
    return low > 0 && x - xs[low - 1] < xs[low] - x ? low - 1 : low;
}

/* --- what is drawn besides the lines ---------------------------------------------- */

function drawBands(u, bands) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const band of bands) {
        const left = u.valToPos(band.from, 'x', true);
        const right = u.valToPos(band.to, 'x', true);
        ctx.fillStyle = colour(band.colour);
        ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
    }
    ctx.restore();
}

/** The names of bands, at their feet; where two meet, the later stands above. The grid stays behind. */
function drawBandNames(u, bands) {
    const { ctx, bbox } = u;
    const px = inked();
    const rows = []; /* where the last name of each row ends */
    ctx.save();
    ctx.font = font(px);
    ctx.textBaseline = 'bottom';
    ctx.textAlign = 'left';
    const named = bands.filter(({ label }) => label).sort((a, b) => a.from - b.from);
    for (const { label, from, to, colour: ground } of named) {
        const left = Math.max(u.valToPos(from, 'x', true), bbox.left) + 5 * px;
        const right = Math.min(u.valToPos(to, 'x', true), bbox.left + bbox.width);
        const { width } = ctx.measureText(label);
        if (width > right - left) continue;
        const free = rows.findIndex((end) => end < left);
        const row = free < 0 ? rows.length : free;
        rows[row] = left + width + 8 * px;
        const foot = bbox.top + bbox.height - (4 + NAME_HEIGHT * row) * px;
        ctx.fillStyle = colour(ground);
        ctx.fillRect(left - 2 * px, foot - NAME_HEIGHT * px, width + 4 * px, NAME_HEIGHT * px);
        ctx.fillStyle = colour('--soft');
        ctx.fillText(label, left, foot);
    }
    ctx.restore();
}

/** The line that a scale is read against: 0 for what has a sign. */
function drawBase(u, name, value) {
    const { ctx, bbox } = u;
    const y = Math.round(u.valToPos(value, name, true)) + 0.5;
    if (y < bbox.top || y > bbox.top + bbox.height) return;
    ctx.save();
    ctx.strokeStyle = colour('--edge');
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
}

function drawMarks(u, marks) {
    const { ctx, bbox } = u;
    const px = inked();
    const places = marks.map(({ at }) => u.valToPos(at, 'x', true));
    let named = -Infinity; /* where the last name ends */
    ctx.save();
    ctx.font = font(px);
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    for (const [i, mark] of marks.entries()) {
        const x = places[i];
        if (x < bbox.left || x > bbox.left + bbox.width) continue;
        ctx.strokeStyle = ctx.fillStyle = colour(mark.colour ?? '--ink');
        ctx.lineWidth = px;
        ctx.setLineDash(mark.dash ? mark.dash.map((n) => n * px) : []);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top + 2 * px);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.globalAlpha = 0.55;
        ctx.stroke();
        ctx.globalAlpha = 1;
        if (mark.flag) {
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x + 8 * px, bbox.top + 4 * px);
            ctx.lineTo(x, bbox.top + 8 * px);
            ctx.fill();
        }
        const width = ctx.measureText(mark.label ?? '').width;
        const after = x + (mark.flag ? 10 : 4) * px;
        const from = after + width > bbox.left + bbox.width ? x - width - 4 * px : after;
        const before = Math.max(named, (places[i - 1] ?? -Infinity) + 10 * px);
        const next = places[i + 1] ?? Infinity;
        if (!mark.label || (from > x ? from + width > next : from < before + 2 * px)) continue;
        named = from + width;
        ctx.fillStyle = colour('--ink');
        ctx.fillText(mark.label, from, bbox.top - 1 * px);
    }
    ctx.restore();
}

/** Each line's name at its end, moved apart where ends are close. */
function drawNames(u, lines) {
    const { ctx, bbox } = u;
    const px = inked();
    const ends = lines.map((line) => {
        const i = line.values.findLastIndex((v) => v !== null);
        return i < 0 ? null : { line, x: u.valToPos(u.data[0][i], 'x', true), y: u.valToPos(line.values[i], line.scale ?? 'y', true) };
    }).filter((end) => end && end.x <= bbox.left + bbox.width + 1).sort((a, b) => a.y - b.y);
    let free = -Infinity;
    ctx.save();
    ctx.font = font(px);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const { line, x, y } of ends) {
        const at = Math.max(y, free);
        free = at + NAME_HEIGHT * px;
        let name = line.label;
        while (name.length > 3 && ctx.measureText(name).width > (NAME_WIDTH - 12) * px) name = `${name.slice(0, -2).trimEnd()}…`;
        ctx.fillStyle = colour(line.colour);
        ctx.fillText(name, x + 8 * px, at);
    }
    ctx.restore();
}

/** Notes in the browser's own record when the first chart stood on the screen: `make bench` reads it. */
let noted = false;
function noteFirst() {
    if (noted) return;
    noted = true;
    requestAnimationFrame(() => setTimeout(() => performance.mark('first-chart')));
}

/* --- uPlot's options out of ours --------------------------------------------------- */

const SMOOTH = { line: null, step: uPlot.paths.stepped({ align: 1 }) };

function bars(spec) {
    const share = spec.share ?? 0.8;
    return uPlot.paths.bars({ size: [share, 60], align: spec.align ?? 0, radius: 0.08 });
}

function lineOptions(line) {
    const drawn = line.kind ?? 'line';
    const points = drawn === 'points';
    return {
        scale: line.scale ?? 'y',
        label: line.label,
        stroke: () => colour(line.colour),
        fill: line.fill ? () => colour(line.fill) : undefined,
        width: points ? 0 : drawn === 'bars' ? 1 : line.width ?? 1.75,
        dash: line.dash,
        spanGaps: line.spanGaps ?? false,
        paths: drawn === 'bars' ? bars(line) : points ? () => null : SMOOTH[drawn] ?? undefined,
        points: points
            ? { show: true, size: line.size ?? 8, stroke: () => colour(line.colour), fill: () => colour(line.fill ?? '--page'), width: 2 }
            : { show: drawn === 'line' && line.values.filter((v) => v !== null).length < 3, size: 7 }, /* no line to see yet */
    };
}

function axisOptions(name, scale, first) {
    const ticks = scale.ticks ?? roundTicks;
    const rem = grown();
    return {
        scale: name,
        side: scale.side ?? (first ? 3 : 1),
        grid: { show: first && scale.grid !== false, stroke: () => colour('--line'), width: 1 },
        ticks: { show: false },
        border: { show: false },
        stroke: () => colour('--soft'),
        font: font(rem),
        gap: 6,
        size: (scale.size ?? 48) * rem,
        label: scale.label,
        labelFont: font(rem),
        labelSize: 18 * rem,
        splits: (u, _i, min, max) => ticks(min, max, Math.max(2, Math.floor(u.height / (36 * rem)))),
        values: (_u, all) => all.map((v) => (scale.text ?? number)(v)),
    };
}

function xAxisOptions(x) {
    const rem = grown();
    return {
        grid: { stroke: () => colour('--line'), width: 1 },
        ticks: { show: false },
        stroke: () => colour('--soft'),
        font: font(rem),
        size: 28 * rem,
        gap: 6,
        splits: (u, _i, min, max) => x.ticks(min, max, Math.max(2, Math.floor(u.width / ((x.pixels ?? 64) * rem)))),
        values: (_u, all) => all.map((v) => (x.label ?? x.text)(v, all)),
    };
}

/** The least and the greatest of what is shown, with a little air. */
function autoRange(scale) {
    return (_u, min, max) => {
        if (min === null || max === null) return [0, 1];
        const low = scale.min ?? min;
        const high = scale.max ?? max;
        const air = (high - low || Math.abs(high) || 1) * 0.06;
        return [scale.min === undefined ? low - air : low, scale.max === undefined ? high + air : high];
    };
}

function plotOptions(spec, size, hooks) {
    const names = Object.keys(spec.scales);
    const scales = { x: { time: false, range: (_u, min, max) => (min < max ? [min, max] : [min - 1, min + 1]) } };
    for (const name of names) {
        const { range, reverse } = spec.scales[name];
        scales[name] = { range: range ?? autoRange(spec.scales[name]), dir: reverse ? -1 : 1 };
    }
    return {
        ...size,
        padding: [spec.marks?.length ? 4 : 8, (spec.named ? NAME_WIDTH : 26) * grown(), 0, 0],
        legend: { show: false },
        scales,
        axes: [xAxisOptions(spec.x), ...names.map((name, i) => axisOptions(name, spec.scales[name], i === 0))],
        series: [{}, ...spec.lines.map(lineOptions)],
        bands: spec.areas?.map(({ from, to, colour: name }) => ({ series: [from + 1, to + 1], fill: () => colour(name) })),
        cursor: {
            y: false,
            points: { size: 8, width: 2, fill: (u, i) => u.series[i].stroke(u, i) },
            drag: { x: true, y: false, setScale: true, dist: 8 },
        },
        hooks,
    };
}

/* --- the component ------------------------------------------------------------------ */

function Swatch({ line }) {
    const stroke = { stroke: `var(${line.colour})` };
    return (
        <svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">
            {line.kind === 'bars'
                ? <rect x="4" y="1" width="14" height="8" style={{ fill: `var(${line.fill ?? line.colour})`, ...stroke }} />
                : line.kind === 'points'
                    ? <circle cx="11" cy="5" r="3.5" fill="none" stroke-width="2" style={stroke} />
                    : <path d="M0 5h22" fill="none" stroke-width="2.5" stroke-dasharray={line.dash?.join(' ')} style={stroke} />}
        </svg>
    );
}

const valueText = (line, value) => (value === null || value === undefined || Number.isNaN(value)
    ? '–' : line.text(value));

/** All that is known at one place, as a sentence. */
function sentence(spec, i) {
    const values = spec.lines
        .filter((line) => line.values[i] !== null && line.values[i] !== undefined)
        .map((line) => `${line.label} ${line.text(line.values[i])}`);
    const note = spec.note?.(i);
    return [spec.x.text(spec.x.values[i]), ...values, note].filter(Boolean).join(', ');
}

/** The numbers behind one chart, or behind several of one axis. */
export function Numbers({ spec, caption }) {
    const [open, setOpen] = useState(false);
    const rows = useMemo(() => (open ? Array.from(spec.x.values, (_, i) => i) : []), [open, spec]);
    const columns = [
        { key: 'x', label: spec.x.name, text: (i) => spec.x.text(spec.x.values[i]), sort: (i) => spec.x.values[i] },
        ...spec.lines.map((line, n) => ({
            key: String(n), label: line.label, class: 'n',
            text: (i) => valueText(line, line.values[i]), sort: (i) => line.values[i],
        })),
        ...(spec.note ? [{ key: 'note', label: 'Notes', text: (i) => spec.note(i) ?? '' }] : []),
    ];
    return (
        <details class="numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>The numbers</summary>
            {open && <Table caption={caption} hideCaption columns={columns} rows={rows} rowKey={(i) => i} size={25}
                sort={spec.newestFirst ? { key: 'x', down: true } : null} />}
        </details>
    );
}

/** `spec` (keep it with useMemo: a new one draws anew):
 *    x       {name, values, text(v), ticks(min, max, count), label?(v, all), window?: [min, max]}
 *    lines   [{label, values, text(v), colour: '--name', kind: line|step|bars|points, dash, fill, scale}]
 *    scales  {name: {text, ticks, min, max, range, side, label, base, reverse}}   base: a line to read against
 *    areas   [{from, to, colour}]            between two lines, by their numbers: an interval
 *    bands   [{from, to, label, colour}]      marks  [{at, label, colour, dash, flag}]
 *    note(i) what else is known there         newestFirst  of the table
 *    named   the lines' names stand at their ends
 *  `caption`: what it shows, in words; `children` stand beside it (the why). Without `numbers` the view
 *  itself puts a Numbers below. */
export function Chart({ spec, caption, group = null, height = 220, numbers = true, children, onPick }) {
    const place = useRef(null);
    const live = useRef(null);
    const values = useRef([]);
    const where = useRef(null);
    const plot = useRef(null);

    useEffect(() => {
        const box = place.current;
        const xs = spec.x.values;
        let quiet = false; /* what another of the group began is not told back */
        let timer = 0;

        const show = (i) => {
            where.current.textContent = i === null ? '' : [spec.x.text(xs[i]), spec.note?.(i)].filter(Boolean).join(' · ');
            spec.lines.forEach((line, n) => {
                values.current[n].textContent = i === null ? '' : valueText(line, line.values[i]);
            });
        };
        const tell = (call, ...what) => {
            if (quiet || !group) return;
            for (const member of membersOf(group)) if (member !== me) member[call](...what);
        };
        const listening = (act) => {
            quiet = true;
            act();
            quiet = false;
        };
        const setCursor = (u) => {
            const i = u.cursor.idx ?? null;
            show(i);
            tell('cursor', i === null ? null : xs[i]);
        };
        const setScale = (u, name) => {
            if (name === 'x' && u.status === 1) tell('zoom', u.scales.x.min, u.scales.x.max);
        };
        const u = new uPlot(
            plotOptions(spec, { width: Math.max(200, box.clientWidth), height: height * grown() }, {
                setCursor: [setCursor],
                setScale: [setScale],
                drawClear: spec.bands ? [(at) => drawBands(at, spec.bands)] : [],
                drawAxes: [
                    ...Object.entries(spec.scales).filter(([, { base }]) => base !== undefined)
                        .map(([name, { base }]) => (at) => drawBase(at, name, base)),
                    ...(spec.bands ? [(at) => drawBandNames(at, spec.bands)] : []),
                ],
                draw: [
                    noteFirst,
                    ...(spec.marks ? [(at) => drawMarks(at, spec.marks)] : []),
                    ...(spec.named ? [(at) => drawNames(at, spec.lines)] : []),
                ],
            }),
            [xs, ...spec.lines.map((line) => line.values)],
            box,
        );
        const whole = spec.x.window ?? [xs[0], xs[xs.length - 1]];
        const [least, most] = [Math.min(whole[0], xs[0]), Math.max(whole[1], xs[xs.length - 1])];
        const zoom = (min, max) => u.setScale('x', { min: Math.max(min, least), max: Math.min(max, most) });
        const reset = () => u.setScale('x', { min: whole[0], max: whole[1] });
        const put = (x) => {
            const left = x === null ? -10 : u.valToPos(x, 'x');
            u.setCursor({ left, top: x === null ? -10 : 1 });
        };
        const me = {
            cursor: (x) => listening(() => put(x)),
            zoom: (min, max) => listening(() => u.setScale('x', { min, max })),
        };
        if (spec.x.window) listening(reset);
        show(null);
        plot.current = { u, xs, put, zoom, reset, whole };

        if (group) membersOf(group).add(me);
        u.over.addEventListener('dblclick', (event) => { event.stopImmediatePropagation(); reset(); }, true);
        u.over.addEventListener('touchmove', (event) => {
            const at = u.over.getBoundingClientRect();
            u.setCursor({ left: event.touches[0].clientX - at.left, top: 1 });
        }, { passive: true });
        if (onPick) u.over.addEventListener('click', () => u.cursor.idx !== null && onPick(u.cursor.idx));
        const watch = new ResizeObserver(() => {
            if (box.clientWidth && box.clientWidth !== u.width) u.setSize({ width: box.clientWidth, height: height * grown() });
        });
        watch.observe(box);
        const forget = onColours(() => u.redraw(true, false));
        const say = () => {
            clearTimeout(timer);
            timer = setTimeout(() => {
                if (u.cursor.idx !== null && u.cursor.idx !== undefined) live.current.textContent = sentence(spec, u.cursor.idx);
            }, SAY_AFTER_MS);
        };
        plot.current.say = say;

        return () => {
            clearTimeout(timer);
            forget();
            watch.disconnect();
            if (group) membersOf(group).delete(me);
            u.destroy();
        };
    }, [spec, group, height]);

    const onKeyDown = (event) => {
        const { u, xs, put, zoom, reset, say, whole } = plot.current;
        const { min, max } = u.scales.x;
        const first = nearest(xs, min);
        const last = nearest(xs, max);
        const stride = Math.max(1, Math.round((last - first) / 200)) * (event.shiftKey ? 10 : 1);
        const at = u.cursor.idx ?? null;
        const toward = (by) => {
            const i = at === null ? (by > 0 ? first : last) : Math.max(0, Math.min(xs.length - 1, at + by));
            const span = max - min;
            if (xs[i] > max) zoom(xs[i] - span, xs[i]);
            else if (xs[i] < min) zoom(xs[i], xs[i] + span);
            put(xs[i]);
            say();
        };
        const scaleBy = (factor) => {
            const centre = at === null ? (min + max) / 2 : xs[at];
            const half = ((max - min) / 2) * factor;
            zoom(centre - half, centre + half);
            if (at !== null) put(xs[at]);
        };
        if (event.key === 'ArrowRight') toward(stride);
        else if (event.key === 'ArrowLeft') toward(-stride);
        else if (event.key === 'Home') { put(xs[first]); say(); }
        else if (event.key === 'End') { put(xs[last]); say(); }
        else if (event.key === '+' || event.key === '=') scaleBy(0.5);
        else if (event.key === '-') scaleBy(2);
        else if (event.key === 'Enter' && onPick && at !== null) onPick(at);
        else if (event.key === 'Escape') {
            if (min === whole[0] && max === whole[1]) put(null);
            else reset();
        } else return;
        event.preventDefault();
        event.stopPropagation();
    };

    return (
        <figure class="chart">
            <figcaption><span>{caption}</span>{children}</figcaption>
            <div class="legend">
                <span class="legend-where" ref={where} />
                <ul>
                    {spec.lines.map((line, n) => (
                        <li key={line.label}>
                            <Swatch line={line} />{line.label}
                            <b ref={(node) => { if (node) values.current[n] = node; }} />
                        </li>
                    ))}
                    {spec.legend?.map((item) => (
                        <li key={item.label}><span class={`swatch ${item.class}`} />{item.label}</li>
                    ))}
                </ul>
            </div>
            <div class="plot" ref={place} tabIndex={0} role="application" aria-roledescription="chart"
                aria-label={`${caption} Arrow keys move the cursor, plus and minus zoom, Escape shows all again; the numbers follow as a table.`}
                onKeyDown={onKeyDown} />
            <p class="sr" aria-live="polite" ref={live} />
            {numbers && <Numbers spec={spec} caption={caption} />}
        </figure>
    );
}
