// SPDX-License-Identifier: MIT
// harrier.wasm for Node and browsers: a FIT file in, what it says out.
//
//     import { load } from './harrier.mjs';
//     const harrier = await load(await (await fetch('harrier.wasm')).arrayBuffer());
//     const { activities } = harrier.decode(bytes);       // as `harrier decode --json` has it
//     activities[0].columns.heart_bpm                     // a Float64Array, NaN where missing
//
// Nothing is fetched, kept or sent here: the module can reach its own memory only.

// In the order of har_channel.
const CHANNELS = ['lat_deg', 'lon_deg', 'altitude_m', 'distance_m', 'speed_mps', 'heart_bpm',
  'cadence_spm', 'power_w', 'temp_c'];

const NO_TIME = -(2n ** 63n);

// The module is pure, but its C library could say that an assertion failed.
const refuse = () => { throw new Error('harrier.wasm asked for the world outside'); };

export async function load(wasm) {
  const module = await WebAssembly.compile(wasm);
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = refuse;
  const instance = await WebAssembly.instantiate(module, imports);
  instance.exports._initialize?.();
  return new Harrier(instance.exports);
}

class Harrier {
  constructor(exports) {
    this.c = exports;
  }

  // `bytes` is a Uint8Array with the whole file. Throws an Error with a sentence, and the
  // `offset` of the byte that is wrong.
  decode(bytes) {
    const room = this.c.harrier_room(bytes.length);
    if (!room) throw new Error('there is no memory for this file');
    new Uint8Array(this.c.memory.buffer, room, bytes.length).set(bytes);
    const status = this.c.harrier_decode(bytes.length);
    const size = this.c.harrier_answer_size();
    if (!size) throw new Error('there is no memory for what this file says');
    const text = new Uint8Array(this.c.memory.buffer, this.c.harrier_answer(), size);
    const answer = JSON.parse(new TextDecoder().decode(text));
    if (status !== 0)
      throw Object.assign(new Error(answer.message), { offset: answer.offset });
    answer.activities.forEach((activity, i) => { activity.columns = this.columns(i, activity); });
    return answer;
  }

  columns(i, { samples }) {
    const { buffer } = this.c.memory;
    const times = samples ? new BigInt64Array(buffer, this.c.harrier_time_ms(i), samples) : [];
    const columns = { time_ms: Float64Array.from(times, t => t === NO_TIME ? NaN : Number(t)) };
    CHANNELS.forEach((name, channel) => {
      const at = this.c.harrier_channel(i, channel);
      if (at) columns[name] = new Float64Array(buffer, at, samples).slice();
    });
    return columns;
  }
}
