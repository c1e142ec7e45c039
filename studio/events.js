// The screen of an event: Enter goes to the next row and makes one at the end,
// or leaves the list from a last one that is empty; names are picked while
// they are typed. Without it the form has buttons for
// the rows, and finds names when it is saved.
"use strict";

for (const form of document.querySelectorAll("form[data-event]")) {
  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")].filter((e) => e.closest("[data-row]") === row);
  const id = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));

  // fresh is a copy of a row with nothing typed in it and ids of its own.
  function fresh(row) {
    const box = document.createElement("template");
    let html = row.outerHTML;
    for (const old of [row, ...row.querySelectorAll("[data-row]")].map((r) => r.dataset.row)) html = html.replaceAll(old, id());
    box.innerHTML = html;
    const copy = box.content.firstElementChild;
    for (const e of [copy, ...copy.querySelectorAll("[data-touched]")]) e.removeAttribute("data-touched");
    for (const list of copy.querySelectorAll("[data-list]")) while (list.children.length > 1) list.lastElementChild.remove();
    for (const fault of copy.querySelectorAll(".fault")) fault.remove();
    for (const e of copy.querySelectorAll("input, select")) {
      e.removeAttribute("aria-invalid");
      e.removeAttribute("placeholder");
      if (e.matches("[type=hidden]") && !e.matches("[data-ref], [data-was]")) continue; // keys, and the session of who appears in it
      if (e.matches("[data-as]")) e.value = "";
      else if (e.tagName === "SELECT") e.value = row.querySelector(`[name="${e.name}"]`).value; // most often the same again
      else e.value = "";
    }
    return copy;
  }

  function next(row) {
    let to = row.nextElementSibling;
    if (!to || !to.matches("[data-row]")) {
      to = fresh(row);
      row.after(to);
    }
    (fields(to).find((e) => e.matches("[data-pick], [name='sessions.title']")) || fields(to)[0]).focus();
  }

  // blank reports whether nothing was said in a row yet.
  const blank = (row) => !row.hasAttribute("data-touched") && [...row.querySelectorAll("input:not([type=hidden])")].every((e) => !e.value.trim());
  form.addEventListener("change", (e) => { const row = e.target.closest("[data-row]"); if (row && e.target.tagName === "SELECT") row.dataset.touched = ""; });

  // leave goes on behind a list, from a last row in which nothing was said:
  // to the next session from the people of one, else to what comes after.
  function leave(row) {
    const list = row.parentElement, outer = list.closest("[data-row]");
    if (outer) next(outer);
    else [...form.querySelectorAll("input:not([type=hidden]), select")].find((e) => list.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING && !list.contains(e) && e.checkVisibility())?.focus();
    if (list.children.length > 1) row.remove();
  }

  // --- picking ---
  const menu = document.createElement("ul");
  menu.className = "picker";
  menu.id = "picker";
  menu.setAttribute("role", "listbox");
  menu.hidden = true;
  form.append(menu);
  let field = null, asked = 0, here = -1, went = false, answering = null;
  // stale reports whether the list answers what stood in the field before.
  const stale = () => menu.dataset.q !== field.value.trim();
  const key = (item) => item && (item.dataset.id || item.dataset.as);
  const close = () => { menu.hidden = true; here = -1; if (field) { field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); } };
  const part = (name) => field.parentElement.querySelector(`[data-${name}]`);
  const as = () => { const row = field.closest("[data-row]"); return row && row.querySelector("[data-as]"); };

  function choose(item) {
    if (item.dataset.id) {
      field.value = item.dataset.name;
      part("ref").value = item.dataset.id;
      part("was").value = item.dataset.name;
      if (as()) as().value = "";
    } else if (as()) as().value = item.dataset.as;
    close();
  }

  function mark(n) {
    const items = [...menu.children];
    here = Math.max(0, Math.min(n, items.length - 1));
    items.forEach((e, i) => e.setAttribute("aria-selected", i === here));
    if (items[here]) { field.setAttribute("aria-activedescendant", items[here].id); items[here].scrollIntoView({ block: "nearest" }); }
  }

  function option(text, about, data) {
    const e = document.createElement("li");
    e.setAttribute("role", "option");
    e.id = "picker-" + menu.children.length;
    e.textContent = text;
    if (about) { const small = document.createElement("small"); small.textContent = " " + about; e.append(small); }
    Object.assign(e.dataset, data);
    e.addEventListener("mousedown", (event) => { event.preventDefault(); choose(e); });
    menu.append(e);
  }

  async function offer() {
    const q = field.value.trim(), turn = ++asked, at = field;
    if (!q) return close();
    let list = [];
    try {
      const answer = await fetch("/studio/events/pick?" + new URLSearchParams({ what: at.dataset.pick, q, in: form.dataset.in }));
      if (answer.ok) list = await answer.json();
    } catch (error) { return; } // the line is lost: the name is found when the form is saved
    if (turn !== asked || document.activeElement !== at) return;
    const chosen = went && key(menu.children[here]); // whoever went to one stays there
    menu.replaceChildren();
    menu.dataset.q = q;
    for (const one of list) option(one.name, one.about, { id: one.id, name: one.name });
    if (as()) {
      option(form.dataset.words, "", { as: "words" });
      for (const o of as().querySelectorAll("optgroup option")) option("+ " + o.textContent, as().querySelector("optgroup").label, { as: o.value });
    } else if (!list.length) option(form.dataset.none, "", {});
    const box = at.getBoundingClientRect(), base = form.getBoundingClientRect();
    menu.style.left = box.left - base.left + "px";
    menu.style.top = box.bottom - base.top + "px";
    menu.style.minWidth = box.width + "px";
    menu.hidden = false;
    at.setAttribute("aria-expanded", "true");
    mark(Math.max(0, chosen ? [...menu.children].findIndex((e) => key(e) === chosen) : 0));
  }

  form.addEventListener("focusin", (e) => {
    if (!e.target.matches("[data-pick]")) return close();
    field = e.target;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", "picker");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
  });
  form.addEventListener("focusout", (e) => { if (e.target === field) close(); });
  form.addEventListener("input", (e) => {
    if (!e.target.matches("[data-pick]")) return;
    part("ref").value = "";
    went = false;
    answering = offer();
  });

  form.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.isComposing) return;
    const picking = !menu.hidden && e.target === field;
    if (picking && (e.key === "ArrowDown" || e.key === "ArrowUp")) { went = true; mark(here + (e.key === "ArrowDown" ? 1 : -1)); e.preventDefault(); return; }
    if (picking && e.key === "Escape") { close(); e.preventDefault(); return; }
    // What is picked is of what stands in the field, however fast somebody types.
    if (picking && e.key === "Tab" && !e.shiftKey) return stale() ? close() : choose(menu.children[here]);
    const row = e.target.closest("[data-row]");
    if (e.key === "Enter" && e.target.matches("input:not([type=checkbox]), select")) {
      e.preventDefault(); // never the whole form: that is Ctrl+Enter
      if (picking && stale()) answering.then(() => { if (!menu.hidden && e.target === field && !stale()) choose(menu.children[here]); });
      else if (picking) choose(menu.children[here]);
      else if (row && !row.nextElementSibling && blank(row)) leave(row);
      else if (row) next(row);
      else { const all = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")]; (all[all.indexOf(e.target) + 1] || e.target).focus(); }
    } else if (e.altKey && row && (e.key === "ArrowUp" || e.key === "ArrowDown")) { // move the row
      const session = e.target.closest(".session") || row, moved = e.shiftKey ? row : session;
      const beside = e.key === "ArrowUp" ? moved.previousElementSibling : moved.nextElementSibling;
      if (beside && beside.matches("[data-row]")) { e.key === "ArrowUp" ? beside.before(moved) : beside.after(moved); e.target.focus(); }
      e.preventDefault();
    }
  });
  // Some keyboards, and programs that press keys, send the letter all the same.
  form.addEventListener("keypress", (e) => { if (e.key === "Enter" && e.target.matches("input, select")) e.preventDefault(); });
  // The button makes a row here instead of sending the form.
  for (const button of form.querySelectorAll("button[name=add][value=sessions]")) button.addEventListener("click", (e) => {
    e.preventDefault();
    next(form.querySelector("[data-list=sessions]").lastElementChild);
  });
}
