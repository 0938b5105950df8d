export { connect, Inbox } from './inbox.js';
export { GatepostError } from './failure.js';
export { Message } from './message.js';
