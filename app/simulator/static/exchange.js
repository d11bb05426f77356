const AWAY_AFTER_MS = 2_000;

/** What is said on all phones, as the server tells it; a "said" or "clock" event for whatever is new. */
export class Exchange extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.messages = new Map();
    this.offsetMs = 0;
  }

  /** Hear of everything from the beginning; after a pause the browser goes on where it was. */
  listen() {
    const stream = new EventSource(`${this.address}?cursor=0`);
    stream.addEventListener("said", (event) => this.take(JSON.parse(event.data)));
    stream.addEventListener("clock", (event) => this.stand(JSON.parse(event.data)));
    stream.addEventListener("open", () => this.back());
    // Streams end every few seconds and begin again; only a long silence is worth a word.
    stream.addEventListener("error", () => {
      this.silence ??= setTimeout(() => this.away(true), AWAY_AFTER_MS);
    });
  }

  take(messages) {
    for (const message of messages) {
      this.messages.set(message.sid, message);
    }
    this.dispatchEvent(new CustomEvent("said", { detail: messages }));
  }

  stand(position) {
    this.offsetMs = new Date(position.now) - Date.now();
    this.dispatchEvent(new CustomEvent("clock", { detail: position }));
  }

  back() {
    clearTimeout(this.silence);
    this.silence = undefined;
    this.away(false);
  }

  away(isAway) {
    document.querySelector(".lost").hidden = !isAway;
  }

  /** The simulated time. */
  now() {
    return new Date(Date.now() + this.offsetMs);
  }

  /** List what was said on a phone, in order. */
  of(number) {
    const said = [...this.messages.values()].filter((message) => message.phone === number);
    return said.sort((one, other) => one.number - other.number);
  }
}
