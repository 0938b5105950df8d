// Gatepost's client for browsers. Apache-2.0.
onmessage=({data:e})=>setInterval(postMessage,e,0);
