// Signing in again, in place: what is written stays on the screen.

import { again } from "./queue.js";

export function askToSignIn(entry) {
  entry.state = "sign_in";
  const { page } = entry;
  if (page.hooks.onSignIn) {
    page.asking ??= page.hooks.onSignIn().then((done) => {
      page.asking = null;
      if (done) again(true);
    });
  } else if (page.again?.isConnected && !page.again.open && !page.declinedToSignIn) openSignIn(page);
}

export function openSignIn(page) {
  page.declinedToSignIn = true; // asked once by itself; then by the button in the bar
  page.again.querySelector(".error").textContent = "";
  page.again.showModal();
}

export async function signIn(page, event) {
  event.preventDefault();
  const form = page.again.querySelector("form");
  const [username, password] = form.querySelectorAll("input");
  const error = form.querySelector(".error");
  error.textContent = "";
  try {
    const reply = await fetch("/sign-in/again", {
      method: "POST",
      body: JSON.stringify({ username: username.value, password: password.value }),
      headers: { "Content-Type": "application/json", "X-Requested-With": "samtal" },
      credentials: "same-origin",
    });
    if (reply.ok) {
      password.value = "";
      page.declinedToSignIn = false;
      page.again.close();
      again(true);
    } else error.textContent = reply.status === 429 ? page.words.slow_down : page.words.wrong;
  } catch {
    error.textContent = page.words.waiting;
  }
}
