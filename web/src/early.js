// SPDX-License-Identifier: MIT
// What the view at this address will ask first, asked before the page itself has come: the engine works
// while the browser reads its script. A script of its own, loaded first; api.js takes the answers up.
// What is listed here and not asked by the view would be asked in vain: tests/browser looks at that.

import { FOR_JSON, ask } from './ask.js';

/* As splitEvery() of units.js, which is not here yet. */
const every = localStorage.getItem('harrier.units') === 'imperial' ? 'mile' : null;

function questionsAt(path) {
    if (path === '/') return [ask('load'), ask(['race', 'list']), ask(['camp', 'list'])];
    const [, id] = /^\/activity\/(\d+)$/.exec(path) ?? [];
    return id ? [ask(['show', id], { every }), ask(['streams', id])] : [];
}

globalThis.early = new Map(questionsAt(location.pathname).map((address) => {
    const answer = fetch(address, FOR_JSON);
    answer.catch(() => {}); /* said by whoever takes it up */
    return [address, answer];
}));
