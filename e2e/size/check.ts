/**
 * Weighs the built widget as it travels (brotli) and looks for what must never be in it. Fails with a sentence for
 * everything that is wrong. Run after `npm run build:widget`.
 */
import { createHash } from 'node:crypto';
import { endpoints } from '../../shared/hecto/endpoints.ts';
import { developersLimits, readManifest, readScripts, weigh } from './weigh.ts';

const kilobyte = 1024;
/** W1: a quarter of Adyen's card drop-in (108 KB), all screens and both languages. */
const wholeLimit = 27 * kilobyte;
/** W5: what a merchant's page loads when the widget runs in a frame. */
const entryLimit = 4 * kilobyte;
/** W2: until the first screen, against the same in React. 0.3 is out of reach (docs/decisions/0009). */
const twinLimit = 0.37;

const troubles: string[] = [];
const scripts = readScripts();
const { files } = readManifest();

/** Field names of Hecto's that are no everyday words, e.g. `mchtTrdNo`: they have capitals or digits in them. */
const hectoNames = [
  ...new Set(
    Object.values(endpoints).flatMap(({ request, answer }) => [
      ...Object.keys(request),
      ...Object.keys(answer),
    ]),
  ),
].filter((name) => name.length > 4 && /[A-Z]/.test(name));

for (const { name, text, content } of scripts) {
  for (const field of hectoNames)
    if (new RegExp(`\\b${field}\\b`).test(text)) troubles.push(`${name} holds Hecto's field name ${field}.`);
  if (/ZodError|_zod\b|\bzod\b/.test(text))
    troubles.push(`${name} holds zod: import types only from shared/api.`);
  if (/(^|[\s;{}])@[a-z]\w*\(/m.test(text.replace(/`[^`]*`/g, '')))
    troubles.push(`${name} holds a decorator that browsers do not understand.`);
  // Lit sets innerHTML in one place, on a template, through its Trusted Types policy.
  if (
    /\beval\(|new Function\b|outerHTML|insertAdjacentHTML|document\.write|sourceMappingURL/.test(text) ||
    text.split('innerHTML').length > 2
  )
    troubles.push(`${name} holds eval, innerHTML, document.write or a source map (S26).`);
  if (files[name] !== `sha384-${createHash('sha384').update(content).digest('base64')}`)
    troubles.push(`The manifest's integrity of ${name} does not fit the file (S28).`);
}

for (const { name, text } of scripts)
  if (/postMessage\([^()]*[`'"]\*[`'"]/.test(text))
    troubles.push(`${name} sends a message to any origin (S30).`);

const { whole, entries, shareOfTwin } = await weigh(scripts);
if (whole > wholeLimit)
  troubles.push(`The whole widget has ${whole} bytes, ${whole - wholeLimit} too many (W1).`);
if (Math.max(...entries) > entryLimit)
  troubles.push(`The entries have ${entries.join(' and ')} bytes, allowed are ${entryLimit} (W5).`);

if (shareOfTwin > twinLimit)
  troubles.push(
    `Until the first screen it is ${shareOfTwin.toFixed(3)} of a React twin, allowed are ${twinLimit} (W2).`,
  );
for (const [name, limit] of Object.entries(developersLimits)) {
  const size = scripts.find((script) => script.name === name)?.size ?? Infinity;
  if (size > limit) troubles.push(`${name} has ${size} bytes, allowed are ${limit}.`);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
for (const { name, size } of scripts) say(`${String(size).padStart(7)}  ${name}`);
say(
  `${String(whole).padStart(7)}  whole widget, where most of it is loaded, nothing for developers, brotli; at most ${wholeLimit}`,
);
say(
  `${shareOfTwin.toFixed(3).padStart(7)}  of a twin in React, until the first screen; at most ${twinLimit}`,
);
for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
process.exitCode = troubles.length ? 1 : 0;
