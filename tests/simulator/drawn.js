/* What a test asks of the page as it is drawn: `window.drawn`. */

const NEVER_A_GLYPH = "\u0378";
const SIDE = 48;

/** Draw one character in a font, and give its dots. */
function dots(character, font) {
  const pen = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true });
  pen.font = font;
  pen.fillText(character, SIDE / 4, (SIDE * 2) / 3);
  return pen.getImageData(0, 0, SIDE, SIDE).data.join();
}

/** Name the characters of a text that no font of the page can draw. */
function boxes(words) {
  const font = `20px ${getComputedStyle(document.querySelector("textarea")).fontFamily}`;
  const box = dots(NEVER_A_GLYPH, font);
  const characters = new Set(words.match(/[^\s\p{Default_Ignorable_Code_Point}]/gu));
  return [...characters].filter((character) => dots(character, font) === box);
}

/** Give the words of bubbles and buttons of a phone that do not fit into them. */
function clipped(title) {
  const phone = document.querySelector(`.phone[aria-label="${title}"]`);
  const all = [phone.querySelector(".log"), ...phone.querySelectorAll(".bubble, .options button")];
  return all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent);
}

/** Spread one conversation, which all phones show, over them as people see it: no message in two. */
function spread(titles) {
  const phones = [...document.querySelectorAll(".phone")];
  document.activeElement.blur();
  document.querySelectorAll(".understood").forEach((each) => each.remove());
  const messages = [...phones[0].querySelectorAll(".message")];
  const share = messages.reduce((sum, each) => sum + each.offsetHeight, 0) / phones.length;
  let above = 0;
  let place = 0;
  const places = messages.map((each) => {
    const begins = each.classList.contains("mine"); // an answer stands below what it answers
    if (begins) place = Math.min(Math.floor((above + each.offsetHeight) / share), phones.length - 1);
    above += each.offsetHeight;
    return place;
  });
  phones.forEach((phone, place) => {
    phone.querySelector("h2").textContent = titles[place];
    phone.querySelectorAll(".message").forEach((each, index) => {
      each.hidden = places[index] !== place;
    });
  });
}

/** Say how high the window must be for every phone to show all of its conversation. */
function height() {
  const logs = [...document.querySelectorAll(".log")];
  return window.innerHeight + Math.max(...logs.map((log) => log.scrollHeight - log.clientHeight));
}

window.drawn = { boxes, clipped, spread, height };
