/** The report's looks: light or dark as the reader's system has it, hatching beside colour, nothing fetched. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fcfcfd; --panel: #fff; --line: #e2e2e8; --ink: #1a1a20; --ink-2: #52525e; --before: #8d8d9b; --now: #5a51d6;
  --bad: #c22525; --bad-soft: #fdecec; --attention: #8f5200; --attention-soft: #fdf1dc; --good: #14743a; --good-soft: #e6f5ec; --none-soft: #f0f0f3; }
@media (prefers-color-scheme: dark) { :root { --ground: #101013; --panel: #17171b; --line: #2b2b33; --ink: #ededf2; --ink-2: #a9a9b6; --before: #8d8d9b; --now: #a9a3ff;
  --bad: #ff8078; --bad-soft: #341717; --attention: #e5a440; --attention-soft: #2e2210; --good: #57c78b; --good-soft: #12291c; --none-soft: #26262d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 960px; padding: 32px 20px 64px; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 0; overflow-wrap: anywhere; } p { margin: 4px 0; color: var(--ink-2); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 16px 0; } dt { color: var(--ink-2); } dd { margin: 0; overflow-wrap: anywhere; }
.scores { grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 10px 16px; margin: 12px 0 4px; font-variant-numeric: tabular-nums; } .scores dt { font-size: 12px; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-top: 16px; }
section > header { display: flex; gap: 12px; align-items: center; justify-content: space-between; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--now); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--ink-2); padding: 8px 0 4px; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { text-align: left; } thead th { color: var(--ink-2); font-size: 12px; } a { color: inherit; }
.verdict { border-radius: 999px; padding: 1px 10px; font-size: 12px; font-weight: 600; white-space: nowrap; background: var(--none-soft); color: var(--ink-2); }
.drift { background: var(--bad-soft); color: var(--bad); } .watch { background: var(--attention-soft); color: var(--attention); } .stable { background: var(--good-soft); color: var(--good); }
.legend { display: flex; gap: 16px; font-size: 12px; color: var(--ink-2); margin: 8px 0; flex-wrap: wrap; } .legend svg { vertical-align: -2px; margin-right: 6px; }
svg .before { fill: url(#hatch); stroke: var(--before); } svg .now { fill: var(--now); stroke: var(--now); } svg .grid { stroke: var(--line); }
svg text { fill: var(--ink-2); font-size: 10px; } svg .moved { fill: var(--ink); font-size: 11px; } #hatch path { stroke: var(--before); }
details { margin-top: 8px; } summary { cursor: pointer; color: var(--ink-2); }
@media print { section { break-inside: avoid; } }
`;
