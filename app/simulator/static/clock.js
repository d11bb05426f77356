import { element } from "./parts.js";
import { ask } from "./service.js";
import { dayAndTime } from "./times.js";

const HOME = "Asia/Kolkata";
const LOOK_MS = 500;

/** The simulated time, and the buttons that move it on. */
export class Clock {
  constructor(root, door, exchange) {
    this.root = root;
    this.door = door;
    this.exchange = exchange;
    this.buttons = [...root.querySelectorAll("button")];
    this.hold(root.dataset.movable !== "true");
    root.addEventListener("click", (event) => this.press(event.target.closest("button")));
    exchange.addEventListener("clock", (event) => this.stand(event.detail));
    setInterval(() => this.show(), LOOK_MS);
  }

  async press(button) {
    if (button === null || button.getAttribute("aria-disabled") === "true") return;
    this.hold(true);
    this.root.querySelector(".fault")?.remove();
    const { minutes, to } = button.dataset;
    const answer = await ask(this.door, to ? { to } : { minutes: Number(minutes) });
    if (answer.fault) {
      const line = element("p", answer.fault, "fault");
      line.setAttribute("role", "alert");
      this.root.append(line);
      this.hold(false);
    }
  }

  /** Held buttons keep the focus, so that the keyboard does not lose its place. */
  hold(isHeld) {
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(isHeld));
  }

  stand({ now, offset_s: offset, wanted_s: wanted }) {
    const left = wanted - offset;
    const goal = new Date(new Date(now).getTime() + left * 1000);
    this.root.querySelector(".going").textContent = left > 0 ? `moving on to ${dayAndTime(goal, HOME)}` : "";
    if (this.root.dataset.movable === "true") this.hold(left > 0);
    this.show();
  }

  show() {
    this.root.querySelector("time").textContent = dayAndTime(this.exchange.now(), HOME);
  }
}
