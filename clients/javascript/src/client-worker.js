// Beats for gatepost's client; see beat.js.
onmessage = ({ data: every }) => setInterval(postMessage, every, 0);
