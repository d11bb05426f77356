import { bubble, lose, typed, update } from "./bubble.js";
import { copy, element } from "./parts.js";
import { base64, faultOf } from "./picture.js";
import { ask } from "./service.js";
import { understood } from "./understood.js";

const HOME = "Asia/Kolkata";
const NEAR_END_PX = 80;
const SETTLED_MS = 300;
const GONE = "The file cannot be read: it was moved, changed or deleted.";
const languages = new Intl.DisplayNames("en", { type: "language" });

/** One phone: a number, its conversation, and a field to write in. */
export class Phone {
  constructor(title, number, root, exchange) {
    this.root = root;
    this.exchange = exchange;
    this.element = copy("phone");
    this.element.setAttribute("aria-label", title);
    this.element.querySelector("h2").textContent = title;
    this.number = this.element.querySelector(".number");
    this.log = this.element.querySelector(".log");
    this.words = this.element.querySelector("textarea");
    this.file = this.element.querySelector(".file");
    this.sending = Promise.resolve();
    this.isAtEnd = true;
    this.listen();
    this.turnTo(number);
  }

  listen() {
    const composer = this.element.querySelector(".composer");
    composer.addEventListener("submit", (event) => this.submit(event));
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        composer.requestSubmit();
      }
    });
    this.element.querySelector(".attach").addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.attach());
    this.number.addEventListener("change", () => this.turnTo(this.number.value.replace(/[\s()-]/g, "")));
    this.log.addEventListener("click", (event) => this.choose(event.target.closest(".options button")));
    this.hear = ({ detail }) => this.take(detail.filter((message) => message.phone === this.at));
    this.exchange.addEventListener("said", this.hear);
    this.log.addEventListener("scroll", () => this.look());
    this.log.addEventListener("load", () => this.stay(), true); // a picture makes its bubble higher
    new ResizeObserver(() => this.stay()).observe(this.log);
  }

  /** Note whether the newest message is in sight: only then do others push it up. */
  look() {
    // A phone that changes its size scrolls by itself, before it is brought back to its end.
    if (this.size !== this.sizeNow()) return;
    this.isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  stay() {
    this.size = this.sizeNow();
    if (this.isAtEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  sizeNow() {
    return `${this.log.clientWidth} ${this.log.clientHeight}`;
  }

  /** Leave the page. */
  end() {
    this.exchange.removeEventListener("said", this.hear);
    this.element.remove();
  }

  /** Show the conversation of a number. */
  turnTo(number) {
    this.number.value = number;
    if (!this.number.checkValidity()) return;
    this.at = number;
    this.zone = HOME;
    this.bubbles = new Map();
    this.posted = null;
    this.log.replaceChildren();
    this.know({});
    this.take(this.exchange.of(number));
    this.lookUp();
    this.element.dispatchEvent(new CustomEvent("turned"));
  }

  /** Ask who holds this phone, as an answer may have changed it. */
  async lookUp() {
    const number = this.at;
    const person = await ask(`${this.root}/people/${encodeURIComponent(number)}`);
    if (!person.fault && this.at === number) this.know(person);
  }

  know({ name, language, unit, zone }) {
    this.element.querySelector(".self").textContent = name ? `you are ${name}` : "you are new here";
    const spoken = language ? languages.of(language) : "no language yet";
    this.element.querySelector(".heard-in").textContent = unit ? `${spoken} · ${unit}` : "";
    if (zone && zone !== this.zone) this.moveTo(zone);
  }

  /** Show all times by the clock of the place where this phone's holder lives. */
  moveTo(zone) {
    this.zone = zone;
    for (const message of this.exchange.of(this.at)) this.put(message);
    this.tidy();
  }

  choose(button) {
    if (button === null) return;
    this.send(button.dataset.answer);
    this.words.focus();
  }

  submit(event) {
    event.preventDefault();
    const body = this.words.value;
    if (body.trim() === "" || !this.number.reportValidity()) return;
    this.words.value = "";
    this.words.focus();
    this.send(body);
  }

  /** Send the chosen picture, with what is written as its caption. */
  attach() {
    const [file] = this.file.files;
    this.file.value = ""; // so that the same one can be chosen again
    if (file === undefined || !this.number.reportValidity()) return;
    const caption = this.words.value.trim();
    this.words.value = "";
    this.words.focus();
    this.send(caption, file);
  }

  /** Send one message after the other, so that they arrive in the order they were written in. */
  send(body, file) {
    const made = typed(body || file.name);
    const number = this.at;
    this.log.append(made);
    this.isAtEnd = true;
    this.tidy();
    this.sending = this.sending.then(async () => {
      this.posted = { made, body };
      const answer = await this.post({ number, body }, file);
      if (this.at === number) this.settle(made, answer);
    });
  }

  /** Post a message, with its picture if there is one that a phone can send. */
  async post(fields, file) {
    if (file === undefined) return ask(`${this.root}/send`, fields);
    const fault = faultOf(file, this.file);
    if (fault) return { fault };
    const picture = await base64(file);
    return picture === null ? { fault: GONE } : ask(`${this.root}/send`, { ...fields, picture });
  }

  /** Show what became of a message that was sent from here. */
  settle(made, answer) {
    this.posted = null;
    if (answer.sid) this.bubbles.set(answer.sid, made);
    const beside = made.querySelector(".beside");
    if (answer.understood) {
      made.querySelector(".bubble").lang = answer.understood.language;
      beside.replaceChildren(understood(answer));
    }
    if (answer.fault) {
      lose(made);
      // Where the server never had it, it keeps its place all the same.
      made.dataset.number = made.previousElementSibling?.dataset.number ?? 0;
      const line = element("p", answer.fault, "fault");
      line.setAttribute("role", "alert");
      beside.append(line);
    } else if (answer.messages.length === 0) {
      beside.append(element("p", "ProCare said nothing to this.", "note"));
    }
    const known = this.exchange.messages.get(answer.sid);
    if (known) this.put(known);
    this.tidy();
  }

  take(messages) {
    if (messages.length === 0) return;
    for (const message of messages) this.put(message);
    this.tidy();
    clearTimeout(this.settled);
    this.settled = setTimeout(() => this.lookUp(), SETTLED_MS);
  }

  /** Put a message where it belongs among the others, or bring it up to date. */
  put(message) {
    const made = this.bubbles.get(message.sid) ?? this.adopted(message) ?? bubble(message);
    const isNew = !this.bubbles.has(message.sid);
    this.bubbles.set(message.sid, made);
    update(made, message, this.zone);
    if (isNew && message.is_mine && made.querySelector(".understood") === null) {
      made.querySelector(".beside").prepend(understood(`${this.root}/understood/${message.sid}`));
    }
    const next = this.after(message.number, made);
    if (made.parentNode === null || made.nextElementSibling !== next) this.log.insertBefore(made, next);
  }

  /** Find the first bubble that stands after a number; from the end, as that is where most is new. */
  after(number, made) {
    let next = null;
    for (let each = this.log.lastElementChild; each !== null; each = each.previousElementSibling) {
      if (each === made) continue;
      if (Number(each.dataset.number) <= number) break;
      next = each;
    }
    return next;
  }

  /** Give the bubble of the message that is on its way, if this is that message. */
  adopted(message) {
    if (!message.is_mine || this.posted?.body !== message.body) return undefined;
    const { made } = this.posted;
    this.posted = null;
    return made;
  }

  /** Part the days, let only what is unanswered be chosen from, and keep the newest in sight. */
  tidy() {
    let today = "";
    const all = [...this.log.children];
    for (const made of all) {
      const mark = made.querySelector(".day");
      mark.hidden = made.dataset.day === undefined || made.dataset.day === today;
      mark.textContent = made.dataset.day ?? "";
      today = made.dataset.day ?? today;
    }
    const answered = all.findLastIndex((made) => made.classList.contains("mine"));
    all.forEach((made, index) => {
      made.querySelector(".options").hidden = index < answered;
    });
    this.stay();
  }
}
