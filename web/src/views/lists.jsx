// SPDX-License-Identifier: MIT
// Lists of many athletes: rankings, how records came to be, who beat whom, careers, who may be one.
// Each has its own address, with every filter in it.

import { useMemo } from 'preact/hooks';
import { ask, useAnswer } from '../api.js';
import { Chart, DAYS, timeTicks } from '../chart.jsx';
import { Answer, Empty, Failure, Said } from '../empty.jsx';
import { Choice, Field, Fields, More, Tick } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { here, withQuery } from '../route.js';
import { Table } from '../table.jsx';
import { dayDate, dayName, dayNumber, eventName, mark, number, signed, today } from '../units.js';
import { Why } from '../why.jsx';
import { AgeGrade, Points } from '../worth.jsx';
import { WhoIsWho } from './who.jsx';
import '../style-views.css';

const SECTIONS = [
    ['rank', 'Rankings'], ['records', 'Records'], ['h2h', 'Head to head'], ['athlete', 'Athletes'], ['who', 'Who is who'],
];
const FLAGS = {
    h: 'timed by hand', i: 'short track', '+': 'on the way to a longer distance', A: 'at altitude', d: 'downhill',
    p: 'point to point', a: 'aided', OT: 'oversized track', Mx: 'with men', Wo: 'women only', '#': 'not ratified',
};
const SEX = [['M', 'men'], ['F', 'women']];
const YES = { 'all-marks': true, 'include-aided': true };

/** The filters of the address that a command has, as its options. */
function options(query, names) {
    return Object.fromEntries(names.map((name) => [name, YES[name] ? query.has(name) : query.get(name)]));
}

const athleteAddress = (id) => `/lists/athlete/${encodeURIComponent(`#${id}`)}`;
const Who = ({ row }) => <a href={athleteAddress(row.athlete)}>{row.name}</a>;

function Mark({ row }) {
    const flags = row.flags.filter((flag) => !row.mark.endsWith(flag));
    const words = row.flags.map((flag) => FLAGS[flag] ?? flag).join(', ');
    return (
        <span title={words || undefined}>
            {row.mark}{flags.length > 0 && <small> {flags.join(' ')}</small>}
            {words && <span class="sr"> ({words})</span>}
        </span>
    );
}

const WHERE = [
    { key: 'nation', label: 'Nation', class: 'wide', text: (row) => row.nation ?? '–', sort: (row) => row.nation },
    { key: 'born', label: 'Born', class: 'n wide', text: (row) => row.born?.slice(0, 4) ?? '–', sort: (row) => row.born },
];
const WHEN = [
    { key: 'venue', label: 'Where', class: 'wide', text: (row) => [row.competition, row.venue].filter(Boolean).join(', ') || '–', sort: (row) => row.venue },
    { key: 'date', label: 'Day', text: (row) => dayName(row.date, { weekday: false }), sort: (row) => row.date },
];
const POINTS = { key: 'points', label: 'Points', class: 'n wide', text: (row) => <Points row={row} />, sort: (row) => row.points };
const AGE_GRADE = {
    key: 'grade', label: 'Age grade', class: 'n wide', text: (row) => <AgeGrade row={row} />, sort: (row) => row.age_grade_pct,
};

/** A list that holds nothing of what was asked for is an answer too, with what would help. */
function Lacking({ error }) {
    if (error.exit !== 4) return <Failure error={error} />;
    return (
        <Empty title="Nothing of that kind is in the lists" next={[
            { text: 'Bring in result sheets', href: '/import' },
            { text: 'or with the command line:', command: 'harrier results import LIST.csv' },
        ]}><Said text={error.message} /></Empty>
    );
}

/** Draws an answer, or says what is lacking. */
const Listed = ({ of, what, children }) => (of.error ? <Lacking error={of.error} /> : <Answer of={of} what={what}>{children}</Answer>);

/* --- rankings ------------------------------------------------------------------------ */

const RANK = ['sex', 'nation', 'year', 'age', 'as-of', 'short-track', 'limit', 'where', 'all-marks', 'include-aided'];

function Ranked({ answer }) {
    const columns = [
        { key: 'rank', label: 'Rank', class: 'n', text: (row) => `${row.rank}${row.equal ? '=' : ''}` },
        { key: 'mark', label: 'Mark', class: 'n', text: (row) => <Mark row={row} />, sort: (row) => row.time_s },
        { key: 'name', label: 'Athlete', text: (row) => <Who row={row} />, sort: (row) => row.name },
        ...WHERE, ...WHEN, POINTS, AGE_GRADE,
    ];
    const title = [
        eventName(answer.event), answer.sex === 'F' ? 'women' : 'men', answer.nation, answer.year && String(answer.year),
        answer.as_of && `as of ${dayName(answer.as_of, { weekday: false })}`, answer.all_marks && 'all marks',
    ].filter(Boolean).join(', ');
    return (
        <>
            {answer.where && <p class="headline-number low">{answer.where.sentence}. <Why of={answer.because} what={`where ${answer.where.mark} would stand`} /></p>}
            <p class="note">The best of each, by the official time. <Why of={answer.because} what="the ranks" /></p>
            <Table caption={title} columns={columns} rows={answer.ranks} rowKey={(row) => `${row.rank} ${row.athlete} ${row.date} ${row.mark}`} size={100} />
        </>
    );
}

/** What is looked at where the address does not say: one's own last event, among one's own. */
function useUsual(query) {
    const races = useAnswer(ask(['race', 'list']));
    const said = query.get('event') && query.get('sex');
    return {
        known: said || !races.loading, event: query.get('event') || races.data?.races.at(-1)?.event || '1500',
        sexes: races.data?.sex === 'F' ? [...SEX].reverse() : SEX,
    };
}

function Ranking({ query }) {
    const { known, event, sexes } = useUsual(query);
    const sex = query.get('sex') || sexes[0][0];
    const answer = useAnswer(known ? ask(['rank', event], { limit: 100, ...options(query, RANK), sex }) : null);
    return (
        <>
            <Fields label="Which list">
                <Field label="Event" name="event" placeholder={known ? event : ''} size={8} />
                <Choice label="Of" name="sex" choices={sexes} />
                <Field label="Nation" name="nation" placeholder="GBR" size={5} maxLength={3} />
                <Field label="Year" name="year" size={5} inputMode="numeric" />
                <Field label="Age" name="age" placeholder="U20, 40-44" size={8} />
            </Fields>
            <More label="More filters" names={RANK.slice(4)}>
                <Field label="As of" name="as-of" type="date" />
                <Choice label="Short track" name="short-track" choices={[['', 'in the list'], ['only', 'only'], ['exclude', 'left out']]} />
                <Choice label="At most" name="limit" choices={[['100', '100'], ['500', '500'], ['2000', '2000']]} />
                <Field label="Where would stand" name="where" placeholder="3:52.41" size={8} />
                <Tick label="Every mark" name="all-marks" />
                <Tick label="Also aided marks" name="include-aided" />
            </More>
            <Listed of={answer} what="the list">{(data) => <Ranked answer={data} />}</Listed>
        </>
    );
}

/* --- records ------------------------------------------------------------------------- */

const RECORDS = ['sex', 'nation', 'age', 'as-of', 'short-track'];

/** Steps in time: each mark holds until the next one, the last until today. */
function steps(rows, label, note) {
    const last = rows.at(-1);
    const held = { ...last, date: today() };
    const all = held.date > last.date ? [...rows, held] : rows;
    return {
        x: {
            ...DAYS, name: 'Day', values: all.map((row) => dayNumber(row.date)),
            text: (n) => dayName(dayDate(n), { weekday: false }),
        },
        lines: [{ label, values: all.map((row) => row.time_s), text: (s) => mark(s, 2), colour: '--race', kind: 'step', width: 2 }],
        scales: { y: { text: (s) => mark(s), ticks: timeTicks, size: 58 } },
        note: (i) => (all[i] === held ? 'it stands' : note(all[i])),
    };
}

const holder = (row) => [row.name, row.nation].filter(Boolean).join(', ');

function Progression({ event, sex, rows, because }) {
    const spec = useMemo(() => steps(rows, 'the record', holder), [rows]);
    const columns = [
        { key: 'date', label: 'Day', text: (row) => dayName(row.date, { weekday: false }), sort: (row) => row.date },
        { key: 'mark', label: 'Mark', class: 'n', text: (row) => <Mark row={row} />, sort: (row) => row.time_s },
        { key: 'gain', label: 'By', class: 'n', text: (row) => (row.equals ? 'equalled' : row.gain_s ? signed(-row.gain_s, 2) : '–') },
        { key: 'name', label: 'Athlete', text: (row) => <Who row={row} />, sort: (row) => row.name },
        ...WHERE, WHEN[0], POINTS, { key: 'stands', label: 'Stands', text: (row) => (row.stands ? 'yes' : '') },
    ];
    const title = `${eventName(event)}, ${sex === 'F' ? 'women' : 'men'}`;
    return (
        <section class="card" aria-label={title}>
            <h2>{title} <Why of={because} what={`the record over ${title}`} /></h2>
            {rows.length > 1 && <Chart spec={spec} height={200} caption={`How the record over ${title} came down.`} />}
            <Table caption={`Records over ${title}`} hideCaption columns={columns} rows={rows}
                rowKey={(row) => `${row.date} ${row.mark} ${row.athlete}`} rowClass={(row) => (row.stands ? 'chosen' : undefined)} />
        </section>
    );
}

function grouped(records) {
    const groups = new Map();
    for (const row of records) {
        const key = `${row.event} ${row.sex}`;
        groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()];
}

/** All records of all events at once: the ones that stand, each leading to how it came to be. */
function Standing({ groups, because }) {
    const rows = groups.map((rows) => rows.at(-1));
    const address = (row) => withQuery({ event: row.event, sex: row.sex });
    const columns = [
        { key: 'event', label: 'Event', text: (row) => <a href={address(row)}>{eventName(row.event)}, {row.sex === 'F' ? 'women' : 'men'}</a> },
        { key: 'mark', label: 'Mark', class: 'n', text: (row) => <Mark row={row} /> },
        { key: 'name', label: 'Athlete', text: (row) => <Who row={row} />, sort: (row) => row.name },
        ...WHERE, ...WHEN, POINTS,
    ];
    return (
        <>
            <p class="note">What nobody had run before, event by event. <Why of={because} what="the records" /></p>
            <Table caption="The records that stand" columns={columns} rows={rows} rowKey={(row) => row.event + row.sex} size={100} />
        </>
    );
}

function Records({ query }) {
    const event = query.get('event');
    const answer = useAnswer(ask(event ? ['records', event] : ['records'], options(query, RECORDS)));
    return (
        <>
            <Fields label="Which records">
                <Field label="Event" name="event" placeholder="all" size={8} />
                <Choice label="Of" name="sex" choices={[['', 'both'], ...SEX]} />
                <Field label="Nation" name="nation" placeholder="GBR" size={5} maxLength={3} />
                <Field label="Age" name="age" placeholder="U20, 40-44" size={8} />
                <Field label="As of" name="as-of" type="date" />
                <Choice label="Short track" name="short-track" choices={[['', 'by itself'], ['only', 'only'], ['exclude', 'left out']]} />
            </Fields>
            <Listed of={answer} what="the records">
                {(data) => {
                    const groups = grouped(data.records);
                    if (groups.length > 3) return <Standing groups={groups} because={data.because} />;
                    return groups.map((rows) => (
                        <Progression key={rows[0].event + rows[0].sex} event={rows[0].event} sex={rows[0].sex} rows={rows}
                            because={data.because} />
                    ));
                }}
            </Listed>
        </>
    );
}

/* --- head to head -------------------------------------------------------------------- */

function Duel({ answer }) {
    const [a, b] = answer.athletes;
    const side = (athlete, i) => ({
        key: String(i), label: athlete.name, class: 'n',
        text: (row) => (row.winner === athlete.name ? <b>{row.marks[i]}<span class="sr"> (won)</span></b> : row.marks[i]),
    });
    const columns = [
        { key: 'date', label: 'Day', text: (row) => dayName(row.date, { weekday: false }), sort: (row) => row.date },
        { key: 'event', label: 'Event', text: (row) => eventName(row.event), sort: (row) => row.event },
        side(a, 0), side(b, 1),
        { key: 'venue', label: 'Where', class: 'wide', text: (row) => [row.competition, row.venue].filter(Boolean).join(', ') || '–' },
    ];
    return (
        <>
            <p class="headline-number">
                <a href={athleteAddress(a.id)}>{a.name}</a> {answer.wins} : {answer.losses} <a href={athleteAddress(b.id)}>{b.name}</a>{' '}
                <Why of={answer.because} what={`${answer.wins} to ${answer.losses}`} />
            </p>
            <p class="note">
                Races that both finished; the place decides, else the time. {answer.heats > 0 && `${answer.heats} heats are left out. `}
                {answer.ties > 0 && `${answer.ties} tied. `}{answer.unclear > 0 && `${answer.unclear} unclear.`}
            </p>
            <Table caption={`${a.name} against ${b.name}`} hideCaption columns={columns} rows={answer.meetings}
                rowKey={(row) => row.date + row.event + row.marks} sort={{ key: 'date', down: true }} />
        </>
    );
}

function HeadToHead({ query, rest }) {
    const a = rest[0] ?? query.get('a');
    const b = rest[1] ?? query.get('b');
    const answer = useAnswer(a && b ? ask(['h2h', a, b]) : null);
    return (
        <>
            {rest.length < 2 && (
                <Fields label="Which two">
                    <Field label="Athlete" name="a" placeholder="Ann Bee" />
                    <Field label="against" name="b" placeholder="Cat Doe" />
                </Fields>
            )}
            {a && b ? <Listed of={answer} what="their meetings">{(data) => <Duel answer={data} />}</Listed> : (
                <Empty title="Name two athletes">Who beat whom, over all the races that both finished.</Empty>
            )}
        </>
    );
}

/* --- a career ------------------------------------------------------------------------ */

const CAREER = [
    { key: 'mark', label: 'Mark', class: 'n', text: (row) => <Mark row={row} />, sort: (row) => row.time_s },
    POINTS, AGE_GRADE, ...WHEN,
];
const EVENT = { key: 'event', label: 'Event', text: (row) => eventName(row.event), sort: (row) => row.event };
const YEAR = { key: 'year', label: 'Year', class: 'n', text: (row) => String(row.year), sort: (row) => row.year };
const rowKey = (row) => `${row.year} ${row.event} ${row.mark} ${row.date}`;

const venueOf = (row) => row.venue;

function Steps({ event, rows, name }) {
    const spec = useMemo(() => steps(rows, 'best so far', venueOf), [rows]);
    return <Chart spec={spec} height={180} caption={`${name} over ${eventName(event)}: the best as it came down.`} />;
}

function Honours({ honours }) {
    return (
        <section class="card" aria-labelledby="honours">
            <h2 id="honours">Honours</h2>
            <ul>{honours.map((h) => <li key={`${h.championship} ${h.date} ${h.event}`}>{h.place}. {h.championship}, {eventName(h.event)} {h.mark}, {dayName(h.date)}</li>)}</ul>
        </section>
    );
}

function Career({ answer, query }) {
    const { athlete } = answer;
    const told = [`#${athlete.id}`, athlete.nation, athlete.born && `born ${athlete.born}`, `${number(athlete.marks)} marks`].filter(Boolean).join(', ');
    const times = (code) => answer.steps.filter((row) => row.event === code).length;
    const events = [...new Set(answer.steps.map((row) => row.event))].filter((code) => times(code) > 1);
    const event = query.get('event') ?? events[0];
    const rows = useMemo(() => answer.steps.filter((row) => row.event === event), [answer, event]);
    return (
        <>
            <p class="headline-number">{athlete.name}</p>
            <p class="note">{told}. <Why of={answer.because} what="bests and seasons" /></p>
            <div class="stack">
                <section class="card" aria-labelledby="bests">
                    <h2 id="bests">Bests</h2>
                    <Table caption={`Bests of ${athlete.name}`} hideCaption columns={[EVENT, ...CAREER]} rows={answer.bests} rowKey={rowKey} />
                </section>
                {answer.apart.length > 0 && (
                    <section class="card" aria-labelledby="apart">
                        <h2 id="apart">Faster, and kept apart</h2>
                        <Table caption="Helped by the course or the track: no bests, and in no list" columns={[EVENT, ...CAREER]}
                            rows={answer.apart} rowKey={rowKey} />
                    </section>
                )}
                {rows.length > 1 && (
                    <section class="card" aria-labelledby="down">
                        <h2 id="down">How it came down</h2>
                        <Fields label="Which event" button={null}>
                            <Choice label="Over" name="event" choices={[event, ...events.filter((code) => code !== event)].map((code) => [code, eventName(code)])} />
                        </Fields>
                        <Steps event={event} rows={rows} name={athlete.name} />
                    </section>
                )}
                <section class="card" aria-labelledby="seasons">
                    <h2 id="seasons">Seasons</h2>
                    <Table caption={`The best of each year of ${athlete.name}`} hideCaption columns={[YEAR, EVENT, ...CAREER]} rows={answer.seasons}
                        rowKey={rowKey} sort={{ key: 'year', down: true }} />
                </section>
                {answer.honours.length > 0 && <Honours honours={answer.honours} />}
            </div>
        </>
    );
}

function Athletes({ query, rest }) {
    const name = rest[0] ?? query.get('name');
    const answer = useAnswer(name ? ask(['athlete', name], options(query, ['born', 'nation'])) : null);
    return (
        <>
            <Fields label="Whose career">
                <Field label="Name" name="name" placeholder="Ann Bee" />
            </Fields>
            {name ? <Listed of={answer} what="the career">{(data) => <Career answer={data} query={query} />}</Listed> : (
                <Empty title="Name an athlete">Bests, seasons and honours; or choose one in a ranking.</Empty>
            )}
        </>
    );
}

const VIEWS = { rank: Ranking, records: Records, h2h: HeadToHead, athlete: Athletes, who: WhoIsWho };

export function Lists({ rest = [] }) {
    const [section = 'rank', ...more] = rest;
    const View = VIEWS[section] ?? Ranking;
    return (
        <>
            <Heading title="Lists" />
            <nav class="sections" aria-label="Lists">
                <span class="switch">
                    {SECTIONS.map(([code, text]) => (
                        <a key={code} href={`/lists/${code}`} aria-current={code === section ? 'page' : undefined}>{text}</a>
                    ))}
                </span>
            </nav>
            <View query={here().query} rest={more} />
        </>
    );
}
