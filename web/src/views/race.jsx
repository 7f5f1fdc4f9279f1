// SPDX-License-Identifier: MIT
// One's own race: how it was run against one even effort, the official result beside the watch's, what
// it was worth, the course, and how the legs came back.

import { useMemo } from 'preact/hooks';
import { ask, useAnswer } from '../api.js';
import { Chart, Numbers } from '../chart.jsx';
import { Answer, Empty } from '../empty.jsx';
import { Heading } from '../heading.jsx';
import { useSteps } from '../keys.js';
import { Bar, Table } from '../table.jsx';
import { Why } from '../why.jsx';
import { asMark, likely, raceTitle } from './races.jsx';
import { ownRaceSpecs } from './race-charts.js';
import { paceTicks } from './streams.js';
import { sentence } from '../words.js';
import * as u from '../units.js';
import './activity.css';

const present = (x) => x !== null && x !== undefined;

/** What it was worth, as predictions take it. */
function Worth({ race, because }) {
    if (!present(race.standard_s)) return null;
    return (
        <div>
            <dt>Worth</dt>
            <dd>{asMark(race, race.standard_s)} <small>flat, cool, still, at sea level{' '}
                <Why what={`what ${race.mark} was worth`} of={because} interval={likely(race)} />
            </small></dd>
        </div>
    );
}

function Facts({ race, activity, because }) {
    return (
        <section class="card" aria-label="The result">
            <dl class="facts">
                <div><dt>Official</dt><dd>{race.mark} <small>{u.eventName(race.event)}</small></dd></div>
                {race.place && <div><dt>Place</dt><dd>{u.number(race.place)}</dd></div>}
                {present(race.gps_s) && (
                    <div><dt>By the watch</dt><dd>{u.mark(race.gps_s, 1)} <small>
                        {u.signed(race.gps_s - race.time_s, 1)} s <Why what="the time by the watch" of={because} />
                    </small></dd></div>
                )}
                <div><dt>Pace</dt><dd>{u.paceText(race.distance_m / race.time_s)}</dd></div>
                <Worth race={race} because={because} />
                {activity?.course && (
                    <div><dt>Course</dt><dd>{activity.course.listed_as} <small>
                        falls {u.fall(activity.course.drop_m_per_km)}{' '}
                        <Why what="the verdict on the course" of={activity.course.because}
                            more={activity.course.reasons.map((reason, i) => [String(i + 1), reason])} />
                    </small></dd></div>
                )}
            </dl>
            {race.eligible === false && <p class="quiet">Lists and records do not take a mark from there.</p>}
            {race.notes && <p class="quiet">{race.notes}</p>}
        </section>
    );
}

function Laps({ laps, name }) {
    const most = Math.max(...laps.map((lap) => Math.abs(lap.lost_s ?? 0)), 0.1);
    const columns = [
        { key: 'to', label: 'To', class: 'n', text: (l) => name(l.to_m) },
        { key: 'time', label: 'Time', class: 'n', text: (l) => u.clock(l.time_s, l.time_s % 1 && l.time_s < 1800 ? 1 : 0) },
        { key: 'lap', label: 'Lap', class: 'n', sort: (l) => l.lap_s, text: (l) => u.mark(l.lap_s, 1) },
        { key: 'pace', label: u.paceUnit(), class: 'n mid', sort: (l) => l.lap_m / l.lap_s, text: (l) => u.pace(l.lap_m / l.lap_s) },
        { key: 'flat', label: 'Flat', class: 'n mid', sort: (l) => l.flat_speed_mps, text: (l) => u.pace(l.flat_speed_mps) },
        { key: 'heart', label: 'bpm', class: 'n wide', sort: (l) => l.heart_bpm, text: (l) => u.number(l.heart_bpm) },
        {
            key: 'lost', label: 'Lost, s', class: 'n', sort: (l) => l.lost_s,
            text: (l) => <Bar share={Math.abs(l.lost_s ?? 0) / most} kind={l.lost_s > 0 ? 'bad' : 'good'}>{u.signed(l.lost_s, 1)}</Bar>,
        },
    ];
    return <Table caption="Lost: to one even effort in the same time; the laps add up to nothing" columns={columns} rows={laps} rowKey={(l) => l.to_m} />;
}

const SIGNS = { heart: 'Heart rate at easy pace', pace: 'Easy pace', decoupling: 'Drift of the heart within easy runs' };

function Recovery({ activity }) {
    const r = activity.recovery;
    if (!r) return <p>{activity.recovery_unknown ?? 'Not known.'}</p>;
    const rows = Object.keys(SIGNS).filter((sign) => r[sign]).map((sign) => ({ sign, ...r[sign] }));
    const columns = [
        { key: 'sign', label: 'Sign', text: (row) => SIGNS[row.sign] },
        { key: 'days', label: 'Days', class: 'n', text: (row) => <b>{u.number(row.days, 1)}</b> },
        { key: 'likely', label: '80 %', class: 'n', text: (row) => `${u.number(row.low_days, 1)} to ${u.number(row.high_days, 1)}` },
    ];
    return (
        <>
            <Table caption="Days until easy runs were as usual again" columns={columns} rows={rows} rowKey={(row) => row.sign} />
            <p class="quiet">From {r.runs_before} easy runs before and {r.runs_after} after, to {u.dayName(r.until)}. <Why what="recovery" of={r.because} /></p>
        </>
    );
}

function Run({ answer, name, place }) {
    const { laps } = answer.athletes[0];
    const charts = useMemo(() => ownRaceSpecs(laps, paceTicks, place), [laps]);
    const joint = useMemo(() => ({ x: charts[0].spec.x, lines: charts.flatMap(({ spec }) => spec.lines) }), [charts]);
    const { decisive } = answer;
    return (
        <>
            <p class="verdict">{sentence(decisive.because)}{decisive.from_m !== null && present(decisive.from_m)
                ? ` (${place(decisive.from_m)} to ${place(decisive.to_m)})` : ''}. <Why what="how it was run" of={answer.because} /></p>
            <div class="streams half">
                <section class="card" aria-label="How it was run">
                    {charts.map(({ name: key, spec, caption, height }) => (
                        <Chart key={key} spec={spec} caption={caption} height={height} group="race" numbers={false} />
                    ))}
                    <Numbers spec={joint} caption={`${name}, lap by lap`} />
                </section>
                <section class="card" aria-labelledby="laps"><h2 id="laps">Laps <Why what="what was lost" of={answer.because} /></h2><Laps laps={laps} name={place} /></section>
            </div>
        </>
    );
}

function useNeighbours(races, id) {
    const run = [...races].filter(({ activity }) => activity).sort((a, b) => (a.date < b.date ? -1 : 1));
    const i = run.findIndex(({ activity }) => String(activity) === id);
    const address = (race) => (race ? `/race/${race.activity}` : null);
    const next = i >= 0 ? address(run[i + 1]) : null;
    const previous = i > 0 ? address(run[i - 1]) : null;
    useSteps(next, previous);
    return { next, previous };
}

/** Signs along a road count kilometres or miles; laps of a track are what they are. */
function isOnRoad(race, activity) {
    return race ? u.isRoad(race.event) : activity && activity.sub_sport !== 'track' && activity.distance_m > 4500;
}

export function Race({ id }) {
    const races = useAnswer(ask(['race', 'list']));
    const show = useAnswer(ask(['show', id], { every: u.splitEvery() }));
    const race = races.data?.races.find(({ activity }) => String(activity) === id);
    const activity = show.data?.activity;
    const every = isOnRoad(race, activity) ? u.splitEvery() : null;
    const known = !u.splitEvery() || !(races.loading || show.loading);
    const run = useAnswer(known ? ask(['race', 'analyse', id], { every }) : null);
    const { next, previous } = useNeighbours(races.data?.races ?? [], id);
    const title = race ? `${race.mark} ${u.eventName(race.event)}` : activity?.name ?? 'Race';
    return (
        <>
            <Heading title={title} tab={race ? `${title}, ${race.date}` : title} />
            <div class="heading under">
                {race && <p>{u.dayName(race.date)}, {raceTitle(race)}</p>}
                {activity && <p><a href={`/activity/${id}`}>The activity</a></p>}
                <nav class="neighbours" aria-label="Neighbours in time">
                    {previous && <a href={previous}>Earlier</a>}
                    {next && <a href={next}>Later</a>}
                </nav>
            </div>
            {race && <Facts race={race} activity={activity} because={races.data.because} />}
            {show.error?.status === 404
                ? <Empty title="No activity has this number." next={[{ text: 'All races', href: '/races' }]} />
                : <Answer of={run} what="how it was run">{(answer) => <Run answer={answer} name={title} place={every ? u.splitName : u.placeName} />}</Answer>}
            {activity?.race && (
                <section class="card" aria-labelledby="back"><h2 id="back">Recovery</h2><Recovery activity={activity} /></section>
            )}
        </>
    );
}
