// SPDX-License-Identifier: MIT
// One who looks at a page: goes to its addresses, listens for errors, writes down every
// request, and judges what is on the screen.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const DRAWN_MS = 60_000;

/* Where nothing is known yet, the server says so (404, 422), the page tells the next step, and the
 * browser writes a line of its own that no page can prevent. */
const UNASKED = /Failed to load resource: the server responded with a status of 4(04|22)/;

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };
export const WALL = { width: 2560, height: 1440 };

const axe = () => fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class Visitor {
    errors = []; // of the console, and of scripts
    requests = new Set(); // origins that were asked

    // The address is the one that `harrier serve` printed; its token is spent here.
    static async arrive(browser, site, { viewport = DESK, colorScheme = 'light' } = {}) {
        const visitor = new Visitor();
        visitor.site = site;
        visitor.context = await browser.newContext({ viewport, colorScheme, acceptDownloads: true });
        visitor.context.setDefaultTimeout(DRAWN_MS);
        visitor.context.on('request', (request) => visitor.requests.add(new URL(request.url()).origin));
        visitor.page = await visitor.context.newPage();
        visitor.page.on('pageerror', (error) => visitor.errors.push(String(error)));
        visitor.page.on('console', (message) => {
            if (['error', 'warning'].includes(message.type()) && !UNASKED.test(message.text())) visitor.errors.push(message.text());
        });
        await visitor.page.goto(site.address);
        await visitor.drawn();
        return visitor;
    }

    // All questions of the view are answered and drawn.
    async drawn() {
        await this.page.locator('main h1').first().waitFor();
        await this.page.waitForFunction(() => !document.querySelector('main .loading'));
        await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }

    async go(address) {
        await this.page.goto(this.site.origin + address);
        await this.drawn();
    }

    text(selector = 'main') {
        return this.page.locator(selector).first().innerText();
    }

    async size(viewport) {
        await this.page.setViewportSize(viewport);
        await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }

    async scheme(colorScheme) {
        await this.page.emulateMedia({ colorScheme });
        await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }

    // What axe-core finds, in words. Its script goes in by the debugger: the page's own policy
    // lets no other script in.
    async violations() {
        if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axe());
        const found = await this.page.evaluate(() =>
            window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        return found.violations.map((rule) => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`);
    }

    // What sticks out to the right of the screen, so that one would have to scroll sideways.
    async sidewaysScroll() {
        return this.page.evaluate(() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            return [...document.querySelectorAll('body *')]
                .filter((node) => node.getBoundingClientRect().right > root.clientWidth + 1)
                .slice(0, 5)
                .map((node) => `${node.tagName}.${node.className} to ${Math.round(node.getBoundingClientRect().right)} px`);
        });
    }

    // What can be worked with a finger and is less than 24 px high or wide (WCAG 2.5.8).
    async smallTargets() {
        return this.page.evaluate(() => [...document.querySelectorAll('header a, main a, main button, main select, main summary, main input')]
            .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.sr, label.tick, .picker'))
            .map((node) => [node, node.getBoundingClientRect()])
            .filter(([, { width, height }]) => width < 23.5 || height < 23.5)
            .map(([node, { width, height }]) => `${node.tagName} ${node.textContent.trim().slice(0, 30)}: ${Math.round(width)} x ${Math.round(height)}`)
            .slice(0, 8));
    }

    async shoot(folder, name) {
        fs.mkdirSync(folder, { recursive: true });
        await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
    }

    // Everything that can be worked is reached by Tab alone, in the order in which it stands.
    // Gives what was passed over.
    async unreached(most = 400) {
        const wanted = await this.page.evaluate(() => {
            const works = 'a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select, textarea, summary, [tabindex="0"]';
            const there = [...document.querySelectorAll(works)].filter((node) => {
                if (node.tabIndex < 0 || !node.checkVisibility({ visibilityProperty: true })) return false;
                return node.type !== 'radio' || node.checked;
            });
            there.forEach((node, i) => (node.dataset.stop = i));
            document.activeElement?.blur();
            getSelection().removeAllRanges();
            return there.map((node) => `${node.tagName} ${(node.ariaLabel || node.textContent || node.name || '').trim().slice(0, 30)}`);
        });
        const passed = [];
        for (let i = 0; i < Math.min(most, wanted.length + 8); i++) {
            await this.page.keyboard.press('Tab');
            const stop = await this.page.evaluate(() => {
                const at = document.activeElement;
                if (!at || at === document.body || at.dataset.stop === undefined) return null;
                const style = getComputedStyle(at);
                const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || at.matches('.visually-hidden');
                return { stop: Number(at.dataset.stop), seen };
            });
            if (stop) passed.push(stop);
            if (stop?.stop === wanted.length - 1) break;
        }
        const got = new Set(passed.map(({ stop }) => stop));
        const missed = wanted.slice(0, most).filter((_, i) => !got.has(i)).map((name) => `not reached: ${name}`);
        const unseen = passed.filter(({ seen }) => !seen).map(({ stop }) => `no visible focus: ${wanted[stop]}`);
        const disorder = passed.some(({ stop }, i) => i && stop < passed[i - 1].stop) ? ['the order of Tab is not the order of reading'] : [];
        return [...missed, ...unseen, ...disorder];
    }

    async leave() {
        await this.context.close();
    }
}
