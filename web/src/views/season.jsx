// SPDX-License-Identifier: MIT
// The season: one axis of days for what was done and what is planned, and beside it the answers to what
// a runner asks first: last week, how fit, which race next, what could be run.
//
// The season is seen as of today; where nothing is kept of the last weeks, as of the day after the last
// one kept, and it says so.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { ask, getCsv, post, useAnswer } from '../api.js';
import { AsOfNote, asOfDay } from '../asof.jsx';
import { Chart } from '../chart.jsx';
import { Answer, Empty } from '../empty.jsx';
import { Heading } from '../heading.jsx';
import { go, setQuery, useHere, withQuery } from '../route.js';
import { Why } from '../why.jsx';
import { dayDate, dayNumber, number, today } from '../units.js';
import { Attention, Camps, FormTile, LastRaceTile, NextRaceTile, Plan, Predictions, WeekTile } from './season-cards.jsx';
import { PlanRace } from './season-plan.jsx';
import { racesAhead, seasonSpecs } from './season-axis.js';
import './season.css';

const RANGES = [['12', '12 weeks'], ['26', '26 weeks'], ['52', 'A year'], ['all', 'All']];

/** The days that the plan will bring, by the same model: the plan as a file, asked of `load`. */
function useProjection(plan, lastDay) {
    const [days, setDays] = useState([]);
    useEffect(() => {
        if (!plan) return undefined;
        let wanted = true;
        getCsv(ask(['season', 'show']))
            .then((rows) => post(ask('load', { since: lastDay }), rows, { type: 'text/csv' }))
            .then((load) => wanted && setDays(load.days.filter(({ planned }) => planned)))
            .catch(() => {}); /* no projection: the chart ends with the last day done */
        return () => (wanted = false);
    }, [plan, lastDay]);
    return days;
}

function Ranges({ chosen }) {
    return (
        <nav class="switch" aria-label="How much is shown">
            {RANGES.map(([weeks, text]) => (
                <a key={weeks} href={withQuery({ weeks: weeks === '26' ? null : weeks })}
                    aria-current={weeks === chosen ? 'true' : undefined}>{text}</a>
            ))}
        </nav>
    );
}

function Charts({ load, races, camps, plan, weeks }) {
    const projected = useProjection(plan, load.last_day);
    const specs = useMemo(
        () => seasonSpecs({ days: [...load.days, ...projected], races, camps, plan, weeks: Number(weeks) || null }),
        [load, projected, races, camps, plan, weeks],
    );
    const openWeek = (i) => {
        const monday = specs.mondays[i];
        go(`/activities?since=${monday}&until=${dayDate(dayNumber(monday) + 6)}`);
    };
    return (
        <section class="card" aria-label="The season on one axis">
            <Chart spec={specs.form} group="season" height={300} caption="Fitness, fatigue and form, day by day.">
                <Why what="fitness, fatigue and form" of={load.because} />
            </Chart>
            <Chart spec={specs.load} group="season" height={170} onPick={openWeek}
                caption="Load, week by week. A click or Enter opens a week.">
                <Why what="load" of={load.because} more={Object.entries(load.sources)
                    .filter(([, n]) => n > 0).map(([from, n]) => [`From ${from}`, `${number(n)} sessions`])} />
            </Chart>
        </section>
    );
}

/** Predictions are of a man or of a woman; where nobody has said, it is asked here. */
function Could({ answer, asOf }) {
    if (answer.error?.exit === 5 && answer.error.message.includes('--sex')) {
        return (
            <Empty title="Predictions are of a man or of a woman, and nobody has said which.">
                <span class="choices">
                    <button type="button" onClick={() => setQuery({ sex: 'M' })}>A man</button>
                    <button type="button" onClick={() => setQuery({ sex: 'F' })}>A woman</button>
                </span>
                It is known for good with one race: <code>harrier race add 28:43 10K --sex F --date 2025-10-12</code>
            </Empty>
        );
    }
    return <Answer of={answer} what="the predictions">{(data) => <Predictions answer={data} asOf={asOf} />}</Answer>;
}

/** Everything that waits for the day the season is seen from. */
function Seen({ load }) {
    const { query } = useHere();
    const weeks = query.get('weeks') ?? '26';
    const asOf = asOfDay(load.last_day);
    const activities = useAnswer(ask('list', { since: dayDate(dayNumber(asOf) - 42), until: asOf }));
    const races = useAnswer(ask(['race', 'list']));
    const camps = useAnswer(ask(['camp', 'list']));
    const season = useAnswer(ask(['season', 'show'], { date: asOf }));
    const predictions = useAnswer(ask('predict', { date: asOf, sex: query.get('sex') }));
    const squad = useAnswer(ask('squad', { date: asOf }));
    const plan = season.data;
    const ahead = racesAhead(plan, asOf);
    const known = !races.loading && !camps.loading && !season.loading; /* then the charts are drawn once more, not thrice */
    const none = useMemo(() => [], []);
    const day = load.days.findLast(({ planned }) => !planned);

    return (
        <>
            <AsOfNote of={{ day: asOf, lastDay: load.last_day }} />
            <div class="tiles">
                <Answer of={activities} what="the week">{({ activities: all }) => <WeekTile activities={all} asOf={asOf} />}</Answer>
                <FormTile load={load} day={day} />
                {!season.loading && <NextRaceTile plan={plan} asOf={asOf} ahead={ahead} />}
                <Answer of={races} what="the races">{({ races: all, because }) => <LastRaceTile races={all} because={because} />}</Answer>
            </div>
            <Ranges chosen={weeks} />
            <Charts load={load} races={(known && races.data?.races) || none} camps={(known && camps.data?.camps) || none}
                plan={known ? plan : null} weeks={weeks} />
            <div class="cards">
                <section class="card" aria-labelledby="could">
                    <h2 id="could">What could be run</h2>
                    <Could answer={predictions} asOf={asOf} />
                </section>
                <section class="card" aria-labelledby="look">
                    <h2 id="look">Worth a look</h2>
                    <Answer of={squad}>{(answer) => <Attention squad={answer} athlete={query.get('athlete')} />}</Answer>
                </section>
                <section class="card" aria-labelledby="plan">
                    <h2 id="plan">Plan {plan && <Why what="the plan" of={plan.because} />}</h2>
                    {season.error?.status === 404
                        ? <PlanRace asOf={asOf} />
                        : <Answer of={season} what="the plan">{(answer) => <Plan plan={answer} asOf={asOf} />}</Answer>}
                </section>
                {camps.data?.camps.length > 0 && (
                    <section class="card" aria-labelledby="camps">
                        <h2 id="camps">Altitude</h2>
                        <Camps answer={camps.data} />
                    </section>
                )}
            </div>
        </>
    );
}

export function Season() {
    const load = useAnswer(ask('load'));
    const nothing = load.error && [404, 422].includes(load.error.status);
    return (
        <>
            <Heading title="Season" />
            {nothing || load.data?.days.length === 0 ? (
                <Empty title="Nothing is kept yet." next={[
                    { text: 'Drop watch files or an export here', href: '/import' },
                    { text: 'or look around in a simulated season:', command: 'make demo' },
                ]}>Harrier reads FIT, TCX and GPX files and whole exports, and keeps every original.</Empty>
            ) : <Answer of={load} what="the season">{(answer) => <Seen load={answer} />}</Answer>}
        </>
    );
}
