import { Phone } from "./phone.js";

const main = document.querySelector("main");
for (const root of main.querySelectorAll(".phone")) {
  new Phone(root, main.dataset.send);
}
