// SPDX-License-Identifier: MIT
// Keys, what the numbers mean, and where the same stands on the command line.

import { Heading } from '../heading.jsx';
import { NAMED } from '../views.js';

const KEYS = [
    ['/', 'search the activities'],
    ['j', 'the next one: of a list, of the activities, of the races'],
    ['k', 'the one before'],
    ['?', 'this page'],
    ['Esc', 'close what is open, leave a field'],
];

const CHART_KEYS = [
    ['← →', 'move the cursor; with Shift ten times as far'],
    ['Home End', 'the first and the last of what is shown'],
    ['+ −', 'zoom in and out around the cursor'],
    ['Enter', 'open what lies under the cursor, where the caption says so'],
    ['Esc', 'show all again; once more, leave the cursor'],
];

const WORDS = [
    ['Load', 'What a session asked of the body. 100 is an hour at the pace that can be held for an hour. It comes from speed on the flat; where that is not known from heart rate, else from how hard it felt, else from its length.'],
    ['Fitness', 'The fading mean of the load of about six weeks: what the body is used to.'],
    ['Fatigue', 'The fading mean of the load of about one week: what it carries now.'],
    ['Form', 'Fitness less fatigue, in the morning. Above zero rested, below zero tired. It describes what was done; it foretells nothing.'],
    ['Flat pace', 'The pace on level ground that would have cost as much: uphill counts for more, downhill for less.'],
    ['Official mark', 'The time in the results. Personal bests are official marks alone; what a watch measured stands beside them.'],
    ['80 %', 'Of a hundred such predictions, eighty come true between these two times.'],
    ['Why', 'The button beside a number, or the number itself where it is dotted underneath, opens the model it comes from, what went in, how sure it is, and a note.'],
];

function Keys({ rows, caption }) {
    return (
        <table class="keys">
            <caption>{caption}</caption>
            <tbody>{rows.map(([key, does]) => (
                <tr key={key}>
                    <th scope="row">{key.split(' ').map((k) => <kbd key={k}>{k}</kbd>)}</th>
                    <td>{does}</td>
                </tr>
            ))}</tbody>
        </table>
    );
}

export function Help() {
    return (
        <>
            <Heading title="Help" />
            <div class="columns">
                <section aria-labelledby="help-keys">
                    <h2 id="help-keys">Keys</h2>
                    <Keys caption="Everywhere" rows={[
                        ...KEYS,
                        ...NAMED.map(({ key, title }) => [`g ${key}`, `go to ${title}`]),
                    ]} />
                    <Keys caption="In a chart (Tab leads to it)" rows={CHART_KEYS} />
                    <p class="note">Letters can be switched off under Settings, for those who speak to their computer.</p>
                </section>
                <section aria-labelledby="help-words">
                    <h2 id="help-words">Words</h2>
                    <dl class="words">{WORDS.map(([word, means]) => [
                        <dt key={word}>{word}</dt>, <dd key={`${word}.`}>{means}</dd>,
                    ])}</dl>
                    <h2>The command line</h2>
                    <p>Every number here is the answer to a command, and no other: the season is <code>harrier load</code>,{' '}
                        <code>harrier season show</code> and <code>harrier predict</code>; an activity is{' '}
                        <code>harrier show ID</code>; a race <code>harrier race analyse ID</code>.{' '}
                        <code>harrier help</code> lists them all.</p>
                    <p>For programs the same questions are answered as JSON: <a href="/api/v1/openapi.json">their description</a>.</p>
                </section>
            </div>
        </>
    );
}
