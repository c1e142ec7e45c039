// The studio's own script. Every page works without it, except that only a
// script can ask the browser for a passkey; what needs it is hidden until it
// runs.
"use strict";

// --- passkeys ---
// A form with data-passkey="get" or "create" carries the options in
// data-options; the browser's answer goes into its hidden field "passkey",
// and then the form is sent like any other.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function options(form) {
  const o = JSON.parse(form.dataset.options);
  o.challenge = bytes(o.challenge);
  if (o.user) o.user.id = bytes(o.user.id);
  for (const list of [o.allowCredentials, o.excludeCredentials]) for (const c of list || []) c.id = bytes(c.id);
  const named = form.querySelector("[name=email]"), called = form.querySelector("[name=name]");
  if (o.user && named && named.value) o.user.name = named.value;
  if (o.user && called && called.value) o.user.displayName = called.value;
  return o;
}

function answer(credential) {
  const r = credential.response, out = { id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: credential.getClientExtensionResults(), response: { clientDataJSON: text(r.clientDataJSON) } };
  if (credential.authenticatorAttachment) out.authenticatorAttachment = credential.authenticatorAttachment;
  if (r.attestationObject) {
    out.response.attestationObject = text(r.attestationObject);
    if (r.getTransports) out.response.transports = r.getTransports();
  } else {
    out.response.authenticatorData = text(r.authenticatorData);
    out.response.signature = text(r.signature);
    if (r.userHandle) out.response.userHandle = text(r.userHandle);
  }
  return JSON.stringify(out);
}

let waiting; // the request that the browser answers from its list of names

async function ask(form, extra) {
  if (waiting) waiting.abort();
  const o = { publicKey: options(form), ...extra };
  const c = form.dataset.passkey === "create" ? await navigator.credentials.create(o) : await navigator.credentials.get(o);
  form.querySelector("[name=passkey]").value = answer(c);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !form.dataset.options) continue;
  for (const e of form.querySelectorAll(".script")) e.hidden = false;
  const failed = form.querySelector("[data-failed]");
  form.querySelector("[data-ask]").addEventListener("click", async () => {
    failed.textContent = "";
    for (const e of form.querySelectorAll("[data-need]")) if (!e.reportValidity()) return;
    try {
      await ask(form, {});
    } catch (error) {
      failed.textContent = failed.dataset.failed;
    }
  });
  if (form.dataset.passkey === "get" && PublicKeyCredential.isConditionalMediationAvailable) {
    PublicKeyCredential.isConditionalMediationAvailable().then((can) => {
      if (!can) return;
      const control = new AbortController();
      ask(form, { mediation: "conditional", signal: control.signal }).catch(() => {}); // nobody chose one: the form is still there
      waiting = control;
    });
  }
}

// --- what only saves a moment ---

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim()));
}
for (const form of document.querySelectorAll("form[data-ask-first]")) {
  form.addEventListener("submit", (e) => { if (!confirm(form.dataset.askFirst)) e.preventDefault(); });
}

// --- words: what the glossary says of a text while it is being written ---

for (const aside of document.querySelectorAll("aside[data-words]")) {
  const form = aside.parentElement.querySelector("form"), here = aside.querySelector("[data-words-here]");
  if (!aside.dataset.words || !form) continue;
  let timer, asked;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const r = await fetch(aside.dataset.words, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error", signal: asked.signal });
        if (!r.ok) return; // what was said before stays; saving says what is wrong
        const said = (await r.json()).html;
        if (here.innerHTML !== said) here.innerHTML = said; // made by the page's own view
      } catch { /* no line: what was said before stays, and the next change asks again */ }
    }, 1500);
  });
}

// --- signing out takes what is kept on this device along: never a text that
// the server has not, unless somebody says so ---

const unsaved = () => {
  try {
    return Object.keys(localStorage).filter((k) => k.startsWith("sala.draft:")).length;
  } catch {
    return 0; // what cannot be opened holds nothing
  }
};
for (const form of document.querySelectorAll("form[data-signout]")) {
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (window.salaEditor) await Promise.race([window.salaEditor.settle(), new Promise((done) => setTimeout(done, 5000))]);
    if (unsaved() > 0 && !confirm(form.dataset.signout)) return;
    const forget = document.createElement("input");
    Object.assign(forget, { type: "hidden", name: "forget", value: "yes" });
    form.append(forget);
    form.submit();
  });
}

// --- the directory: a field with data-find="person" or "organisation" offers
// who is called so, in any spelling, while a name is typed ---

let lists = 0;
for (const input of document.querySelectorAll("input[data-find]")) {
  const list = document.createElement("datalist");
  list.id = "found" + ++lists;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer, asked;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (asked) asked.abort();
      if (!input.value.trim()) return list.replaceChildren();
      asked = new AbortController();
      try {
        const r = await fetch("/studio/directory/find?" + new URLSearchParams({ what: input.dataset.find, q: input.value }), { redirect: "error", signal: asked.signal });
        if (!r.ok) return; // the form says what is wrong
        list.replaceChildren(...(await r.json()).map((f) => new Option(f.about, f.name)));
      } catch { /* no line: what is typed is looked up when the form is sent */ }
    }, 200);
  });
}

// --- the passage of the fact that has the focus is shown in the text ---

const passage = (at) => {
  const fact = at.closest("[data-proposal]"), text = document.querySelector(".read");
  if (!fact || !text) return;
  let first;
  for (const mark of text.querySelectorAll("mark")) {
    const on = mark.dataset.on.split(" ").includes(fact.dataset.proposal);
    mark.classList.toggle("here", on);
    if (on && !first) first = mark;
  }
  if (first && text.scrollHeight > text.clientHeight) text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
};
document.addEventListener("focusin", (e) => passage(e.target));
passage(document.activeElement); // a page may begin at a fact

// --- what must be corrected has the focus: Enter leads to its field ---

const wrong = document.querySelector("main .note.bad[role=alert] a[href^='#']");
if (wrong) wrong.focus();

// --- keys; /studio/help lists them ---

const places = { h: "/studio/", m: "/studio/me" };
let before = "";
document.addEventListener("keydown", (e) => {
  const typing = e.target.closest("input:not([data-row]), textarea, select, [contenteditable]");
  if (e.key === "Enter" && e.ctrlKey && typing && typing.form) return typing.form.requestSubmit();
  if (typing || e.ctrlKey || e.altKey || e.metaKey || !document.querySelector(".studio:not([data-keys-off])")) return;
  if (before === "g" && places[e.key]) location.href = places[e.key];
  else if (e.key === "?") location.href = "/studio/help";
  else if (e.key === "/") {
    const find = document.querySelector("input[type=search]");
    if (find) { find.focus(); e.preventDefault(); }
  } else if (e.key === "j" || e.key === "k") {
    // A row may hold more links than the one to what it is about, which is first.
    const rows = [...document.querySelectorAll("main .grid tbody tr, main .todo > li > a, main .todo [data-row]")].filter((r) => !r.matches("tr") || r.querySelector("a"));
    const next = rows[rows.findIndex((r) => r.contains(document.activeElement)) + (e.key === "j" ? 1 : -1)];
    if (next) (next.matches("tr") ? next.querySelector("a") : next).focus();
  } else if (e.key === "x" && document.activeElement.matches("[data-row]")) document.activeElement.click();
  else if ("are".includes(e.key)) { // decide on the fact that has the focus
    const fact = document.activeElement.closest("[data-proposal]"), deed = fact && fact.querySelector(`[data-key="${e.key}"]`);
    if (deed && deed.matches("details")) {
      deed.open = !deed.open;
      (deed.open ? deed.querySelector(".field") : deed.querySelector("summary")).focus();
      e.preventDefault();
    } else if (deed) deed.click();
  }
  before = e.key;
});
