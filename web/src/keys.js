// SPDX-License-Identifier: MIT
// The keyboard: `/` search, `g` and a letter to go to a view, `j` and `k` to the next and the previous
// one, `?` help. Single letters can be switched off (WCAG 2.1.4), for those who speak to their computer.
// Arrows, + and - and Esc belong to the chart that has the focus.

import { useEffect } from 'preact/hooks';
import { go } from './route.js';

const KEPT = 'harrier.letters';
const WAIT_MS = 1500;

let steps = null; /* {next, previous}: addresses, where a view has its own */
let goingTo = 0; /* when `g` was pressed */

export const lettersOn = () => localStorage.getItem(KEPT) !== 'off';
export const setLetters = (on) => localStorage.setItem(KEPT, on ? 'on' : 'off');

/** While the view is shown, j and k lead to these addresses; null where there is none. */
export function useSteps(next, previous) {
    useEffect(() => {
        const mine = { next, previous };
        steps = mine;
        return () => {
            if (steps === mine) steps = null;
        };
    }, [next, previous]);
}

/** Moves the focus along what is marked data-item: the rows of a list. */
function move(by) {
    const items = [...document.querySelectorAll('main [data-item]')];
    const at = items.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    items[to]?.focus();
}

function step(by) {
    if (!steps) return move(by);
    const address = by > 0 ? steps.next : steps.previous;
    if (address) go(address);
    return undefined;
}

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

export function listen(views) {
    addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape' && typing(event.target)) event.target.blur();
        if (typing(event.target) || !lettersOn()) return;

        const view = performance.now() - goingTo < WAIT_MS && views.find(({ key }) => key === event.key);
        goingTo = 0;
        if (view) go(view.path);
        else if (event.key === 'g') goingTo = performance.now();
        else if (event.key === '/') document.querySelector('#search')?.focus();
        else if (event.key === '?') go('/help');
        else if (event.key === 'j') step(1);
        else if (event.key === 'k') step(-1);
        else return;
        event.preventDefault();
    });
}
