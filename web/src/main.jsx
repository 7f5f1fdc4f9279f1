// SPDX-License-Identifier: MIT
// The page: its frame, and in it the view that the address names.

import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as colours from './colours.js';
import * as keys from './keys.js';
import * as route from './route.js';
import * as units from './units.js';
import { Empty } from './empty.jsx';
import { Heading } from './heading.jsx';
import { NAMED, VIEWS } from './views.js';
import './style.css';

function viewAt(path) {
    for (const row of VIEWS) {
        const found = route.match(row.path, path);
        if (found) return { row, found };
    }
    return null;
}

function Missing() {
    return (
        <>
            <Heading title="No such page" />
            <Empty title="There is nothing at this address."
                next={[{ text: 'The season', href: '/' }, { text: 'Help: all that can be looked at', href: '/help' }]} />
        </>
    );
}

/** A search goes to the activities; what was searched for stands in the address. */
function Search() {
    const { path, query } = route.useHere();
    const onSubmit = (event) => {
        event.preventDefault();
        route.go(`/activities?${new URLSearchParams({ q: event.currentTarget.elements.q.value })}`);
    };
    return (
        <form class="search" role="search" onSubmit={onSubmit}>
            <label class="sr" for="search">Search activities by name, date or sport</label>
            <input id="search" name="q" type="search" placeholder="Search activities" autocomplete="off"
                value={path === '/activities' ? query.get('q') ?? '' : ''} />
        </form>
    );
}

function Choice({ legend, name, options, value, onChange }) {
    return (
        <fieldset>
            <legend>{legend}</legend>
            {options.map(([option, text]) => (
                <label key={option}>
                    <input type="radio" name={name} value={option} checked={option === value}
                        onChange={() => onChange(option)} />{text}
                </label>
            ))}
        </fieldset>
    );
}

function Settings({ onUnits }) {
    const [scheme, setScheme] = useState(colours.scheme());
    const [letters, setLetters] = useState(keys.lettersOn());
    return (
        <details class="settings">
            <summary>Settings</summary>
            <div>
                <Choice legend="Units" name="units" value={units.system()} onChange={onUnits}
                    options={[['metric', 'Metric'], ['imperial', 'Imperial']]} />
                <Choice legend="Colours" name="scheme" value={scheme}
                    onChange={(name) => { colours.setScheme(name); setScheme(name); }}
                    options={[['auto', 'As the system'], ['light', 'Light'], ['dark', 'Dark']]} />
                <Choice legend="Keys of one letter" name="letters" value={letters ? 'on' : 'off'}
                    onChange={(is) => { keys.setLetters(is === 'on'); setLetters(is === 'on'); }}
                    options={[['on', 'On'], ['off', 'Off']]} />
            </div>
        </details>
    );
}

/** A details element that is open closes on Esc and on a click elsewhere. */
function closeSettings(event) {
    const open = document.querySelector('.settings[open]');
    if (!open) return;
    if (event.key === 'Escape') {
        open.open = false;
        open.querySelector('summary').focus();
    } else if (event.type === 'click' && !open.contains(event.target)) open.open = false;
}

function Navigation({ at }) {
    const { query } = route.useHere();
    const athlete = query.get('athlete');
    const keep = athlete ? `?${new URLSearchParams({ athlete })}` : '';
    return (
        <nav aria-label="Views" class="views">
            <ul>
                {NAMED.map(({ path, title }) => (
                    <li key={path}><a href={path + keep} aria-current={path === at ? 'page' : undefined}>{title}</a></li>
                ))}
            </ul>
        </nav>
    );
}

function App() {
    const { path, query } = route.useHere();
    const [system, setSystem] = useState(units.system());
    const found = viewAt(path);
    const View = found?.row.view ?? Missing;
    const onUnits = (name) => {
        units.setSystem(name);
        setSystem(name);
    };
    useEffect(() => {
        addEventListener('keydown', closeSettings);
        addEventListener('click', closeSettings);
    }, []);
    return (
        <>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top">
                <a class="brand" href="/">
                    <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M4 20c5-.5 8-3.5 9.5-8.5 2 3.5 4.5 5 8 5L28 13l-2.5 6.5c-3 4-8 5.5-13.5 4.5z" /></svg>
                    Harrier
                </a>
                <Navigation at={found?.row.under ?? found?.row.path} />
                <Search />
                <Settings onUnits={onUnits} />
            </header>
            {/* Units and the athlete are in every number: with them all is drawn anew. */}
            <main id="main" tabIndex={-1} key={`${path} ${system} ${query.get('athlete') ?? ''}`}>
                <View {...found?.found} />
            </main>
            <footer class="bottom">
                <p>Everything on this page comes from this computer and stays on it. <a href="/help">Help and keys</a></p>
            </footer>
        </>
    );
}

colours.listen();
route.listen();
keys.listen(NAMED);
render(<App />, document.getElementById('app'));
