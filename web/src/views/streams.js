// SPDX-License-Identifier: MIT
// The columns of one activity as charts over one axis: distance or time.

import { roundTicks, timeTicks } from '../chart.jsx';
import * as u from '../units.js';

const SMOOTH_S = 15;

/** Means over SMOOTH_S seconds around each sample; a speed by the second is mostly noise. Missing
 *  samples are left out, and stay missing. */
function smooth(times, values) {
    const out = new Array(values.length).fill(null);
    let from = 0;
    let to = 0;
    let sum = 0;
    let n = 0;
    for (let i = 0; i < values.length; i++) {
        for (; to < values.length && times[to] <= times[i] + SMOOTH_S / 2; to++) {
            if (values[to] !== null) { sum += values[to]; n++; }
        }
        for (; times[from] < times[i] - SMOOTH_S / 2; from++) {
            if (values[from] !== null) { sum -= values[from]; n--; }
        }
        if (values[i] !== null && n > 0) out[i] = sum / n;
    }
    return out;
}

/** Distances that only grow, as an axis must: a missing one is the last known. */
function steady(values) {
    let last = 0;
    return values.map((v) => (last = v === null ? last : Math.max(last, v)));
}

/** Between which values nearly all of them lie, so that a stop or a spike does not flatten the rest. */
function usual(values, low, high) {
    const known = Float64Array.from(values.filter((v) => v !== null)).sort();
    if (known.length === 0) return [0, 1];
    return [known[Math.floor((known.length - 1) * low)], known[Math.ceil((known.length - 1) * high)]];
}

/** Round paces between two speeds, as speeds. */
export function paceTicks(min, max, count) {
    const slow = u.paceSeconds(Math.max(min, 0.5));
    const fast = u.paceSeconds(max);
    return timeTicks(fast, slow, count).map((s) => u.longUnitM() / s).reverse();
}

function axis(columns, by) {
    const times = columns.time_s;
    if (by === 'time') {
        return { name: 'Time', values: times, ticks: timeTicks, label: (v) => u.clock(v), text: (v) => u.clock(v), pixels: 80 };
    }
    return {
        name: 'Distance',
        values: steady(columns.distance_m),
        ticks: (min, max, count) => roundTicks(min, max, count, u.longUnitM()),
        label: (v) => `${Math.round((v / u.longUnitM()) * 100) / 100} ${u.longUnit()}`,
        text: (v) => u.distance(v, 2),
        pixels: 80,
    };
}

const known = (values) => values?.some((v) => v !== null);

function paceChart(x, columns, note) {
    const speed = smooth(columns.time_s, columns.speed_mps);
    const flat = columns.flat_speed_mps ? smooth(columns.time_s, columns.flat_speed_mps) : null;
    const [low, high] = usual([...speed, ...(flat ?? [])], 0.02, 0.997);
    const air = Math.max(0.15, (high - low) * 0.1);
    return {
        x, note,
        lines: [
            flat && { label: 'Flat pace', values: flat, text: u.paceText, colour: '--flat-pace', dash: [5, 3], width: 1.25 },
            { label: 'Pace', values: speed, text: u.paceText, colour: '--pace', width: 1.5 },
        ].filter(Boolean),
        scales: { y: { ticks: paceTicks, text: u.pace, range: () => [Math.max(0.3, low - air), high + air] } },
    };
}

/* `unit` stands in the caption; `text` says a value with it, `tick` without. */
const PLAIN = [
    { name: 'heart', column: 'heart_bpm', label: 'Heart rate', unit: () => 'bpm', colour: '--heart' },
    { name: 'ground', column: 'altitude_m', label: 'Altitude', unit: u.heightUnit, colour: '--ground', fill: '--ground-soft', least: 30, size: u.heightUnitM, text: u.climb, tick: u.height },
    { name: 'cadence', column: 'cadence_spm', label: 'Cadence', unit: () => 'steps a minute', colour: '--cadence', smooth: true, low: 0.02 },
    { name: 'power', column: 'power_w', label: 'Power', unit: () => 'W', colour: '--power', smooth: true },
    { name: 'air', column: 'temp_c', label: 'Temperature', unit: u.warmthUnit, colour: '--power', least: 4, text: u.celsius, tick: (c) => u.number(u.warmth(c)), ticks: warmthTicks },
];

/** Round degrees of the unit that is shown. */
function warmthTicks(min, max, count) {
    return roundTicks(u.warmth(min), u.warmth(max), count).map(u.celsiusOf);
}

function plainChart(x, columns, row, note) {
    const values = row.smooth ? smooth(columns.time_s, columns[row.column]) : columns[row.column];
    const text = row.text ?? ((v) => `${u.number(v)} ${row.unit()}`);
    const [low, high] = usual(values, row.low ?? 0.002, 1);
    const short = Math.max(0, (row.least ?? 10) - (high - low)) / 2;
    const air = (high - low + 2 * short) * 0.06;
    const size = row.size?.() ?? 1;
    return {
        x, note,
        lines: [{ label: row.label, values, text, colour: row.colour, fill: row.fill, width: 1.5 }],
        scales: {
            y: {
                text: row.tick ?? u.number, ticks: row.ticks ?? ((min, max, count) => roundTicks(min, max, count, size)),
                range: () => [low - short - air, high + short + air],
            },
        },
    };
}

/** [{name, caption, spec, height}] of what was recorded. */
export function streamCharts(columns, by) {
    const over = by === 'time' || !known(columns.distance_m) ? 'time' : 'distance';
    const x = axis(columns, over);
    const note = over === 'time'
        ? (columns.distance_m ? (i) => u.distance(columns.distance_m[i], 2) : undefined)
        : (i) => u.clock(columns.time_s[i]);
    const charts = [];
    if (known(columns.speed_mps)) {
        charts.push({
            name: 'pace', height: 210, spec: paceChart(x, columns, note),
            caption: `Pace in min${u.paceUnit()}${columns.flat_speed_mps ? ', and what it was worth on the flat' : ''}, over ${SMOOTH_S} seconds; faster is higher.`,
        });
    }
    for (const row of PLAIN) {
        if (!known(columns[row.column])) continue;
        charts.push({ name: row.name, height: 130, spec: plainChart(x, columns, row, note), caption: `${row.label} in ${row.unit()}${row.smooth ? `, over ${SMOOTH_S} seconds` : ''}.` });
    }
    return charts;
}
