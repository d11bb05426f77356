import { copy, element } from "./parts.js";
import { understood } from "./understood.js";

const PATIENCE_MS = 20_000;
const BESIDE_FROM_PX = 640;

/** One phone: a number, the conversation of each number it had, and a field to write in. */
export class Phone {
  constructor(root, door) {
    this.door = door;
    this.number = root.querySelector(".number");
    this.self = root.querySelector(".self");
    this.log = root.querySelector(".log");
    this.words = root.querySelector("textarea");
    this.conversations = new Map();
    this.sending = Promise.resolve();
    this.listen(root.querySelector(".composer"), root.querySelector(".choices"));
    this.turnTo(this.number.value);
    this.words.focus();
  }

  listen(composer, choices) {
    composer.addEventListener("submit", (event) => this.submit(event));
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        composer.requestSubmit();
      }
    });
    this.number.addEventListener("change", () => this.turnTo(this.number.value.replace(/[\s()-]/g, "")));
    choices.addEventListener("click", (event) => this.choose(event.target.closest("button")));
  }

  choose(button) {
    if (button === null) return;
    this.turnTo(button.dataset.number ?? newNumber());
    this.words.focus();
  }

  /** Show the conversation of a number, empty at first. */
  turnTo(number) {
    this.number.value = number;
    if (!this.number.checkValidity()) return;
    if (!this.conversations.has(number)) {
      this.conversations.set(number, element("div", "", "conversation"));
    }
    this.self.textContent = `you are ${number}`;
    this.log.replaceChildren(this.conversations.get(number));
    this.log.scrollTop = this.log.scrollHeight;
  }

  submit(event) {
    event.preventDefault();
    const body = this.words.value;
    if (body.trim() === "" || !this.number.reportValidity()) return;
    this.words.value = "";
    this.words.focus();
    const exchange = this.begin(body);
    const number = this.number.value;
    // One after the other, so that they arrive in the order they were written in.
    this.sending = this.sending.then(async () => this.end(exchange, await this.post(number, body)));
  }

  begin(body) {
    const exchange = copy("exchange");
    exchange.querySelector(".words").textContent = body;
    this.log.firstElementChild.append(exchange);
    this.log.scrollTop = this.log.scrollHeight;
    return exchange;
  }

  async post(number, body) {
    try {
      const response = await fetch(this.door, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ number, body }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const isOurs = response.headers.get("Content-Type") === "application/json";
      return isOurs ? await response.json() : { fault: `The simulator failed (${response.status}); its log says why.` };
    } catch {
      return { fault: "The server is away: the page got no answer from it." };
    }
  }

  end(exchange, answer) {
    const at = answer.at?.slice(11, 16) ?? "";
    exchange.querySelector("time").textContent = at;
    exchange.querySelector(".tick").textContent = answer.fault ? "not delivered" : "✓✓";
    if (answer.understood) {
      exchange.querySelector(".mine").lang = answer.understood.language;
      exchange.querySelector(".beside").append(understood(answer, this.log.clientWidth >= BESIDE_FROM_PX));
    }
    exchange.querySelector(".answered").append(...answers(answer, at));
    this.log.scrollTop = this.log.scrollHeight;
    exchange.querySelector(".answered").lastElementChild.scrollIntoView({ block: "nearest" });
  }
}

function answers(answer, at) {
  if (answer.fault) {
    const line = element("p", answer.fault, "fault");
    line.setAttribute("role", "alert");
    return [line];
  }
  if (answer.messages.length === 0) {
    return [element("p", "ProCare said nothing to this.", "note")];
  }
  return answer.messages.map((message) => {
    const bubble = copy("answer");
    bubble.querySelector(".words").textContent = message;
    bubble.querySelector("time").textContent = at;
    return bubble;
  });
}

/** Make up an Indian mobile number: ten digits, the first of them from 6 to 9. */
function newNumber() {
  const [first, ...rest] = crypto.getRandomValues(new Uint8Array(10));
  return `+91${6 + (first % 4)}${rest.map((byte) => byte % 10).join("")}`;
}
