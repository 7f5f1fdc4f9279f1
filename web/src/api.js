// SPDX-License-Identifier: MIT
// Questions to the engine. Nothing is worked out here, so the page cannot show another number.
//
// Answers are kept in memory by their address: a view seen before is drawn at once, then asked for
// again. The browser sends the ETag; an unchanged answer is neither sent nor read twice.

import { useEffect, useState } from 'preact/hooks';
import { FOR_JSON, ask } from './ask.js';

export { ask };

const EARLY_MS = 10_000;

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

/** What early.js has asked, once, and only of the view with which the page began. */
function takeEarly(address) {
    const answer = performance.now() < EARLY_MS ? globalThis.early?.get(address) : null;
    globalThis.early?.delete(address);
    return answer;
}

async function send(address, options) {
    const begun = options === FOR_JSON ? takeEarly(address) : null;
    try {
        return await (begun || fetch(address, { credentials: 'same-origin', ...options }));
    } catch {
        throw new Problem(0, 'No answer', 'Harrier does not answer: is `harrier serve` still running?');
    }
}

const kept = new Map(); /* address -> {tag, data} */
const waiting = new Map(); /* address -> promise: one question is under way once */
const readers = new Set();

async function fetched(address) {
    const response = await send(address, FOR_JSON);
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
    globalThis.early?.clear();
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
