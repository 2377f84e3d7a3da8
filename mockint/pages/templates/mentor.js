"use strict";
(() => {
  const data = JSON.parse(byId("data").textContent);
  const voices = data.takes.map((take, number) => new Voice(number, take));
  const sections = [...document.querySelectorAll("[data-answer]")];
  const QUOTED_WORDS = 4; // on each side of the word at a comment's time

  // --- what was said, and keeping it ---

  /** Without what a text field can hold and nobody can read: `mockint feedback import` refuses it. */
  const clean = (text) => text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (character) => ("\n\t".includes(character) ? character : ""));

  const newName = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const blank = () => ({
    answer: newName(),
    mentor: "",
    takes: data.takes.map(({ take }) => ({ take, ratings: {}, keep: "", change: "", comments: [] })),
  });

  const key = `mockint-feedback ${data.takes.map(({ take }) => take).join(" ")}`;
  let given = blank();
  let saved = true;

  const isEmpty = (take) => !Object.keys(take.ratings).length && !clean(take.keep).trim() && !clean(take.change).trim() && !take.comments.length;

  /** Keep a draft where the browser lets a file do so; an unfinished comment counts as one. */
  const keepDraft = () => {
    const draft = JSON.parse(JSON.stringify(given));
    const text = byId("comment-text").value.trim();
    if (open && text) {
      if (open.comment) draft.takes[open.voice.number].comments[given.takes[open.voice.number].comments.indexOf(open.comment)].text = text;
      else draft.takes[open.voice.number].comments.push({ at_s: open.at_s, text });
    }
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      byId("cannot-keep").hidden = false;
    }
  };

  const forgetDraft = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // then there is none
    }
  };

  const readDraft = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      if (!draft) return;
      const takes = new Map(draft.takes.map((take) => [take.take, take]));
      given = { ...blank(), answer: draft.answer, mentor: draft.mentor };
      given.takes = given.takes.map((take) => ({ ...take, ...takes.get(take.take) }));
      showForm();
      byId("restored").hidden = !draft.mentor && given.takes.every(isEmpty);
    } catch {
      given = blank(); // it may not be read here, or is none of ours
      showForm();
    }
  };

  const changed = () => {
    saved = false;
    keepDraft();
    showSummary();
  };

  // --- comments ---

  let open = null; // the comment in the dialog: its voice, its time, itself where it is there already

  const wordAt = (voice, time) => Math.max(0, lastFrom(voice.words, time));

  const quoteAt = (voice, time) => {
    if (!voice.words.length) return "";
    const index = wordAt(voice, time);
    const words = voice.words.slice(Math.max(0, index - QUOTED_WORDS), index + QUOTED_WORDS + 1);
    return `\u2026 ${words.map((word) => word.text).join(" ")} \u2026`;
  };

  /** A word that was chosen, and where nothing played on since, is meant from its beginning. */
  const momentOf = (voice) => {
    const word = voice.chosen === null ? null : voice.words[voice.chosen];
    const isMeant = word && (!voice.audio || (voice.time_s >= word.start_s - TOUCH_S && voice.time_s <= word.end_s));
    const time = isMeant ? word.start_s : voice.time_s;
    return Math.round(1000 * Math.min(time, voice.duration_s)) / 1000;
  };

  const openComment = (voice, comment = null) => {
    if (!comment && !voice.audio && voice.chosen === null) return;
    if (!comment && given.takes[voice.number].comments.length >= data.most_comments) {
      say("There is no room for more comments. Please remove one first.");
      return;
    }
    const at_s = comment ? comment.at_s : momentOf(voice);
    open = { voice, at_s, comment, wasPlaying: Boolean(voice.audio) && !voice.audio.paused };
    voice.pause();
    byId("comment-at").textContent = `at ${clock(at_s)}`;
    byId("comment-quote").textContent = quoteAt(voice, at_s);
    byId("comment-text").value = comment ? comment.text : "";
    byId("comment-drop").textContent = comment ? "Remove it" : "Cancel";
    byId("comment").showModal();
    byId("comment-text").focus();
  };

  /** keep: whether what stands in the dialog becomes a comment; an empty one never does. */
  const closeComment = (keep) => {
    if (!open) return;
    const { voice, at_s, comment, wasPlaying } = open;
    const take = given.takes[voice.number];
    const text = clean(byId("comment-text").value).trim();
    open = null;
    byId("comment").close();
    take.comments = take.comments.filter((each) => each !== comment);
    if (keep && text) take.comments.push({ at_s, text });
    take.comments.sort((one, other) => one.at_s - other.at_s);
    if (comment || (keep && text)) {
      showComments(voice);
      changed();
      if (comment) focusComment(voice, at_s);
      say(keep && text ? "Kept." : "Removed.");
    } else keepDraft();
    if (wasPlaying) voice.play();
  };

  /** The list was drawn anew: the focus stays where the comment is, or was. */
  const focusComment = (voice, at_s) => {
    const place = given.takes[voice.number].comments.findIndex((each) => each.at_s === at_s);
    const section = sections[voice.number];
    (section.querySelectorAll(".comments .change")[place] ?? section.querySelector(".bar .comment")).focus();
  };

  const showComments = (voice) => {
    const { comments } = given.takes[voice.number];
    sections[voice.number].querySelector(".comments").replaceChildren(...comments.map((comment) => commentItem(voice, comment)));
    sections[voice.number].querySelector(".no-comments").hidden = comments.length > 0;
    const noted = new Set(voice.words.length ? comments.map((comment) => wordAt(voice, comment.at_s)) : []);
    voice.spans.forEach((span, index) => span.classList.toggle("noted", noted.has(index)));
  };

  const element = (name, text, fields = {}) => Object.assign(document.createElement(name), { textContent: text, ...fields });

  const commentItem = (voice, comment) => {
    const item = document.createElement("li");
    const time = element(voice.audio ? "button" : "span", clock(comment.at_s), { className: "time" });
    if (voice.audio) {
      time.type = "button";
      time.dataset.time = comment.at_s;
      time.setAttribute("aria-label", `Play from ${clock(comment.at_s)}`);
    }
    const change = element("button", "Change", { type: "button", className: "change" });
    change.setAttribute("aria-label", `Change the comment at ${clock(comment.at_s)}`);
    change.addEventListener("click", () => openComment(voice, comment));
    item.append(time, element("p", comment.text), change, element("p", quoteAt(voice, comment.at_s), { className: "quote" }));
    return item;
  };

  // --- the form ---

  const showForm = () => {
    sections.forEach((section, number) => {
      const take = given.takes[number];
      section.querySelectorAll("[data-criterion]").forEach((radio) => {
        radio.checked = radio.value === String(take.ratings[radio.dataset.criterion] ?? "");
      });
      section.querySelectorAll("[data-text]").forEach((field) => { field.value = take[field.dataset.text]; });
      showComments(voices[number]);
    });
    byId("mentor").value = given.mentor;
    showSummary();
  };

  const showSummary = () => {
    const count = given.takes.filter((take) => !isEmpty(take)).length;
    const some = voices.length > 1 ? `You have said something about ${count} of ${voices.length} answers.` : "";
    byId("summary").textContent = count ? some : "So far every field is empty.";
  };

  const takeIn = (event) => {
    const section = event.target.closest("[data-answer]");
    const field = event.target;
    if (field.id === "comment-text") {
      saved = false;
      keepDraft();
      return;
    }
    if (field.id === "mentor") given.mentor = field.value;
    else if (!section) return;
    else if (field.dataset.text) given.takes[section.dataset.answer][field.dataset.text] = field.value;
    else if (field.dataset.criterion) {
      const { ratings } = given.takes[section.dataset.answer];
      if (field.value) ratings[field.dataset.criterion] = Number(field.value);
      else delete ratings[field.dataset.criterion];
    } else return;
    changed();
  };

  // --- saving ---

  const content = () => {
    const takes = given.takes.filter((take) => !isEmpty(take)).map((take) => ({ ...take, keep: clean(take.keep), change: clean(take.change) }));
    const all = { [data.format]: data.format_version, answer: given.answer, saved_at: new Date().toISOString(), mentor: clean(given.mentor), takes };
    return `${JSON.stringify(all, null, 1)}\n`;
  };

  const save = () => {
    if (given.takes.every(isEmpty)) {
      byId("summary").textContent = "There is nothing to save yet: every field is empty.";
      say(byId("summary").textContent);
      return;
    }
    const text = content();
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = element("a", "", { href: url, download: data.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    saved = true;
    byId("file-name").textContent = data.file;
    byId("as-text").value = text;
    byId("saved").hidden = false;
    byId("saved").focus();
  };

  const copy = () => {
    byId("as-text").focus();
    byId("as-text").select();
    say(document.execCommand("copy") ? "Copied." : "Press and hold the text to copy it.");
  };

  const beginAfresh = () => {
    if (!confirm("Remove everything that you wrote on this page?")) return;
    given = blank();
    saved = true;
    forgetDraft();
    byId("restored").hidden = true;
    byId("saved").hidden = true;
    showForm();
  };

  // --- beginning ---

  /** The voice that the keys are meant for: the one that plays, else the one that is being looked at. */
  const voiceAtHand = () => {
    const middle = innerHeight / 2;
    const seen = sections.findIndex((section) => section.getBoundingClientRect().bottom > middle);
    return voices.find((voice) => voice.audio && !voice.audio.paused) ?? voices[seen] ?? voices.at(-1);
  };

  setUpPage(voices);
  listenToKeys(voiceAtHand, { c: () => openComment(voiceAtHand()) });
  showForm();
  readDraft();
  voices.forEach((voice) => {
    const button = sections[voice.number].querySelector(".comment");
    button.addEventListener("click", () => openComment(voice));
    voice.onPlay = () => voices.forEach((other) => { if (other !== voice) other.pause(); });
    if (voice.audio) return;
    voice.onChoose = () => {
      button.disabled = false;
      sections[voice.number].querySelector(".chosen-word").textContent = quoteAt(voice, voice.words[voice.chosen].start_s);
    };
    voice.spans.forEach((span, index) => span.addEventListener("click", () => voice.choose(index)));
    addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by || !event.shiftKey || event.target.matches("input, textarea") || voiceAtHand() !== voice) return;
      voice.stepWord(by);
      event.preventDefault();
    });
  });
  document.addEventListener("input", takeIn);
  byId("comment-keep").addEventListener("click", () => closeComment(true));
  byId("comment-drop").addEventListener("click", () => closeComment(false));
  byId("comment").addEventListener("close", () => closeComment(true)); // Escape loses nothing
  byId("comment-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) closeComment(true);
  });
  byId("save").addEventListener("click", save);
  byId("copy").addEventListener("click", copy);
  byId("afresh").addEventListener("click", beginAfresh);
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
})();
