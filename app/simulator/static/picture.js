/** Say why no phone can send a file; undefined where one can. The field holds the rules. */
export function faultOf(file, field) {
  if (!field.accept.split(",").includes(file.type)) return field.dataset.strange;
  return file.size > Number(field.dataset.largest) ? field.dataset.tooLarge : undefined;
}

/** Read a file as Base64; null where it cannot be read. */
export function base64(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => resolve(null));
    reader.readAsDataURL(file);
  });
}

/** Show the picture of a message in its bubble, above its caption. */
export function show(made, message) {
  const picture = made.querySelector(".picture");
  if (!picture.hidden) return;
  picture.src = `${document.body.dataset.root}/media/${message.media_sid}`;
  picture.hidden = false;
  made.querySelector(".words").textContent = message.body;
}
