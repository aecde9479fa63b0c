// One look at the screen: what a person could see or touch, in the screen's order, as plain data.
// Never what is typed, chosen or listed: no value of a field, no cell of a table, no text of a value.
// Run inside the page by rpa/portal/look.py, which gives `most` (how much), `own` (whose page), `known`
// (words that are the robot's own, so nobody's) and `stamp`: each thing is marked with it and its place,
// once in its life, so that it can be acted upon later and nothing else can be taken for it. `blockers`
// are what can stand where another screen was expected; which of them do is told of any page.
told => {
  const { own, css, known, nothing, counted: of, blockers, stamp, most } = JSON.parse(told);
  const end = performance.now() + most.ms;
  const squeeze = text => (text || "").replace(/\s+/g, " ").trim();
  const plain = text => squeeze(text).replace(/\s/g, "").toLowerCase();
  const called = text => plain(text).replace(/[*:]+$|\((required|mandatory|wajib|optional|pilihan|tidakwajib)\)$/, ""); // of a label
  const visible = e => {
    const box = e.getBoundingClientRect();
    // What is folded away in a <details> has a box all the same.
    const folded = e.checkVisibility && !e.checkVisibility();
    return box.width > 0 && box.height > 0 && !folded && getComputedStyle(e).visibility === "visible";
  };
  const skip = "script, style, noscript";
  let read = null; // of the whole page once: with long lists in it that takes a second
  const spoken = e => { // the text of a thing as it is read
    if (e === document.body) return read ??= squeeze(e.innerText);
    return squeeze(e.querySelector(skip) ? e.innerText : e.textContent);
  };
  // The labels of a field. The page would walk through all of itself for each field that is asked.
  const labelled = new Map();
  for (const l of document.querySelectorAll("label"))
    if (l.control) labelled.set(l.control, [...(labelled.get(l.control) || []), l]);
  const labelsOf = e => e.getRootNode() === document ? labelled.get(e) || [] : [...(e.labels || [])];
  // The box of the log-in page, by its label; not where somebody is signed in.
  const boxed = ({ labels, without }) => labels.length > 0
    && ![...document.querySelectorAll("a, button, summary")].some(e => without.includes(plain(e.textContent)) && visible(e))
    && [...document.querySelectorAll("input")].filter(e => visible(e) && [e.placeholder, e.ariaLabel, ...labelsOf(e)
      .map(l => l.textContent)].some(text => labels.includes(called(text)))).length === 1;
  const stands = ({ css, text, pattern, but }) => [...document.querySelectorAll(css)].filter(e => {
    if (!visible(e)) return false;
    const said = text || pattern || but ? spoken(e) : "", small = said.toLowerCase();
    return (!text || small.includes(text.toLowerCase())) && (!pattern || new RegExp(pattern, "i").test(said))
      && (!but || !small.includes(but.toLowerCase()));
  });
  const stood = {};
  for (const one of blockers) {
    const those = stands(one);
    if (those.length || boxed(one))
      stood[one.name] = those.slice(0, 20).map(e => squeeze(e.innerText)).join(" ").slice(0, most.words);
  }
  if (!own.includes(location.origin)) return JSON.stringify({ ours: false, stands: stood }); // led away

  const FIELD = "input, select, textarea, [contenteditable=''], [contenteditable=true]";
  const PRESS = "a, button, summary, input[type=button], input[type=submit], input[type=image], "
    + "input[type=reset], [role=button], [role=link], [role=menuitem], [role=tab]";
  const HEADING = "h1, h2, h3, h4, h5, h6, [role=heading], legend";
  const REAL = "dialog, [role=dialog], [role=alertdialog]", DIALOG = `${REAL}, [class~=modal]`;
  const TABLE = "table, [role=table], [role=grid]";
  const ICON = "[role=checkbox]:not(input), [role=switch]:not(input), i[class*='fa-square-o'], i[class*='fa-check-square']";
  const FRAME = "header, nav, footer, [role=banner], [role=navigation], [role=contentinfo]";
  const MENU = "header, nav, [role=navigation], [role=banner], [role=menubar], [role=menu]";
  const MESSAGE = "[role=alert], [role=status], [role=note], .alert, [class*='alert-'], [class*='error-inline']";

  // A table of data has headings; one without lays out a form, and its cells are labels and fields.
  const heads = t => [...t.querySelectorAll("thead th, thead td, [role=columnheader]")];
  const data = t => heads(t).length > 0 || (t.rows?.length > 1
    && [...t.rows[0].cells].length > 1 && [...t.rows[0].cells].every(c => c.tagName === "TH"));
  // A list of cards, each of them names and values; and what stands where such a list is empty.
  const carded = new Map();
  const cards = e => {
    if (!carded.has(e)) carded.set(e, e.matches("ul, ol") && e.children.length > 0
      && [...e.children].every(one => one.tagName === "LI" && one.querySelector("dl")));
    return carded.get(e);
  };
  // Beside the one field of a box the same words are the answer of its lens.
  const answers = box => box.querySelectorAll(FIELD).length === 1 && !box.querySelector(HEADING);
  const empty = e => e.children.length === 0 && !answers(e.parentElement) && nothing.includes(plain(e.textContent)) && !e.closest(`${TABLE}, ${MESSAGE}`);
  const cell = e => {
    const card = e.closest("li");
    if (card && cards(card.parentElement)) return card;
    const found = e.closest("td, [role=cell], [role=gridcell], [role=rowheader]");
    const table = found?.closest(TABLE);
    return table && data(table) && !found.closest("thead") ? found : null;
  };
  // At the foot of a table: the name of its line, where this is the only cell behind it that holds anything.
  const footed = e => {
    const [name, ...others] = e.matches("tfoot td") ? e.parentElement.cells : [];
    return name?.tagName === "TH" && others.filter(one => squeeze(one.textContent)).every(one => one === e)
      && squeeze(e.textContent) ? squeeze(name.textContent) : "";
  };

  // What is somebody's: typed values, and cells of several words. Words that repeat one are withheld.
  const typed = new Set(), listed = new Set();
  for (const e of document.querySelectorAll("input, textarea")) {
    const fixed = /^(button|submit|reset|image|checkbox|radio|file)$/.test(e.type);
    if (!fixed && squeeze(e.value).length > 3 && !/^(true|false)$/.test(e.value)) typed.add(squeeze(e.value).toLowerCase());
    if (typed.size > 2000) break;
  }
  for (const e of document.querySelectorAll("[class*='user-name'], [class*='user-full-name']"))
    if (squeeze(e.textContent).length > 3) typed.add(squeeze(e.textContent).toLowerCase()); // who is signed in
  for (const e of document.querySelectorAll("td, dd, [role=cell], [role=gridcell], [class$=__rendered]")) {
    const text = squeeze(e.textContent).toLowerCase();
    if (text.length > 5 && text.length < 100 && text.includes(" ") && (cell(e) || e.matches("[class$=__rendered]")))
      listed.add(text);
    if (listed.size > 2000) break;
  }
  const PERSON = /(^|\s)(bin|binti|bte|a\/l|a\/p|anak lelaki|anak perempuan|s\/o|d\/o)\s/i;
  const ours = new Set(known);
  let letters = 0;
  const say = (text, pressed) => {
    let said = squeeze(String(text || "").slice(0, most.words * 4)).slice(0, most.words);
    said = said.replace(/\d[\d\-. ]{4,}\d/g, n => n.replace(/\D/g, "").length > 5 ? "…" : n);
    said = said.replace(/\S+@\S+/g, "…");
    said = said.replace(/[\p{Cc}\p{Cf}]/gu, ""); // what no person sees, and a terminal may obey
    if (ours.has(called(said))) return said;
    const small = said.toLowerCase();
    if (PERSON.test(said)) return "";
    for (const value of typed) if (small.includes(value)) return "";
    if (!pressed) for (const value of listed) if (small.includes(value)) return "";
    letters += said.length;
    return said;
  };
  // A random or personal part: made at this load (letters and digits by turns, a frame's own marks), or somebody's
  // number. What is taken for one is only known by its words.
  const CHANCE = /yui_|\d{6,}|^:[a-z0-9]+:$|(^|[^a-z0-9])(?=[a-z0-9]{4,})(?:[a-z]{0,3}\d+[a-z]+\d+[a-z0-9]*|\d+[a-z]{2,}\d*)($|[^a-z0-9])/i;
  const steady = text => CHANCE.test(text || "") ? "" : squeeze(text).slice(0, 200);

  const near = (root, id) => id.split(/\s+/).map(one => root.getElementById?.(one)).filter(x => x);
  const bare = e => { // its text without what is typed or chosen inside it
    const copy = e.cloneNode(true);
    for (const inner of copy.querySelectorAll(`${FIELD}, option, script, style, .select2, [aria-hidden=true]`)) inner.remove();
    return copy.textContent;
  };
  const labels = e => {
    const by = near(e.getRootNode(), e.getAttribute("aria-labelledby") || "");
    const of = [...labelsOf(e), ...by].filter(l => !cell(l)).map(bare);
    const found = [...of, e.getAttribute("aria-label") || ""].map(t => say(t)).filter(t => t);
    return [...new Set(found)];
  };
  const TITLE = "p, div, span, small, b, strong, em, figcaption";
  const TOLD = "p, div, blockquote, pre, output, data, time, samp, code, kbd, mark, cite, q, small";
  const before = e => { // of a text, the words that it stands behind; a field before it has its own
    if (e.children.length > 0) return "";
    if (e.matches(TOLD)) { // a line of its own behind a line that is its label
      const left = e.previousElementSibling;
      return left && left.matches(TITLE) && !left.children.length ? squeeze(left.textContent) : "";
    }
    if (!e.matches("b, strong, span, em")) return "";
    const at = e.previousSibling?.nodeType === 3 && squeeze(e.previousSibling.data) ? e.previousSibling : e.previousElementSibling;
    return at && !at.querySelector?.(FIELD) ? squeeze(at.textContent) : "";
  };
  const LABEL = "label, th, dt, legend, [class*='label']";
  const beside = e => { // the words before it in its row, where they are surely a label
    if (footed(e) || known.includes(called(before(e)))) return say(footed(e) || before(e));
    for (let at = e, up = 0; at && up < 4 && !at.matches("form, body, tr, table"); at = at.parentElement, up++) {
      const left = at.previousElementSibling;
      if (!left || left.querySelector(FIELD) || left.matches(FIELD)) continue;
      if (e.matches(FIELD) && left.control && left.control !== e) continue; // it stands behind another's box
      const text = squeeze(left.textContent);
      const cells = left.tagName === "TD" && at.tagName === "TD" && e !== at && e.matches(FIELD);
      const inner = left.querySelector(LABEL)?.textContent; // and nothing beside the label
      const label = left.matches(LABEL) || (inner && plain(inner) === called(text));
      if (text && !cell(left) && (label || cells || text.endsWith(":"))) return say(text);
    }
    return "";
  };
  const title = e => cell(e) && !known.includes(plain(e.title)) ? "" : say(e.title, e.matches(PRESS));
  const words = (e, told) => { // of what tells something only the words that are our own
    const text = e.tagName === "INPUT" ? e.value : bare(e);
    if ((cell(e) || told) && !known.includes(plain(text))) return "";
    return say(text, e.matches(PRESS));
  };

  // A form that stands in place of its screen, which is hidden meanwhile: named by a heading of its own,
  // and nothing else is in sight beside it.
  const alone = e => {
    if (!e.matches("section[aria-labelledby], form[aria-labelledby], [role=region][aria-labelledby]")) return false;
    const [by] = near(e.getRootNode(), e.getAttribute("aria-labelledby"));
    if (!by?.matches(HEADING) || !e.contains(by) || ![...e.querySelectorAll(FIELD)].some(visible)) return false;
    const PART = `${HEADING}, ${FIELD}, ${PRESS}, ${TABLE}`;
    let hidden = false;
    for (let at = e; !at.matches("main, [role=main], body"); at = at.parentElement)
      for (const one of at.parentElement.children) {
        const held = one === at || one.matches(`${FRAME}, ${REAL}`) ? [] : [one, ...one.querySelectorAll(PART)].filter(part => part.matches(PART));
        if (held.some(visible)) return false;
        hidden ||= held.some(inner => inner.matches(HEADING));
      }
    return hidden;
  };
  // A box around a dialog, or one inside it, is not a second dialog.
  const shell = e => !e.matches(REAL) && (e.querySelector(REAL) || e.parentElement?.closest(DIALOG));
  const picked = e => e.matches("[role=combobox]") && e.querySelector("[id^='select2-']");
  const behind = e => { // the native list that a Select2 stands for
    const shown = picked(e), box = e.closest(".select2, .select2-container");
    const before = box?.previousElementSibling;
    return shown && before?.tagName === "SELECT" ? before : null;
  };
  const field = e => {
    const type = (e.getAttribute("type") || "text").toLowerCase();
    if (e.tagName === "SELECT") return e.classList.contains("select2-hidden-accessible") ? "" : "select";
    if (e.tagName === "INPUT" && ["checkbox", "radio", "file"].includes(type)) return type;
    if (e.tagName === "INPUT" && ["hidden", "button", "submit", "reset", "image"].includes(type)) return "";
    if (e.classList.contains("select2-search__field")) return "";
    if (e.matches("[role=combobox]")) return "combobox";
    if (e.list && type === "text") return "suggest";
    const day = type === "date" || /datepicker/i.test(e.className) || /dd.mm.yyyy/i.test(e.placeholder || "");
    return day ? "date" : "text";
  };
  // A day in three boxes, of two, two and four signs; radio buttons that are no inputs.
  const dated = e => {
    const boxes = e.matches("fieldset, [role=group]") ? [...e.querySelectorAll("input")].filter(visible) : [];
    return boxes.length === 3 && boxes.map(b => b.maxLength).sort().join() === "2,2,4";
  };
  const segments = e => e.matches("[role=radiogroup]") && !e.querySelector("input[type=radio]")
    && e.querySelector("[role=radio]");
  const kind = e => {
    if (e.matches("input") && e.closest("fieldset, [role=group]") && dated(e.closest("fieldset, [role=group]"))) return "";
    if (e.matches("[role=radio]:not(input)")) return "";
    if (dated(e)) return "date parts";
    if (segments(e)) return "radio";
    if (e.matches(FIELD)) { const found = field(e); if (found) return found; }
    if (picked(e)) return "list";
    if (e.matches("[role=combobox]:not(input):not(select)")) return "combobox";
    if (e.matches(ICON)) return "icon tick";
    if ((e.matches(DIALOG) && !shell(e)) || alone(e)) return "dialog";
    if (e.matches(TABLE)) return data(e) ? "table" : "";
    if (cards(e) || (e.matches("p, div, li, span") && empty(e) && !hers(e))) return "table";
    if (e.matches(HEADING)) return "heading";
    if (e.matches(PRESS)) return e.matches("a[href]:not([role=button]):not(.btn), [role=link], [role=menuitem]")
      ? "link" : "button";
    if (e.matches(MESSAGE)) return "message";
    // A text behind words of ours: `Total: <b>5</b>`.
    if (known.includes(called(before(e)))) return "value";
    // A line of nothing but words of ours, whatever is around them.
    const line = e.matches("p") || (e.matches("span, b, strong, em") && e.parentElement.matches("p") && plain(e.textContent) === plain(e.parentElement.textContent));
    if (e.children.length === 0 && line && known.includes(plain(e.textContent))) return "value";
    // What a list shows as chosen is its own.
    const held = e.id && !e.matches("label, option, body, main, form") && !e.parentElement?.closest("[role=combobox]")
      && (e.tagName === "IMG" || !e.querySelector(`${FIELD}, ${PRESS}, ${TABLE}, ${HEADING}`));
    return held || footed(e) || e.matches("dd, output") || (e.tagName === "TD" && e.previousElementSibling?.tagName === "TH" && !cell(e))
      ? "value" : "";
  };

  let last = null; // the table that was seen last, below the same heading
  const titled = e => e.closest("figure")?.querySelector(":scope > figcaption");
  const hers = e => last && titled(last) === titled(e) && !last.querySelector("td, [role=row] [role=cell], [role=gridcell], [role=rowheader]"); // empty: it says so behind it
  const elements = [], groups = new Map(), dialogs = new Map(), tables = new Map(), sections = new Map();
  const holder = e => {
    let at = e.parentElement;
    while (at && !dialogs.has(at)) at = at.parentElement;
    return at;
  };
  // What a thing stands among: numbers of pages, the portal's menus, or neither. What leads or
  // heads a part of the page is none of the portal's.
  const PAGER = "[rel=next], [rel=prev], [class*='paginat' i], [class~='pager'], nav[aria-label*='pag' i]";
  // Beside what leads on: *Page 2 of 3*, and nothing but other such links.
  const any = words => `(?:${words.map(word => word.replace(/[^a-z]/g, "\\$&")).join("|")})`;
  const COUNTED = new RegExp(`^${any(of.page)}\\d+${any(["/", ...of.of])}\\d+$`);
  const counted = box => box && !box.querySelector(`${FIELD}, ${TABLE}, ${HEADING}`)
    && [...box.children].some(o => !o.matches(PRESS) && !o.querySelector(PRESS) && COUNTED.test(plain(o.textContent)));
  const paging = e => {
    if (e.matches(PAGER) || e.closest(PAGER) || counted(e.parentElement)) return true;
    const list = e.parentElement.matches("li") ? [...e.parentElement.parentElement.children] : [];
    return [...e.parentElement.children, ...list.flatMap(one => [...one.children])]
      .some(o => o !== e && o.matches("a, button, [aria-current=page]") && /^\d+$/.test(squeeze(o.textContent)));
  };
  const place = e => {
    if (!e.matches(PRESS) || holder(e) || cell(e)) return "";
    if (paging(e)) return "pages";
    const bar = e.closest(MENU);
    return bar && !bar.closest("main, section, article, form, [role=main]") ? "menu" : "";
  };
  const under = e => { // the words over a list inside a list
    const list = e.closest("li")?.parentElement?.closest("li, details");
    const first = list && [...list.children].find(c => !c.contains(e) && !c.matches("ul, ol"));
    const head = list ? null : e.closest("ul, ol")?.previousElementSibling;
    return first ? say(first.textContent) : head?.matches(HEADING) ? say(head.textContent) : "";
  };
  const placed = (e, what) => {
    const figure = what === "table" && titled(e);
    const inside = holder(e), table = e.parentElement?.closest(TABLE), at = cell(e);
    const line = at?.closest("tr, [role=row]"), spot = line ? [...line.children].indexOf(at) : -1;
    return {
      dialog: dialogs.get(inside) ?? null, frame: !!e.closest(FRAME), place: place(e),
      paper: e.matches("a[download], a[href*='.pdf' i], a[href*='.png' i], a[href*='.jp' i]"),
      under: e.matches(PRESS) ? under(e) : "", section: figure ? say(figure.textContent) : sections.get(inside ?? null) || "",
      table: tables.get(table) ?? null,
      row: line ? [...line.parentElement.children].indexOf(line) + 1 : 0,
      column: at && at.closest(TABLE) ? say(heads(at.closest(TABLE))[spot]?.textContent) : "",
    };
  };
  // What a combobox would open, where that stands in the page already: its list, or the native one it hides.
  const opened = e => {
    if (!e.matches("[role=combobox], input[list]")) return null;
    const names = ["aria-controls", "aria-owns", "list"].map(name => e.getAttribute(name) || "").join(" ");
    const beside = [e.previousElementSibling, e.nextElementSibling].filter(o => o?.tagName === "SELECT" && !visible(o));
    return near(e.getRootNode(), names.trim())[0] || (beside.length === 1 ? beside[0] : null);
  };
  const listing = e => {
    const from = e.tagName === "SELECT" ? e : behind(e) || opened(e);
    const group = "input[type=radio]", each = from?.options || from?.querySelectorAll("[role=option]");
    if (from) return Array.from({ length: Math.min(each.length, most.options) }, (_, n) => say(from.tagName === "DATALIST" ? each[n].value : each[n].textContent, true)).filter(t => t);
    if (segments(e)) return [...e.querySelectorAll("[role=radio]")].map(r => say(r.textContent, true));
    return e.matches(group) ? groups.get(e.name).map(r => labels(r)[0] || "").filter(t => t) : [];
  };
  const named = e => { // of a radio: what stands over its group
    if (dated(e)) return [...labels(e), ...[...e.querySelectorAll("legend")].map(l => say(bare(l)))];
    if (!e.matches("input[type=radio]")) return labels(behind(e) || e);
    const group = e.closest("[role=radiogroup], fieldset");
    const legend = group?.querySelector("legend");
    return group ? [...labels(group), ...(legend ? [say(legend.textContent)] : [])] : [];
  };
  // What a dialog without a name is called: by the heading that stands first in it.
  const dialog = e => {
    const own = labels(e), first = own.length ? null : e.querySelector(HEADING);
    return first ? [say(first.textContent)] : own;
  };
  const stamped = new Set();
  const mark = (e, order) => {
    if (!stamp) return "";
    const before = e.getAttribute("data-seen"), kept = before && !stamped.has(before);
    const given = kept ? before : `${stamp}.${order}`;
    for (const one of e.matches("input[type=radio]") ? groups.get(e.name) : [e])
      if (one.getAttribute("data-seen") !== given) one.setAttribute("data-seen", given);
    stamped.add(given);
    return given;
  };
  const table = e => [...(e.caption ? [say(e.caption.textContent)] : []), ...labels(e)].filter(t => t);
  const describe = (e, what, marks) => {
    const order = elements.length, from = behind(e) || e, spoken = ["button", "link", "heading", "message"];
    const one = {
      order, mark: mark(e, order), type: e.tagName === "INPUT" ? e.type : "", kind: what, role: e.getAttribute("role") || "", matches: marks,
      words: spoken.includes(what) || marks.length ? words(e) : what === "value" ? words(e, true) : "",
      labels: what === "table" ? table(e) : what === "dialog" ? dialog(e) : cell(e) ? labels(e).filter(t => known.includes(plain(t))) : named(e),
      beside: what === "radio" ? beside(e.closest("[role=radiogroup]") || e) : beside(from), title: title(e),
      name: steady(from.getAttribute("name")), id: steady((picked(e) || e).id),
      modal: what === "dialog" && e.matches("dialog:modal, [aria-modal=true]"), alone: what === "dialog" && !e.matches(DIALOG),
      folded: e.matches("summary") ? !e.parentElement.open : e.getAttribute("aria-expanded") === "false",
      enabled: !e.disabled && !e.closest("[aria-disabled=true], .disabled"), options: listing(e),
      checked: what === "checkbox" ? e.checked : what === "icon tick"
        ? e.getAttribute("aria-checked") === "true" || /fa-check-square/.test(e.className) : null,
      heads: what === "table" ? heads(e).map(h => say(h.textContent)) : [], ...placed(e, what),
    };
    elements.push(one);
    if (what === "dialog") dialogs.set(e, order);
    if (what === "table") { tables.set(e, order); last = e; }
    if (what === "heading") { sections.set(holder(e), one.words); last = null; }
  };

  let seen = 0, whole = true;
  const stack = [document.body];
  while (stack.length) {
    const e = stack.pop();
    seen += 1;
    if (seen > most.elements || letters > most.characters || performance.now() > end) { whole = false; break; }
    if (e.matches("option, [role=option], script, style, template, svg *")) continue; // nor what is in it
    const inner = e.matches("select") ? [] : [...e.children, ...(e.shadowRoot ? e.shadowRoot.children : [])];
    for (let n = inner.length - 1; n >= 0; n--) stack.push(inner[n]);
    const what = kind(e), marks = css.filter(one => e.matches(one));
    if (!(what || marks.length) || !(what === "file" || visible(e))) continue;
    if (e.matches("input[type=radio]")) {
      const before = groups.get(e.name);
      if (before) continue;
      const all = [...document.getElementsByName(e.name)].filter(r => r.type === "radio");
      groups.set(e.name, all);
    }
    describe(e, what || "value", marks);
  }
  const size = {
    elements: document.getElementsByTagName("*").length, letters: document.documentElement.textContent.length,
  };
  return JSON.stringify({ elements, whole, size, stands: stood, language: document.documentElement.lang || "" });
}
