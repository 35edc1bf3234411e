"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const search = form.elements.namedItem("q");
  const choices = [...form.querySelectorAll("select")];
  const clear = document.getElementById("clear");
  const count = document.getElementById("count");
  const blocks = [...document.querySelectorAll(".some")].map((element) => ({
    element,
    findings: [...element.children].map((article) => ({
      element: article,
      is: new Set(article.dataset.is.split(" ")),
      text: null,
    })),
  }));
  const total = blocks.reduce((sum, block) => sum + block.findings.length, 0);
  const ROW_HEIGHT = 4.1; // rem: a closed finding whose sentence takes one line

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // The words of a finding are folded once, and only when somebody searches.
  const has_words = (finding, words) => {
    if (words.length === 0) return true;
    finding.text ??= fold(finding.element.textContent);
    return words.every((word) => finding.text.includes(word));
  };

  const list_wanted = () =>
    choices.flatMap((choice) => (choice.selectedOptions[0].dataset.is ?? "").split(" ").filter(Boolean));

  const show_block = (block, wanted, words) => {
    let shown = 0;
    for (const finding of block.findings) {
      const fits = wanted.every((number) => finding.is.has(number)) && has_words(finding, words);
      if (finding.element.hidden === fits) finding.element.hidden = !fits;
      shown += fits;
    }
    block.element.hidden = shown === 0;
    block.element.style.containIntrinsicHeight = `${shown * ROW_HEIGHT}rem`;
    return shown;
  };

  const say_count = (shown, filtered) => {
    const all = `${total.toLocaleString("en")} ${total === 1 ? "finding" : "findings"}`;
    return filtered ? `${shown.toLocaleString("en")} of ${all}` : all;
  };

  const show = () => {
    const wanted = list_wanted();
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const filtered = wanted.length + words.length > 0;
    let shown = 0;
    for (const block of blocks) shown += show_block(block, wanted, words);
    count.value = say_count(shown, filtered);
    clear.hidden = !filtered;
    document.getElementById("none").hidden = shown > 0;
    for (const choice of choices) choice.classList.toggle("set", choice.value !== "");
  };

  const write_address = () => {
    const set = [...new FormData(form)].filter(([, value]) => value !== "");
    history.replaceState(null, "", `#${new URLSearchParams(set)}`);
  };

  const read_address = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    search.value = asked.get("q") ?? "";
    for (const choice of choices) {
      const wanted = asked.get(choice.name) ?? "";
      choice.value = [...choice.options].some((option) => option.value === wanted) ? wanted : "";
    }
    show();
  };

  const open_finding = (element) => {
    if (element.hidden) {
      search.value = ""; // a reset would write the address anew and take the focus
      for (const choice of choices) choice.value = "";
      show();
    }
    const details = element.querySelector("details");
    details.open = true;
    details.querySelector("summary").focus({preventScroll: true});
    scroll_to(element, 3);
  };

  // What is skipped has a guessed height until it is near: the second or third time the place is right.
  const scroll_to = (element, times) => {
    element.scrollIntoView({behavior: "instant"});
    if (times > 1) requestAnimationFrame(() => scroll_to(element, times - 1));
  };

  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const follow_address = () => {
    const name = decode(location.hash.slice(1));
    if (name.startsWith("f-")) {
      const element = document.getElementById(name);
      if (element) open_finding(element);
      history.scrollRestoration = "manual"; // else a page that is loaded again goes back to where it was
    } else if (name.includes("=")) {
      read_address();
      const section = document.getElementById("findings");
      section.focus({preventScroll: true}); // the next Tab goes on from there
      section.scrollIntoView();
    } else if (!name) read_address(); // back to before any filter
  };

  const say = (words) => {
    document.getElementById("said").textContent = words;
  };

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show();
      write_address();
    }, 120);
  });
  form.addEventListener("change", (event) => {
    if (event.target === search) return;
    show();
    write_address();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    setTimeout(() => {
      show();
      write_address();
      search.focus();
    }),
  );
  document.getElementById("list").addEventListener("click", async (event) => {
    const link = event.target.closest(".permalink");
    if (!link || !navigator.clipboard) return;
    try {
      await navigator.clipboard.writeText(link.href);
      say("The link is copied.");
      link.classList.add("copied");
      setTimeout(() => link.classList.remove("copied"), 2000);
    } catch {
      say("The link stands in the address bar.");
    }
  });
  // Browsers that know no ::details-content print what is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("article:not([hidden]) > details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  addEventListener("hashchange", follow_address);
  follow_address();
})();
