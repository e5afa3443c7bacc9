/** The look of the status page, light and dark, from a phone upwards. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f4; --card: #ffffff; --ink: #1b2321; --soft: #5a6763; --line: #e0e4e1; --hover: #f7f9f8;
  --accent: #0b7a75; --good: #17713a; --good-bg: #e2f3e7; --warn: #8a5300; --warn-bg: #fbefd9; --bad: #b3261e; --bad-bg: #fbe6e4; --calm: #47524f; --calm-bg: #e9edeb;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111615; --card: #191f1e; --ink: #e7edeb; --soft: #9aa8a4; --line: #2a3331; --hover: #1e2624;
    --accent: #4fc3bb; --good: #7ed79b; --warn: #f0bd6a; --warn-bg: #3a2c12; --bad: #ff9a92; --bad-bg: #45201d; --calm: #b9c4c1; --calm-bg: #28302e;
    --good-bg: #173522;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
a { color: var(--accent); }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; border-radius: 8px; z-index: 1; }
.top { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: center; padding: 18px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
.brand { display: flex; gap: 12px; align-items: center; }
.brand circle { fill: var(--accent); }
.brand path { stroke: var(--card); stroke-width: 1.7; fill: none; stroke-linejoin: round; stroke-linecap: round; }
h1 { font-size: 18px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
.brand p { margin: 2px 0 0; color: var(--soft); font-family: var(--mono); font-size: 12.5px; user-select: all; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 28px; margin: 0; }
.facts dt { color: var(--soft); font-size: 11.5px; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 16px; padding: 16px 24px; max-width: 1500px; margin: 0 auto; }
.card { grid-column: span 6; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; display: flex; flex-direction: column; }
.card.requests { grid-column: span 7; }
.card.integrations { grid-column: span 5; }
.card.faults { grid-column: span 12; }
.card.deliveries { grid-column: span 12; }
.card > header { display: flex; align-items: baseline; gap: 8px; padding: 12px 16px 10px; }
h2 { font-size: 14px; margin: 0; }
.count { color: var(--soft); font-variant-numeric: tabular-nums; }
.scroll { overflow: auto; max-height: 420px; }
table { width: 100%; border-collapse: collapse; }
th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 500; font-size: 12px; text-align: left; padding: 4px 16px 6px; box-shadow: inset 0 -1px var(--line); white-space: nowrap; }
td { padding: 7px 16px; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
tbody tr:hover { background: var(--hover); }
td.num { font-variant-numeric: tabular-nums; white-space: nowrap; }
td .main { overflow-wrap: anywhere; }
td .sub { color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
.mono { font-family: var(--mono); font-size: 12.5px; }
.method { font-weight: 600; margin-right: 6px; }
.query { color: var(--soft); }
.tag { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; line-height: 20px; white-space: nowrap; background: var(--calm-bg); color: var(--calm); font-variant-numeric: tabular-nums; }
.tag:empty { display: none; }
.tag.good { background: var(--good-bg); color: var(--good); }
.tag.warn { background: var(--warn-bg); color: var(--warn); }
.tag.bad { background: var(--bad-bg); color: var(--bad); }
.empty { color: var(--soft); margin: 0; padding: 4px 16px 18px; }
.empty code { font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere; }
.notice { margin: 16px 24px 0; padding: 12px 16px; background: var(--warn-bg); color: var(--warn); border-radius: 8px; }
footer { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 4px 24px 28px; color: var(--soft); font-size: 12.5px; max-width: 1500px; margin: 0 auto; }
tr.fresh { animation: fresh 1.6s ease-out; }
@keyframes fresh { from { background: var(--calm-bg); } }
@media (prefers-reduced-motion: reduce) { tr.fresh { animation: none; } }
@media (max-width: 1000px) { .card, .card.requests, .card.integrations { grid-column: span 12; } }
@media (max-width: 560px) {
  .top { padding: 14px 16px; }
  .facts { gap: 8px 20px; }
  main { padding: 12px; gap: 12px; }
  .scroll { max-height: 70vh; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody { display: block; }
  tr { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; padding: 9px 16px; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { border: 0; padding: 0; display: block; }
  td.wide { flex: 1 0 100%; order: -1; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: 12px; }
  footer { padding: 4px 16px 24px; }
}
`;
