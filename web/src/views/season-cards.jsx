// SPDX-License-Identifier: MIT
// What stands around the season's charts: last week, form, the next race and the last, what could be
// run, the plan, camps, and what a coach would look at.

import { Empty } from '../empty.jsx';
import { Bar, Table } from '../table.jsx';
import { Why } from '../why.jsx';
import { sentence } from '../words.js';
import * as u from '../units.js';

/** The reason behind a predicted time, with its evidence. */
function predictionReasons(prediction) {
    return (prediction.evidence ?? []).slice(0, 4).map((mark) => [
        u.dayName(mark.date, { weekday: false }),
        `${mark.event} ${mark.mark}, ${mark.kind}: moved it by ${u.signed(mark.moved_pct, 1)} %`,
    ]);
}

const interval = (p) => `${u.foretold(p.event, p.low80_s)} to ${u.foretold(p.event, p.high80_s)}`;

/** Sums over activities, and how they compare with the weeks before. */
function totals(activities) {
    const sum = (of) => activities.reduce((all, one) => all + (of(one) ?? 0), 0);
    return { distance_m: sum((a) => a.distance_m), moving_s: sum((a) => a.moving_s), load: sum((a) => a.load), count: activities.length };
}

const between = (activities, from, to) => activities.filter(({ local_start: at }) => {
    const day = at.slice(0, 10);
    return from <= day && day <= to;
});

/** The last whole week, or the first one under way, beside the four before it. */
export function WeekTile({ activities, asOf }) {
    const present = u.mondayOf(u.dayNumber(asOf));
    const since = totals(between(activities, u.dayDate(present), asOf));
    const past = totals(between(activities, u.dayDate(present - 7), u.dayDate(present - 1)));
    const begun = past.count === 0 && since.count > 0;
    const monday = begun ? present : present - 7;
    const week = begun ? since : past;
    const from = u.dayDate(monday);
    const to = u.dayDate(monday + 6);
    const before = totals(between(activities, u.dayDate(monday - 28), u.dayDate(monday - 1)));
    const title = begun ? 'This week so far' : 'Last week';
    return (
        <section class="card tile" aria-label={title}>
            <h2>{title}, {u.span(from, to)}</h2>
            <p class="big">{u.long(week.distance_m)} <small>{u.longUnit()}</small></p>
            <p>{u.hours(week.moving_s)} in {u.number(week.count)} {week.count === 1 ? 'session' : 'sessions'}, <span class="nowrap">load {u.number(week.load)}{' '}
                <Why what="the numbers of a week" of={activities[0]?.because} more={[
                    ['Sum', 'of the sessions of the week, Monday to Sunday'], ['Load', '100 is an hour at the pace that is held for an hour'],
                ]} /></span></p>
            {before.count > 0 && <p class="quiet">The four weeks before: {u.distance(before.distance_m / 4)}, load {u.number(before.load / 4)} a week</p>}
            {!begun && since.count > 0 && <p>This week so far {u.distance(since.distance_m)}, load {u.number(since.load)}</p>}
            <p><a href={`/activities?since=${from}&until=${to}`}>Its sessions</a></p>
        </section>
    );
}

function formWords(form) {
    if (form > 15) return 'rested';
    if (form > 5) return 'fresh';
    if (form >= -10) return 'in balance';
    if (form >= -25) return 'tired, as in training';
    return 'very tired';
}

export function FormTile({ load, day }) {
    return (
        <section class="card tile" aria-label="Form">
            <h2>Form, {u.dayName(day.date)}</h2>
            <p class="big">{u.signed(day.form)} <small>{formWords(day.form)}</small></p>
            <p>Fitness {u.number(day.fitness)}, fatigue {u.number(day.fatigue)}, load of 7&nbsp;days <span class="nowrap">{u.number(day.week_load)}{' '}
                <Why what="fitness, fatigue and form" of={load.because}
                    more={[['Threshold', `${u.paceText(load.threshold_mps)}, the pace held for an hour`]]} /></span></p>
            <p class="quiet">{load.no_response ?? ''}</p>
        </section>
    );
}

export function NextRaceTile({ plan, asOf, ahead }) {
    const race = ahead[0];
    if (!race) {
        return (
            <section class="card tile" aria-label="Next race">
                <h2>Next race</h2>
                <p class="big"><small>none planned</small></p>
                <p><a href="#plan">Plan one</a>, and the weeks up to it</p>
            </section>
        );
    }
    const days = u.dayNumber(race.date) - u.dayNumber(asOf);
    return (
        <section class="card tile" aria-label="Next race">
            <h2>Next race, {u.dayName(race.date)}{race.name ? `, ${race.name}` : ''}</h2>
            <p class="big">{u.eventName(race.event)} <small>{days === 0 ? 'today' : `in ${u.number(days)} ${days === 1 ? 'day' : 'days'}`}</small></p>
            {race.time_s ? (
                <p>Could be {u.foretold(race.event, race.time_s)}, 80&nbsp;%: {u.foretold(race.event, race.low80_s)} to <span class="nowrap">{u.foretold(race.event, race.high80_s)}{' '}
                    <Why what={`the time of ${race.event} on ${race.date}`} of={plan.because} interval={`80 of 100: ${interval(race)}`} /></span></p>
            ) : <p>{sentence((plan.no_prediction ?? '').replace(/; --sex.*/, ''))}</p>}
            <p class="quiet">Importance {race.importance}; form on the day <span class="nowrap">{u.signed(race.form)}{' '}
                <Why what={`form on ${race.date}`} of={plan.because}
                    more={[['Form', 'fitness less fatigue on that morning, if the weeks go as planned']]} /></span></p>
            <p><a href={`/pace?event=${encodeURIComponent(race.event)}&date=${race.date}`}>A plan of its pace</a></p>
        </section>
    );
}

export function LastRaceTile({ races, because }) {
    const race = races.at(-1);
    if (!race) {
        return (
            <section class="card tile" aria-label="Last race">
                <h2>Last race</h2>
                <p class="big"><small>none kept</small></p>
                <p>Official results come in under <a href="/import">Import</a>, or one by one: <code>harrier race add 28:43 10K</code></p>
            </section>
        );
    }
    return (
        <section class="card tile" aria-label="Last race">
            <h2>Last race, {u.dayName(race.date)}{race.venue ? `, ${race.venue}` : ''}</h2>
            <p class="big">{race.mark} <small>{u.eventName(race.event)}</small></p>
            <p>{race.place ? `Place ${race.place}. ` : ''}{race.eligible === false ? 'Aided: no personal best. ' : ''}{race.gps_s && <>By the watch {u.mark(race.gps_s, 1)} <Why what="the time by the watch" of={because} /></>}</p>
            <p>{race.activity ? <a href={`/race/${race.activity}`}>How it was run</a> : <a href="/races">All races</a>}</p>
        </section>
    );
}

/** Low to high of a prediction beside the others, as shares of its middle. */
function Whisker({ p, reach }) {
    const at = (s) => 50 + ((s / p.time_s - 1) / reach) * 50;
    return (
        <svg class="whisker" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
            <path d={`M${at(p.low95_s)} 6H${at(p.high95_s)}`} class="whisker-95" />
            <path d={`M${at(p.low80_s)} 6H${at(p.high80_s)}`} class="whisker-80" />
            <path d="M50 1V11" class="whisker-middle" />
        </svg>
    );
}

export function Predictions({ answer, asOf }) {
    const rows = answer.predictions;
    const reach = Math.max(...rows.map((p) => p.high95_s / p.time_s - 1)) * 1.05;
    const columns = [
        { key: 'event', label: 'Event', text: (p) => u.eventName(p.event) },
        {
            key: 'time', label: 'Time', class: 'n', text: (p) => (
                <>
                    <b>{u.foretold(p.event, p.time_s)}</b>{' '}
                    <Why what={`${u.foretold(p.event, p.time_s)} for ${u.eventName(p.event)}`} of={p.because}
                        interval={`80 of 100: ${interval(p)}`} more={predictionReasons(p)} />
                </>
            ),
        },
        { key: 'likely', label: '80 of 100', class: 'n wraps', text: interval },
        { key: 'spread', label: 'How sure', class: 'wide', text: (p) => <Whisker p={p} reach={reach} /> },
    ];
    return <Table caption={`On ${u.dayName(asOf)}, flat, cool and still`} columns={columns} rows={rows} rowKey={(p) => p.event} />;
}

export function Plan({ plan, asOf }) {
    const from = u.dayDate(u.mondayOf(u.dayNumber(asOf)));
    const weeks = plan.weeks.filter(({ monday }) => monday >= from);
    if (weeks.length === 0) {
        return <Empty title={`The plan that began on ${u.dayName(plan.from)} is over.`}
            next={[{ text: 'Plan what comes next:', command: 'harrier season plan races.csv' }]} />;
    }
    const most = Math.max(...weeks.map(({ load }) => load));
    const columns = [
        { key: 'monday', label: 'Week of', class: 'nowrap', text: (w) => u.dayName(w.monday, { weekday: false, year: false }) },
        { key: 'phase', label: 'Phase', text: (w) => w.phase + (w.easy ? ', easy' : '') },
        { key: 'load', label: 'Load', class: 'n', text: (w) => <Bar share={w.load / most}>{u.number(w.load)}</Bar> },
        { key: 'distance', label: u.longUnit(), class: 'n mid', text: (w) => u.long(w.distance_m, 0) },
        { key: 'long', label: 'Longest', class: 'n mid', text: (w) => u.long(w.long_run_m, 0) },
        {
            key: 'mix', label: 'Easy / threshold / fast', class: 'n wide',
            text: (w) => `${u.number(w.easy_pct)} / ${u.number(w.threshold_pct)} / ${u.number(w.fast_pct)} %`,
        },
        {
            key: 'what', label: 'What', text: (w) => [
                w.camp && `camp ${w.camp}`, w.off_days > 0 && `${w.off_days} days off`,
                ...w.races.map((race) => `${race.importance} race ${race.event}`),
            ].filter(Boolean).join(', '),
        },
    ];
    return (
        <>
            <Table caption="The weeks to come" columns={columns} rows={weeks} rowKey={(w) => w.monday} size={16} />
            {plan.unmet.length > 0 && <ul class="note">{plan.unmet.map(({ note }) => <li key={note}>{note}</li>)}</ul>}
        </>
    );
}

export function Camps({ answer }) {
    const columns = [
        { key: 'name', label: 'Camp', text: (c) => c.name ?? (c.source === 'found' ? 'found' : 'told') },
        { key: 'when', label: 'When', sort: (c) => c.from, text: (c) => u.span(c.from, c.to) },
        { key: 'altitude', label: 'Altitude', class: 'n', sort: (c) => c.altitude_m, text: (c) => u.climb(c.altitude_m) },
        { key: 'dose', label: 'Dose, km·h', class: 'n wide', sort: (c) => c.dose_km_h, text: (c) => u.number(c.dose_km_h) },
        {
            key: 'gain', label: 'Haemoglobin', class: 'n', sort: (c) => c.haemoglobin_pct,
            text: (c) => (
                <>
                    {u.signed(c.haemoglobin_pct, 1)} %{' '}
                    <Why what={`what the camp of ${u.dayName(c.from)} may bring`} of={answer.because}
                        interval={`80 of 100: ${u.signed(c.low_pct, 1)} to ${u.signed(c.high_pct, 1)} %`}
                        more={[['Dose', `${u.number(c.dose_km_h)} km·h, ${u.number(c.hours)} hours`], ...c.windows.map((w) => [`${u.span(w.from, w.to)}: ${w.race ? 'race' : 'better not'}`, w.note])]} />
                </>
            ),
        },
    ];
    return <Table caption="Stays at altitude, told or found in what the watch recorded" columns={columns} rows={answer.camps} rowKey={(c) => c.from}
        sort={{ key: 'when', down: true }} size={8} />;
}

export function Attention({ squad, athlete }) {
    const row = squad.athletes.find(({ name }) => name === athlete) ?? squad.athletes[0];
    if (!row || row.attention.length === 0) return <p>Nothing stands out beside the weeks before.</p>;
    return (
        <>
            <ul class="attention">
                {row.attention.map(({ what, because }) => <li key={what}><b>{what}</b> {u.inUnits(because)}</li>)}
            </ul>
            <p class="quiet">Everybody beside their own weeks before. <Why what="what is worth a look" of={squad.because} /></p>
        </>
    );
}
