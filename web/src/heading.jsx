// SPDX-License-Identifier: MIT
// The heading of a view: it names the browser's tab, and takes the focus when the reader has come from
// another view, so that a screen reader says where one is and Tab goes on from there.

import { useEffect, useRef } from 'preact/hooks';

let shown = null; /* the path of the last view; of the first one the focus stays at the top of the page */

export function Heading({ title, tab = title, children }) {
    const heading = useRef(null);
    useEffect(() => {
        document.title = `${tab} · Harrier`;
    }, [tab]);
    useEffect(() => {
        if (shown !== null && shown !== location.pathname) heading.current.focus({ preventScroll: true });
        shown = location.pathname;
    }, []);
    return (
        <div class="heading">
            <h1 tabIndex={-1} ref={heading}>{title}</h1>
            {children}
        </div>
    );
}
