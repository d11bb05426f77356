import { copy, element } from "./parts.js";
import { show } from "./picture.js";
import { day, time } from "./times.js";

const TICKS = { sending: "🕓", queued: "🕓", sent: "✓", received: "✓✓", delivered: "✓✓", read: "✓✓" };
const NOT_DELIVERED = "not delivered";
const ROW = /^(\d{1,2})\. (.+)$/;
const NUMBERS = /^\d{1,2}(, \d{1,2})+$/;
const FEWEST_ROWS = 2;

/** Make the bubble of a message that has just been typed, and is not known to the server yet. */
export function typed(body) {
  const made = copy("message");
  made.classList.add("mine");
  made.querySelector(".who").textContent = "You wrote: ";
  made.querySelector(".words").textContent = body;
  made.dataset.number = Infinity;
  tick(made, "sending");
  return made;
}

/** Make the bubble of a message that the server tells of. */
export function bubble(message) {
  const made = copy("message");
  made.classList.add(message.is_mine ? "mine" : "theirs");
  made.querySelector(".who").textContent = message.is_mine ? "You wrote: " : "ProCare: ";
  made.querySelector(".words").textContent = message.body;
  if (!message.is_mine) made.querySelector(".options").append(...choices(message.body).map(button));
  return made;
}

/** Bring a bubble up to what the server says of its message now. */
export function update(made, message, zone) {
  const at = new Date(message.at);
  made.dataset.number = message.number;
  made.dataset.day = day(at, zone);
  const shown = made.querySelector("time");
  shown.dateTime = message.at;
  shown.textContent = time(at, zone);
  if (message.media_sid) show(made, message);
  if (made.dataset.lost === undefined) tick(made, message.status, message.error_code);
}

/** Say of a message of ours that the service did not take it. */
export function lose(made) {
  made.dataset.lost = "";
  tick(made, NOT_DELIVERED);
}

/** Show how far a message is, as a phone does. */
function tick(made, status, code) {
  const mark = made.querySelector(".tick");
  const word = status in TICKS ? status : [NOT_DELIVERED, code].filter(Boolean).join(" ");
  mark.textContent = TICKS[status] ?? word;
  mark.setAttribute("aria-label", word);
  mark.title = word;
  mark.dataset.status = status;
}

/** Read the rows that a text ends in: 1. to the last, two at least; some may be only numbers: 1, 2, 3. */
export function choices(body) {
  const rows = [];
  for (const line of body.trimEnd().split("\n").reverse()) {
    const found = rowsOf(line);
    if (found.length === 0) break;
    rows.unshift(...found);
  }
  const isList = rows.length >= FEWEST_ROWS && rows.every(({ number }, index) => number === index + 1);
  return isList ? rows : [];
}

function rowsOf(line) {
  if (NUMBERS.test(line)) return line.split(", ").map((label) => ({ number: Number(label), label }));
  const row = ROW.exec(line);
  return row === null ? [] : [{ number: Number(row[1]), label: row[2] }];
}

function button({ number, label }) {
  const made = element("button", label);
  made.type = "button";
  made.dataset.answer = number;
  made.dir = "auto";
  return made;
}
