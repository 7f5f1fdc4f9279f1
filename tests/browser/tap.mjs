// SPDX-License-Identifier: MIT
// The few lines a test in JavaScript needs to speak TAP, as tests/tap.py does for Python.
// A test that takes longer than its time is a failure like any other.
const SLOW_S = 4;

export class Tap {
    count = 0;
    failed = 0;

    #say(good, name, after = '') {
        this.count++;
        console.log(`${good ? 'ok' : 'not ok'} ${this.count} - ${name}${after}`);
    }

    async test(name, body, limit_ms = 180_000) {
        let clock;
        const begin = performance.now();
        const late = new Promise((_, no) => {
            clock = setTimeout(() => no(new Error(`took over ${limit_ms / 1000} s`)), limit_ms);
        });
        try {
            await Promise.race([body(), late]);
            this.#say(true, name);
        } catch (error) {
            this.failed++;
            this.#say(false, name);
            console.log(String(error.stack || error).split('\n').slice(0, 12).map((line) => `# ${line}`).join('\n'));
        } finally {
            clearTimeout(clock);
            const seconds = (performance.now() - begin) / 1000;
            if (seconds > SLOW_S) console.log(`# that took ${seconds.toFixed(1)} s`);
        }
    }

    skip(name, why) {
        this.#say(true, name, ` # SKIP ${why}`);
    }

    done() {
        console.log(`1..${this.count}`);
        return this.failed ? 1 : 0;
    }
}
