// SPDX-License-Identifier: MIT
// Who is who: athletes of the lists who may be one, and what somebody says of them. Nothing that is
// said changes a row, so all of it can be taken back.

import { useState } from 'preact/hooks';
import { ask, post, useAnswer } from '../api.js';
import { Answer, Empty, Failure } from '../empty.jsx';
import { number } from '../units.js';
import { sentence } from '../words.js';
import { Why } from '../why.jsx';
import '../style-views.css';

const SAID = { merge: 'These are one athlete.', part: 'These are two athletes.', undo: 'Nothing is said of them any more.' };

/* What was said on this page, to be taken back: the pair is no longer in doubt, and so no longer told. */
let said = [];

function Athlete({ athlete }) {
    const told = [athlete.nation, athlete.born && `born ${athlete.born}`, athlete.marks !== undefined && `${number(athlete.marks)} ${athlete.marks === 1 ? 'mark' : 'marks'}`];
    return (
        <p>
            <a href={`/lists/athlete/${encodeURIComponent(`#${athlete.id}`)}`}>{athlete.name ?? `#${athlete.id}`}</a>{' '}
            <span class="quiet">{[athlete.name && `#${athlete.id}`, ...told].filter(Boolean).join(', ')}</span>
        </p>
    );
}

/** Two athletes, why they may be one, and what can be said of them: [[verb, text, more]] */
function Pair({ pair, because, saying, onSay, children }) {
    const names = pair.map(({ id, name }) => name ?? `#${id}`).join(' and ');
    return (
        <li class="card" aria-label={names}>
            {pair.map((athlete) => <Athlete key={athlete.id} athlete={athlete} />)}
            <p class="note">{children}</p>
            <p class="pickers left">
                {saying.map(([verb, text]) => (
                    <button key={verb} type="button" aria-label={`${text}: ${names}`} onClick={() => onSay(verb, pair)}>{text}</button>
                ))}
                {because}
            </p>
        </li>
    );
}

/** Any two, by their numbers: a name that changed with a marriage is in no doubt, and has to be told. */
function AnyTwo({ onSay }) {
    const onSubmit = (event) => {
        event.preventDefault();
        const id = (name) => event.currentTarget.elements[name].value.replace('#', '').trim();
        onSay(event.submitter?.value ?? 'merge', [{ id: id('a') }, { id: id('b') }]);
    };
    return (
        <section class="card" aria-labelledby="any">
            <h2 id="any">Any two</h2>
            <p class="note">A name that changed puts nobody in doubt. The numbers stand beside the names above, and on each athlete’s own page.</p>
            <form class="filters" aria-label="Say it of any two" onSubmit={onSubmit}>
                <label>Number <input name="a" required size="6" inputMode="numeric" pattern="#?[0-9]+" autocomplete="off" /></label>
                <label>and <input name="b" required size="6" inputMode="numeric" pattern="#?[0-9]+" autocomplete="off" /></label>
                <button type="submit" value="merge">One athlete</button>
                <button type="submit" value="part">Two athletes</button>
                <button type="submit" value="undo">Take back</button>
            </form>
        </section>
    );
}

export function WhoIsWho() {
    const answer = useAnswer(ask(['who', 'list']));
    const [state, setState] = useState({});
    const onSay = (verb, pair) => {
        const ids = pair.map(({ id }) => String(id));
        setState({ busy: true });
        post(ask(['who', verb, ...ids]), null, { change: true }).then(() => {
            said = said.filter((one) => one.ids.join() !== ids.join());
            if (verb !== 'undo') said.unshift({ ids, pair, verb });
            setState({ told: SAID[verb] });
        }, (error) => setState({ error }));
    };
    const mayBe = (doubt) => (
        <Pair key={`${doubt.a.id} ${doubt.b.id}`} pair={[doubt.a, doubt.b]} onSay={onSay}
            saying={[['merge', 'One athlete'], ['part', 'Two athletes']]}
            because={<Why of={answer.data.because} what={`the doubt about ${doubt.a.name}`} />}>{sentence(doubt.because)}.</Pair>
    );
    return (
        <div class="stack">
            <p class="lead">
                Lists write one runner in many ways. Where two may be one, nobody but you says so. “One athlete” puts their marks
                under one name in every list, record and career; no row is changed, and it can be taken back at any time.
            </p>
            <p role="status" class="quiet">{state.told ?? ''}</p>
            {state.error && <Failure error={state.error} />}
            <Answer of={answer} what="who is in doubt">
                {({ doubts }) => (doubts.length === 0
                    ? <Empty title="Nobody is in doubt." next={[{ text: 'Bring in result sheets', href: '/import' }]}>
                        A name and a day of birth are enough to know somebody again; a name alone never is.</Empty>
                    : <ul class="athletes" aria-label="May be one">{doubts.map(mayBe)}</ul>)}
            </Answer>
            {said.length > 0 && (
                <section aria-labelledby="said">
                    <h2 id="said">What was said</h2>
                    <ul class="athletes">
                        {said.map(({ ids, pair, verb }) => (
                            <Pair key={ids.join()} pair={pair} onSay={onSay} saying={[['undo', 'Take back']]}>{SAID[verb]}</Pair>
                        ))}
                    </ul>
                </section>
            )}
            <AnyTwo onSay={onSay} />
        </div>
    );
}
