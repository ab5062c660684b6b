// The wallboard draws itself anew each minute; where that fails the old figures stay, with their time.
const MINUTE = 60_000;

async function renew() {
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (response.redirected) return location.assign(response.url);
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
}

setInterval(() => renew().catch(() => {}), MINUTE);
