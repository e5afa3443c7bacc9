/** The look of the status page, light and dark, from a phone upwards. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f4; --card: #ffffff; --ink: #1b2321; --soft: #5a6763; --line: #e0e4e1; --hover: #f7f9f8;
  --accent: #0b7a75; --on-accent: #ffffff; --edge: #87938f; --field: #ffffff; --good: #17713a; --good-bg: #e2f3e7; --warn: #8a5300; --warn-bg: #fbefd9; --bad: #b3261e; --bad-bg: #fbe6e4; --calm: #47524f; --calm-bg: #e9edeb;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111615; --card: #191f1e; --ink: #e7edeb; --soft: #9aa8a4; --line: #2a3331; --hover: #1e2624;
    --accent: #4fc3bb; --on-accent: #06211f; --edge: #6b7a76; --field: #141a18; --good: #7ed79b; --warn: #f0bd6a; --warn-bg: #3a2c12; --bad: #ff9a92; --bad-bg: #45201d; --calm: #b9c4c1; --calm-bg: #28302e;
    --good-bg: #173522;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.scroll:focus-visible { outline-offset: -2px; }
main:focus { outline: none; }
button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; }
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
.card.deliveries { grid-column: span 5; }
.card.faults, .card.syncs { grid-column: span 12; }
.facts div:has(#live) { min-width: 150px; }
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: 8px 12px; padding: 0 16px 12px; }
.filters label { display: grid; gap: 2px; flex: 1 1 110px; min-width: 0; color: var(--soft); font-size: 12px; }
.filters input, .filters select { width: 100%; min-width: 0; height: 32px; padding: 0 8px; font-size: 13.5px; color: var(--ink);
  background: var(--field); border: 1px solid var(--edge); border-radius: 7px; }
.plain { min-height: 32px; padding: 0 10px; font-size: 13px; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 7px; }
.plain:hover { background: var(--hover); }
.more { margin: 0; padding: 8px 16px; border-top: 1px solid var(--line); }
.open { display: block; width: 100%; padding: 0; text-align: left; background: none; border: 0; overflow-wrap: anywhere; }
tr:has(.open) { cursor: pointer; }
tr:hover .open { text-decoration: underline; text-decoration-color: var(--edge); text-underline-offset: 3px; }
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
dialog { width: min(720px, 100vw); max-width: none; height: 100dvh; max-height: none; margin: 0 0 0 auto; padding: 0; color: var(--ink);
  background: var(--card); border: 0; border-left: 1px solid var(--line); box-shadow: -12px 0 40px rgb(0 0 0 / 18%); overflow: auto; }
dialog::backdrop { background: rgb(8 14 12 / 38%); }
dialog > header { position: sticky; top: 0; display: flex; align-items: flex-start; gap: 16px; padding: 16px 12px 12px 24px; background: var(--card);
  border-bottom: 1px solid var(--line); z-index: 1; }
dialog > header > div { flex: 1; min-width: 0; }
dialog h2 { font-size: 14.5px; line-height: 1.45; overflow-wrap: anywhere; }
dialog h2:focus { outline: none; }
.tags { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
.icon { flex: none; width: 40px; height: 40px; padding: 0; font-size: 22px; line-height: 1; color: var(--soft); background: none; border: 0; border-radius: 8px; }
.icon:hover { background: var(--hover); color: var(--ink); }
.parts { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; padding: 18px 24px 28px; }
.parts p { margin: 0; }
.detail-facts { display: grid; grid-template-columns: 108px minmax(0, 1fr); gap: 5px 16px; margin: 0; }
.detail-facts dt { color: var(--soft); }
.detail-facts dd { margin: 0; overflow-wrap: anywhere; }
.detail-facts .plain { min-height: 26px; margin-left: 6px; padding: 0 8px; font-size: 12.5px; }
.part { display: grid; grid-template-columns: minmax(0, 1fr); gap: 10px; padding-top: 16px; border-top: 1px solid var(--line); }
.part > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; }
h3 { margin: 0; font-size: 14px; }
summary { color: var(--soft); font-size: 12.5px; cursor: pointer; }
.headers { display: grid; grid-template-columns: minmax(90px, 210px) minmax(0, 1fr); gap: 3px 16px; margin: 8px 0 0; }
.headers dt { color: var(--soft); overflow-wrap: anywhere; }
.headers dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 12px 14px; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; }
.sub { color: var(--soft); font-size: 12.5px; }
.attempt { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; }
.error { color: var(--bad); overflow-wrap: anywhere; }
.act { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; }
.button { min-height: 38px; padding: 0 16px; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px; }
.button:hover { filter: brightness(1.08); }
.paused { color: var(--soft); font-size: 12.5px; }
footer { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 4px 24px 28px; color: var(--soft); font-size: 12.5px; max-width: 1500px; margin: 0 auto; }
tr.fresh { animation: fresh 1.6s ease-out; }
@keyframes fresh { from { background: var(--calm-bg); } }
@media (prefers-reduced-motion: reduce) { tr.fresh { animation: none; } }
@media (max-width: 1000px) { .card, .card.requests, .card.deliveries { grid-column: span 12; } }
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
  .filters input, .filters select, .filters .plain { height: 40px; }
  dialog { border: 0; }
  dialog > header { padding: 12px 8px 10px 16px; }
  .parts { padding: 14px 16px 24px; }
  .detail-facts { grid-template-columns: 88px minmax(0, 1fr); gap: 5px 12px; }
  .headers { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .headers dd { margin: 0 0 6px; }
}
`;
