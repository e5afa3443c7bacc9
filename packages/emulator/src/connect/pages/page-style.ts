/** What all pages share: quiet surfaces, system fonts, light and dark, visible focus, targets of at least 44 px. */
export const pageStyle = `
:root {
  --ground: #f4f5f7; --card: #ffffff; --text: #16181d; --muted: #5a6170; --line: #dcdfe6; --field: #ffffff; --edge: #868d9b;
  --accent: #0b6bcb; --on-accent: #ffffff; --bad: #b3261e; --bad-ground: #fdecea; --good: #17753a; --hover: #f0f2f5;
  --shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px rgb(16 24 40 / 12%);
}
:root[data-theme="dark"] {
  --ground: #101216; --card: #191c22; --text: #eceef2; --muted: #a2a9b8; --line: #333945; --field: #12151a; --edge: #6d7585;
  --accent: #6cb2ff; --on-accent: #06121f; --bad: #ff9c94; --bad-ground: #3a1b19; --good: #7fd79b; --hover: #22262e;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    --ground: #101216; --card: #191c22; --text: #eceef2; --muted: #a2a9b8; --line: #333945; --field: #12151a; --edge: #6d7585;
    --accent: #6cb2ff; --on-accent: #06121f; --bad: #ff9c94; --bad-ground: #3a1b19; --good: #7fd79b; --hover: #22262e;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html, body { margin: 0; min-height: 100%; }
body {
  display: grid; place-items: center; min-height: 100vh; min-height: 100dvh; padding: 24px; color: var(--text);
  background: var(--ground); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
}
.card {
  display: flex; flex-direction: column; width: 100%; max-width: 460px; background: var(--card); border: 1px solid var(--line);
  border-radius: 16px; box-shadow: var(--shadow); overflow: hidden;
}
.content { padding: 28px; }
h1 { margin: 0 0 4px; font-size: 21px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; text-wrap: pretty; }
h1:focus { outline: none; }
p { margin: 0 0 16px; }
.muted { color: var(--muted); }
.small { font-size: 14px; }
a { color: var(--accent); text-underline-offset: 3px; }
.badge {
  display: grid; place-items: center; flex: none; width: 44px; height: 44px; border-radius: 12px; font-weight: 650; font-size: 18px;
  color: var(--text); background: var(--hover); border: 1px solid var(--line);
}
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; width: 100%; min-height: 46px; padding: 10px 18px;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; border-radius: 10px; border: 1px solid transparent;
  cursor: pointer; color: var(--on-accent); background: var(--accent);
}
.button:hover { filter: brightness(1.06); }
.button.quiet { color: var(--text); background: transparent; border-color: var(--edge); }
.button.quiet:hover { background: var(--hover); filter: none; }
.button[aria-disabled="true"] { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.stack { display: grid; gap: 10px; }
.notice { padding: 12px 14px; border-radius: 10px; font-size: 14px; background: var(--hover); color: var(--muted); }
.notice.bad { background: var(--bad-ground); color: var(--bad); }
.foot { padding: 12px 28px; border-top: 1px solid var(--line); font-size: 13px; color: var(--muted); }
.hero { display: flex; align-items: center; gap: 14px; margin-bottom: 20px; }
.hero p { margin: 0; }
.hero > div { min-width: 0; }
h1, .hero p, .notice, .foot { overflow-wrap: anywhere; }
@media (max-width: 520px) {
  body { padding: 0; place-items: stretch; }
  .card { max-width: none; border: 0; border-radius: 0; min-height: 100vh; min-height: 100dvh; box-shadow: none; }
  .content { padding: 24px 20px; }
  .foot { margin-top: auto; padding: 12px 20px; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;
