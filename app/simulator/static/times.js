const WITH_DAY = { weekday: "short", day: "numeric", month: "short" };
const WITH_TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function written(moment, zone, parts) {
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone }).format(moment);
}

/** Write a moment as 18:05. */
export function time(moment, zone) {
  return written(moment, zone, WITH_TIME);
}

/** Write a moment's day as Sun, 22 Nov. */
export function day(moment, zone) {
  return written(moment, zone, WITH_DAY);
}

/** Write a moment as Sun, 22 Nov 18:05. */
export function dayAndTime(moment, zone) {
  return `${day(moment, zone)} ${time(moment, zone)}`;
}
