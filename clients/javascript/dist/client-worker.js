// gatepost 0.1.0, Apache-2.0
onmessage=({data:e})=>setInterval(postMessage,e,0);
