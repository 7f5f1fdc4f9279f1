// SPDX-License-Identifier: MIT
// Questions to the engine. The address of a question is its command line: words and operands are the
// path, options the query. Nothing is worked out here, so the page cannot show another number.
//
// Answers are kept in memory by their address: a view seen before is drawn at once, then asked for
// again. The browser sends the ETag; an unchanged answer is neither sent nor read twice.

import { useEffect, useState } from 'preact/hooks';

/** ask(['race', 'list'], {since: '2026-01-01'}) -> '/api/v1/race/list?since=2026-01-01' */
export function ask(words, options = {}) {
    const path = [words].flat().map((word) => encodeURIComponent(word)).join('/');
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(options)) {
        if (value === null || value === undefined || value === '' || value === false) continue;
        query.set(name, value === true ? '1' : value);
    }
    const athlete = new URLSearchParams(location.search).get('athlete');
    if (athlete && !query.has('athlete')) query.set('athlete', athlete);
    const text = query.toString();
    return `/api/v1/${path}${text ? `?${text}` : ''}`;
}

/** What went wrong, in the sentence that the command line says; status and exit as numbers. */
export class Problem extends Error {
    constructor(status, title, detail, exit) {
        super(detail || title);
        this.status = status;
        this.title = title;
        this.exit = exit ?? null;
    }
}

async function problemOf(response) {
    const said = await response.json().catch(() => ({}));
    return new Problem(response.status, said.title ?? response.statusText, said.detail, said.exit);
}

async function send(address, options) {
    try {
        return await fetch(address, { credentials: 'same-origin', ...options });
    } catch {
        throw new Problem(0, 'No answer', 'Harrier does not answer: is `harrier serve` still running?');
    }
}

const kept = new Map(); /* address -> {tag, data} */
const waiting = new Map(); /* address -> promise: one question is under way once */
const readers = new Set();

async function fetched(address) {
    const response = await send(address, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw await problemOf(response);
    const tag = response.headers.get('ETag');
    const before = kept.get(address);
    if (before && tag && before.tag === tag) return before.data;
    const data = await response.json();
    kept.set(address, { tag, data });
    return data;
}

/** The answer to a question, as JSON. */
export function get(address) {
    if (!waiting.has(address)) {
        waiting.set(address, fetched(address).finally(() => waiting.delete(address)));
    }
    return waiting.get(address);
}

/** The answer as rows of comma-separated text. */
export async function getCsv(address) {
    const response = await send(address, { headers: { Accept: 'text/csv' } });
    if (!response.ok) throw await problemOf(response);
    return response.text();
}

/** Sends a body (a file, text, a form); `change` says that what is kept may differ after it. */
export async function post(address, body, { type = null, change = false } = {}) {
    const response = await send(address, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json', ...(type ? { 'Content-Type': type } : {}) },
    });
    if (!response.ok) throw await problemOf(response);
    const data = await response.json();
    if (change) changed();
    return data;
}

/** What is kept has changed: every view on the screen asks again. */
export function changed() {
    kept.clear();
    for (const reader of readers) reader();
}

/** {data, error, loading} of a question, drawn anew as it comes; a null address asks nothing. */
export function useAnswer(address) {
    const [state, setState] = useState({ address: null, data: null, error: null });
    const [turn, setTurn] = useState(0);

    useEffect(() => {
        const reader = () => setTurn((n) => n + 1);
        readers.add(reader);
        return () => readers.delete(reader);
    }, []);

    useEffect(() => {
        if (!address) return undefined;
        let wanted = true;
        const set = (data, error) => wanted && setState({ address, data, error });
        get(address).then(
            (data) => set(data, null),
            (error) => set(null, error),
        );
        return () => (wanted = false);
    }, [address, turn]);

    if (!address) return { data: null, error: null, loading: false };
    if (state.address === address) return { ...state, loading: false };
    const data = kept.get(address)?.data ?? null;
    return { data, error: null, loading: data === null };
}
