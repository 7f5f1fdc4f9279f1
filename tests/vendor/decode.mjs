// SPDX-License-Identifier: MIT
// What the vendor's decoder says of FIT files, as one JSON list: every message, with the fields
// it does not know under their numbers, and every error.
import { Decoder, Stream } from '@garmin/fitsdk';
import fs from 'fs';

function said(path) {
    const decoder = new Decoder(Stream.fromBuffer(fs.readFileSync(path)));
    const whole = decoder.isFIT() && decoder.checkIntegrity();
    const { messages, errors } = decoder.read({ includeUnknownData: true });
    return { whole, messages, errors: errors.map(String) };
}
console.log(JSON.stringify(process.argv.slice(2).map(said)));
