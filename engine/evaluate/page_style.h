#pragma once

#include <string_view>

namespace euphone {

/// The report's style sheet: light and dark after the reader's own setting, no font, picture or
/// script from elsewhere.
inline constexpr std::string_view kPageStyle = R"css(
:root { color-scheme: light dark; --ink: #1c2530; --dim: #566270; --paper: #ffffff; --line: #d5dbe2;
  --band: #f4f6f9; --mark: #1f6fb2; --strong: #0b3f6b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --dim: #9fabb8; --paper: #14181d;
  --line: #333c46; --band: #1c2229; --mark: #5aa9e6; --strong: #b9dcf7; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { max-width: 46rem; margin: .5rem 0; }
.dim { color: var(--dim); }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--mark); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .75rem 0; }
caption { text-align: left; color: var(--dim); padding-bottom: .35rem; }
th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: .4rem; }
caption span { display: block; max-width: min(46rem, calc(100vw - 2.5rem)); }
thead th { color: var(--dim); font-weight: 600; }
tbody tr:nth-child(even) { background: var(--band); }
tbody th { font-weight: 500; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: 1.25rem; }
figure { margin: 0; display: flex; flex-direction: column; }
svg { display: block; width: 100%; height: auto; max-width: 22rem; }
svg text { fill: var(--dim); font: 11px system-ui, sans-serif; }
.frame { fill: var(--band); stroke: var(--line); }
.diagonal { stroke: var(--dim); stroke-dasharray: 4 4; }
.cell, .bar { fill: var(--mark); }
.disc { fill: var(--mark); fill-opacity: .75; stroke: var(--paper); }
.curve { fill: none; stroke: var(--mark); stroke-width: 2; }
.whisker { stroke: var(--strong); stroke-width: 1.5; }
.columns { columns: 16rem; column-gap: 2rem; }
.columns table { break-inside: avoid; width: 100%; }
@media print { body { max-width: none; } figure, tr { break-inside: avoid; } }
)css";

}  // namespace euphone
