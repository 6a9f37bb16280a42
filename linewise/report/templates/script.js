"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;

  // Theme: as the system says, or as the reader does. #theme=dark sets it in a link.
  const themes = ["auto", "light", "dark"];
  const button = document.getElementById("theme");
  const remembered = () => { try { return localStorage.getItem("linewise-theme"); } catch { return null; } };
  const setTheme = (theme) => {
    if (theme === "auto") root.removeAttribute("data-theme"); else root.dataset.theme = theme;
    button.lastElementChild.textContent = theme;
    button.dataset.now = theme;
  };
  const linked = /(?:^#|&)theme=(light|dark|auto)/.exec(location.hash);
  setTheme(linked ? linked[1] : themes.includes(remembered()) ? remembered() : "auto");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(button.dataset.now) + 1) % themes.length];
    setTheme(next);
    try { localStorage.setItem("linewise-theme", next); } catch { /* a page from a file may have none */ }
  });

  // Colour the records by field or by heat.
  const choice = document.getElementById("colour");
  if (choice) {
    choice.hidden = false;
    const chosen = /(?:^#|&)colour=heat/.test(location.hash) ? "heat" : "field";
    all("input", choice).forEach((input) => {
      input.checked = input.value === chosen;
      input.addEventListener("change", () => { document.getElementById("main").dataset.colour = input.value; });
    });
    document.getElementById("main").dataset.colour = chosen;
  }

  // Details on hover and on focus, in place of the browser's slow titles.
  const tip = document.getElementById("tip");
  const show = (words, x, y) => {
    tip.textContent = words;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - box.width - 8))}px`;
    tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
  };
  const hide = () => { tip.hidden = true; };
  const light = (field, on) => {
    if (!field) return;
    all(`[data-field="${CSS.escape(field)}"]`).forEach((one) => one.classList.toggle("lit", on));
  };
  all("svg.figure g[aria-label]").forEach((item) => {
    const title = item.querySelector(":scope > title");
    if (title) title.remove();
    const words = item.getAttribute("aria-label");
    item.addEventListener("pointermove", (event) => show(words, event.clientX, event.clientY));
    item.addEventListener("pointerenter", () => light(item.dataset.field, true));
    item.addEventListener("pointerleave", () => { hide(); light(item.dataset.field, false); });
    item.addEventListener("focus", () => {
      const box = item.getBoundingClientRect();
      show(words, box.left, box.bottom - 12);
      light(item.dataset.field, true);
    });
    item.addEventListener("blur", () => { hide(); light(item.dataset.field, false); });
  });
  all("tr[data-field]").forEach((row) => {
    row.addEventListener("pointerenter", () => light(row.dataset.field, true));
    row.addEventListener("pointerleave", () => light(row.dataset.field, false));
  });
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // Each figure is one stop for Tab; the arrow keys move between its items.
  all("svg.figure").forEach((figure) => {
    const items = all(".item", figure);
    if (!items.length) return;
    items[0].setAttribute("tabindex", "0");
    figure.addEventListener("keydown", (event) => {
      const at = items.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = step ? at + step : { Home: 0, End: items.length - 1 }[event.key];
      if (at < 0 || next === undefined || !items[next]) return;
      event.preventDefault();
      items[at].setAttribute("tabindex", "-1");
      items[next].setAttribute("tabindex", "0");
      items[next].focus();
      items[next].scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  });

  // On a narrow screen the pictures of one record scroll sideways together.
  all("article.record").forEach((record) => {
    const boxes = all("figure.wide .scroll", record);
    boxes.forEach((box) => box.addEventListener("scroll", () => {
      boxes.forEach((other) => { if (other !== box) other.scrollLeft = box.scrollLeft; });
    }, { passive: true }));
  });

  // Tables sort by a column: numbers by their value, most first; words by the alphabet.
  const value = (row, column) => {
    const cell = row.cells[column];
    const number = cell.dataset.v;
    return number === undefined ? cell.textContent.trim() : number === "" ? -Infinity : Number(number);
  };
  all("table.sortable").forEach((table) => {
    all("thead .sort", table).forEach((sorter) => {
      const header = sorter.closest("th");
      sorter.disabled = false;
      sorter.addEventListener("click", () => {
        const column = header.cellIndex;
        const rows = all("tbody tr", table);
        const numeric = rows.length > 0 && typeof value(rows[0], column) === "number";
        const was = header.getAttribute("aria-sort");
        const down = was ? was === "ascending" : numeric;
        all("th[aria-sort]", table).forEach((one) => one.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows.sort((a, b) => {
          const [x, y] = [value(a, column), value(b, column)];
          const order = numeric ? (x === y ? 0 : x < y ? -1 : 1) : x.localeCompare(y, "en", { numeric: true });
          return down ? -order : order;
        });
        table.tBodies[0].append(...rows);
      });
    });
  });

  // Copy the declaration.
  all(".code").forEach((block) => {
    const copy = block.querySelector(".copy");
    const text = block.querySelector("pre");
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      let done = true;
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        const selection = getSelection();
        selection.selectAllChildren(text);
        done = document.execCommand("copy");
      }
      copy.textContent = done ? "Copied" : "Select and copy";
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    });
  });
})();
