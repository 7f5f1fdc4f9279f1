// SPDX-License-Identifier: MIT
// The colours of the style sheet, for what is drawn on a canvas. They follow the light and the dark
// scheme; who draws is told when they change. On paper they are always the light ones.

const probe = document.createElement('span');
const known = new Map();
const readers = new Set();

/** colour('--fitness') -> 'rgb(...)' as it is now. */
export function colour(name) {
    if (!known.has(name)) {
        if (!probe.isConnected) {
            probe.hidden = true;
            document.body.append(probe);
        }
        probe.style.color = `var(${name})`;
        known.set(name, getComputedStyle(probe).color);
    }
    return known.get(name);
}

export function onColours(reader) {
    readers.add(reader);
    return () => readers.delete(reader);
}

function changed() {
    known.clear();
    for (const reader of readers) reader();
}

const KEPT = 'harrier.scheme';
export const scheme = () => localStorage.getItem(KEPT) ?? 'auto';

function show(name) {
    if (name === 'auto') delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = name;
    changed();
}

export function setScheme(name) {
    localStorage.setItem(KEPT, name);
    show(name);
}

export function listen() {
    show(scheme());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
    addEventListener('beforeprint', () => show('light'));
    addEventListener('afterprint', () => show(scheme()));
}
