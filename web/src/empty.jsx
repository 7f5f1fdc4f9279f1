// SPDX-License-Identifier: MIT
// What stands in a view that has nothing to show: why, and the next step.

import { sentence } from './words.js';

/** `next`: [{text, href} | {text, command}] */
export function Empty({ title, children, next = [] }) {
    return (
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children && <p>{children}</p>}
            {next.length > 0 && (
                <ul>
                    {next.map((step) => (
                        <li key={step.text}>
                            {step.href ? <a href={step.href}>{step.text}</a> : step.text}
                            {step.command && <> <code>{step.command}</code></>}
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}

/** What the command line says, as a sentence: `words like these` are code. */
export function Said({ text }) {
    const whole = sentence(text) + (/[.?!`]$/.test(text) ? '' : '.');
    return whole.split('`').map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part));
}

/** A question that could not be answered, in the sentence that the command line says. */
export function Failure({ error }) {
    return (
        <div class="failure" role="alert">
            <p class="empty-title">{error.exit === 5 ? 'Not enough data for an honest answer' : error.title}</p>
            <p><Said text={error.message} /></p>
            {error.status === 401 && <p>Open the address that <code>harrier serve</code> printed.</p>}
        </div>
    );
}

export function Loading({ what = 'the numbers' }) {
    return <p class="loading" role="status">Working out {what} …</p>;
}

/** Draws `children(data)` once `of` (from useAnswer) has an answer. */
export function Answer({ of, what, children }) {
    if (of.error) return <Failure error={of.error} />;
    if (of.data === null) return <Loading what={what} />;
    return children(of.data);
}
