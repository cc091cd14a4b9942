/** The looks of the operators' page. Where there is little room a row of a table becomes a card, each value under its name. */
export const pageStyle = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #fff; --ink: #16181d; --soft: #555b66; --line: #d9dde3;
  --accent: #1b4fd1; --on-accent: #fff; --warn: #9a3412; --warn-ground: #fff3ea; --bar: #c9d8fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121419; --card: #1b1e25; --ink: #eceef2; --soft: #a9b0bc; --line: #353a45;
    --accent: #9db8ff; --on-accent: #10131a; --warn: #ffb38a; --warn-ground: #33211a; --bar: #2c3f73;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5; word-break: keep-all; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif;
}
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; padding-bottom: 0; }
header > div { flex: 1 1 14rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.125rem; margin: 0 0 0.25rem; }
h2:focus { outline: none; }
p { margin: 0 0 0.75rem; }
.soft, header p { color: var(--soft); margin: 0; font-size: 0.9375rem; }
section > .soft { margin-bottom: 0.75rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1rem; margin: 0 0 1rem; }
a { color: var(--accent); padding: 0.625rem 0.25rem; }
button {
  font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0.375rem 0.875rem; border-radius: 0.5rem; cursor: pointer;
  border: 1px solid var(--accent); background: transparent; color: var(--accent); word-break: keep-all;
}
button:hover { background: var(--accent); color: var(--on-accent); }
button[aria-disabled='true'] { opacity: 0.7; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main > .soft { margin-bottom: 0.5rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr)); gap: 0.75rem; margin: 0 0 1rem; }
dl > div { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 0.75rem 1rem; }
dt { color: var(--soft); font-size: 0.9375rem; }
dd { margin: 0; font-size: 1.375rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.alarm { background: var(--warn-ground); border-color: var(--warn); }
.alarm dd, .bad { color: var(--warn); font-weight: 700; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption, .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: start; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line); vertical-align: middle; }
thead th { color: var(--soft); font-weight: 600; border-top: 0; overflow-wrap: normal; }
tbody th { font-weight: 600; }
.number { font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace; font-size: 0.875rem; word-break: break-all; }
.share { color: var(--soft); white-space: nowrap; }
.share { margin-inline-start: 0.375rem; }
#result {
  position: sticky; bottom: 0; max-width: 76rem; margin: 0 auto; padding: 0.875rem 1rem; font-weight: 600;
  background: var(--ink); color: var(--ground); border-radius: 0.75rem 0.75rem 0 0;
}
#result:empty { padding: 0; }
/* By the room there is for the text, however large the reader has made it. */
main { container-type: inline-size; }
@container (max-width: 46rem) {
  .rows, .rows tbody, .rows tr, .rows td, .rows th { display: block; }
  .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rows tr { padding: 0.75rem 0; border-top: 1px solid var(--line); }
  .rows tbody tr:first-child { border-top: 0; padding-top: 0; }
  .rows th, .rows td { border: 0; padding: 0.125rem 0; display: grid; grid-template-columns: 26% minmax(0, 1fr); gap: 0.5rem; }
  .rows td:has(.empty) { display: none; }
  .rows [data-name]::before { content: attr(data-name); content: attr(data-name) / ''; color: var(--soft); font-weight: 400; }
  .rows td:has(button) { padding-top: 0.375rem; align-items: center; }
  .funnel .share { display: block; margin: 0; }
  .funnel th, .funnel td { vertical-align: top; }
  .funnel th:first-child { min-width: 4.75rem; }
  .funnel th, .funnel td { padding-inline-end: 0.375rem; }
}
@container (max-width: 18rem) {
  .rows th, .rows td, .pairs tbody, .pairs tr, .pairs th, .pairs td { display: block; }
  .rows [data-name]::before { display: block; }
  .pairs td { border: 0; padding-top: 0; }
  .funnel, .funnel tbody, .funnel tr, .funnel td, .funnel th { display: block; }
  .funnel thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .funnel td { border: 0; padding: 0.125rem 0; display: flex; gap: 0.75rem; }
  .funnel td::before { content: attr(data-name); content: attr(data-name) / ''; color: var(--soft); flex: none; }
}
@media (forced-colors: active) { #result { border: 1px solid; } }
`;
