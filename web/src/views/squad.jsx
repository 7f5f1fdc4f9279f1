// SPDX-License-Identifier: MIT
// All athletes of the store for their coach: who needs attention first, and why. Everybody stands
// beside their own weeks, never beside another's.

import { useAnswer } from '../api.js';
import { asOfDay } from '../asof.jsx';
import { Answer, Empty } from '../empty.jsx';
import { Field, Fields } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { here, withQuery } from '../route.js';
import { dayName, distance, inUnits, number, signed } from '../units.js';
import { sentence } from '../words.js';
import { Why } from '../why.jsx';
import '../style-views.css';

/* Not through ask(): it would ask of the one athlete that the address names. */
function question(query) {
    const date = query.get('date');
    return `/api/v1/squad${date ? `?date=${encodeURIComponent(date)}` : ''}`;
}

/* Each concern's name, where the engine's own does not speak for itself. */
const WORDS = {
    missed: 'A break', spike: 'A leap', tired: 'Deep fatigue', 'resting heart': 'Resting heart rate',
    hrv: 'Heart rate variability', 'heavy week': 'A heavy week', 'race near': 'Race ahead', return: 'After a camp',
    'light week': 'A light week', silent: 'Silent', camp: 'Camp', raced: 'Just raced',
};

const named = (name) => name || 'You';

/** Urgency in words and in marks: never by colour alone. */
function Urgency({ urgency }) {
    const word = urgency >= 4 ? 'look today' : urgency >= 2 ? 'look this week' : urgency > 0 ? 'note' : 'all well';
    const kind = urgency >= 4 ? 'high' : urgency >= 2 ? 'some' : 'low';
    return <span class={`urgency ${kind}`}>{word}<span class="sr">, urgency {number(urgency)}</span></span>;
}

function Athlete({ athlete, because }) {
    const link = athlete.name ? `/?athlete=${encodeURIComponent(athlete.name)}` : '/';
    return (
        <li class="card athlete" aria-label={named(athlete.name)}>
            <div class="athlete-head">
                <h2><a href={link} data-item>{named(athlete.name)}</a></h2>
                <Urgency urgency={athlete.urgency} />
            </div>
            {athlete.attention.length > 0 ? (
                <ul class="concerns">
                    {athlete.attention.map((concern) => (
                        <li key={concern.what + concern.because}>
                            <b>{WORDS[concern.what] ?? concern.what}</b> {sentence(inUnits(concern.because))}.
                        </li>
                    ))}
                </ul>
            ) : <p class="note">Nothing stands out.</p>}
            <dl class="facts">
                <div><dt>Last run</dt><dd>{dayName(athlete.last_run)}</dd></div>
                <div><dt>7 days</dt><dd>{distance(athlete.distance_m, 0)}</dd></div>
                <div><dt>Load</dt><dd>{number(athlete.load)}</dd></div>
                <div><dt>Fitness</dt><dd>{number(athlete.fitness)}</dd></div>
                <div>
                    <dt>Form</dt>
                    <dd>
                        {signed(athlete.form)}{' '}
                        <Why of={because} what={`What is said of ${named(athlete.name)}`} />
                    </dd>
                </div>
            </dl>
        </li>
    );
}

const nobody = (athletes) => athletes.every(({ name, last_run: last }) => !name && !last);

function Nobody() {
    return (
        <Empty title="Nobody is here yet" next={[
            { text: 'Bring in your watch files', href: '/import' },
            { text: 'or those of each athlete by name:', command: 'harrier --athlete "Ada Ash" import FOLDER' },
        ]}>One store keeps any number of athletes.</Empty>
    );
}

/** Where nobody has run of late, the way to when they did. */
function Earlier({ answer }) {
    const last = answer.athletes.map((athlete) => athlete.last_run ?? '').sort().at(-1);
    const day = last && asOfDay(last);
    if (!day || day >= answer.date) return null;
    return <>Nobody has run since {dayName(last)}: <a href={withQuery({ date: day })}>look as of the day after</a>.</>;
}

export function Squad() {
    const answer = useAnswer(question(here().query));
    return (
        <>
            <Heading title="Squad" />
            <Fields label="Which day"><Field label="As of" name="date" type="date" /></Fields>
            {answer.error?.exit === 4 ? <Nobody /> : <Answer of={answer} what="who needs attention">
                {(data) => (nobody(data.athletes) ? <Nobody /> : (
                    <>
                        <p class="lead">On {dayName(data.date)}, those who need you first. <Earlier answer={data} /></p>
                        <ul class="athletes">
                            {data.athletes.map((athlete) => <Athlete key={athlete.name} athlete={athlete} because={data.because} />)}
                        </ul>
                    </>
                ))}
            </Answer>}
        </>
    );
}
