// SPDX-License-Identifier: MIT
// Races: official marks beside what the watch measured, and what each was worth in standard conditions.

import { ask, useAnswer } from '../api.js';
import { Answer, Empty } from '../empty.jsx';
import { Choice, Field, Fields } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { useHere } from '../route.js';
import { Table } from '../table.jsx';
import { Why } from '../why.jsx';
import { Points } from '../worth.jsx';
import * as u from '../units.js';

export const raceTitle = (race) => [race.name, race.venue].filter(Boolean).join(', ') || u.eventName(race.event);

/** What stands against a mark, in a word. */
export function standing(race) {
    if (!race.official) return 'by the watch';
    if (race.eligible === false) return 'aided';
    return race.eligible ? 'counts' : '';
}

/** A time of an event as its marks are written: hundredths on the track, seconds on the road. */
export const asMark = (race, s) => u.mark(s, /\.\d\d/.test(race.mark) ? 2 : race.mark.includes('.') ? 1 : 0);

/** 80 of 100: 1.2816 standard deviations to either side. */
export function likely(race) {
    const by = (sign) => asMark(race, race.standard_s * Math.exp(sign * 1.2816 * race.standard_sd_pct / 100));
    return `80 of 100: ${by(-1)} to ${by(1)}`;
}

function columnsOf(because) {
    return [
        {
            key: 'date', label: 'Day', class: 'folds', sort: (r) => r.date,
            text: (r) => (r.activity
                ? <a data-item href={`/race/${r.activity}`}>{u.dayName(r.date, { weekday: false })}</a>
                : u.dayName(r.date, { weekday: false })),
        },
        { key: 'event', label: 'Event', sort: (r) => r.distance_m, text: (r) => u.eventName(r.event) },
        { key: 'race', label: 'Race', class: 'mid', sort: raceTitle, text: (r) => [r.name, r.venue].filter(Boolean).join(', ') || '–' },
        { key: 'mark', label: 'Official', class: 'n', sort: (r) => r.time_s, text: (r) => <b>{r.mark}</b> },
        {
            key: 'gps', label: 'By the watch', class: 'n mid', sort: (r) => r.gps_s,
            text: (r) => <Why number label={u.mark(r.gps_s, 1)} what={`${u.mark(r.gps_s, 1)} by the watch`} of={r.gps_s ? because : null} />,
        },
        {
            key: 'worth', label: 'Worth', class: 'n', sort: (r) => r.standard_s,
            text: (r) => (r.standard_s
                ? <Why number label={asMark(r, r.standard_s)} what={`what ${r.mark} was worth`} of={because} interval={likely(r)} /> : '–'),
        },
        { key: 'place', label: 'Place', class: 'n wide', sort: (r) => r.place, text: (r) => u.number(r.place) },
        { key: 'counts', label: 'For lists', class: 'wide', sort: standing, text: standing },
    ];
}

function Bests({ bests }) {
    const columns = [
        { key: 'event', label: 'Event', text: (b) => u.eventName(b.event) },
        { key: 'mark', label: 'Mark', class: 'n', text: (b) => <><b>{b.mark}</b>{!b.counts && <small> aided</small>}</> },
        { key: 'points', label: 'Points', class: 'n', sort: (b) => b.points, text: (b) => <Points row={b} /> },
        { key: 'date', label: 'Day', class: 'folds', sort: (b) => b.date, text: (b) => u.dayName(b.date, { weekday: false }) },
        { key: 'race', label: 'Race', class: 'mid', text: (b) => `${b.race ?? '–'}${b.counts ? '' : ' (no best)'}` },
    ];
    return <Table caption="Official marks alone; points are World Athletics’" columns={columns} rows={bests} rowKey={(b) => b.id} />;
}

function List({ answer, query }) {
    const rows = answer.races.filter((r) => !query.get('event') || r.event === query.get('event'));
    const events = [...new Map(answer.races.map((r) => [r.event, r.distance_m]))].sort((a, b) => a[1] - b[1]);
    if (answer.races.length === 0) {
        return (
            <Empty title="No race is kept." next={[
                { text: 'Drop a result sheet or a list of your races', href: '/import' },
                { text: 'or tell one:', command: 'harrier race add 28:43 10K --date 2025-10-12' },
                { text: 'Look at the splits of a field', href: '/race/field' },
            ]}>An official result finds the activity that recorded it.</Empty>
        );
    }
    return (
        <>
            <Fields label="Filters" button={null}>
                <Choice label="Event" name="event" choices={[['', 'All'], ...events.map(([code]) => [code, u.eventName(code)])]} />
                <Field label="From" name="since" type="date" />
                <Field label="To" name="until" type="date" />
            </Fields>
            <section class="card" aria-label="Races">
                <Table caption="The newest first. Worth: in standard conditions, flat, cool, still and at sea level"
                    columns={columnsOf(answer.because)} rows={rows} rowKey={(r) => r.id} sort={{ key: 'date', down: true }} />
            </section>
        </>
    );
}

export function Races() {
    const { query } = useHere();
    const races = useAnswer(ask(['race', 'list'], { since: query.get('since'), until: query.get('until') }));
    const bests = useAnswer(ask('bests'));
    return (
        <>
            <Heading title="Races"><a href="/race/field">The splits of a field</a></Heading>
            <Answer of={races} what="the races">{(answer) => <List answer={answer} query={query} />}</Answer>
            {bests.data?.personal_bests?.length > 0 && (
                <section class="card" aria-labelledby="pbs">
                    <h2 id="pbs">Personal bests <Why what="personal bests and their points" of={bests.data.because} /></h2>
                    <Bests bests={bests.data.personal_bests} />
                </section>
            )}
        </>
    );
}
