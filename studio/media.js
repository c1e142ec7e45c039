// Sends files in parts, several after each other, and goes on where a broken
// line left off. Without it the form sends them all at once.
"use strict";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const list = form.querySelector(".sending"), input = form.querySelector("[type=file]");
  const ask = async (method, address, body) => {
    const answer = await fetch(address, { method, body, redirect: "manual" });
    const kind = answer.headers.get("Content-Type") || "";
    const said = kind.startsWith("application/json") ? await answer.json() : {};
    if (answer.ok) return said;
    const error = new Error(said.message || form.dataset.failed);
    error.final = answer.status >= 400 && answer.status < 500 && answer.status !== 409; // trying again would not help
    error.gap = answer.status === 409;
    throw error;
  };
  const pause = (ms) => new Promise((go) => { setTimeout(go, ms); window.addEventListener("online", go, { once: true }); });

  async function send(file) {
    const line = document.createElement("li"), name = document.createElement("span"), bar = document.createElement("progress"), word = document.createElement("span");
    name.textContent = file.name;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(name, " ", bar, " ", word);
    list.append(line);
    let at, wait = 1000;
    for (;;) {
      try {
        if (!at) at = await ask("POST", "/studio/media/uploads", new URLSearchParams({ name: file.name, size: file.size }));
        else if (wait > 1000) at = { ...at, ...await ask("GET", "/studio/media/uploads/" + at.id + "/state") }; // how far did it come?
        while (at.received < at.size) {
          const to = Math.min(at.received + Math.min(at.part, 1 << 20), at.size);
          at = await ask("PUT", "/studio/media/uploads/" + at.id + "?from=" + at.received, file.slice(at.received, to));
          bar.value = at.received;
          word.textContent = "";
          wait = 1000;
        }
        const made = await ask("POST", "/studio/media/uploads/" + at.id + "/finish");
        const link = document.createElement("a");
        link.href = made.page;
        link.textContent = file.name;
        name.replaceChildren(link);
        bar.remove();
        word.textContent = form.dataset.done;
        return;
      } catch (error) {
        if (error.final) {
          bar.remove();
          word.className = "fault";
          word.textContent = error.message;
          return;
        }
        word.textContent = form.dataset.wait;
        wait = Math.min(wait * 2, 60000);
        await pause(wait);
      }
    }
  }

  let before = Promise.resolve(), left = 0; // one after the other: a weak line carries one
  window.addEventListener("beforeunload", (e) => { if (left > 0) e.preventDefault(); });
  const take = (files) => {
    for (const file of files) {
      left++;
      before = before.then(() => send(file)).finally(() => { left--; });
    }
  };
  form.addEventListener("submit", (e) => {
    if (!input.files.length) return;
    e.preventDefault();
    take([...input.files]);
    input.value = "";
  });
  // Choosing is sending: the button is for those without script.
  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("dragover", (e) => { e.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (e) => {
    e.preventDefault();
    form.classList.remove("over");
    take([...e.dataTransfer.files]);
  });
}
