// All of it in one file, as Gatepost serves it.
export * from './index.js';
export { GatepostInbox } from './element.js';
