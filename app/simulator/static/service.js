const PATIENCE_MS = 20_000;

/** Ask the server for something; what goes wrong comes back as a sentence under `fault`. */
export async function ask(address, fields) {
  const post = fields && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  };
  try {
    const response = await fetch(address, { ...post, signal: AbortSignal.timeout(PATIENCE_MS) });
    const isOurs = response.headers.get("Content-Type") === "application/json";
    return isOurs ? await response.json() : { fault: `The simulator failed (${response.status}); its log says why.` };
  } catch {
    return { fault: "The server is away: the page got no answer from it." };
  }
}
