import { Clock } from "./clock.js";
import { Exchange } from "./exchange.js";
import { Phone } from "./phone.js";

const KEPT = "phones";
const root = document.body.dataset.root;
const main = document.querySelector("main");
const exchange = new Exchange(`${root}/events`);
new Clock(document.querySelector(".clock"), `${root}/clock`, exchange);

function add(title, number) {
  const phone = new Phone(title, number, root, exchange);
  phone.element.addEventListener("turned", keep);
  return phone;
}

/** Put a phone of the developer's own at the end; it stays when the page is loaded again. */
function addOwn(number) {
  const phone = add("Another phone", number);
  phone.element.classList.add("own");
  const remove = phone.element.querySelector(".remove");
  remove.hidden = false;
  remove.addEventListener("click", () => {
    phone.end();
    keep();
    document.querySelector(".add").focus();
  });
  main.append(phone.element);
  return phone;
}

function keep() {
  const own = [...main.querySelectorAll(".own .number")].map((field) => field.value);
  sessionStorage.setItem(KEPT, JSON.stringify(own));
}

/** Make up an Indian mobile number: ten digits, the first of them from 6 to 9. */
function newNumber() {
  const [first, ...rest] = crypto.getRandomValues(new Uint8Array(10));
  return `+91${6 + (first % 4)}${rest.map((byte) => byte % 10).join("")}`;
}

document.querySelector(".add").addEventListener("click", () => {
  const phone = addOwn(newNumber());
  keep();
  phone.words.focus();
});

const phones = [...main.querySelectorAll(".place")].map((place) => {
  const phone = add(place.dataset.title, place.dataset.number);
  place.replaceWith(phone.element);
  return phone;
});
JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").forEach(addOwn);
phones[0].words.focus({ preventScroll: true });
exchange.listen();
