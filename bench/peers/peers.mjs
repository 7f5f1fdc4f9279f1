// SPDX-License-Identifier: MIT
// Other decoders of FIT over the same files: `node peers.mjs FILE...` prints lines of
// `name seconds files`: of each the best of three rounds, without its start and without reading
// the files, and how many of them it decoded. One that it refuses costs it what it took to say so.
import { Decoder, Stream } from '@garmin/fitsdk';
import fitDecoder from 'fit-decoder';
import FitParser from 'fit-file-parser';
import fs from 'node:fs';

console.log = () => {}; // some talk while they work

const files = process.argv.slice(2).map((path) => fs.readFileSync(path));
const alone = files.map((file) =>
    file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
const parser = new FitParser({ mode: 'list', force: true });

const peers = {
    '@garmin/fitsdk': (i) => new Decoder(Stream.fromBuffer(files[i])).read(),
    'fit-file-parser': (i) => parser.parseAsync(files[i]),
    'fit-decoder': (i) => fitDecoder.parseRecords(fitDecoder.fit2json(alone[i])),
};

for (const [name, decode] of Object.entries(peers)) {
    let best = Infinity, decoded;
    for (let round = 0; round < 3; round++) {
        decoded = 0;
        const from = process.hrtime.bigint();
        for (let i = 0; i < files.length; i++) {
            try {
                await decode(i);
                decoded++;
            } catch { /* it refuses some */ }
        }
        best = Math.min(best, Number(process.hrtime.bigint() - from) / 1e9);
    }
    process.stdout.write(`${name} ${best} ${decoded}\n`);
}
