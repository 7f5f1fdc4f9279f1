// SPDX-License-Identifier: MIT
// Where the reader is. Addresses are real paths and filters stand in the query, so that an address
// copied, kept or opened anew shows the same. Links are ordinary <a href>: one listener turns those
// that stay on the page into a change of history. An athlete once chosen stays chosen along them.

import { useEffect, useState } from 'preact/hooks';

const readers = new Set();

function tell() {
    for (const reader of readers) reader();
}

export function here() {
    return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Goes to an address of the page; `replace` leaves no step to go back to. An empty `athlete=` lets
 *  go of the one chosen. */
export function go(address, { replace = false } = {}) {
    const from = location.pathname;
    const to = new URL(address, location.href);
    const athlete = to.searchParams.get('athlete') ?? here().query.get('athlete');
    to.searchParams.delete('athlete');
    if (athlete) to.searchParams.set('athlete', athlete);
    history[replace ? 'replaceState' : 'pushState'](null, '', to.pathname + to.search);
    tell();
    if (location.pathname !== from) scrollTo(0, 0);
}

/** The present address; the component is drawn anew when it changes. */
export function useHere() {
    const [, again] = useState(0);
    useEffect(() => {
        const reader = () => again((n) => n + 1);
        readers.add(reader);
        return () => readers.delete(reader);
    }, []);
    return here();
}

/** The address of this path with some filters changed; empty ones are left out. */
export function withQuery(changes, at = here()) {
    const query = new URLSearchParams(at.query);
    for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === undefined || value === '' || value === false) query.delete(name);
        else query.set(name, value === true ? '1' : value);
    }
    const text = query.toString();
    return at.path + (text ? `?${text}` : '');
}

/** Changes filters in place: no step of history for each letter typed. */
export function setQuery(changes) {
    go(withQuery(changes), { replace: true });
}

/** `/activity/:id` against `/activity/12`: {id: '12'}, or null. A last `*` takes the rest. */
export function match(pattern, path) {
    const want = pattern.split('/').filter(Boolean);
    const have = path.split('/').filter(Boolean).map(decodeURIComponent);
    const found = {};
    for (const [i, part] of want.entries()) {
        if (part === '*') return { ...found, rest: have.slice(i) };
        if (have[i] === undefined) return null;
        if (part.startsWith(':')) found[part.slice(1)] = have[i];
        else if (part !== have[i]) return null;
    }
    return have.length === want.length ? found : null;
}

function onClick(event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.('a[href]');
    if (!link || link.target || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname.startsWith('/api/')) return;
    if (to.hash && to.pathname === location.pathname) return;
    event.preventDefault();
    go(to.pathname + to.search);
}

export function listen() {
    addEventListener('popstate', tell);
    document.addEventListener('click', onClick);
}
