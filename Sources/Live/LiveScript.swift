/// What served pages do in addition: a page whose file has changed is loaded again.
let liveScript = """
    (() => {
      'use strict';
      const page = document.currentScript.dataset.page;
      const connect = () => {
        const socket = new WebSocket('ws://' + location.host + '/~live/socket?page=' + page);
        socket.onmessage = ({ data }) => { if (JSON.parse(data).changed) location.reload(); };
        socket.onclose = () => setTimeout(connect, 1000);
      };
      connect();
    })();
    """
