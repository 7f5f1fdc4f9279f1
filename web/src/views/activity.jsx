// SPDX-License-Identifier: MIT
// One activity: its numbers, its streams under one cursor, where it was run, splits, laps, bests.

import { useMemo } from 'preact/hooks';
import { ask, useAnswer } from '../api.js';
import { Chart, Numbers } from '../chart.jsx';
import { Answer } from '../empty.jsx';
import { Heading } from '../heading.jsx';
import { useSteps } from '../keys.js';
import { useHere, withQuery } from '../route.js';
import { Bar, Table } from '../table.jsx';
import { Why } from '../why.jsx';
import { RouteMap } from './route-map.jsx';
import { streamCharts } from './streams.js';
import { sentence } from '../words.js';
import * as u from '../units.js';
import './activity.css';

const NEIGHBOURS_DAYS = 30;

const present = (x) => x !== null && x !== undefined;

/** [what, value, beside it in small, its own reason]; what is not known is not shown */
function factsOf(a) {
    const speed = u.speedOf(a.distance_m, a.moving_s);
    return [
        ['Distance', u.distance(a.distance_m, 2)],
        ['Moving', u.clock(a.moving_s), a.elapsed_s !== a.moving_s && `of ${u.clock(a.elapsed_s)}`],
        ['Pace', u.paceText(speed)],
        present(a.flat_speed_mps) && ['Flat pace', u.paceText(a.flat_speed_mps), null, a.reasons.flat_speed_mps],
        present(a.heart_bpm) && ['Heart rate', `${u.number(a.heart_bpm)} bpm`, a.heart_max_bpm && `most ${u.number(a.heart_max_bpm)}`],
        present(a.ascent_m) && ['Up', u.climb(a.ascent_m), present(a.descent_m) && `down ${u.climb(a.descent_m)}`],
        present(a.altitude_m) && a.altitude_m > 500 && ['Altitude', u.climb(a.altitude_m)],
        present(a.cadence_spm) && ['Cadence', u.number(a.cadence_spm), 'steps a minute'],
        present(a.power_w) && ['Power', `${u.number(a.power_w)} W`],
        present(a.load) && ['Load', u.number(a.load), a.load_source && `from ${a.load_source}`, a.reasons.load],
        a.shoes && ['Shoes', a.shoes],
    ].filter(Boolean);
}

function Facts({ activity }) {
    return (
        <section class="card" aria-label="In numbers">
            <dl class="facts">
                {factsOf(activity).map(([what, value, beside, because]) => (
                    <div key={what}><dt>{what}</dt><dd><Why number label={value} what={what.toLowerCase()} of={because} /> {beside && <small>{beside}</small>}</dd></div>
                ))}
            </dl>
            <p class="quiet">
                <Why what="the numbers of this activity" of={activity.because} label="Why these numbers" more={[
                    ['Distance', `from the ${activity.distance_source}`],
                    present(activity.device_distance_m) && ['By the device', `${u.distance(activity.device_distance_m, 2)}, up ${u.climb(activity.device_ascent_m)}`],
                ].filter(Boolean)} />
            </p>
        </section>
    );
}

function Streams({ answer, by }) {
    const { columns } = answer;
    const charts = useMemo(() => streamCharts(columns, by), [columns, by]);
    const joint = useMemo(() => charts.length > 0 && { x: charts[0].spec.x, note: charts[0].spec.note, lines: charts.flatMap(({ spec }) => spec.lines) }, [charts]);
    const choice = (value, text) => (
        <a href={withQuery({ by: value === 'distance' ? null : value })} aria-current={by === value ? 'true' : undefined}>{text}</a>
    );
    if (charts.length === 0) return <p class="quiet">The file has no samples to draw.</p>;
    const hasRoute = columns.lat_deg && columns.lon_deg;
    return (
        <div class={hasRoute ? 'streams' : ''}>
            <section class="card" aria-label="Streams">
                <nav class="switch" aria-label="Along">{choice('distance', 'By distance')}{choice('time', 'By time')}</nav>
                {charts.map(({ name, spec, caption, height }) => (
                    <Chart key={name} spec={spec} caption={caption} height={height} group="activity" numbers={false}>
                        {name === 'pace' && <Why what="flat pace" of={answer.because} />}
                    </Chart>
                ))}
                <Numbers spec={joint} caption="The samples" />
            </section>
            {hasRoute && (
                <section class="card" aria-label="Route">
                    <RouteMap columns={columns} xs={charts[0].spec.x.values} group="activity" />
                </section>
            )}
        </div>
    );
}

/** How far a pace lies between the slowest and the fastest of the table, for its bar; the slowest keeps
 *  a fifth, so that it is seen. */
function shares(rows, speed) {
    const all = rows.map(speed).filter((v) => v > 0);
    const low = Math.min(...all);
    const high = Math.max(...all);
    return (row) => 0.2 + 0.8 * (high > low ? (speed(row) - low) / (high - low) : 1);
}

function Splits({ splits }) {
    const speed = (s) => (s.to_m - s.from_m) / s.time_s;
    const share = shares(splits, speed);
    const columns = [
        { key: 'to', label: 'To', class: 'n', text: (s) => u.splitName(s.to_m) },
        { key: 'pace', label: u.paceUnit(), class: 'n', sort: speed, text: (s) => <Bar share={share(s)}>{u.pace(speed(s))}</Bar> },
        { key: 'flat', label: 'Flat', class: 'n', sort: (s) => s.flat_speed_mps, text: (s) => u.pace(s.flat_speed_mps) },
        { key: 'time', label: 'Time', class: 'n mid', sort: (s) => s.time_s, text: (s) => u.clock(s.time_s) },
        { key: 'heart', label: 'bpm', class: 'n', sort: (s) => s.heart_bpm, text: (s) => u.number(s.heart_bpm) },
        { key: 'up', label: `Up, down ${u.heightUnit()}`, class: 'n wide', text: (s) => `${u.height(s.ascent_m)}, ${u.height(s.descent_m)}` },
    ];
    return <Table caption={`Every ${u.longWord()}; a longer bar is faster`} columns={columns} rows={splits} rowKey={(s) => s.to_m} />;
}

function Laps({ laps }) {
    const speed = (l) => u.speedOf(l.distance_m, l.timer_s);
    const share = shares(laps, speed);
    const numbered = laps.map((lap, i) => ({ ...lap, n: i + 1 }));
    const columns = [
        { key: 'n', label: 'Lap', class: 'n', text: (l) => l.n, sort: (l) => l.n },
        { key: 'distance', label: 'Distance', class: 'n', sort: (l) => l.distance_m, text: (l) => (l.distance_m < 0.95 * u.longUnitM() ? `${u.number(l.distance_m)} m` : u.distance(l.distance_m, 2)) },
        { key: 'time', label: 'Time', class: 'n', sort: (l) => l.timer_s, text: (l) => u.clock(l.timer_s, l.timer_s % 1 ? 1 : 0) },
        { key: 'pace', label: u.paceUnit(), class: 'n', sort: speed, text: (l) => <Bar share={share(l)}>{u.pace(speed(l))}</Bar> },
        { key: 'heart', label: 'bpm', class: 'n mid', sort: (l) => l.heart_bpm, text: (l) => u.number(l.heart_bpm) },
        { key: 'up', label: `Up, ${u.heightUnit()}`, class: 'n wide', sort: (l) => l.ascent_m, text: (l) => u.height(l.ascent_m) },
    ];
    return <Table caption="As the watch pressed them" columns={columns} rows={numbered} rowKey={(l) => l.n} />;
}

function Bests({ bests }) {
    const columns = [
        { key: 'name', label: 'Over', text: (b) => u.eventName(b.name) },
        { key: 'time', label: 'Time', class: 'n', sort: (b) => b.time_s, text: (b) => u.mark(b.time_s, 1) },
        { key: 'pace', label: u.paceUnit(), class: 'n', sort: (b) => b.distance_m / b.time_s, text: (b) => u.pace(b.distance_m / b.time_s) },
        { key: 'from', label: 'From', class: 'n mid', sort: (b) => b.from_m, text: (b) => u.distance(b.from_m, 2) },
    ];
    return <Table caption="The fastest inside it, by the watch; not official marks" columns={columns} rows={bests} rowKey={(b) => b.name} />;
}

function Origins({ activity }) {
    return (
        <details class="card origins">
            <summary>Where it comes from</summary>
            <ul>
                {activity.sources.map((source) => (
                    <li key={source.path}><code>{source.path}</code>{source.primary ? ', the one used' : ', an alternative'}</li>
                ))}
            </ul>
            <p>{activity.device ?? 'Device not named'}; {u.number(activity.samples)} samples, {u.number(activity.gaps)} gaps;
                {' '}left out: {u.number(activity.dropped_positions)} positions, {u.number(activity.dropped_beats)} heart rates, {u.number(activity.dropped_times)} times.</p>
            {activity.warnings.length > 0 && <ul>{activity.warnings.map((w, i) => <li key={i}>{w.message ?? String(w)}</li>)}</ul>}
        </details>
    );
}

function Neighbours({ id, day }) {
    const at = u.dayNumber(day);
    const around = useAnswer(ask('list', { since: u.dayDate(at - NEIGHBOURS_DAYS), until: u.dayDate(at + NEIGHBOURS_DAYS) }));
    const all = useMemo(() => [...(around.data?.activities ?? [])].sort((a, b) => (a.start < b.start ? -1 : 1)), [around.data]);
    const i = all.findIndex((a) => String(a.id) === id);
    const next = i >= 0 && all[i + 1] ? `/activity/${all[i + 1].id}` : null;
    const previous = i > 0 ? `/activity/${all[i - 1].id}` : null;
    useSteps(next, previous);
    return (
        <nav class="neighbours" aria-label="Neighbours in time">
            {previous && <a href={previous}>Earlier</a>}
            {next && <a href={next}>Later</a>}
        </nav>
    );
}

function Whole({ activity: a, id, streams }) {
    const { query } = useHere();
    const day = a.local_start.slice(0, 10);
    return (
        <>
            <div class="heading under">
                <p>{u.dayName(day)}, {u.timeOfDay(a.local_start)}, {a.sport}{a.setting !== 'outdoor' ? `, ${a.setting}` : ''}</p>
                {a.official && <p>Official: <a href={`/race/${a.id}`}><b>{a.official.mark}</b> {u.eventName(a.official.event)}: how it was run</a></p>}
                <Neighbours id={id} day={day} />
            </div>
            <Facts activity={a} />
            <Answer of={streams} what="the streams">{(answer) => <Streams answer={answer} by={query.get('by') ?? 'distance'} />}</Answer>
            <div class="cards three">
                {a.splits.length > 0 && <section class="card" aria-labelledby="splits"><h2 id="splits">Splits <Why what="the flat pace of splits" of={a.reasons.flat_speed_mps} /></h2><Splits splits={a.splits} /></section>}
                {a.laps.length > 1 && <section class="card" aria-labelledby="laps"><h2 id="laps">Laps</h2><Laps laps={a.laps} /></section>}
                {a.bests.length > 0 && <section class="card" aria-labelledby="bests"><h2 id="bests">Bests <Why what="the bests inside it" of={a.reasons.bests} /></h2><Bests bests={a.bests} /></section>}
            </div>
            <Origins activity={a} />
        </>
    );
}

export function Activity({ id }) {
    const show = useAnswer(ask(['show', id], { every: u.splitEvery() }));
    const streams = useAnswer(ask(['streams', id]));
    const a = show.data?.activity;
    const title = a ? a.name ?? sentence(a.sport) : `Activity ${id}`;
    return (
        <>
            <Heading title={title} tab={a ? `${title}, ${u.dayName(a.local_start)}` : title} />
            <Answer of={show} what="the activity">{({ activity }) => <Whole activity={activity} id={id} streams={streams} />}</Answer>
        </>
    );
}
