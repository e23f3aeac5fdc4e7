
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('page-data').textContent);
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  window.deltagraphPage = { numbers: data.numbers, players: {} };

  /* A figure whose parts change from frame to frame. */
  function play(figure) {
    const name = figure.dataset.player;
    const film = data.players[name];
    if (!film) { return; }
    const find = (what) => figure.querySelector('[data-do="' + what + '"]');
    const parts = [...figure.querySelectorAll('[data-part]')];
    let at = 0;
    let timer = 0;

    function show(frame) {
      at = Math.max(0, Math.min(film.frames - 1, frame));
      for (const part of parts) {
        const changes = film.changes[part.dataset.part] || {};
        for (const [attribute, values] of Object.entries(changes)) {
          if (attribute === 'text') { part.textContent = values[at]; } else { part.setAttribute(attribute, values[at]); }
        }
      }
      find('go').value = at;
      find('go').setAttribute('aria-valuetext', (at + 1) + ' of ' + film.frames);
      find('place').textContent = (at + 1) + ' of ' + film.frames;
      figure.dispatchEvent(new CustomEvent('frame', { detail: { at, frames: film.frames } }));
    }
    function pause() {
      clearTimeout(timer);
      timer = 0;
      find('play').textContent = 'Play';
    }
    function tick() {
      if (at >= film.frames - 1) { pause(); return; }
      show(at + 1);
      const wait = film.pause / Number(find('speed').value);
      timer = setTimeout(tick, calm.matches ? Math.max(1000, wait) : wait);
    }
    function start() {
      if (at >= film.frames - 1) { show(0); }
      find('play').textContent = 'Pause';
      timer = setTimeout(tick, 0);
    }
    const toggle = () => (timer ? pause() : start());
    const actions = {
      first: () => show(0), back: () => show(at - 1), play: toggle,
      forward: () => show(at + 1), last: () => show(film.frames - 1)
    };
    for (const [what, action] of Object.entries(actions)) {
      find(what).addEventListener('click', () => {
        if (what !== 'play') { pause(); }
        action();
      });
    }
    find('go').addEventListener('input', (event) => { pause(); show(Number(event.target.value)); });
    const keys = { ArrowLeft: 'back', ArrowRight: 'forward', Home: 'first', End: 'last', ' ': 'play' };
    figure.addEventListener('keydown', (event) => {
      const what = keys[event.key];
      const own = event.target.closest('select, input, a, button');
      if (!what || event.target.matches('.scroll') || event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (own && (own.matches('select, input') || event.key === ' ')) { return; }
      event.preventDefault();
      if (what !== 'play') { pause(); }
      actions[what]();
    });
    figure.querySelector('.stage').tabIndex = 0;
    window.deltagraphPage.players[name] = { show, pause, start, at: () => at };
    show(0);
  }

  /* A link to a part of a panel shows that part and hides the others. */
  function reveal(link, focus) {
    const part = document.getElementById(link.getAttribute('href').slice(1));
    if (!part) { return; }
    for (const other of part.parentElement.children) { other.classList.toggle('hidden', other !== part); }
    for (const other of document.querySelectorAll('[data-shows]')) { other.classList.toggle('chosen', other.getAttribute('href') === link.getAttribute('href')); }
    if (focus) { part.focus({ preventScroll: true }); part.scrollIntoView({ block: 'nearest' }); }
  }
  for (const link of document.querySelectorAll('[data-shows]')) {
    link.addEventListener('click', (event) => { event.preventDefault(); reveal(link, true); });
  }
  for (const panel of document.querySelectorAll('[data-panel]')) {
    [...panel.children].forEach((part, place) => part.classList.toggle('hidden', place > 0));
  }
  window.deltagraphPage.reveal = reveal;

  /* The page's numbers as a file. */
  for (const button of document.querySelectorAll('[data-save]')) {
    button.addEventListener('click', () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([JSON.stringify(data.numbers, null, 2)], { type: 'application/json' }));
      link.download = button.dataset.save;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  document.querySelectorAll('[data-player]').forEach(play);
})();
