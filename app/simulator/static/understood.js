import { copy, element } from "./parts.js";
import { ask } from "./service.js";

const TITLES = {
  glucose: "Glucose reading",
  glucose_display: "Word on the meter",
  glucose_doubtful: "Doubtful reading",
  meal: "Meal",
  medication: "Dose",
  symptom: "Symptoms",
  lab: "Laboratory value",
  blood_pressure: "Blood pressure",
  connect: "Doctor's code",
  command: "Command",
};
const LABELS = { value_mg_dl: "value, mg/dL", red_flag: "red flag" };
const SHOWN_APART = new Set(["kind", "spans", "words", "rules"]);

/**
 * Make the panel that says what was understood of a message, and what made it so.
 *
 * It is given what the server answered, or the address to ask when the panel is first opened.
 */
export function understood(told) {
  const panel = copy("understood");
  if (typeof told !== "string") return filled(panel, told);
  panel.addEventListener("toggle", async () => filled(panel, await ask(told)), { once: true });
  return panel;
}

function filled(panel, { understood: whole, status, milliseconds, fault }) {
  panel.querySelector(".gist").textContent = whole ? gist(whole.meanings) : fault;
  if (!whole) return panel;
  const took = milliseconds === undefined ? "" : `HTTP ${status ?? "–"} · ${milliseconds} ms`;
  panel.querySelector(".took").textContent = took;
  panel.querySelector(".about").textContent = about(whole);
  panel.querySelector(".meanings").append(...whole.meanings.map(card));
  panel.querySelector("pre").textContent = JSON.stringify(whole, null, 2);
  return panel;
}

function gist(meanings) {
  if (meanings.length === 0) return "Nothing understood";
  const titles = meanings.map(titleOf).join(", ");
  return meanings.length === 1 ? titles : `${meanings.length} meanings: ${titles}`;
}

function about({ language, script, subject, question }) {
  const parts = [`language ${language}`, `script ${script}`];
  if (subject) parts.push(`about ${subject}`);
  if (question) parts.push("a question");
  return parts.join(" · ");
}

function card(meaning) {
  const made = copy("meaning");
  made.dataset.kind = meaning.kind;
  made.querySelector("h3").textContent = titleOf(meaning);
  const rows = made.querySelector("dl");
  for (const [name, value] of Object.entries(meaning)) {
    if (!SHOWN_APART.has(name)) rows.append(...row(LABELS[name] ?? plain(name), [shown(value)]));
  }
  rows.append(...row("from", meaning.words.map((words, index) => quoted(words, meaning.spans[index]))));
  rows.append(...row("rules", meaning.rules.map((rule) => element("code", rule))));
  return made;
}

function row(label, parts) {
  const place = document.createElement("dd");
  place.append(...parts.flatMap((part) => [part, " "]));
  return [element("dt", label), place];
}

function quoted(words, [start, end]) {
  const place = document.createElement("span");
  const quote = element("q", words);
  quote.dir = "auto";
  place.append(quote, " ", element("small", `${start}–${end}`));
  place.title = `Characters ${start} to ${end} of the message`;
  return place;
}

function shown(value) {
  if (value === null) return element("span", "not said", "unsaid");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(one).join(", ");
  return one(value);
}

function one(value) {
  if (typeof value === "object") return [value.quantity, plain(value.food)].filter((part) => part !== null).join(" × ");
  if (typeof value !== "string") return String(value);
  return isMoment(value) ? value.slice(0, 16).replace("T", " ") : plain(value);
}

function isMoment(words) {
  return /^\d{4}-\d{2}-\d{2}T/.test(words);
}

/** Write a name of the program as words: AFTER_LUNCH as "after lunch". */
function plain(name) {
  return /^[A-Z_]{3,}$|_/.test(name) ? name.replaceAll("_", " ").toLowerCase() : name;
}

function titleOf({ kind }) {
  return TITLES[kind] ?? plain(kind);
}
