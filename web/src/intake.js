// SPDX-License-Identifier: MIT
// Files on their way into the store: chosen or dropped, sent a few at a time, each with what became of
// it. What is under way goes on, and the log stays, while other views are looked at.

import { ask, changed, post } from './api.js';

/* Few enough that progress is seen and that a server's limit on one request is kept. */
const BATCH_FILES = 24;
const BATCH_BYTES = 8e6;

const SHEET = /\.(csv|tsv|lif|evt|txt|json|hyt|hy3|cl2|sd3)$/i;
const WATCH = /\.(fit|tcx|gpx|xml|zip|tgz|tar)(\.gz)?$|\.gz$/i;

const readers = new Set();
let state = { rows: [], sums: {}, sent: 0, count: 0, running: false, dry: false, error: null };
let queue = [];

export const intake = () => state;

export function onIntake(reader) {
    readers.add(reader);
    return () => readers.delete(reader);
}

function set(change) {
    state = { ...state, ...change };
    for (const reader of readers) reader();
}

/* --- out of what was dropped -------------------------------------------------------- */

const allEntries = async (reader) => {
    const all = [];
    for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (some.length === 0) return all;
        all.push(...some);
    }
};

async function filesOf(entry, path = '') {
    if (entry.isFile) {
        const file = await new Promise((done, failed) => entry.file(done, failed));
        return [{ path: path + file.name, file }];
    }
    const inside = await allEntries(entry.createReader());
    return (await Promise.all(inside.map((one) => filesOf(one, `${path}${entry.name}/`)))).flat();
}

/** Files and folders, however deep, of a drop. Entries must be taken while the event lasts. */
export async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.length === 0) return chosen(transfer.files);
    return (await Promise.all(entries.map((entry) => filesOf(entry)))).flat();
}

/** Files of an <input>, with their path below the folder that was chosen. */
export function chosen(list) {
    return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/* --- into the store ------------------------------------------------------------------- */

const kindOf = (path) => (SHEET.test(path) ? 'sheet' : WATCH.test(path) ? 'watch' : 'other');

function batches(files) {
    const all = [];
    let size = 0;
    for (const one of files) {
        const last = all.at(-1);
        if (last && last.kind === one.kind && last.files.length < BATCH_FILES && size + one.file.size <= BATCH_BYTES) {
            last.files.push(one);
            size += one.file.size;
        } else {
            all.push({ kind: one.kind, options: one.options, files: [one] });
            size = one.file.size;
        }
    }
    return all;
}

const SUMS = ['imported', 'enriched', 'duplicate', 'failed', 'skipped', 'marks', 'refused'];

function added(answer, batch) {
    const sums = { ...state.sums };
    for (const name of SUMS) sums[name] = (sums[name] ?? 0) + (answer[name] ?? 0);
    if (batch.kind === 'watch') sums.runs = (sums.runs ?? 0) + (answer.imported ?? 0);
    const lines = (answer.rows ?? []).map((row) => ({ ...row, path: `${row.path}, line ${row.line}` }));
    return { sums, rows: [...state.rows, ...answer.files, ...lines] };
}

async function send(batch) {
    const form = new FormData();
    for (const { path, file } of batch.files) form.append('file', file, path);
    const words = batch.kind === 'sheet' ? ['results', 'import'] : ['import'];
    return post(ask(words, batch.options), form);
}

async function work() {
    set({ running: true, error: null });
    while (queue.length > 0) {
        const batch = queue.shift();
        try {
            set(added(await send(batch), batch));
        } catch (error) {
            const rows = batch.files.map(({ path }) => ({ path, status: 'failed', reason: error.message }));
            set({ rows: [...state.rows, ...rows], sums: { ...state.sums, failed: (state.sums.failed ?? 0) + rows.length } });
            if (!error.status) { /* nobody answers any more: what is left stays unsent */
                queue = [];
                set({ error });
            }
        }
        set({ sent: state.sent + batch.files.length });
    }
    set({ running: false });
    changed();
}

/** Sends files; `options` as those of `harrier import`. */
export function take(files, options = {}) {
    const sorted = files.filter(({ path }) => !/(^|\/)\.[^/]*$/.test(path))
        .map((one) => ({ ...one, kind: kindOf(one.path), options }));
    const wanted = sorted.filter(({ kind }) => kind !== 'other');
    const passed = sorted.filter(({ kind }) => kind === 'other')
        .map(({ path }) => ({ path, status: 'skipped', reason: 'neither a watch file, an archive nor a sheet, by its name' }));
    queue.push(...batches(wanted));
    const fresh = state.running ? state : { rows: [], sums: {}, sent: 0, count: 0 };
    set({
        rows: [...fresh.rows, ...passed],
        sums: { ...fresh.sums, skipped: (fresh.sums.skipped ?? 0) + passed.length },
        sent: fresh.sent,
        count: fresh.count + wanted.length,
        dry: Boolean(options['dry-run']),
    });
    if (!state.running) work();
}
