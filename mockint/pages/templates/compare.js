"use strict";
(() => {
  const voices = JSON.parse(byId("data").textContent).voices.map((data, number) => new Voice(number, data));
  const players = voices.filter((voice) => voice.audio);
  let current = players[0] ?? voices[0]; // where the keys go

  const turnTo = (voice) => {
    current = voice;
    players.forEach((each) => each.find(".controls").parentElement.classList.toggle("current", each === current));
  };

  const choose = (number) => {
    if (!voices[number].audio) {
      say("There is no recording of this take.");
      return;
    }
    if (voices[number] !== current) current.pause();
    turnTo(voices[number]);
    say(`The keys go to the ${number === 0 ? "earlier" : "later"} take.`);
  };

  setUpPage(voices);
  listenToKeys(() => current, { 1: () => choose(0), 2: () => choose(1) });
  if (!players.length) return;
  document.querySelector(".tools").hidden = false;
  players.forEach((voice) => {
    voice.onChoose = () => turnTo(voice);
    voice.onPlay = () => {
      turnTo(voice);
      players.forEach((other) => { if (other !== voice) other.pause(); });
    };
  });
  document.addEventListener("focusin", (event) => {
    const part = event.target.closest("[data-voice]");
    if (part && voices[part.dataset.voice].audio) turnTo(voices[part.dataset.voice]); // its slider listens to arrows too
  });
  turnTo(current);
})();
