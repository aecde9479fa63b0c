/* The script of the skin "stranger": listboxes behind buttons, menus, windows, and asking the server. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const every = (root, what) => [...root.querySelectorAll(what)];
  const word = (key) => document.body.dataset[`word${key[0].toUpperCase()}${key.slice(1)}`];
  const main = byId("sp-main");
  const stage = byId("sp-stage");
  let stamp = document.body.dataset.rvt;
  let heard = Date.now();

  /* --- the server ------------------------------------------------------------------------------ */

  const curtain = { depth: 0, box: null, focus: null, stays: 0 };
  function drop() {
    curtain.depth += 1;
    if (curtain.depth > 1) return;
    curtain.focus = document.activeElement;
    main.setAttribute("aria-busy", "true");
    curtain.box = document.createElement("div");
    curtain.box.className = "sp-busy";
    curtain.box.tabIndex = -1;
    const card = document.createElement("p");
    card.setAttribute("role", "status");
    card.textContent = word("wait");
    curtain.box.append(card);
    document.body.append(curtain.box);
    curtain.box.focus();
  }
  function raise() {
    curtain.depth = Math.max(0, curtain.depth - 1);
    if (curtain.depth || !curtain.box) return;
    const mine = document.activeElement === curtain.box || document.activeElement === document.body;
    curtain.box.remove();
    curtain.box = null;
    main.removeAttribute("aria-busy");
    if (mine) settle();
  }
  function settle() {
    const over = uppermost();
    const back = curtain.focus && curtain.focus.isConnected ? curtain.focus : null;
    const wanted = over && !over.contains(back) ? over.querySelector("[data-yes], h2[tabindex]") : back;
    if (wanted) wanted.focus({ preventScroll: true });
  }
  function windowKey() {
    const kept = sessionStorage.getItem("browserIdKey");
    const key = kept || `${Date.now()}${Math.floor(Math.random() * 1000)}`;
    if (!kept) sessionStorage.setItem("browserIdKey", key);
    return key;
  }
  function stamped(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("__RequestVerificationToken", stamp);
    return url;
  }
  function filled(form) {
    const data = form ? new FormData(form) : new FormData();
    data.set("WindowKey", windowKey());
    return data;
  }
  const nevermore = new Promise(() => {});
  async function send(url, options = {}) {
    heard = Date.now();
    const answer = await fetch(url, {
      credentials: "same-origin", ...options, headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    stamp = answer.headers.get("X-P-Auth") || stamp;
    curtain.stays = Number(answer.headers.get("X-Portal-Overlay")) || curtain.stays;
    const elsewhere = answer.headers.get("X-Portal-Location");
    if (elsewhere) {
      drop();
      location.assign(elsewhere);
      return nevermore;
    }
    if (answer.headers.has("X-Portal-Page")) {
      const whole = await answer.text();
      document.open();
      document.write(whole);
      document.close();
      return nevermore;
    }
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer;
  }
  const fetched = (address) => send(new URL(address, location.href));
  const posted = (address, form) => send(stamped(address), { method: "POST", body: filled(form) });
  async function behind(work) {
    drop();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TypeError) && !/^HTTP /.test(error.message)) throw error;
      refuse([{ words: word("failed") }]);
    } finally {
      const stays = curtain.stays;
      curtain.stays = 0;
      if (stays) setTimeout(raise, stays * 1000);
      else raise();
    }
  }
  function leaveBy(address, form) {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = stamped(address).href;
    carrier.hidden = true;
    for (const [name, value] of filled(form)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      carrier.append(field);
    }
    document.body.append(carrier);
    drop();
    carrier.submit();
  }

  /* --- what is said ------------------------------------------------------------------------------ */

  const place = () => stage.querySelector(".sp-says") || main.querySelector(".sp-says") || main;
  function hush() {
    every(place(), ".sp-problem, .sp-fine").forEach((e) => e.remove());
  }
  // A list of what is wrong; each leads to its field.
  function refuse(found) {
    hush();
    const box = document.createElement("div");
    box.className = "sp-problem";
    box.setAttribute("role", "alert");
    box.append(Object.assign(document.createElement("strong"), { textContent: word("problem") }));
    const list = document.createElement("ul");
    for (const { words, id } of found) {
      const item = document.createElement("li");
      if (id) item.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: words }));
      else item.textContent = words;
      list.append(item);
    }
    box.append(list);
    place().prepend(box);
    box.scrollIntoView({ block: "center" });
  }
  function approve(words) {
    const box = document.createElement("div");
    box.className = "sp-fine";
    box.setAttribute("role", "status");
    box.append(Object.assign(document.createElement("span"), { textContent: words }));
    const shut = Object.assign(document.createElement("button"), { type: "button", className: "sp-x" });
    shut.setAttribute("aria-label", word("dismiss"));
    shut.dataset.dismiss = "";
    box.append(shut);
    hush();
    place().prepend(box);
  }

  /* --- what a button does ------------------------------------------------------------------------- */

  const formOf = (b) => (b.dataset.of ? byId(b.dataset.of) : null);
  const shutWindow = () => { stage.replaceChildren(); };
  function put(where, html) {
    where.innerHTML = html;
    if (where === main) scrollTo(0, 0);
    follow();
  }
  const calls = {
    post: (b) => leaveBy(b.dataset.url, formOf(b)),
    go: (b) => {
      const url = stamped(b.dataset.url);
      url.searchParams.set("WindowKey", windowKey());
      drop();
      location.assign(url);
    },
    ajax: (b) => behind(async () => put(main, await (await posted(b.dataset.url, formOf(b))).text())),
    load: (b) => behind(async () => {
      const url = new URL(b.dataset.url, location.href);
      for (const [name, value] of new FormData(formOf(b))) url.searchParams.set(name, value);
      put(main, await (await send(url)).text());
    }),
    popup: (b) => behind(async () => put(stage, await (await fetched(b.dataset.url)).text())),
    save: (b) => behind(() => saveWindow(b)),
    lens: (b) => behind(() => person(b)),
    brn: (b) => behind(() => business(b)),
    "save-form": (b) => behind(() => saveLong(b)),
  };
  function call(b) {
    if (b.dataset.call) calls[b.dataset.call](b);
  }
  function sure(box, yes, no) {
    const back = document.activeElement === curtain.box ? curtain.focus : document.activeElement;
    box.hidden = false;
    box.querySelector("[data-yes]").focus();
    const end = (then) => () => {
      box.hidden = true;
      if (back && back.isConnected) back.focus({ preventScroll: true });
      if (then) then();
    };
    box.querySelector("[data-no]").onclick = end(no);
    box.querySelector("[data-yes]").onclick = end(yes);
  }
  function panel(b, open) {
    b.setAttribute("aria-expanded", String(open));
    byId(b.getAttribute("aria-controls")).hidden = !open;
  }
  const panels = () => every(document, "[data-panel][aria-expanded=true]");
  const here = {
    panel: (b) => {
      const open = b.getAttribute("aria-expanded") !== "true";
      panels().forEach((other) => panel(other, false));
      panel(b, open);
    },
    dismiss: (b) => b.parentElement.remove(),
    close: shutWindow,
    shut: (b) => { byId(b.dataset.shut).hidden = true; },
    more: (b) => {
      const next = document.querySelector(`[data-further="${b.dataset.more}"][hidden]`);
      if (!next) return;
      next.hidden = false;
      const field = next.querySelector("input");
      field.disabled = false;
      field.focus();
    },
    less: (b) => {
      const field = b.closest("[data-further]").querySelector("input");
      field.value = "";
      field.disabled = true;
      b.closest("[data-further]").hidden = true;
    },
    sure: (b) => sure(byId(b.dataset.sure), () => call(b)),
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (!event.target.closest("[data-panel], .sp-panel")) panels().forEach((b) => panel(b, false));
    every(document, "[role=combobox][aria-expanded=true]").forEach((b) => {
      if (!chooser(b).contains(event.target)) shutList(b);
    });
    const leads = event.target.closest(".sp-problem a");
    if (leads) {
      event.preventDefault();
      byId(leads.hash.slice(1)).focus();
    }
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
      return;
    }
    const b = event.target.closest("button");
    if (!b || b.disabled) return;
    if (b.matches("[role=combobox]")) {
      if (b.getAttribute("aria-expanded") === "true") shutList(b);
      else openList(b);
      return;
    }
    const mine = Object.keys(here).find((name) => name in b.dataset);
    if (mine) here[mine](b);
    else call(b);
  });
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!(at instanceof Element)) return;
    if (at.matches("[role=combobox]") && listKey(at, event)) return;
    if (event.key === "Escape") escape();
    if (event.key === "Tab") stayInside(event);
    if (event.key !== "Enter" || !at.matches("input:not([type=checkbox], [type=radio], [type=file])")) return;
    const form = at.closest("form[data-enter]");
    if (!form) return;
    event.preventDefault();
    byId(form.dataset.enter).click();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("method") === null) event.preventDefault();
  });
  const uppermost = () => every(document, "[data-asks]").find((d) => !d.hidden)
    || stage.querySelector("[data-window]");
  function escape() {
    const open = panels();
    if (open.length) {
      open.forEach((b) => panel(b, false));
      open[0].focus();
      return;
    }
    const box = uppermost();
    const no = box && box.querySelector("[data-no], [data-shut], [data-close]");
    if (no) no.click();
  }
  function stayInside(event) {
    const box = uppermost();
    if (!box) return;
    const stops = every(box, "a[href], button, input, textarea, select")
      .filter((e) => !e.disabled && e.offsetParent !== null);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const now = document.activeElement;
    const out = !box.contains(now) || now === (event.shiftKey ? first : last);
    if (!out) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }

  /* --- a button that opens a list -------------------------------------------------------------------- */

  const chooser = (e) => e.closest(".sp-select");
  const face = (box) => box.querySelector("[role=combobox]");
  const kept = (box) => box.querySelector("[type=hidden]");
  const options = (box) => every(box, "[role=option]");
  let typed = { letters: "", at: 0 };
  function point(b, option) {
    options(chooser(b)).forEach((o) => o.classList.toggle("at", o === option));
    if (!option) {
      b.removeAttribute("aria-activedescendant");
      return;
    }
    b.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function openList(b) {
    const box = chooser(b);
    box.querySelector("[role=listbox]").hidden = false;
    b.setAttribute("aria-expanded", "true");
    b.focus();
    point(b, options(box).find((o) => o.getAttribute("aria-selected") === "true") || options(box)[0]);
  }
  function shutList(b) {
    chooser(b).querySelector("[role=listbox]").hidden = true;
    b.setAttribute("aria-expanded", "false");
    point(b, null);
  }
  function setChoice(box, value, shut) {
    const found = options(box).find((o) => o.dataset.value === value && value);
    kept(box).value = value;
    kept(box).disabled = shut;
    face(box).disabled = shut;
    face(box).textContent = found ? found.textContent : face(box).dataset.empty;
    face(box).classList.toggle("none", !found);
    options(box).forEach((o) => o.setAttribute("aria-selected", String(o.dataset.value === value)));
  }
  function choose(option) {
    const box = chooser(option);
    const other = kept(box).value !== option.dataset.value;
    setChoice(box, option.dataset.value, false);
    shutList(face(box));
    face(box).focus();
    if (!other) return;
    follow();
    if (box.dataset.call) call(box);
    if (box.dataset.next) refill(box);
  }
  function byLetter(b, key) {
    const now = Date.now();
    typed = { letters: (now - typed.at < 800 ? typed.letters : "") + key.toLowerCase(), at: now };
    const found = options(chooser(b)).find((o) => o.textContent.trim().toLowerCase().startsWith(typed.letters));
    if (found) point(b, found);
  }
  function listKey(b, event) {
    const open = b.getAttribute("aria-expanded") === "true";
    if (!open) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
      event.preventDefault();
      openList(b);
      return true;
    }
    const all = options(chooser(b));
    const at = all.findIndex((o) => o.classList.contains("at"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") shutList(b);
    else if (event.key === "Escape") shutList(b);
    else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (at >= 0) choose(all[at]);
    } else if (to !== undefined) {
      event.preventDefault();
      point(b, all[Math.min(Math.max(to, 0), all.length - 1)]);
    } else if (event.key.length === 1) byLetter(b, event.key);
    else return false;
    return event.key !== "Tab";
  }
  function stock(box, choices, open) {
    const list = box.querySelector("[role=listbox]");
    const blank = options(box).find((o) => o.dataset.value === "");
    list.replaceChildren(...(blank ? [blank] : []));
    choices.forEach(({ id, text }, n) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = `${face(box).id}-${n + 1}`;
      option.dataset.value = id;
      option.textContent = text;
      list.append(option);
    });
    setChoice(box, "", !open);
  }
  const below = (box) => (box.dataset.next ? chooser(byId(box.dataset.next)) : null);
  async function refill(box) {
    const next = below(box);
    for (let each = next; each; each = below(each)) stock(each, [], false);
    const above = kept(box).value;
    if (!above) return;
    const data = box.closest("form").dataset;
    const url = new URL(data.cascade, location.href);
    url.searchParams.set(data.parentName, above);
    await behind(async () => {
      const answer = await (await send(url)).json();
      stock(next, answer.options, answer.options.length > 0 || Boolean(answer.again));
      if (!answer.again) return;
      url.searchParams.set(data.againName, "1");
      setTimeout(async () => {
        const late = await (await send(url)).json();
        if (next.isConnected && kept(box).value === above && !kept(next).value) stock(next, late.options, true);
      }, answer.again * 1000);
    });
  }

  /* --- what is typed ------------------------------------------------------------------------------- */

  document.addEventListener("input", (event) => {
    const field = event.target;
    if ("lensField" in field.dataset) unknown(field.form);
    if ("brnField" in field.dataset) noNumber(field.form);
    if ("counts" in field.dataset) {
      field.parentElement.querySelector("[data-counted]").textContent = String(field.value.length);
    }
  });
  // 14/3/1992 and 14031992 are what 14-03-1992 is.
  function tidy(field) {
    const text = field.value.trim();
    const parts = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(text) || /^(\d\d)(\d\d)(\d{4})$/.exec(text);
    if (parts) field.value = [parts[1].padStart(2, "0"), parts[2].padStart(2, "0"), parts[3]].join("-");
  }
  document.addEventListener("change", (event) => {
    const field = event.target;
    if ("day" in field.dataset) tidy(field);
    if (field.type === "file") {
      const said = field.parentElement.querySelector("[data-nothing]");
      said.textContent = field.files.length ? field.files[0].name : said.dataset.nothing;
    }
    follow();
  });

  /* --- what saves ------------------------------------------------------------------------------------ */

  function clean(form) {
    hush();
    every(form, ".sp-wrong").forEach((e) => e.remove());
    every(form, ".bad").forEach((e) => e.classList.remove("bad"));
    every(form, "[aria-invalid]").forEach((e) => e.removeAttribute("aria-invalid"));
  }
  function pointOut(form, { fieldName, errorMsg }) {
    const named = form.querySelector(`[name="${fieldName}"]`);
    const field = named.closest(".sp-field");
    const control = field.querySelector("[role=combobox], input:not([type=hidden]), textarea");
    const said = document.createElement("p");
    said.className = "sp-wrong";
    said.id = `${control.id}-wrong`;
    said.textContent = errorMsg;
    field.classList.add("bad");
    field.append(said);
    control.setAttribute("aria-invalid", "true");
    const hint = field.querySelector(`#${control.id}-hint`);
    control.setAttribute("aria-describedby", [hint ? hint.id : "", said.id].join(" ").trim());
    const label = field.querySelector("label, .sp-label");
    const of = control.type === "checkbox" ? "" : `${label.textContent.replace(/^\* /, "").trim()}: `;
    return { words: of + errorMsg, id: control.id };
  }
  function refused(form, answer) {
    const found = (answer.jsonFieldError || []).map((wrong) => pointOut(form, wrong));
    for (const { errorMsg } of answer.jsonGlobalError || []) found.push({ words: errorMsg });
    if (found.length) refuse(found);
    return found.length > 0;
  }
  async function saveWindow(b) {
    const form = formOf(b);
    const answer = await (await posted(b.dataset.url, form)).json();
    clean(form);
    if (refused(form, answer)) return;
    const list = await (await fetched(b.dataset.then)).text();
    const shut = () => { if (form.isConnected) shutWindow(); };
    if (answer.closes) setTimeout(shut, answer.closes * 1000);
    else shut();
    put(main, list);
    if (answer.message) approve(answer.message);
  }
  async function saveLong(b) {
    const form = formOf(b);
    clean(form);
    refused(form, await (await posted(b.dataset.url, form)).json());
  }

  /* --- who it is ---------------------------------------------------------------------------------------- */

  const KNOWN = ["nameOfEmployee", "dateOfBirth", "gender", "raceId", "nationalityId", "ssfwNo"];
  const fields = (form, name) => every(form, `[data-key="${name}"]`);
  const dashed = (value) => value.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$1-$2-$3");
  function valueOf(form, name) {
    const [first, ...others] = fields(form, name);
    if (!first) return undefined;
    if (first.type === "checkbox") return String(first.checked);
    if (first.type !== "radio") return first.value;
    const on = [first, ...others].find((r) => r.checked);
    return on ? on.value : "";
  }
  function setValue(form, name, value, shut) {
    for (const field of fields(form, name)) {
      if (field.type === "radio") {
        field.checked = field.value === value;
        field.disabled = shut && field.value !== value;
      } else if (chooser(field)) setChoice(chooser(field), value, shut);
      else {
        field.value = "day" in field.dataset ? dashed(value) : value;
        field.readOnly = shut || "fixed" in field.dataset;
      }
    }
  }
  const isShut = (form, name) => fields(form, name).some((f) => f.disabled || f.readOnly);
  function say(form, known) {
    const said = form.querySelector(".sp-answer");
    said.textContent = known === null ? "" : said.dataset[known ? "known" : "unknown"];
    said.classList.toggle("yes", known === true);
  }
  function offerNew(form, shown) {
    const row = form.querySelector('[data-row="registerNewRow"]');
    row.hidden = !shown;
    if (!shown) row.querySelector("[type=checkbox]").checked = false;
  }
  function unknown(form) {
    say(form, null);
    offerNew(form, false);
    setValue(form, "searched", "", false);
    for (const name of KNOWN) {
      const [field] = fields(form, name);
      if (field && isShut(form, name)) setValue(form, name, field.dataset.first || "", false);
    }
  }
  async function person(b) {
    const form = b.closest("form");
    clean(form);
    unknown(form);
    const answer = await (await posted(b.dataset.url, form)).json();
    if (refused(form, answer)) return;
    const number = valueOf(form, "registrationNo");
    showPerson(form, number, answer);
    if (!answer.later) return;
    setTimeout(() => {
      if (form.isConnected && valueOf(form, "searched") === number) showPerson(form, number, answer.later);
    }, answer.after * 1000);
  }
  function showPerson(form, number, answer) {
    unknown(form);
    setValue(form, "searched", number, false);
    say(form, Boolean(answer.known));
    offerNew(form, !answer.known);
    for (const [name, value] of Object.entries(answer.person || {})) setValue(form, name, value, true);
  }

  /* --- the employer's form --------------------------------------------------------------------------------- */

  // What is hidden follows from what is chosen, ticked and looked up.
  function follow() {
    every(document, "[data-when]").forEach((part) => {
      const on = document.querySelector(`[name="${part.dataset.when}"]:checked`);
      part.hidden = !on || on.value !== part.dataset.whenValue;
    });
    every(document, "form[data-employer]").forEach(followEmployer);
  }
  function followEmployer(form) {
    const others = valueOf(form, "businessEntityId") === form.dataset.others;
    every(form, "[data-entity]").forEach((part) => {
      part.hidden = (part.dataset.entity === "others") !== others;
    });
    form.querySelector('[data-part="industryAddress"]').hidden = valueOf(form, "samePostalAddress") === "true";
    const asked = Boolean(valueOf(form, "searched"));
    const unregistered = (form.dataset.unregistered || "").split(" ");
    const shown = {
      registeredWithSsm: asked && !others && !unregistered.includes(valueOf(form, "subBusinessEntityId")),
      registeredAsABranch: asked,
    };
    for (const [name, seen] of Object.entries(shown)) {
      const group = form.querySelector(`[data-question="${name}"]`);
      if (!group) continue;
      group.hidden = !seen;
      if (!seen) setValue(form, name, "", false);
    }
  }
  const branch = (form, value) => setValue(form, "registeredAsABranch", value, false);
  function noNumber(form) {
    say(form, null);
    setValue(form, "searched", "", false);
    branch(form, "");
    follow();
  }
  async function business(b) {
    const form = b.closest("form");
    clean(form);
    noNumber(form);
    const number = valueOf(form, "registrationNo");
    const answer = await (await posted(b.dataset.url, form)).json();
    if (refused(form, answer)) return;
    showBusiness(form, number, answer.known);
    if (answer.later) setTimeout(() => showBusiness(form, number, answer.later.known), answer.after * 1000);
  }
  function showBusiness(form, number, exists) {
    if (!form.isConnected || valueOf(form, "registrationNo") !== number) return;
    setValue(form, "searched", number, false);
    say(form, Boolean(exists));
    follow();
    const box = main.querySelector("[data-asks]");  // the form's one question
    box.hidden = true;
    if (exists) sure(box, () => branch(form, "Y"), () => branch(form, "N"));
    else branch(form, "N");
  }

  /* --- the session -------------------------------------------------------------------------------------------- */

  const idle = Number(document.body.dataset.idle);
  const bar = byId("sp-idle");
  function tick() {
    const left = idle - (Date.now() - heard) / 1000;
    bar.hidden = left > Math.min(60, idle / 2);
    bar.querySelector("button").hidden = left <= 0;
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    const clock = `${two(left / 3600)}:${two((left / 60) % 60)}:${two(left % 60)}`;
    const minutes = String(Math.max(1, Math.round(idle / 60)));
    bar.querySelector("span").textContent = left <= 0
      ? word("expired")
      : word("expires").replace("{clock}", clock).replace("{minutes}", minutes);
  }
  if (idle) {
    setInterval(tick, 500);
    bar.querySelector("button").addEventListener("click", async () => {
      await send(new URL(document.body.dataset.stay, location.href), { method: "POST" });
      tick();
    });
  }

  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  follow();
  const asked = uppermost();  // a question that came with the page
  if (asked) asked.querySelector("footer button").focus();
})();
