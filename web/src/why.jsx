// SPDX-License-Identifier: MIT
// The reason behind a number: a small button beside it opens the model and its version, what went in,
// how sure it is, and a note. It is the `because` that the command line prints, nothing added.

import { useId, useRef, useState } from 'preact/hooks';
import { Said } from './empty.jsx';
import { sentence } from './words.js';

const WORDS = {
    model: 'Model', inputs: 'Made from', interval: 'How sure', prior: 'Prior', note: 'Note',
};

/** Below its button or above it, wherever there is more room, and never over it. */
function place(panel, button) {
    const at = button.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const below = innerHeight - at.bottom - 14;
    const above = at.top - 14;
    panel.style.maxHeight = '';
    const upward = panel.offsetHeight > below && above > below;
    panel.style.maxHeight = `${Math.max(120, upward ? above : below)}px`;
    panel.style.left = `${Math.max(8, Math.min(at.left, width - panel.offsetWidth - 8))}px`;
    panel.style.top = `${upward ? at.top - 6 - panel.offsetHeight : at.bottom + 6}px`;
}

/** Words for a member: an input 'low80_s' is said as 'low80 s'. */
const plain = (text) => String(text).replaceAll('_', ' ');

/** `of`: a `because`; `interval`: text; `what`: of which number, for those who hear it.
 *  `more`: [[label, text]] further lines. */
export function Why({ of, what, interval, more = [], label = 'why' }) {
    const id = useId();
    const panel = useRef(null);
    const button = useRef(null);
    const [open, setOpen] = useState(false);
    if (!of && !interval && more.length === 0) return null;

    const { model, inputs, note, ...others } = of ?? {};
    const lines = [
        model && [WORDS.model, model],
        inputs?.length > 0 && [WORDS.inputs, inputs.map(plain).join(', ')],
        interval && [WORDS.interval, interval],
        ...Object.entries(others)
            .filter(([, value]) => ['string', 'number'].includes(typeof value))
            .map(([name, value]) => [WORDS[name] ?? plain(name), value]),
        ...more,
        note && [WORDS.note, <Said text={note} />],
    ].filter(Boolean);

    const onToggle = (event) => {
        setOpen(event.newState === 'open');
        if (event.newState === 'open') place(panel.current, button.current);
    };
    return (
        <>
            <button type="button" class="why" ref={button} popovertarget={id} aria-expanded={open}
                aria-label={`${label}: the reason behind ${what}`}>{label}</button>
            <div id={id} class="why-panel" popover="auto" ref={panel} onToggle={onToggle}
                role="group" aria-label={`The reason behind ${what}`}>
                <p class="why-title">{sentence(what)}</p>
                <dl>{lines.map(([name, text]) => [<dt key={name}>{name}</dt>, <dd key={`${name}.`}>{text}</dd>])}</dl>
            </div>
        </>
    );
}
