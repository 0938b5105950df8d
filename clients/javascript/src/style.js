/** Of gatepost-inbox. Colours come from the page's custom properties, and otherwise from its color-scheme. */
export const STYLE = `
:host { display: inline-block; position: relative; font: inherit; --text: var(--gatepost-text, CanvasText);
  --background: var(--gatepost-background, Canvas); --accent: var(--gatepost-accent, light-dark(#0b57d0, #a8c7fa));
  --border: var(--gatepost-border, color-mix(in srgb, CanvasText 25%, Canvas)); }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; background: none; border: 0; border-radius: .4em; padding: .35em .6em; cursor: pointer; }
button:hover { background: color-mix(in srgb, var(--text) 8%, transparent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[part~=badge] { display: inline-block; min-width: 1.2em; margin-inline-start: .4em; padding: .1em .35em; border-radius: 1em; text-align: center;
  font-size: .8em; font-weight: 600; line-height: 1.2; color: var(--gatepost-badge-text, #fff); background: var(--gatepost-badge, #b3261e); }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[part~=panel] { position: absolute; z-index: 10; inset-block-start: calc(100% + .3em); inset-inline-end: var(--gatepost-panel-end, auto);
  width: min(24em, 92vw); max-height: 70vh; overflow: auto; color: var(--text); background: var(--background);
  border: 1px solid var(--border); border-radius: .6em; box-shadow: 0 .4em 1.6em rgb(0 0 0 / .2); }
[part~=bar] { display: flex; align-items: center; gap: .6em; padding: .5em .8em; border-block-end: 1px solid var(--border); }
[part~=heading] { flex: 1; }
[part~=state] { font-size: .85em; }
[part~=list] { list-style: none; margin: 0; padding: 0; }
[part~=empty], [part~=gap] { margin: 0; padding: .8em; }
[part~=message] { display: flex; align-items: start; gap: .4em; padding: .55em .8em; border-block-end: 1px solid var(--border); }
[part~=content] { flex: 1; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
a[part~=content]:hover { text-decoration: underline; }
[part~=title] { display: block; }
[part~=unread] { background: color-mix(in srgb, var(--accent) 8%, transparent); }
[part~=read] { padding: 0 .4em; font-size: .8em; color: var(--accent); }
[part~=read][aria-disabled=true] { color: transparent; cursor: default; }
[part~=read-all], [part~=older] { color: var(--accent); font-size: .9em; }
[part~=older] { width: 100%; }
`;
