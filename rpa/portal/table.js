// A table's headings and rows, by its elements or its roles; or those of a list of cards: terms and
// descriptions, and a name before a text in a card's heading. Where a list is empty, the one text that
// says so. What a row offers is told without a text of the row that stands behind it.
(t, most) => {
  const CELLS = "td, dd, [role=cell], [role=gridcell], [role=rowheader]";
  const offers = e => {
    const squeeze = text => text.replace(/\s+/g, " ").trim();
    const texts = [...e.querySelectorAll(CELLS)].map(c => squeeze(c.innerText)).filter(text => text);
    return [...e.querySelectorAll("a, button, input[type=button], [role=button]")]
      .map(one => squeeze(one.getAttribute("aria-label") || one.title || one.innerText || one.value || "?"))
      .map(name => name.slice(0, name.length - (texts.find(text => name.endsWith(` ${text}`)) ?? "").length).trim());
  };
  const rowed = t.matches("[role=table], [role=grid]") && !t.rows
    && [...t.querySelectorAll("[role=row]")].filter(r => !r.querySelector("[role=columnheader]"));
  const count = (t.rows || rowed || t.children).length;
  if (count > most + 9) return count;
  if (rowed) return {
    heads: [...t.querySelectorAll("[role=columnheader]")].map(c => c.innerText),
    rows: rowed.map(r => { // one without cells is a remark
      const cells = [...r.querySelectorAll(CELLS)].map(c => c.innerText);
      return cells.length ? cells : [r.innerText];
    }),
    offered: rowed.map(offers),
  };
  if (!t.rows && !t.children.length) return { heads: ["", ""], rows: [[t.innerText]], offered: [[]] };

  if (!t.rows) {
    const told = card => {
      const terms = [...card.querySelectorAll("dt")].map(d => [d.innerText, d.nextElementSibling?.innerText ?? ""]);
      const named = [...card.querySelectorAll("h2, h3, h4, h5")].filter(h => h.children.length < 2)
        .map(h => h.children.length ? [h.children[0].innerText, h.innerText.replace(h.children[0].innerText, "")] : ["", h.innerText]);
      const pairs = [...named, ...terms].map(([name, value]) => [name.trim(), value.trim()]);
      const twice = new Set(pairs.map(([name]) => name)).size < pairs.length;
      return twice ? null : new Map(pairs);
    };
    const cards = [...t.children].map(told);
    if (cards.includes(null)) return { heads: ["", ""], rows: [["?"]], offered: [[]] }; // a remark that nobody knows
    const heads = [...new Set(cards.flatMap(card => [...card.keys()]))];
    const rows = cards.map(card => heads.map(head => card.get(head) ?? ""));
    return { heads, rows, offered: [...t.children].map(offers) };
  }

  // A table without a head has its headings in the first row, where all of that are such cells.
  const head = [...t.querySelectorAll("thead th")], all = [...t.querySelectorAll("tbody tr")];
  const first = !head.length && [...(all[0]?.cells ?? [])];
  const own = first && first.length && first.every(c => c.tagName === "TH");
  const rows = own ? all.slice(1) : all;
  return {
    heads: (own ? first : head).map(c => c.innerText),
    rows: rows.map(r => [...r.cells].map(c => c.innerText)),
    offered: rows.map(offers),
  };
}
