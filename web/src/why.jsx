// SPDX-License-Identifier: MIT
// The reason behind a number: a small button beside it opens the model and its version, what went in,
// how sure it is, and a note. It is the `because` that the command line prints, nothing added. What
// hundreds of rows have is asked for when its button is pressed.

import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAnswer } from './api.js';
import { Answer, Said } from './empty.jsx';
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

/** The lines of a reason; `more`: [[label, text]] further ones. */
function Reason({ of, interval, more = [], onDrawn }) {
    useLayoutEffect(onDrawn, []);
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
    return <dl>{lines.map(([name, text]) => [<dt key={name}>{name}</dt>, <dd key={`${name}.`}>{text}</dd>])}</dl>;
}

/** A reason that is asked for once somebody wants it. */
function Asked({ address, said, onDrawn }) {
    return (
        <Answer of={useAnswer(address)} what="the reason">
            {(data) => <Reason of={data.because} more={said(data)} onDrawn={onDrawn} />}
        </Answer>
    );
}

/** `of`: a `because`; `interval`: text; `what`: of which number, for those who hear it; `more`:
 *  [[label, text]] further lines. Or `address`: the question whose answer is the reason, and
 *  `said(answer)`: its further lines. With `number` the label is the number itself. */
export function Why({ of, what, interval, more, address, said, label = 'why', number = false }) {
    const id = useId();
    const panel = useRef(null);
    const button = useRef(null);
    const [open, setOpen] = useState(false);
    if (!of && !interval && !more?.length && !address) return number ? label : null;

    const onDrawn = () => place(panel.current, button.current);
    return (
        <>
            <button type="button" class={number ? 'why number' : 'why'} ref={button} popovertarget={id} aria-expanded={open}
                aria-label={`${label}: the reason behind ${what}`}>{label}</button>
            <div id={id} class="why-panel" popover="auto" ref={panel} role="group" aria-label={`The reason behind ${what}`}
                onBeforeToggle={(event) => setOpen(event.newState === 'open')} onToggle={(event) => event.newState === 'open' && onDrawn()}>
                {open && (
                    <>
                        <p class="why-title">{sentence(what)}</p>
                        {address ? <Asked address={address} said={said} onDrawn={onDrawn} />
                            : <Reason of={of} interval={interval} more={more} onDrawn={onDrawn} />}
                    </>
                )}
            </div>
        </>
    );
}
