// SPDX-License-Identifier: MIT
// The season on one axis of days: what training left behind, day by day, and what it asked, week by
// week; camps as bands, races as flags, and past the last day what the plan will bring.

import { DAYS } from '../chart.jsx';
import { dayDate, dayName, dayNumber, foretold, mondayOf, number, signed, span } from '../units.js';

const WEEK = 7;

/** Sums of the daily load by their Monday, of days done; [{monday, load, days}] in order. */
function weeksOf(days) {
    const weeks = new Map();
    for (const { date, load, planned } of days) {
        if (planned) continue;
        const monday = mondayOf(dayNumber(date));
        weeks.set(monday, (weeks.get(monday) ?? 0) + (load ?? 0));
    }
    return weeks;
}

function plannedRaces(plan) {
    return plan?.weeks.flatMap((week) => week.races) ?? [];
}

/** The plan's races that are still to come. */
export const racesAhead = (plan, asOf) => plannedRaces(plan).filter(({ date }) => date >= asOf);

function raceMarks(races, ahead) {
    return [
        ...races.map((race) => ({ at: dayNumber(race.date), label: `${race.event} ${race.mark}`, colour: '--race', flag: true })),
        ...ahead.map((race) => ({
            at: dayNumber(race.date), colour: '--race', flag: true, dash: [3, 3],
            label: `${race.event}${race.time_s ? ` ${foretold(race.event, race.time_s)}` : ''}`,
        })),
    ].sort((a, b) => a.at - b.at);
}

/** Camps that are planned: weeks of one name in a row, from now on. */
function campsAhead(plan, lastDone) {
    const ahead = [];
    for (const { monday, camp } of plan?.weeks ?? []) {
        const from = dayNumber(monday);
        if (!camp || from <= lastDone) continue;
        const last = ahead[ahead.length - 1];
        if (last?.name === camp && dayNumber(last.to) === from - 1) last.to = dayDate(from + WEEK - 1);
        else ahead.push({ name: camp, from: monday, to: dayDate(from + WEEK - 1) });
    }
    return ahead;
}

function bandsOf(camps, lastDone, lastPlanned) {
    const ahead = lastPlanned > lastDone
        ? [{ from: lastDone + 0.5, to: lastPlanned + 0.5, label: 'as planned', colour: '--future' }] : [];
    return [
        ...ahead,
        ...camps.map((camp) => ({
            from: dayNumber(camp.from) - 0.5, to: dayNumber(camp.to) + 0.5, colour: '--camp',
            label: camp.name ?? 'camp',
        })),
    ];
}

/** date -> what happened then, in words */
function notesOf(races, ahead, camps) {
    const notes = new Map();
    const add = (date, text) => notes.set(date, notes.has(date) ? `${notes.get(date)}, ${text}` : text);
    for (const race of races) add(race.date, `race ${race.event} ${race.mark}`);
    for (const race of ahead) add(race.date, `planned race ${race.event}`);
    const campAt = (date) => camps.find(({ from, to }) => from <= date && date <= to);
    return (date) => {
        const camp = campAt(date);
        return [notes.get(date), camp && `camp${camp.name ? ` ${camp.name}` : ''}`].filter(Boolean).join(', ') || null;
    };
}

/** The days to show, as whole weeks: `weeks` back from the last day done, and the plan ahead. */
function windowOf(first, lastDone, lastPlanned, weeks) {
    const from = weeks ? Math.max(first, lastDone - weeks * WEEK) : first;
    const to = weeks ? Math.min(lastPlanned, lastDone + Math.max(8, weeks / 2) * WEEK) : lastPlanned;
    return [mondayOf(from) - 0.5, mondayOf(to) + WEEK - 0.5];
}

const whole = (v) => number(v);

/** `days`: done, then planned ones; the specs of the two charts, that of form and that of load. */
export function seasonSpecs({ days, races, camps, plan, weeks }) {
    const dates = days.map(({ date }) => date);
    const xs = dates.map(dayNumber);
    const done = days.filter(({ planned }) => !planned);
    const lastDone = dayNumber(done[done.length - 1].date);
    const lastWeek = plan?.weeks.at(-1)?.monday;
    const lastPlanned = Math.max(xs[xs.length - 1], lastWeek ? dayNumber(lastWeek) + WEEK - 1 : 0);
    const shown = windowOf(xs[0], lastDone, lastPlanned, weeks);
    const ahead = racesAhead(plan, dayDate(lastDone + 1));
    const stays = [...camps.filter(({ from }) => dayNumber(from) <= lastDone), ...campsAhead(plan, lastDone)];
    const bands = bandsOf(stays, lastDone, lastPlanned);
    const note = notesOf(races, ahead, stays);
    const legend = [
        ...(races.length + ahead.length ? [{ label: 'race', class: 'race' }] : []),
        ...(stays.length ? [{ label: 'camp at altitude', class: 'camp' }] : []),
        ...(lastPlanned > lastDone ? [{ label: 'as planned', class: 'future' }] : []),
    ];
    const column = (name) => days.map((day) => day[name]);

    const form = {
        x: { name: 'Day', values: xs, window: shown, ...DAYS, text: (n) => dayName(dayDate(n)) },
        lines: [
            { label: 'Fitness', values: column('fitness'), text: whole, colour: '--fitness', width: 2.75 },
            { label: 'Fatigue', values: column('fatigue'), text: whole, colour: '--fatigue', width: 1 },
            { label: 'Form', values: column('form'), text: (v) => signed(v), colour: '--form', dash: [2, 3] },
        ],
        scales: { y: { text: whole, base: 0 } },
        bands, legend, newestFirst: true,
        marks: raceMarks(races, ahead),
        note: (i) => note(dates[i]),
    };

    const doneWeeks = weeksOf(days);
    const plannedWeeks = new Map((plan?.weeks ?? []).map((week) => [dayNumber(week.monday), week]));
    const mondays = [...new Set([...doneWeeks.keys(), ...plannedWeeks.keys()])].sort((a, b) => a - b);
    const load = {
        x: {
            name: 'Week', values: mondays.map((n) => n + 3), ...DAYS, window: shown,
            text: (n) => span(dayDate(n - 3), dayDate(n + 3)),
        },
        lines: [
            {
                label: 'Planned', values: mondays.map((n) => plannedWeeks.get(n)?.load ?? null), text: whole,
                colour: '--planned', fill: '--planned-soft', kind: 'bars', share: 0.92,
            },
            {
                label: 'Load done', values: mondays.map((n) => doneWeeks.get(n) ?? null), text: whole,
                colour: '--load', fill: '--load-soft', kind: 'bars', share: plannedWeeks.size ? 0.55 : 0.85,
            },
        ].filter((line) => line.values.some((v) => v !== null)),
        scales: { y: { min: 0, text: whole } },
        bands: bands.map((band) => ({ ...band, label: null })), newestFirst: true,
        note: (i) => plannedWeeks.get(mondays[i])?.phase ?? null,
    };
    return { form, load, mondays: mondays.map(dayDate) };
}
