// SPDX-License-Identifier: MIT
// The splits of a field, out of a sheet that is dropped here: gaps, positions, laps, where it was won.
// The sheet is looked at and not kept.

import { useMemo, useState } from 'preact/hooks';
import { ask, post } from '../api.js';
import { Chart } from '../chart.jsx';
import { Empty, Failure, Loading } from '../empty.jsx';
import { Choice, Field as Input, Fields } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { useHere } from '../route.js';
import { Table } from '../table.jsx';
import { Why } from '../why.jsx';
import { SHOWN, fieldSpecs } from './race-charts.js';
import { sentence } from '../words.js';
import * as u from '../units.js';
import '../style-views.css';
import './activity.css';

const RUNNERS = 100; /* of each race are asked for */

const nameOf = (a) => a.name ?? (a.bib ? `Bib ${a.bib}` : `Number ${a.place}`);

function LapTable({ athletes, marks, race }) {
    const digits = race.distance_m <= 10000 ? 1 : 0;
    const lapAt = (a, m) => a.laps.find((lap) => lap.to_m === m);
    const columns = [
        { key: 'place', label: 'Place', class: 'n', sort: (a) => a.place, text: (a) => u.number(a.place) },
        { key: 'name', label: 'Name', class: 'nowrap', sort: nameOf, text: nameOf },
        { key: 'time', label: 'Time', class: 'n', sort: (a) => a.time_s, text: (a) => <b>{u.mark(a.time_s, digits ? 2 : 0)}</b> },
        { key: 'even', label: '2nd half', class: 'n wide', sort: (a) => a.even_pct, text: (a) => `${u.signed(a.even_pct, 1)} %` },
        ...marks.map((m) => ({
            key: String(m), label: `to ${u.placeName(m)}`, class: 'n', sort: (a) => lapAt(a, m)?.lap_s,
            text: (a) => {
                const lap = lapAt(a, m);
                return lap ? <>{u.mark(lap.lap_s, digits)} <span class="quiet">({u.number(lap.position)})</span></> : '–';
            },
        })),
    ];
    return <Table caption="Each lap, and the position after it in brackets" columns={columns} rows={athletes}
        rowKey={(a) => `${a.place} ${a.bib} ${nameOf(a)}`} size={30} />;
}

function OneRace({ answer, race }) {
    const athletes = useMemo(() => answer.athletes.filter((a) => a.race === race.name)
        .sort((a, b) => (a.place ?? 1e9) - (b.place ?? 1e9)), [answer, race]);
    const specs = useMemo(() => fieldSpecs(athletes), [athletes]);
    return (
        <>
            <p class="verdict">{sentence(race.decisive?.because ?? 'Nowhere in particular')}. <Why what="where it was won" of={answer.because} /></p>
            <p class="quiet">{u.number(race.finishers)} of {u.number(race.runners)} finished{race.closer ? `; the fastest last lap: ${race.closer}` : ''}.
                {athletes.length > SHOWN && ' The charts show the first twelve.'}</p>
            <div class="columns">
                <section class="card" aria-label="Gaps">
                    <Chart spec={specs.gap} height={320} group="field" caption="Behind the leader, in seconds." />
                </section>
                <section class="card" aria-label="Positions">
                    <Chart spec={specs.position} height={320} group="field" caption="Position at each mark." />
                </section>
            </div>
            <section class="card" aria-labelledby="laps"><h2 id="laps">Laps <Why what="halves, positions and gaps" of={answer.because} /></h2>
                <LapTable athletes={athletes} marks={specs.marks} race={race} /></section>
        </>
    );
}

function Races({ answer }) {
    const { query } = useHere();
    const names = answer.races.map(({ name }, i) => [i ? String(i) : '', name ?? `Race ${i + 1}`]);
    const race = answer.races[Number(query.get('of') ?? 0)] ?? answer.races[0];
    if (!race) return <Empty title="There is no race in that file." />;
    return (
        <>
            {names.length > 1 && <Fields label="Which race of the file" button={null}><Choice label="Race" name="of" choices={names} /></Fields>}
            <OneRace answer={answer} race={race} />
            {answer.notes?.length > 0 && (
                <details class="card"><summary>{u.number(answer.notes.length)} notes on the file</summary>
                    <ul>{answer.notes.slice(0, 200).map((note, i) => <li key={i}>{note.message ?? String(note)}</li>)}</ul></details>
            )}
        </>
    );
}

export function Field() {
    const { query } = useHere();
    const [state, setState] = useState({});
    const [over, setOver] = useState(false);
    const take = (file) => {
        if (!file) return;
        setState({ name: file.name, loading: true });
        const form = new FormData(); /* not `?name=`: that asks for one race of the file */
        form.append('file', file, file.name);
        post(ask(['race', 'analyse'], { event: query.get('event'), limit: RUNNERS }), form).then(
            (data) => setState({ name: file.name, data }),
            (error) => setState({ name: file.name, error }),
        );
    };
    const onDrop = (event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
    };
    return (
        <>
            <Heading title="The splits of a field" />
            <div class={`drop ${state.data ? 'low' : ''} ${over ? 'over' : ''}`} onDrop={onDrop}
                onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
                <p class={state.data ? '' : 'drop-title'}>{state.name ? <><b>{state.name}</b>. Another sheet: drop it here</> : 'Drop a sheet with splits here'}</p>
                {!state.data && <p class="quiet">CSV with a column for each mark, or FinishLynx. It is looked at and not kept.</p>}
                <div class="pickers">
                    <label class="picker">Choose a file<input type="file" onChange={(event) => take(event.currentTarget.files[0])} /></label>
                </div>
            </div>
            {!state.data && (
                <Fields label="About the file" button={null}>
                    <Input label="Event" name="event" hint="only where the file does not say it: 1500, MAR" />
                </Fields>
            )}
            {state.loading && <Loading what="the race" />}
            {state.error && <Failure error={state.error} />}
            {state.data && <Races answer={state.data} />}
        </>
    );
}
