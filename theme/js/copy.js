// A button on every sample that copies its commands, and one on every block of code. Our own programs are on
// nobody's machine: where a sample has no others, the button copies what repeats it. Where the browser lets
// no page write to the clipboard, there are none.
(() => {
  "use strict";

  if (!navigator.clipboard?.writeText) return;

  const said = document.createElement("p");
  said.className = "heard";
  said.setAttribute("role", "status");
  document.body.append(said);

  // Says so on the button and aloud, and after a while offers it again.
  function tell(button, words, offer) {
    button.textContent = words;
    said.textContent = words;
    clearTimeout(button.waits);
    button.waits = setTimeout(() => {
      button.textContent = offer;
      said.textContent = "";
    }, 2_500);
  }

  function add(box, offer, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = offer;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text());
        tell(button, "Copied", offer);
      } catch {
        tell(button, "The browser did not allow it", offer);
      }
    });
    box.classList.add("copyable");
    box.prepend(button);
  }

  // No line break at the end: a terminal would run the last command as soon as it is pasted.
  for (const transcript of document.querySelectorAll(".sample .transcript")) {
    const commands = [...transcript.querySelectorAll(".command:not(.own) kbd")];
    if (commands.length === 0) {
      const repeat = transcript.parentElement.querySelector(".provenance code");
      if (repeat) add(transcript, "Copy what repeats it", () => repeat.textContent.trim());
      continue;
    }
    const offer = commands.length === 1 ? "Copy the command" : `Copy the ${commands.length} commands`;
    add(transcript, offer, () => commands.map((command) => command.textContent.trim()).join("\n"));
  }

  for (const code of document.querySelectorAll("pre > code")) {
    const box = document.createElement("div");
    code.parentElement.replaceWith(box);
    box.append(code.parentElement);
    add(box, "Copy", () => code.textContent.trimEnd());
  }
})();
