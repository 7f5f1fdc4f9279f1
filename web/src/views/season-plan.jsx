// SPDX-License-Identifier: MIT
// The first race of a season, told here: from one date and one event comes a plan of weeks. A season of
// several races, camps and days off is a file, as `harrier season plan` takes it.

import { useState } from 'preact/hooks';
import { ask, post } from '../api.js';
import { Failure } from '../empty.jsx';

const field = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const sheetOf = (form) => {
    const said = (name) => field(form.elements[name].value.trim());
    return `date,kind,name,event,importance\n${said('date')},race,${said('name')},${said('event')},${said('importance')}\n`;
};

export function PlanRace({ asOf }) {
    const [state, setState] = useState({});
    const onSubmit = (event) => {
        event.preventDefault();
        setState({ busy: true });
        const rows = sheetOf(event.currentTarget);
        post(ask(['season', 'plan'], { name: 'races.csv', date: asOf }), rows, { type: 'text/csv', change: true })
            .catch((error) => setState({ error }));
    };
    return (
        <>
            <p>Tell the race that matters, and the weeks up to it are planned.</p>
            <form class="filters plan-race" aria-label="Plan a race" onSubmit={onSubmit}>
                <label>Day <input name="date" type="date" required min={asOf} /></label>
                <label>Event
                    <input name="event" required list="plan-events" placeholder="HM" autocomplete="off" size="6" />
                    <datalist id="plan-events">
                        {['1500', '5000', '10000', '5K', '10K', 'HM', 'MAR'].map((code) => <option key={code} value={code} />)}
                    </datalist>
                </label>
                <label>Name <input name="name" autocomplete="off" /></label>
                <label>Importance
                    <select name="importance"><option>A</option><option>B</option><option>C</option></select>
                </label>
                <button type="submit" class="first" disabled={state.busy}>Plan it</button>
            </form>
            {state.error && <Failure error={state.error} />}
            <p class="quiet">More races, camps and days off come as a file: <code>harrier season plan races.csv</code></p>
        </>
    );
}
