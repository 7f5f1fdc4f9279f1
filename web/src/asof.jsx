// SPDX-License-Identifier: MIT
// The day from which things are looked at: today; where nothing is kept of the last weeks, the day
// after the last one kept; and always the one that the address names.

import { ask, useAnswer } from './api.js';
import { here } from './route.js';
import { dayDate, dayName, dayNumber, today } from './units.js';

const STALE_DAYS = 28;

export function asOfDay(lastDay) {
    const now = today();
    return dayNumber(now) - dayNumber(lastDay) > STALE_DAYS ? dayDate(dayNumber(lastDay) + 1) : now;
}

/** {day, lastDay}; `day` is null until it is known. */
export function useAsOf() {
    const told = here().query.get('date');
    const latest = useAnswer(told ? null : ask('list', { limit: 1 }));
    if (told) return { day: told, lastDay: null };
    if (latest.loading) return { day: null, lastDay: null };
    const lastDay = latest.data?.activities[0]?.local_start.slice(0, 10) ?? null;
    return { day: lastDay ? asOfDay(lastDay) : today(), lastDay };
}

/** Says so, where it is not today and nobody asked for that day. */
export function AsOfNote({ of: { day, lastDay } }) {
    if (!lastDay || day === today()) return null;
    return <p class="note stale">Nothing is kept after {dayName(lastDay)}: this is as of the day after.</p>;
}
