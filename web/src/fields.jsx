// SPDX-License-Identifier: MIT
// Filters and questions. What is chosen stands in the address, and nowhere else: a field shows what
// the address says, and changes it when it is left or when Enter is pressed.

import { useId, useRef } from 'preact/hooks';
import { go, here, setQuery, withQuery } from './route.js';

/** A labelled <input>; `name` is the filter in the query. Further attributes go to the input. */
export function Field({ label, name, hint, ...more }) {
    const id = useId();
    const value = here().query.get(name) ?? '';
    return (
        <label>
            {label}
            <input name={name} key={value} defaultValue={value} autocomplete="off" spellcheck={false}
                aria-describedby={hint ? id : undefined}
                onChange={(event) => setQuery({ [name]: event.target.value.trim() })} {...more} />
            {hint && <small id={id}>{hint}</small>}
        </label>
    );
}

/** A field for a quantity (`typed` of units.js): seen in the units that are chosen, asked about in
 *  the engine's. What is no number goes to the engine as it is, which says so. */
export function Quantity({ label, name, of, ...more }) {
    const kept = useRef();
    const value = here().query.get(name) ?? '';
    const converted = (text, convert) => (text === '' || isNaN(text) ? text : String(+convert(+text).toFixed(3)));
    const shown = converted(value, (x) => +of.shown(x).toFixed(1));
    const keep = (event) => (kept.current.value = converted(event.target.value.trim(), of.kept));
    return (
        <label>
            {label}, {of.unit()}
            <input type="hidden" name={name} key={value} ref={kept} defaultValue={value} />
            <input key={shown} defaultValue={shown} inputMode="decimal" autocomplete="off" onInput={keep}
                onChange={(event) => setQuery({ [name]: keep(event) })} {...more} />
        </label>
    );
}

/** `choices`: [[value, text]]; the first is what holds where the address says nothing. */
export function Choice({ label, name, choices }) {
    const value = here().query.get(name) ?? choices[0][0];
    const onChange = ({ target }) => setQuery({ [name]: target.selectedIndex === 0 ? '' : target.value });
    return (
        <label>
            {label}
            <select name={name} value={value} onChange={onChange}>
                {choices.map(([code, text]) => <option key={code} value={code}>{text}</option>)}
            </select>
        </label>
    );
}

export function Tick({ label, name }) {
    return (
        <label class="tick">
            <input name={name} type="checkbox" checked={here().query.has(name)}
                onChange={(event) => setQuery({ [name]: event.target.checked })} />
            {label}
        </label>
    );
}

/** What the fields of a form say, as changes of the query. */
function saidIn(form) {
    const said = {};
    for (const field of form.elements) {
        if (!field.name) continue;
        if (field.type === 'checkbox') said[field.name] = field.checked;
        else if (field.tagName === 'SELECT') said[field.name] = field.selectedIndex === 0 ? '' : field.value;
        else said[field.name] = field.value.trim();
    }
    return said;
}

/** The fields of a view. Enter in any of them, or the button, takes what stands in all, as a step of
 *  history. */
export function Fields({ label, button = 'Show', children }) {
    const onSubmit = (event) => {
        event.preventDefault();
        const to = withQuery(saidIn(event.currentTarget));
        if (to !== location.pathname + location.search) go(to);
    };
    return (
        <form class="filters" aria-label={label} onSubmit={onSubmit}>
            {children}
            {button && <button type="submit">{button}</button>}
        </form>
    );
}

/** Further filters, folded away until one of them says something; `names` are theirs. */
export function More({ label, names, children }) {
    return (
        <details class="conditions" open={names.some((name) => here().query.has(name))}>
            <summary>{label}</summary>
            <Fields label={label}>{children}</Fields>
        </details>
    );
}
