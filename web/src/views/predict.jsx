// SPDX-License-Identifier: MIT
// What could be run: the curve of a runner with its intervals over all distances, the same as a table,
// what one event's prediction rests on, and how such predictions would have done before.

import { ask, useAnswer } from '../api.js';
import { AsOfNote, useAsOf } from '../asof.jsx';
import { Answer, Empty, Said } from '../empty.jsx';
import { Choice, Field, Fields } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { here, withQuery } from '../route.js';
import { Table } from '../table.jsx';
import {
    dayName, eventName, foretold, mark, number, paceText, percent, signed,
} from '../units.js';
import { Why } from '../why.jsx';
import { Curve } from './predict_curve.jsx';
import '../style-views.css';

export const EVENTS = ['800', '1500', 'MILE', '3000', '5000', '10000', '5K', '10K', 'HM', 'MAR'];

const between = (p, low, high) => `${foretold(p.event, p[low])} to ${foretold(p.event, p[high])}`;

/** The event that is looked at: what the address says, else the half marathon. */
const chosen = (query) => query.get('event')?.trim() || 'HM';

/** Marks that all others speak against: most often a slip of the pen. */
function Doubts({ doubts }) {
    return doubts.map((d) => (
        <p key={d.mark + d.date} class="note">
            Hardly trusted: {eventName(d.event)} {d.mark} of {dayName(d.date)},{' '}
            {d.surprise_sd < 0 ? 'far faster' : 'far slower'} than all others say. Is it right?
        </p>
    ));
}

/** Why a time is foretold; with `number` the button is the time itself. */
function Foretold({ p, answer, number: isNumber }) {
    const time = foretold(p.event, p.time_s);
    const [first] = p.evidence;
    return (
        <Why of={p.because} what={`${eventName(p.event)} in ${time}`} number={isNumber} label={isNumber ? time : 'why'}
            interval={`50 %: ${between(p, 'low50_s', 'high50_s')}; 80 %: ${between(p, 'low80_s', 'high80_s')}; 95 %: ${between(p, 'low95_s', 'high95_s')}`}
            more={[
                ['Rests on', `${number(answer.marks)} marks`],
                first && ['Moved most by', `${eventName(first.event)} ${first.mark}, ${dayName(first.date, { weekday: false })}: ${signed(first.moved_pct, 2)} %`],
            ].filter(Boolean)} />
    );
}

function Headline({ answer, p }) {
    return (
        <div class="card tile">
            <h2>{eventName(p.event)}, {dayName(answer.date)}</h2>
            <p class="big">{foretold(p.event, p.time_s)}</p>
            <p>
                80 of 100 races between <b>{foretold(p.event, p.low80_s)}</b> and <b>{foretold(p.event, p.high80_s)}</b>{' '}
                <Foretold p={p} answer={answer} />
            </p>
        </div>
    );
}

function EventLink({ event, current }) {
    return (
        <a href={withQuery({ event })} aria-current={event === current ? 'true' : undefined}>{eventName(event)}</a>
    );
}

function All({ answer, current }) {
    const columns = [
        { key: 'event', label: 'Event', text: (p) => <EventLink event={p.event} current={current} /> },
        { key: 'time', label: 'Time', class: 'n', text: (p) => <Foretold p={p} answer={answer} number /> },
        { key: 'fifty', label: '50 of 100', class: 'n wide', text: (p) => between(p, 'low50_s', 'high50_s') },
        { key: 'eighty', label: '80 of 100', class: 'n wraps', text: (p) => between(p, 'low80_s', 'high80_s') },
        { key: 'most', label: '95 of 100', class: 'n wide', text: (p) => between(p, 'low95_s', 'high95_s') },
        {
            key: 'why', label: 'Moved most by', class: 'wide',
            text: (p) => (p.evidence[0] ? `${eventName(p.evidence[0].event)} ${p.evidence[0].mark}, ${p.evidence[0].date}` : '–'),
        },
    ];
    return (
        <section class="card" aria-labelledby="every">
            <h2 id="every">Every event</h2>
            <Table caption="Choose one to see what it rests on" columns={columns}
                rows={answer.predictions} rowKey={(p) => p.event}
                rowClass={(p) => (p.event === current ? 'chosen' : undefined)} />
        </section>
    );
}

function Evidence({ p }) {
    const columns = [
        { key: 'date', label: 'Day', class: 'folds', sort: (e) => e.date, text: (e) => dayName(e.date, { weekday: false }) },
        { key: 'event', label: 'Event', text: (e) => eventName(e.event) },
        { key: 'mark', label: 'Mark', class: 'n', text: (e) => e.mark },
        { key: 'worth', label: 'Worth', class: 'n wide', text: (e) => mark(e.standard_s, e.standard_s < 3600 ? 1 : 0) },
        { key: 'kind', label: 'Kind', class: 'wide', text: (e) => e.kind },
        { key: 'trust', label: 'Trusted', class: 'n wide', sort: (e) => e.trust, text: (e) => percent(100 * e.trust) },
        { key: 'moved', label: 'Moved it', class: 'n', sort: (e) => Math.abs(e.moved_pct), text: (e) => `${signed(e.moved_pct, 2)} %` },
    ];
    const narrow = p.would_narrow;
    return (
        <section class="card" aria-labelledby="rests">
            <h2 id="rests">What it rests on: {eventName(p.event)}{' '}
                <Why of={p.because} what={`what moved ${foretold(p.event, p.time_s)}`} more={[
                    ['Worth', 'the mark in standard conditions: flat, cool, still and at sea level'],
                    ['Trusted', 'how much of the mark counts; slow ones say less of what can be run'],
                    ['Moved it', 'by how much the time would be another without that mark'],
                ]} /></h2>
            <Table caption={`The marks that moved the prediction of ${eventName(p.event)} most`} hideCaption
                columns={columns} rows={p.evidence} rowKey={(e) => `${e.date}${e.event}${e.mark}`} />
            <p class="note">
                Each mark counts by what it is worth in standard conditions. A minus made the predicted time
                shorter, a plus longer.
            </p>
            {narrow && (
                <p>
                    A race over {eventName(narrow.event)} would narrow the interval
                    to {percent(100 * narrow.width_share)} of its width.
                </p>
            )}
        </section>
    );
}

function Readings({ readings }) {
    if (!readings) return null;
    const rows = [
        ['Speed held for 6 minutes', paceText(readings.v_m_mps)],
        ['Fades with duration (gamma)', number(readings.gamma, 4)],
        ['Critical speed', paceText(readings.critical_speed_mps)],
        ['To spend above it (D′)', `${number(readings.d_prime_m)} m`],
        ['VDOT', number(readings.vdot, 1)],
    ];
    return (
        <section class="card" aria-labelledby="readings">
            <h2 id="readings">The curve in other people’s numbers <Why of={readings.because} what="the curve in other numbers" /></h2>
            <dl class="facts">{rows.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
        </section>
    );
}

function Backtest() {
    const back = useAnswer(ask('backtest', { question: here().query.get('question') }));
    const columns = [
        { key: 'event', label: 'Event', text: (e) => (e.event === 'all' ? 'All' : eventName(e.event)) },
        { key: 'n', label: 'Races', class: 'n wide', text: (e) => number(e.n) },
        { key: 'mape', label: 'Off by', class: 'n', text: (e) => percent(e.mape_pct, 2) },
        { key: 'riegel', label: 'Riegel', class: 'n', text: (e) => percent(e.riegel_mape_pct, 2) },
        { key: 'cameron', label: 'Cameron', class: 'n wide', text: (e) => percent(e.cameron_mape_pct, 2) },
        { key: 'vdot', label: 'VDOT', class: 'n wide', text: (e) => percent(e.vdot_mape_pct, 2) },
        { key: 'held', label: '80 of 100 held', class: 'n', text: (e) => percent(e.coverage80_pct) },
    ];
    return (
        <section class="card" aria-labelledby="before">
            <h2 id="before">How such predictions would have done</h2>
            {back.error?.exit >= 4 ? <p class="note">{back.error.message}</p> : (
                <Answer of={back} what="past races">
                    {(answer) => (
                        <>
                            <Table caption="Each past race, foretold from what was known the day before" columns={columns}
                                rows={answer.events} rowKey={(e) => e.event} />
                            <p class="note">
                                The formulas beside it start from the best mark of the nearest distance in the year before.{' '}
                                <Why of={answer.because} what="How past races would have been foretold" />
                            </p>
                        </>
                    )}
                </Answer>
            )}
        </section>
    );
}

function Nothing({ error }) {
    return (
        <Empty title="Nothing to foretell from yet" next={[
            { text: 'Bring in your watch files', href: '/import' },
            { text: 'or tell a result:', command: 'harrier race add 36:40 10K --date 2026-03-01' },
        ]}><Said text={error.message} /></Empty>
    );
}

export function Predict() {
    const { query } = here();
    const current = chosen(query);
    const events = EVENTS.includes(current) ? EVENTS : [current, ...EVENTS];
    const asOf = useAsOf();
    const options = { date: asOf.day, question: query.get('question') };
    const answer = useAnswer(asOf.day ? ask(['predict', ...events], options) : null);
    return (
        <>
            <Heading title="What could be run" tab="Predict" />
            <Fields label="What to predict">
                <Field label="Event" name="event" placeholder="HM" size={8} list="events" hint="or any distance: 12km" />
                <datalist id="events">{EVENTS.map((event) => <option key={event} value={event}>{eventName(event)}</option>)}</datalist>
                <Field label="On" name="date" type="date" />
                <Choice label="Question" name="question" choices={[['race', 'one race'], ['season-best', 'the season’s best']]} />
            </Fields>
            <AsOfNote of={asOf} />
            {answer.error?.exit === 5 ? <Nothing error={answer.error} /> : (
                <Answer of={answer} what="the curve">
                    {(data) => {
                        const p = data.predictions.find(({ event }) => event === current) ?? data.predictions[0];
                        return (
                            <div class="stack">
                                <div class="columns">
                                    <Headline answer={data} p={p} />
                                    <Readings readings={data.readings} />
                                </div>
                                <Doubts doubts={data.doubts} />
                                <Curve options={options} />
                                <All answer={data} current={p.event} />
                                <div class="columns">
                                    <Evidence p={p} />
                                    <Backtest />
                                </div>
                            </div>
                        );
                    }}
                </Answer>
            )}
        </>
    );
}
