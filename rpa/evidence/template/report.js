"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const T = data.texts;
  const STATES = data.states.map(([key, bm, en]) => ({ key: key.replace(" ", "_"), bm, en }));
  const PAGE = 50, FILING_PAGE = 20, MOST_PRINTED = 3000;
  const rows = data.rows.map(([n, name, id, state, ref, at, bm, en, before, filing, files]) => ({
    n, name: T[name], id: T[id], state, ref: T[ref], at: T[at], bm: T[bm], en: T[en], before, filing, files,
  }));
  const filings = data.filings.map(([id, ref, state, numbers, at, pictures, letters, said, bm, en]) => ({
    id: T[id], ref: T[ref], state, numbers, at: T[at], pictures, letters, said: T[said], bm: T[bm], en: T[en],
  }));
  const at = (id) => document.getElementById(id);

  // Everything from tables and the portal goes through text nodes and attributes, never markup.
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== "" && child != null));
    return element;
  };
  const two = (bm, en) => {
    if (bm === en) return [bm];
    const malay = make("span", "bm", bm), english = make("span", "en", en);
    malay.lang = "ms"; english.lang = "en";
    return [malay, english];
  };
  const badge = (state) => make("span", `badge s-${STATES[state].key}`, ...two(STATES[state].bm, STATES[state].en));
  const link = (href, ...inside) => {
    const element = make("a", "", ...inside);
    element.href = href;
    element.target = "_blank";
    element.rel = "noopener";
    return element;
  };
  const fileName = (href) => decodeURIComponent(href).split("/").pop();
  const isPicture = (href) => /\.(png|jpe?g|webp)$/i.test(href);

  let state = -1, query = "", page = 0, here = 0, matched = rows, printing = false;

  // ---- search
  const hay = (row) => row.hay ??= [
    row.n, row.name, row.id, row.ref, row.at, row.bm, row.en, STATES[row.state].bm, STATES[row.state].en,
  ].join("\n").toLowerCase();
  const wanted = (word) => {
    const digits = word.replace(/-/g, "");
    if (/^\d{1,5}$/.test(word)) return (row) => row.n === +word || row.ref.includes(word) || row.id.endsWith(word);
    if (/^\d{12}$/.test(digits)) return (row) => row.id.endsWith("-" + digits.slice(-4));
    return (row) => hay(row).includes(word);
  };
  const search = () => {
    const tests = query.toLowerCase().split(/\s+/).filter(Boolean).map(wanted);
    matched = rows.filter((row) => (state < 0 || row.state === state) && tests.every((test) => test(row)));
  };

  // ---- rows
  const rowElement = (row) => {
    const element = make("tr", row.n === here ? "here" : "");
    element.id = `row-${row.n}`;
    const who = make("td", "who-cell", row.name, row.id ? make("small", "", row.id) : "");
    const status = make("td", "state", badge(row.state));
    if (row.before) status.append(make("span", "before", ...two("sebelum ini", "earlier")));
    const files = make("td", "links", ...row.files.map((file, index) => {
      const words = isPicture(T[file]) ? ["gambar", "picture"] : ["surat", "letter"];
      const element = link(T[file], ...two(...words), row.files.length > 1 ? ` ${index + 1}` : "");
      element.title = fileName(T[file]);
      return element;
    }));
    if (row.filing >= 0) files.append(filingLink(row.filing));
    element.append(make("td", "n", String(row.n)), who, status, make("td", "ref", row.ref), make("td", "at", row.at),
      make("td", "why", ...(row.bm || row.en ? two(row.bm, row.en) : [])), files);
    return element;
  };
  const filingLink = (index) => {
    const element = make("a", "", ...two("pemfailan", "filing"));
    element.href = `#filing-${index + 1}`;
    return element;
  };
  const emptyRow = () => {
    const cell = make("td", "", ...two("Tiada baris yang sepadan.", "No row matches."));
    cell.colSpan = 7;
    return make("tr", "none", cell);
  };
  const pager = (place, current, size, total, go) => {
    const pages = Math.ceil(total / size);
    place.replaceChildren();
    if (pages < 2 || printing) return;
    const button = (words, target, off) => {
      const element = make("button", "", ...two(...words));
      element.type = "button";
      element.disabled = off;
      element.addEventListener("click", () => go(target));
      return element;
    };
    place.append(button(["‹ Sebelum", "‹ Previous"], current - 1, current === 0),
      make("span", "", `${current + 1} / ${pages}`),
      button(["Seterusnya ›", "Next ›"], current + 1, current + 1 >= pages));
  };
  const show = () => {
    const from = printing ? 0 : page * PAGE;
    const shown = matched.slice(from, printing ? MOST_PRINTED : from + PAGE);
    at("list").replaceChildren(...(shown.length ? shown.map(rowElement) : [emptyRow()]));
    const range = shown.length && shown.length < matched.length ? `${from + 1}–${from + shown.length} / ` : "";
    at("found").replaceChildren(...two(`${range}${matched.length} baris`, `${range}${matched.length} rows`));
    pager(at("pager"), page, PAGE, matched.length, (target) => {
      page = target; show(); at("rows").scrollIntoView();
    });
  };
  const refresh = () => { page = 0; here = 0; search(); show(); };

  // ---- filters
  const chip = (index, bm, en, number) => {
    const element = make("button", "", ...two(bm, en), make("i", "", String(number)));
    element.type = "button";
    element.setAttribute("aria-pressed", String(state === index));
    element.addEventListener("click", () => { state = index; chips(); refresh(); });
    return element;
  };
  const chips = () => {
    const numbers = STATES.map((_, index) => rows.filter((row) => row.state === index).length);
    at("chips").replaceChildren(chip(-1, "semua", "all", rows.length),
      ...STATES.map((s, index) => numbers[index] ? chip(index, s.bm, s.en, numbers[index]) : "").filter(Boolean));
  };

  // ---- filings
  let filingPage = 0;
  const labelled = (bm, en, content) => make("div", "", make("span", "label", ...two(bm, en)), content);
  const thumb = (file) => {
    const picture = make("img");
    picture.loading = "lazy";
    picture.alt = "";
    picture.src = T[file];
    return link(T[file], picture, fileName(T[file]));
  };
  const fillFiling = (filing, inside) => {
    if (filing.bm || filing.en) inside.append(make("p", "said", ...two(filing.bm, filing.en)));
    if (filing.said) inside.append(labelled("Kata-kata portal", "The portal's words", make("p", "said", filing.said)));
    const numbers = filing.numbers.map((n) => {
      const element = make("a", "", String(n));
      element.href = `#row-${n}`;
      return element;
    });
    if (numbers.length) inside.append(labelled("Baris", "Rows", make("div", "rows-of", ...numbers)));
    if (filing.pictures.length) inside.append(labelled("Gambar", "Pictures", make("div", "thumbs", ...filing.pictures.map(thumb))));
    if (filing.letters.length) {
      const letters = filing.letters.map((file) => link(T[file], fileName(T[file])));
      inside.append(labelled("Surat", "Letters", make("div", "links", ...letters)));
    }
  };
  const filingElement = (filing, index) => {
    const count = filing.numbers.length;
    const title = make("b", "", filing.ref || (filing.id ? filing.id.slice(0, 12) : `${index + 1}`));
    const told = count || !filing.said ? two(`${count} baris`, count === 1 ? "1 row" : `${count} rows`) : [filing.said];
    const meta = make("span", "meta", ...told, filing.at ? ` · ${filing.at}` : "");
    const inside = make("div", "inside");
    const element = make("details", "filing", make("summary", "", title, badge(filing.state), meta), inside);
    element.id = `filing-${index + 1}`;
    element.addEventListener("toggle", () => {
      if (element.open && !inside.firstChild) fillFiling(filing, inside);
    });
    return element;
  };
  const showFilings = () => {
    const from = printing ? 0 : filingPage * FILING_PAGE;
    const shown = filings.slice(from, printing ? MOST_PRINTED : from + FILING_PAGE);
    at("filing-list").replaceChildren(...shown.map((filing, index) => filingElement(filing, from + index)));
    pager(at("filing-pager"), filingPage, FILING_PAGE, filings.length, (target) => {
      filingPage = target; showFilings(); at("filings").scrollIntoView();
    });
  };

  // ---- links from the workbook: report.html#row-17
  const arrive = () => {
    const [, kind, number] = /^#(row|filing)-(\d+)$/.exec(location.hash) || [];
    if (kind === "row") toRow(+number);
    if (kind === "filing" && filings[number - 1]) toFiling(number - 1);
  };
  const toRow = (number) => {
    const index = rows.findIndex((row) => row.n === number);
    if (index < 0) return;
    state = -1; query = ""; at("q").value = "";
    chips(); search();
    page = Math.floor(index / PAGE); here = number;
    show();
    at(`row-${number}`).scrollIntoView({ block: "center" });
  };
  const toFiling = (index) => {
    filingPage = Math.floor(index / FILING_PAGE);
    showFilings();
    const element = at(`filing-${index + 1}`);
    element.open = true;
    element.scrollIntoView({ block: "center" });
  };

  // ---- languages
  const PLACEHOLDER = { bm: "Nama, no. rujukan, baris, status …", en: "Name, reference, row, status …" };
  const speak = (language) => {
    document.documentElement.dataset.language = language;
    document.documentElement.lang = language === "bm" ? "ms" : "en";
    at("q").placeholder = PLACEHOLDER[language];
    for (const button of document.querySelectorAll("[data-language]")) {
      if (button.matches("button")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
  };
  for (const button of document.querySelectorAll("button[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  document.querySelector(".languages").hidden = false;
  speak(document.documentElement.dataset.ofTheRun || (/^en/i.test(navigator.language || "") ? "en" : "bm"));

  at("q").addEventListener("input", (event) => { query = event.target.value; refresh(); });
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => { printing = true; show(); showFilings(); });
  addEventListener("afterprint", () => { printing = false; show(); showFilings(); });
  at("rows").hidden = rows.length === 0 && filings.length > 0; // a round of looks has no rows
  at("filings").hidden = filings.length === 0;
  chips(); search(); show(); showFilings(); arrive();
})();
