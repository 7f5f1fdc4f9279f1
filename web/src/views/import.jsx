// SPDX-License-Identifier: MIT
// Files in: dropped anywhere on this view or chosen, with their progress, what became of each and why,
// and what to do next.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Field, Fields, Tick } from '../fields.jsx';
import { Heading } from '../heading.jsx';
import { chosen, dropped, intake, onIntake, take } from '../intake.js';
import { here, setQuery, withQuery } from '../route.js';
import { Table } from '../table.jsx';
import { number } from '../units.js';
import '../style-views.css';

const FATES = {
    imported: 'in', enriched: 'filled in', duplicate: 'known already', failed: 'not in', skipped: 'passed over',
    refused: 'line refused', warning: 'line doubtful',
};
const BAD = ['failed', 'refused'];

function useIntake() {
    const [, again] = useState(0);
    useEffect(() => onIntake(() => again((n) => n + 1)), []);
    return intake();
}

const options = () => ({ 'dry-run': here().query.has('dry-run'), athlete: here().query.get('athlete') });

function Drop() {
    const [over, setOver] = useState(false);
    const folder = useRef(null);
    useEffect(() => {
        folder.current.webkitdirectory = true;
        const allow = (event) => {
            if (!event.dataTransfer?.types.includes('Files')) return;
            event.preventDefault();
            setOver(true);
        };
        const leave = (event) => event.relatedTarget === null && setOver(false);
        const drop = async (event) => {
            if (!event.dataTransfer?.types.includes('Files')) return;
            event.preventDefault();
            setOver(false);
            take(await dropped(event.dataTransfer), options());
        };
        const listeners = [['dragenter', allow], ['dragover', allow], ['dragleave', leave], ['drop', drop]];
        for (const [name, listener] of listeners) addEventListener(name, listener);
        return () => {
            for (const [name, listener] of listeners) removeEventListener(name, listener);
        };
    }, []);
    const onChange = (event) => {
        take(chosen(event.target.files), options());
        event.target.value = '';
    };
    return (
        <div class={over ? 'drop over' : 'drop'}>
            <p class="drop-title">Drop files or folders here</p>
            <p class="quiet">
                From a watch: FIT, TCX, GPX, also in .gz or .zip, and whole exports of Strava or Garmin.
                From a race: sheets and lists as CSV, FinishLynx, Hy-Tek, JSON.
            </p>
            <div class="pickers">
                <label class="picker">
                    Choose files
                    <input type="file" multiple onChange={onChange} />
                </label>
                <label class="picker">
                    Choose a folder
                    <input type="file" ref={folder} onChange={onChange} />
                </label>
            </div>
        </div>
    );
}

const many = (n, one, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

/** What it came to, in one sentence. */
function summary({ sums, rows, dry }) {
    const parts = [
        sums.runs && `${many(sums.runs, 'activity', 'activities')} ${dry ? 'would come in' : 'came in'}`,
        sums.marks && `${many(sums.marks, 'mark')} ${dry ? 'would come in' : 'came in'}`,
        sums.enriched && `${number(sums.enriched)} filled in what was missing`,
        sums.duplicate && `${number(sums.duplicate)} known already`,
        sums.skipped && `${number(sums.skipped)} passed over`,
        sums.refused && `${many(sums.refused, 'line')} refused`,
        sums.failed && `${many(sums.failed, 'file')} could not be read`,
    ].filter(Boolean);
    if (parts.length === 0) return rows.length ? 'Nothing new.' : '';
    return `${parts.join(', ')}.`;
}

function Progress({ state }) {
    if (!state.running && state.rows.length === 0) return null;
    return (
        <div class="intake-progress">
            {state.running && (
                <progress value={state.sent} max={state.count} aria-label="Files sent">{state.sent} of {state.count}</progress>
            )}
            <p role="status">
                {state.running ? `${number(state.sent)} of ${many(state.count, 'file')}. ` : 'Done. '}
                {summary(state)}
            </p>
            {state.error && <p role="alert" class="bad">{state.error.message}</p>}
        </div>
    );
}

function Next({ state }) {
    if (state.running || state.rows.length === 0) return null;
    const { sums, dry } = state;
    return (
        <section class="card" aria-labelledby="next">
            <h2 id="next">What next</h2>
            <ul class="steps">
                {dry && <li>Nothing was kept. To keep them, <a href={withQuery({ 'dry-run': false })}>judge no longer</a> and drop them again.</li>}
                {sums.runs > 0 && !dry && <li><a href="/">See the season</a>, or <a href="/activities">the activities</a>.</li>}
                {sums.marks > 0 && !dry && <li><a href="/races">See the races</a>, <a href="/lists/rank">the lists</a>, or <a href="/predict">what could be run</a>.</li>}
                {!sums.runs && !sums.marks && sums.duplicate > 0 && <li>All of it was here before: <a href="/activities">the activities</a>.</li>}
                {sums.failed > 0 && <li>Files that could not be read are untouched where you have them; the reason stands beside each.</li>}
                {sums.runs > 0 && !dry && <li>Official results make predictions better: drop a sheet, or tell one: <code>harrier race add 36:40 10K --date 2026-03-01</code></li>}
            </ul>
        </section>
    );
}

function Fate({ status }) {
    const kind = BAD.includes(status) ? 'bad' : status === 'imported' ? 'good' : 'plain';
    return <span class={`fate ${kind}`}>{FATES[status] ?? status}</span>;
}

/** Where in a file it went wrong. */
function reasonOf(row) {
    const at = row.offset > 0 ? ` (byte ${number(row.offset)})` : '';
    return row.reason ? row.reason + at : '';
}

function Log({ state }) {
    const only = here().query.get('show');
    const wrong = state.rows.filter(({ status }) => BAD.includes(status)).length;
    const rows = only === 'failed' ? state.rows.filter(({ status }) => BAD.includes(status)) : state.rows;
    if (state.rows.length === 0) return null;
    const columns = [
        {
            key: 'path', label: 'File', class: 'path', sort: (row) => row.path,
            text: (row) => <>{row.path}<small class="narrow">{reasonOf(row)}</small></>,
        },
        { key: 'status', label: 'Became', text: (row) => <Fate status={row.status} />, sort: (row) => row.status },
        { key: 'reason', label: 'Because', class: 'wide', text: reasonOf, sort: (row) => row.reason ?? '' },
    ];
    return (
        <section class="card" aria-labelledby="log">
            <h2 id="log">Every file, and what became of it</h2>
            {wrong > 0 && (
                <p class="switch" role="group" aria-label="Which files">
                    <button type="button" aria-pressed={only !== 'failed'} onClick={() => setQuery({ show: '' })}>All {number(state.rows.length)}</button>
                    <button type="button" aria-pressed={only === 'failed'} onClick={() => setQuery({ show: 'failed' })}>Not in {number(wrong)}</button>
                </p>
            )}
            <Table caption="The log of this import" hideCaption columns={columns} rows={rows} />
        </section>
    );
}

export function Import() {
    const state = useIntake();
    return (
        <>
            <Heading title="Import" />
            <Drop />
            <Fields label="How to take them in" button="Set">
                <Field label="Whose" name="athlete" placeholder="yours" hint="a name, where the store keeps several athletes" />
                <Tick label="Only judge, keep nothing" name="dry-run" />
            </Fields>
            <Progress state={state} />
            <Next state={state} />
            <Log state={state} />
        </>
    );
}
