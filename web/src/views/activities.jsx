// SPDX-License-Identifier: MIT
// The activities, week by week with their totals. The filters stand in the address.

import { useMemo } from 'preact/hooks';
import { ask, useAnswer } from '../api.js';
import { Answer, Empty } from '../empty.jsx';
import { Choice, Field, Fields, Tick } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { useHere } from '../route.js';
import { Table } from '../table.jsx';
import { Why } from '../why.jsx';
import * as u from '../units.js';
import '../style-views.css';
import './activities.css';

const QUICK = 60; /* enough to fill the screen while the rest is on its way */

const dateOf = (activity) => activity.local_start.slice(0, 10);
const mondayOf = (activity) => u.mondayOf(u.dayNumber(dateOf(activity)));
const sum = (rows, of) => rows.reduce((all, row) => all + (of(row) ?? 0), 0);

/** Every word of the search must stand in the name, the date, the sport or the kind. */
function found(activity, words) {
    const text = `${activity.name ?? ''} ${dateOf(activity)} ${u.dayName(dateOf(activity))} ${activity.sport} ${activity.sub_sport} ${activity.setting} ${activity.race ? 'race' : ''} ${activity.official?.mark ?? ''} ${activity.official?.event ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
}

function Filters({ sports }) {
    return (
        <Fields label="Filters" button={null}>
            <Field label="From" name="since" type="date" />
            <Field label="To" name="until" type="date" />
            {sports.length > 1 && <Choice label="Sport" name="sport" choices={[['', 'All'], ...sports.map((sport) => [sport, sport])]} />}
            <Field label="Contains" name="q" />
            <Tick label="Races only" name="race" />
        </Fields>
    );
}

function WeekHead({ rows }) {
    const monday = mondayOf(rows[0]);
    const races = rows.filter(({ race }) => race).length;
    return (
        <>
            <b>{u.span(u.dayDate(monday), u.dayDate(monday + 6))}</b>
            <span>{u.distance(sum(rows, (a) => a.distance_m))}</span>
            <span>{u.hours(sum(rows, (a) => a.moving_s))}</span>
            <span>{u.number(rows.length)} {rows.length === 1 ? 'session' : 'sessions'}</span>
            <span>{u.climb(sum(rows, (a) => a.ascent_m))} up</span>
            <span>load {u.number(sum(rows, (a) => a.load))}</span>
            {races > 0 && <span>{u.number(races)} {races === 1 ? 'race' : 'races'}</span>}
        </>
    );
}

const speedOf = (a) => u.speedOf(a.distance_m, a.moving_s);

const COLUMNS = () => [
    {
        key: 'date', label: 'Day', class: 'nowrap', sort: (a) => a.start,
        text: (a) => <a data-item href={`/activity/${a.id}`}>{u.dayName(dateOf(a), { year: false })}</a>,
    },
    { key: 'at', label: 'At', class: 'wide', sort: (a) => a.local_start.slice(11), text: (a) => u.timeOfDay(a.local_start) },
    {
        key: 'name', label: 'What', sort: (a) => a.name ?? a.sport, text: (a) => (
            <>
                {a.name ?? a.sport}
                {a.official && <> <a class="official" href={`/race/${a.id}`}>{a.official.mark}</a></>}
            </>
        ),
    },
    { key: 'distance', label: u.longUnit(), class: 'n', sort: (a) => a.distance_m, text: (a) => u.long(a.distance_m) },
    { key: 'time', label: 'Moving', class: 'n', sort: (a) => a.moving_s, text: (a) => u.clock(a.moving_s) },
    { key: 'pace', label: u.paceUnit(), class: 'n mid', sort: speedOf, text: (a) => u.pace(speedOf(a)) },
    { key: 'flat', label: 'Flat pace', class: 'n wide', sort: (a) => a.flat_speed_mps, text: (a) => u.pace(a.flat_speed_mps) },
    { key: 'heart', label: 'bpm', class: 'n mid', sort: (a) => a.heart_bpm, text: (a) => u.number(a.heart_bpm) },
    { key: 'up', label: `Up, ${u.heightUnit()}`, class: 'n wide', sort: (a) => a.ascent_m, text: (a) => u.height(a.ascent_m) },
    { key: 'load', label: 'Load', class: 'n mid', sort: (a) => a.load, text: (a) => u.number(a.load) },
];

function List({ activities, complete, query }) {
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const rows = useMemo(() => activities.filter((a) => found(a, words)), [activities, words.join(' ')]);
    if (rows.length === 0) {
        return complete
            ? <Empty title="No activity is like that." next={[{ text: 'Show all', href: '/activities' }]} />
            : <p class="loading" role="status">Looking through all …</p>;
    }
    return (
        <>
            <p class="totals" role="status">
                {complete ? `${u.number(rows.length)} ${rows.length === 1 ? 'activity' : 'activities'}, ${u.distance(sum(rows, (a) => a.distance_m), 0)}, ${u.hours(sum(rows, (a) => a.moving_s))}, ${u.climb(sum(rows, (a) => a.ascent_m))} up`
                    : 'The latest, while all of them come …'}{' '}
                <Why what="the numbers of an activity" of={rows[0].because}
                    more={[['Load', '100 is an hour at the pace held for an hour; see Season'], ['Weeks', 'sums of what is listed, Monday to Sunday']]} />
            </p>
            <Table caption="Activities" hideCaption columns={COLUMNS()} rows={rows} rowKey={(a) => a.id}
                sort={{ key: 'date', down: true }}
                group={{ by: 'date', key: mondayOf, head: (all) => <WeekHead rows={all} /> }} />
        </>
    );
}

export function Activities() {
    const { query } = useHere();
    const filters = {
        since: query.get('since'), until: query.get('until'), sport: query.get('sport'), race: query.has('race'),
    };
    const quick = useAnswer(ask('list', { ...filters, limit: QUICK }));
    const all = useAnswer(ask('list', filters));
    const shown = all.data || all.error ? all : quick;
    const sports = useMemo(
        () => [...new Set([...(all.data?.activities.map((a) => a.sport) ?? []), query.get('sport')].filter(Boolean))].sort(),
        [all.data, query.get('sport')],
    );
    const filtered = Object.values(filters).some(Boolean) || query.has('q');
    return (
        <>
            <Heading title="Activities" />
            <Filters sports={sports} />
            <Answer of={shown} what="the activities">
                {({ activities }) => (activities.length === 0 && !filtered
                    ? <Empty title="Nothing is kept yet." next={[{ text: 'Drop watch files or an export here', href: '/import' }]}>
                        Harrier reads FIT, TCX and GPX files and whole exports.</Empty>
                    : <List activities={activities} complete={all.data !== null} query={query} />)}
            </Answer>
        </>
    );
}
