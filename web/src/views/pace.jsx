// SPDX-License-Identifier: MIT
// How fast to run where: the plan of a race for this runner, on this course, on this day; to look at,
// to print for the wrist, to take along on a watch.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { ask, post, useAnswer } from '../api.js';
import { Chart, roundTicks } from '../chart.jsx';
import { AsOfNote, useAsOf } from '../asof.jsx';
import { Answer, Empty, Said } from '../empty.jsx';
import { Choice, Field, Fields, More, Quantity, Tick } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { here } from '../route.js';
import { Table } from '../table.jsx';
import {
    climb, clock, distance, eventName, height, heightUnit, lengthName, longUnit, longUnitM, mark, number,
    pace, paceText, paceUnit, percent, splitEvery, typed, isRoad,
} from '../units.js';
import { Why } from '../why.jsx';
import { paceTicks } from './streams.js';
import '../style-views.css';

const OPTIONS = [
    'target', 'date', 'every', 'wind', 'wind-from', 'wbgt', 'altitude', 'acclimatised', 'grade', 'track',
];
const GRADES = [
    ['harrier', 'RE3, downhill counted'], ['re3', 'RE3'], ['minetti', 'Minetti'], ['strava', 'Strava'],
];

const TRACKS = [['', 'none'], ['banked', 'banked'], ['flat', 'flat'], ['oversized', 'oversized'], ['undersized', 'undersized']];

/** Hundredths are for the track. */
const digitsOf = (plan) => (/^\d+(i|MILEi?)?$|^MILEi?$/.test(plan.event ?? '') && plan.finish_s < 3600 ? 2 : 0);

/** Times along the way: minutes up to an hour, as a watch counts them. */
const passing = (s, digits = 0) => (s < 3600 ? mark(s, digits) : clock(s, digits));

/** Where one is, as signs along the way have it. */
function place(metres, plan) {
    if (metres >= plan.distance_m - 0.5) return 'Finish';
    if (plan.distance_m > 12_000 && metres % 1000 === 0) return `${metres / 1000} km`;
    return lengthName(Math.round(metres * 10) / 10);
}

/** The course is a file of the reader's: it is sent with the question and stays nowhere. */
let course = null;

const eventOf = (query) => query.get('event')?.trim() || 'HM';

function optionsOf(query) {
    const said = Object.fromEntries(OPTIONS.map((name) => [name, name === 'acclimatised' ? query.has(name) : query.get(name)]));
    return { ...said, every: said.every || (isRoad(eventOf(query)) ? splitEvery() : null) };
}

/** {data, error} of a question that is asked with a file. */
function useSent(address, file) {
    const [state, setState] = useState({ data: null, error: null });
    useEffect(() => {
        if (!address || !file) return undefined;
        let wanted = true;
        setState({ data: null, error: null });
        post(address, file, { type: 'application/octet-stream' }).then(
            (data) => wanted && setState({ data, error: null }),
            (error) => wanted && setState({ data: null, error }),
        );
        return () => (wanted = false);
    }, [address, file]);
    return state;
}

/* --- the question ---------------------------------------------------------------------- */

function Course({ file, onFile }) {
    const [over, setOver] = useState(false);
    const stop = (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(event.type !== 'drop' && event.type !== 'dragleave');
        if (event.type === 'drop' && event.dataTransfer.files[0]) onFile(event.dataTransfer.files[0]);
    };
    return (
        <div class={over ? 'drop low over' : 'drop low'} onDragOver={stop} onDragEnter={stop} onDragLeave={stop} onDrop={stop}>
            <p>
                {file ? <>The course is <b>{file.name}</b>. </> : 'Flat, as long as nothing else is said. '}
                <span class="quiet">{file ? 'It is asked about, and not kept.' : 'Drop a course here: GPX, TCX, GeoJSON, FIT, or CSV of distance_m,altitude_m.'}</span>
            </p>
            <p class="pickers">
                <label class="picker">
                    {file ? 'Another course' : 'Choose a course'}
                    <input type="file" accept=".gpx,.tcx,.fit,.geojson,.json,.csv" onChange={(event) => onFile(event.target.files[0] ?? null)} />
                </label>
                {file && <button type="button" onClick={() => onFile(null)}>Flat again</button>}
            </p>
        </div>
    );
}

function Question() {
    return (
        <>
            <Fields label="The race">
                <Field label="Event" name="event" placeholder="HM" size={8} />
                <Field label="Target" name="target" placeholder="as fast as can be" size={14} />
                <Field label="On" name="date" type="date" />
                <Field label="Splits every" name="every" placeholder="by the event" size={12} />
            </Fields>
            <More label="Wind, heat, height, slopes" names={OPTIONS.slice(3)}>
                <Quantity label="Wind against" name="wind" of={typed.wind} size={6} />
                <Field label="Wind from, degrees" name="wind-from" inputMode="numeric" size={6} />
                <Quantity label="Wet bulb globe" name="wbgt" of={typed.warmth} size={6} />
                <Quantity label="Altitude" name="altitude" of={typed.height} size={6} />
                <Choice label="Slopes by" name="grade" choices={GRADES} />
                <Choice label="Indoor track" name="track" choices={TRACKS} />
                <Tick label="At home at that altitude" name="acclimatised" />
            </More>
        </>
    );
}

/* --- the answer ------------------------------------------------------------------------ */

function Tiles({ plan }) {
    const digits = digitsOf(plan);
    const chance = plan.chance_pct === null ? 'not known' : percent(plan.chance_pct);
    const costs = plan.even_speed_s - plan.finish_s;
    return (
        <div class="tiles">
            <div class="card tile">
                <h2>{plan.event ? eventName(plan.event) : plan.course}{plan.target_s ? ', your target' : ', as fast as can be'}</h2>
                <p class="big">{mark(plan.finish_s, digits)}</p>
                <p class="quiet">{paceText(plan.distance_m / plan.finish_s)} <Why of={plan.because} what={`The plan for ${mark(plan.finish_s, digits)}`}
                    more={[['Solved', `to ${number(plan.mesh_error_s, 4)} s in ${number(plan.rounds)} rounds`]]} /></p>
            </div>
            <div class="card tile">
                <h2>The chance of it</h2>
                <p class="big">{chance}</p>
                <p class="quiet">{plan.chance_pct === null ? 'the curve does not say how sure it is' : 'that the race goes so or faster'}{' '}
                    <Why of={plan.because} what={`the chance of ${chance}`} /></p>
            </div>
            <div class="card tile">
                <h2>What the curve allows</h2>
                <p class="big">{mark(plan.fastest_s, digits)}</p>
                <p class="quiet">with all spent at the finish <Why of={plan.because} what="what the curve allows" /></p>
            </div>
            <div class="card tile">
                <h2>At one even speed</h2>
                <p class="big">{mark(plan.even_speed_s, digits)}</p>
                <p class="quiet">{costs > 0.05 ? `${number(costs, costs < 10 ? 1 : 0)} s slower for the same wear` : 'as good: the way is flat'}{' '}
                    <Why of={plan.because} what="the time at one even speed" /></p>
            </div>
        </div>
    );
}

function profileSpec({ distance_m: metres, rise_m: rise, speed_mps: speed }) {
    return {
        x: {
            name: 'Distance', values: metres, text: (m) => distance(m, 2), pixels: 56,
            ticks: (min, max, count) => roundTicks(min, max, count, longUnitM()),
            label: (m, all) => number(m / longUnitM(), all.length > 1 && all[1] - all[0] < longUnitM() * 0.99 ? 1 : 0),
        },
        lines: [
            { label: 'height above the start', values: rise, text: (m) => climb(m), colour: '--ground', fill: '--ground-soft', scale: 'rise' },
            { label: 'pace', values: speed, text: paceText, colour: '--pace', scale: 'y' },
        ],
        scales: {
            y: { text: pace, ticks: paceTicks, label: `pace ${paceUnit()}`, size: 52 },
            rise: { text: height, label: heightUnit(), side: 1, size: 44 },
        },
    };
}

function Profile({ plan }) {
    const spec = useMemo(() => plan.profile && profileSpec(plan.profile), [plan]);
    if (!spec) return null;
    return (
        <section class="card">
            <Chart spec={spec} height={240} caption={`The course and the pace over it, by ${longUnit()}; faster is higher.`}>
                <Why of={plan.because} what="the pace over the course" />
            </Chart>
        </section>
    );
}

function Splits({ plan }) {
    const digits = digitsOf(plan);
    const columns = [
        { key: 'at', label: 'At', class: 'n', text: (s) => place(s.distance_m, plan) },
        { key: 'time', label: 'Time', class: 'n', text: (s) => passing(s.time_s, digits) },
        { key: 'lap', label: 'Split', class: 'n', text: (s) => passing(s.lap_s, digits || 1) },
        { key: 'flat', label: 'As on flat', class: 'n wide', text: (s) => `${clock(longUnitM() / s.flat_speed_mps, 1)} ${paceUnit()}` },
        { key: 'left', label: 'Left', class: 'n', text: (s) => (s.reserve_pct < -0.005 ? 'spent' : percent(s.reserve_pct)) },
    ];
    return (
        <section class="card" aria-labelledby="plan">
            <h2 id="plan">The plan <Why of={plan.because} what="the splits" more={[
                ['As on flat', 'the pace that would be as hard on the flat'], ['Left', 'of what the curve allows over the whole race'],
            ]} /></h2>
            <Table caption="Where to be when, and what is left of what the curve allows" columns={columns} rows={plan.splits}
                rowKey={(s) => s.distance_m} size={100} />
        </section>
    );
}

/** Two columns for the wrist: what is printed is this alone. */
function Band({ plan }) {
    const title = `${plan.event ?? plan.course} in ${mark(plan.finish_s)}`;
    return (
        <section class="card band-place" aria-labelledby="band">
            <h2 id="band">The band for the wrist</h2>
            <div class="band">
                <p class="band-title">{title}</p>
                <ol class="band-rows" style={`--rows: ${Math.ceil(plan.splits.length / 2)}`}>
                    {plan.splits.map((s) => (
                        <li key={s.distance_m}><span>{place(s.distance_m, plan)}</span> <b>{passing(s.time_s)}</b></li>
                    ))}
                </ol>
            </div>
            <p class="pickers"><button type="button" class="first" onClick={() => print()}>Print the band</button></p>
        </section>
    );
}

const FILES = [
    ['fit-workout', 'workout.fit', 'The splits as a workout for a watch', () => true],
    ['fit-course', 'course.fit', 'The course for a watch, its partner on plan', (file) => file && !/\.csv$/i.test(file.name)],
    ['lights', 'lamps.csv', 'When each lamp along a track lights up', (file) => !file],
];

/** Asks for a file and hands it to the browser to keep. */
async function keep(address, file, name) {
    const response = await fetch(address, { method: file ? 'POST' : 'GET', body: file ?? undefined });
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? response.statusText);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Files({ words, options, file }) {
    const [said, setSaid] = useState('');
    const files = FILES.filter(([, , , fits]) => fits(file));
    return (
        <section class="card" aria-labelledby="along">
            <h2 id="along">To take along</h2>
            <ul class="steps">
                {files.map(([code, name, text]) => (
                    <li key={code}>
                        <button type="button" onClick={() => keep(ask(words, { ...options, send: code }), file, name)
                            .then(() => setSaid(`${name} is saved.`), (error) => setSaid(error.message))}>{name}</button> {text}
                    </li>
                ))}
            </ul>
            <p class="note" role="status">{said}</p>
        </section>
    );
}

function Unknown({ error }) {
    return (
        <Empty title="No curve of yours is known yet" next={[
            { text: 'Bring in your watch files', href: '/import' },
            { text: 'or tell a result:', command: 'harrier race add 36:40 10K --date 2026-03-01' },
        ]}><Said text={error.message} /></Empty>
    );
}

export function Pace() {
    const [file, setFile] = useState(course);
    const { query } = here();
    const words = ['pace', eventOf(query)];
    const asOf = useAsOf();
    const options = { ...optionsOf(query), date: asOf.day, name: file?.name };
    const address = asOf.day ? ask(words, options) : null;
    const flat = useAnswer(file ? null : address);
    const sent = useSent(file ? address : null, file);
    const answer = file ? sent : flat;
    const onFile = (chosen) => {
        course = chosen;
        setFile(chosen);
    };
    return (
        <>
            <Heading title="Pace" />
            <Question />
            <Course file={file} onFile={onFile} />
            <AsOfNote of={asOf} />
            {answer.error?.exit === 5 ? <Unknown error={answer.error} /> : (
                <Answer of={answer} what="the plan">
                    {(plan) => (
                        <>
                            <Tiles plan={plan} />
                            <Profile plan={plan} />
                            <div class="columns">
                                <Splits plan={plan} />
                                <div class="stack">
                                    <Band plan={plan} />
                                    <Files words={words} options={options} file={file} />
                                </div>
                            </div>
                        </>
                    )}
                </Answer>
            )}
        </>
    );
}
