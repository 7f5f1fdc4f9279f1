// SPDX-License-Identifier: MIT
// Splits as charts: of one runner beside one even effort, and of a field beside its leader.

import * as u from '../units.js';

const INKS = ['--fitness', '--fatigue', '--form', '--flat-pace', '--planned', '--cadence'];
const DASHES = [undefined, [7, 3], [2, 3]];
export const SHOWN = 12; /* lines that an eye can follow */

/** The marks that have room for their names, counted from the finish. */
function roomFor(values, min, max, count) {
    const apart = (max - min) / Math.max(2, count);
    const kept = [];
    for (const m of [...values].reverse()) {
        if (m >= min && m <= max && (kept.length === 0 || kept[0] - m >= apart)) kept.unshift(m);
    }
    return kept;
}

const axis = (values, place = u.placeName) => ({
    name: 'At', values, text: place, pixels: 64,
    ticks: (min, max, count) => roomFor(values, min, max, count),
});

const lapSpeed = (lap) => lap.lap_m / lap.lap_s;
const paceScale = { text: u.pace, ticks: undefined };

function runningSum(values) {
    let sum = 0;
    return values.map((v) => (sum += v ?? 0));
}

/** One's own race: pace against flat pace, and what was lost to one even effort so far. */
export function ownRaceSpecs(laps, ticks, place) {
    const x = axis(laps.map((lap) => lap.to_m), place);
    const known = (name) => laps.some((lap) => lap[name] !== null && lap[name] !== undefined);
    const values = (name) => laps.map((lap) => lap[name] ?? null);
    return [
        {
            name: 'pace', height: 200, caption: `Pace of each lap in min${u.paceUnit()}, and what it was worth on the flat; faster is higher.`,
            spec: {
                x,
                lines: [
                    known('flat_speed_mps') && { label: 'Flat pace', values: values('flat_speed_mps'), text: u.paceText, colour: '--flat-pace', dash: [5, 3] },
                    { label: 'Pace', values: laps.map(lapSpeed), text: u.paceText, colour: '--pace', width: 2.25 },
                ].filter(Boolean),
                scales: { y: { ...paceScale, ticks } },
                note: (i) => u.clock(laps[i].time_s),
            },
        },
        known('lost_s') && {
            name: 'lost', height: 150, caption: 'The gap to one even effort in the same time; below the line is behind it.',
            spec: {
                x,
                lines: [{
                    label: 'Ahead', values: runningSum(values('lost_s')).map((s) => -s), text: (s) => `${u.signed(s, 1)} s`,
                    colour: '--race', width: 2,
                }],
                scales: { y: { text: (s) => u.signed(s), base: 0 } },
            },
        },
        known('heart_bpm') && {
            name: 'heart', height: 120, caption: 'Heart rate, lap by lap.',
            spec: {
                x, lines: [{ label: 'Heart rate', values: values('heart_bpm'), text: (v) => `${u.number(v)} bpm`, colour: '--heart' }],
                scales: { y: {} },
            },
        },
        known('reserve_pct') && {
            name: 'reserve', height: 120, caption: 'What the curve foretold to be left; below zero is better than foretold.',
            spec: {
                x, lines: [{ label: 'Left', values: values('reserve_pct'), text: (v) => u.percent(v), colour: '--cadence' }],
                scales: { y: { text: (v) => u.number(v), base: 0 } },
            },
        },
    ].filter(Boolean);
}

/** The lines of a field: its first by place, or those that are chosen. */
function linesOf(athletes, marks, value, text) {
    return athletes.slice(0, SHOWN).map((athlete, n) => ({
        label: athlete.name ?? (athlete.place ? `Number ${athlete.place}` : `Bib ${athlete.bib}`),
        values: marks.map((m) => value(athlete.laps.find((lap) => lap.to_m === m))),
        text, colour: INKS[n % INKS.length], dash: DASHES[Math.floor(n / INKS.length)], width: n === 0 ? 2.5 : 1.5,
        spanGaps: true,
    }));
}

const whole = (min, max) => {
    const all = [];
    const every = Math.max(1, Math.ceil((max - min) / 12));
    for (let n = Math.max(1, Math.ceil(min)); n <= max; n += every) all.push(n);
    return all;
};

/** Gaps to the leader, and positions, at every mark. */
export function fieldSpecs(athletes) {
    const marks = [...new Set(athletes.flatMap(({ laps }) => laps.map((lap) => lap.to_m)))].sort((a, b) => a - b);
    const x = axis(marks);
    return {
        marks,
        gap: {
            x, lines: linesOf(athletes, marks, (lap) => lap?.behind_s ?? null, (s) => `${u.number(s, 1)} s`),
            scales: { y: { text: (s) => u.number(s, s % 1 ? 1 : 0), reverse: true } }, named: true,
        },
        position: {
            x, lines: linesOf(athletes, marks, (lap) => lap?.position ?? null, (n) => u.number(n)),
            scales: { y: { text: (n) => u.number(n), ticks: whole, reverse: true } }, named: true,
        },
    };
}
