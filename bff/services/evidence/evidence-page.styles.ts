/** On screen and on A4. Colours keep their meaning in black and white: the words say it too. */
export const evidenceStyles = `
:root { color-scheme: light; --ink: #1b1d22; --soft: #656b76; --line: #dfe2e8; --paper: #fff; --ground: #f4f5f7;
  --good: #0b6b3a; --good-soft: #e5f4ec; --bad: #a3161f; --bad-soft: #fdeaea; --open: #7a5200; --open-soft: #fdf3dc; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.55; font-size: 14px;
  font-family: 'Pretendard', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; }
main { max-width: 880px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 16px; letter-spacing: -0.02em; }
h2 { font-size: 19px; margin: 40px 0 12px; padding-bottom: 8px; border-bottom: 2px solid var(--ink); }
h3 { font-size: 16px; margin: 0 0 10px; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }
.en { color: var(--soft); font-weight: 400; font-size: 0.82em; }
.count { float: right; color: var(--soft); font-weight: 400; font-size: 15px; }
code { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; font-size: 0.88em; }
.won { font-variant-numeric: tabular-nums; font-size: 18px; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
a { color: inherit; }
article, .statement { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px;
  margin: 0 0 12px; }
dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 8px 24px; }
dl > div { min-width: 0; }
dt { color: var(--soft); font-size: 12px; }
dd { margin: 0; }
.statement { margin-top: 20px; border-left-width: 6px; }
.statement p { margin: 0 0 12px; font-weight: 600; }
.statement p .en { display: block; }
.statement.good { border-left-color: var(--good); }
.statement.bad { border-left-color: var(--bad); background: var(--bad-soft); }
.mark { font-size: 12px; font-weight: 600; border-radius: 999px; padding: 2px 10px; white-space: nowrap; }
.mark .en { color: inherit; }
.mark.good { color: var(--good); background: var(--good-soft); }
.mark.bad { color: var(--bad); background: var(--bad-soft); }
.mark.open { color: var(--open); background: var(--open-soft); }
.place { color: var(--soft); font-size: 12px; }
.place code, .link { font-size: 11px; word-break: break-all; }
table { width: 100%; border-collapse: collapse; margin-top: 14px; font-size: 13px; }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: 12px; }
th, td { padding: 6px 10px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
td:last-child { width: 40%; }
.none { color: var(--soft); margin: 0; }
.text { white-space: pre-wrap; border-top: 1px solid var(--line); padding-top: 12px; }
.document p { margin: 0 0 12px; word-break: break-all; }
footer { margin-top: 40px; color: var(--soft); font-size: 12px; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  article, .statement { border-radius: 0; padding: 10px 12px; }
  article:not(.document), tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .mark { border: 1px solid currentColor; }
}
`;
