// SPDX-License-Identifier: MIT
// The address of a question is its command line: words and operands are the path, options the query.

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

/** How every question for JSON is asked. */
export const FOR_JSON = { credentials: 'same-origin', headers: { Accept: 'application/json' } };
