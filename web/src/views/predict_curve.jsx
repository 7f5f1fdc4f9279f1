// SPDX-License-Identifier: MIT
// The curve: speed over distance, from 800 m to the marathon, with what holds 80 and 95 of 100 races
// around it, and the marks it rests on.

import { useMemo } from 'preact/hooks';
import { ask, useAnswer } from '../api.js';
import { Chart } from '../chart.jsx';
import { Answer } from '../empty.jsx';
import { eventName, foretold, pace, paceText, paceUnit, speedOf } from '../units.js';
import { Why } from '../why.jsx';
import { paceTicks } from './streams.js';

/* Along the track as far as races go there, then along the road: event and metres. */
const ALONG = [
    ['800', 800], ['1000', 1000], ['1500', 1500], ['MILE', 1609.344], ['2000', 2000], ['3000', 3000],
    ['2MILE', 3218.688], ['5000', 5000], ['10000', 10000], ['15K', 15000], ['20K', 20000],
    ['HM', 21097.5], ['25K', 25000], ['30K', 30000], ['MAR', 42195],
];
const ROAD = { '5K': 5000, '10K': 10000, '10M': 16093.44, '50K': 50000, '100K': 100000, '3000SC': 3000 };
const SIZE = new Map([...ALONG, ...Object.entries(ROAD)]);
const TICKS = ['800', '1500', '3000', '5000', '10000', 'HM', 'MAR'];
const FEW = ['800', '1500', '5000', 'HM', 'MAR'];

/** Metres of an event's code; NaN where it has none of its own. */
export function metresOf(code) {
    const plain = code.endsWith('i') ? code.slice(0, -1) : code;
    return SIZE.get(plain) ?? (/^[\d.]+$/.test(plain) ? Number(plain) : NaN);
}

/** The marks of all predictions, each once. */
function marksOf(predictions) {
    const all = new Map();
    for (const e of predictions.flatMap((p) => p.evidence)) {
        const metres = metresOf(e.event);
        if (metres >= 800 && metres <= 42195) all.set(`${e.date}${e.event}${e.mark}`, { ...e, metres });
    }
    return [...all.values()];
}

/* Distances are drawn by their logarithm: a curve of fatigue is nearly straight there. */
function axis(values, names) {
    const text = (x) => names.get(x) ?? `${Math.round(Math.exp(x))} m`;
    const at = (code) => Math.log(SIZE.get(code));
    const codes = new Map(TICKS.map((code) => [at(code), code]));
    return {
        name: 'Distance', values, text, pixels: 40,
        ticks: (min, max, count) => (count < 9 ? FEW : TICKS).map(at).filter((x) => x >= min - 1e-9 && x <= max + 1e-9),
        label: (x) => codes.get(x),
    };
}

function line(label, values, more) {
    return { label, values, text: paceText, spanGaps: true, ...more };
}

function specOf(predictions) {
    const marks = marksOf(predictions);
    const names = new Map();
    for (const mark of marks) names.set(Math.log(mark.metres), eventName(mark.event));
    for (const [code, metres] of ALONG) names.set(Math.log(metres), eventName(code));
    const xs = [...names.keys()].sort((a, b) => a - b);
    const at = new Map(predictions.map((p) => [Math.log(metresOf(p.event)), p]));
    const speeds = (member) => xs.map((x) => (at.has(x) ? speedOf(Math.exp(x), at.get(x)[member]) : null));
    const fastest = xs.map((x) => {
        const here = marks.filter((mark) => Math.log(mark.metres) === x);
        return here.length ? Math.max(...here.map((mark) => speedOf(mark.metres, mark.standard_s))) : null;
    });
    const notes = xs.map((x) => at.has(x) && `${foretold(at.get(x).event, at.get(x).time_s)}, 80 of 100 races ${
        foretold(at.get(x).event, at.get(x).low80_s)} to ${foretold(at.get(x).event, at.get(x).high80_s)}`);
    return {
        x: axis(xs, names),
        lines: [
            line('95 of 100, best', speeds('low95_s'), { colour: '--soft', dash: [2, 3], width: 1 }),
            line('95 of 100, worst', speeds('high95_s'), { colour: '--soft', dash: [2, 3], width: 1 }),
            line('80 of 100, best', speeds('low80_s'), { colour: '--fitness', dash: [6, 4], width: 1 }),
            line('80 of 100, worst', speeds('high80_s'), { colour: '--fitness', dash: [6, 4], width: 1 }),
            line('could be run', speeds('time_s'), { colour: '--fitness', width: 2.5 }),
            line('a mark, in standard conditions', fastest, { colour: '--race', kind: 'points' }),
        ],
        areas: [{ from: 0, to: 1, colour: '--possible' }, { from: 2, to: 3, colour: '--likely' }],
        scales: { y: { text: pace, ticks: paceTicks, label: `pace ${paceUnit()}, faster is higher`, size: 52 } },
        note: (i) => notes[i] || null,
    };
}

function Drawn({ predictions }) {
    const spec = useMemo(() => specOf(predictions), [predictions]);
    return (
        <section class="card" aria-label="The curve">
            <Chart spec={spec} height={300}
                caption="Pace over every distance, up to 10,000 m on the track and further on the road.">
                <Why of={predictions[0].because} what="the curve" more={[
                    ['Bands', 'of a hundred races, 80 lie in the inner and 95 in the outer one'],
                ]} />
            </Chart>
        </section>
    );
}

/** `options`: those of `harrier predict`. */
export function Curve({ options }) {
    const answer = useAnswer(ask(['predict', ...ALONG.map(([code]) => code)], options));
    return <Answer of={answer} what="the curve">{(data) => <Drawn predictions={data.predictions} />}</Answer>;
}
