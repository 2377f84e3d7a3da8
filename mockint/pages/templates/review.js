"use strict";
(() => {
  const data = JSON.parse(byId("data").textContent);
  const voice = new Voice(0, data);
  const { words, spans } = voice;

  // --- the chosen word ---

  const tellAbout = () => {
    if (voice.chosen === null) return;
    const chosen = words[voice.chosen];
    const filler = voice.fillerOf(voice.chosen);
    const disputed = filler !== null && has("not_a_filler", filler.start_s);
    const added = has("filler_added", chosen.start_s);
    const bold = document.createElement("b");
    bold.textContent = spans[voice.chosen].textContent;
    let what = "";
    if (added) what = "a filler, as you say";
    else if (disputed) what = "no filler, as you say";
    else if (filler) what = `${data.kind_names[filler.kind]}, ${filler.percent}\u00a0% sure, noticed ${filler.noticed}`;
    else if (chosen.hedge) what = data.kind_names.hedge;
    byId("about-text").replaceChildren(bold, ` at ${clock(chosen.start_s)}${what ? `: ${what}` : ""}`);
    byId("dispute").hidden = filler === null || disputed;
    byId("add-filler").hidden = added || (filler !== null && !disputed);
    byId("about").hidden = false;
  };

  // --- corrections ---

  let corrections = [];
  let saved = true;

  const has = (kind, start) => corrections.some((each) => each.kind === kind && each.start_s === start);

  const correct = (kind, place, oldText, newText) => {
    corrections = corrections.filter((each) => !(each.kind.startsWith("word_") && kind.startsWith("word_") && each.start_s === place.start_s));
    corrections.push({ take: data.take, kind, start_s: place.start_s, end_s: place.end_s, old_text: oldText, new_text: newText });
    saved = false;
    showCorrections();
  };

  const inWords = (each) => {
    if (each.kind === "not_a_filler") return `\u201c${each.old_text}\u201d is not a filler`;
    if (each.kind === "filler_added") return `\u201c${each.new_text}\u201d is a filler`;
    if (each.kind === "word_deleted") return `\u201c${each.old_text}\u201d was not said`;
    return `\u201c${each.old_text}\u201d was \u201c${each.new_text}\u201d`;
  };

  const showCorrections = () => {
    words.forEach((word, index) => {
      const span = spans[index];
      const change = corrections.find((each) => each.kind.startsWith("word_") && each.start_s === word.start_s);
      span.textContent = change && change.new_text ? change.new_text : word.text;
      span.classList.toggle("corrected", Boolean(change && change.new_text) || has("filler_added", word.start_s));
      span.classList.toggle("gone", Boolean(change && !change.new_text));
    });
    document.querySelectorAll("[data-filler]").forEach((mark) => {
      const disputed = has("not_a_filler", voice.fillers[mark.dataset.filler].start_s);
      mark.classList.toggle("disputed", disputed);
      mark.querySelector(".kind").hidden = disputed;
    });
    byId("correction-list").replaceChildren(...corrections.map(correctionItem));
    byId("corrections").hidden = corrections.length === 0;
    tellAbout();
  };

  const correctionItem = (each) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = `${clock(each.start_s)}  ${inWords(each)}`;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.textContent = "Undo";
    undo.setAttribute("aria-label", `Undo: ${inWords(each)}`);
    undo.addEventListener("click", () => {
      corrections = corrections.filter((other) => other !== each);
      saved = corrections.length === 0;
      showCorrections();
      say("Undone.");
    });
    item.append(text, undo);
    return item;
  };

  const save = () => {
    const content = { [data.format]: data.format_version, corrections };
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `mockint-corrections-take-${data.take}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    saved = true;
    say("Saved.");
  };

  const openCorrection = () => {
    if (voice.chosen === null) return;
    const span = spans[voice.chosen];
    voice.pause();
    byId("heard").textContent = words[voice.chosen].text;
    byId("said").value = span.classList.contains("gone") ? "" : span.textContent;
    byId("correction").showModal();
    byId("said").select();
  };

  const keepCorrection = () => {
    const text = byId("said").value.trim();
    const word = words[voice.chosen];
    byId("correction").close();
    if (text === spans[voice.chosen].textContent) return;
    correct(text ? "word_changed" : "word_deleted", word, word.text, text || null);
    say("Corrected. Save your corrections when you are done.");
  };

  // --- beginning ---

  setUpPage([voice]);
  listenToKeys(() => voice, { c: openCorrection });
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  if (!voice.audio) return;
  voice.onChoose = tellAbout;
  byId("dispute").addEventListener("click", () => {
    const filler = voice.fillerOf(voice.chosen);
    correct("not_a_filler", filler, filler.text, null);
    byId("add-filler").focus();
  });
  byId("add-filler").addEventListener("click", () => {
    const disputed = voice.fillerOf(voice.chosen);
    const before = corrections.length;
    if (disputed) corrections = corrections.filter((each) => !(each.kind === "not_a_filler" && each.start_s === disputed.start_s));
    if (corrections.length === before) correct("filler_added", words[voice.chosen], null, spans[voice.chosen].textContent);
    else showCorrections();
    byId("correct").focus();
  });
  byId("correct").addEventListener("click", openCorrection);
  byId("correction-keep").addEventListener("click", keepCorrection);
  byId("said").addEventListener("keydown", (event) => {
    if (event.key === "Enter") keepCorrection();
  });
  byId("save").addEventListener("click", save);
})();
