'use strict';
/* The small net of the playground: its arithmetic, on plain arrays. A test holds it to the engine's. */
const deltagraphPlayground = (() => {
  const sigma = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
  const activations = {
    tanh: { of: Math.tanh, slope: (z, a) => 1 - a * a },
    relu: { of: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0) },
    sigmoid: { of: sigma, slope: (z, a) => a * (1 - a) }
  };

  /* Every z and a of one row, layer by layer; the last a is the net's answer. */
  function forward(net, row) {
    const zs = [];
    const as = [row];
    net.layers.forEach((layer, l) => {
      const before = as[l];
      const z = layer.weights.map((w, i) => w.reduce((sum, each, j) => sum + each * before[j], layer.bias[i]));
      const of = l === net.layers.length - 1 ? sigma : activations[net.activation].of;
      zs.push(z);
      as.push(z.map(of));
    });
    return { zs, as };
  }

  const answer = (net, row) => forward(net, row).as[net.layers.length][0];

  /* The mean cross entropy of the rows with the penalty lambda/(2m) times the sum of squares, and its gradient. */
  function gradients(net, rows, targets, lambda) {
    const count = rows.length;
    const last = net.layers.length - 1;
    const sums = net.layers.map((layer) => ({
      weights: layer.weights.map((w) => w.map(() => 0)), bias: layer.bias.map(() => 0)
    }));
    let loss = 0;
    rows.forEach((row, r) => {
      const { zs, as } = forward(net, row);
      const z = zs[last][0];
      loss += (Math.max(z, 0) - z * targets[r] + Math.log1p(Math.exp(-Math.abs(z)))) / count;
      let delta = [(as[last + 1][0] - targets[r]) / count];
      for (let l = last; l >= 0; l--) {
        delta.forEach((d, i) => {
          sums[l].bias[i] += d;
          as[l].forEach((a, j) => { sums[l].weights[i][j] += d * a; });
        });
        if (l > 0) {
          const slope = activations[net.activation].slope;
          delta = as[l].map((a, j) =>
            slope(zs[l - 1][j], a) * delta.reduce((sum, d, i) => sum + d * net.layers[l].weights[i][j], 0));
        }
      }
    });
    net.layers.forEach((layer, l) => layer.weights.forEach((w, i) => w.forEach((each, j) => {
      loss += lambda / (2 * count) * each * each;
      sums[l].weights[i][j] += lambda / count * each;
    })));
    return { loss, layers: sums };
  }

  /* The net after one step of gradient descent. */
  function step(net, gradient, rate) {
    return {
      activation: net.activation,
      layers: net.layers.map((layer, l) => ({
        weights: layer.weights.map((w, i) => w.map((each, j) => each - rate * gradient.layers[l].weights[i][j])),
        bias: layer.bias.map((each, i) => each - rate * gradient.layers[l].bias[i])
      }))
    };
  }

  return { answer, gradients, step };
})();

/* What the reader sees and changes. */
(() => {
  const { sets, plane, curve, mostSteps } = window.deltagraphPage.numbers;
  const find = (id) => document.getElementById('play-' + id);
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  const cells = 60;
  const shown = { net: null, losses: [], steps: 0, timer: 0, seed: 1, numbers: [] };

  /* Numbers between 0 and 1 that depend on the seed alone (mulberry32). */
  function stream(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
  const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  function fresh() {
    const random = stream(shown.seed);
    const widths = [2, ...Array(Number(find('depth').value)).fill(Number(find('width').value)), 1];
    const layers = [];
    for (let l = 1; l < widths.length; l++) {
      const spread = 1 / Math.sqrt(widths[l - 1]);
      layers.push({
        weights: Array.from({ length: widths[l] }, () => Array.from({ length: widths[l - 1] }, () => spread * normal(random))),
        bias: Array(widths[l]).fill(0)
      });
    }
    return { activation: find('activation').value, layers };
  }

  const points = () => sets[find('data').value];
  const rate = () => Number(find('rate').value);
  const lambda = () => Number(find('penalty').value);
  const gradient = () => deltagraphPlayground.gradients(shown.net, points().rows, points().targets, lambda());

  function start() {
    pause();
    shown.net = fresh();
    shown.steps = 0;
    shown.losses = [];
    tables();
    look();
  }
  function advance(count) {
    for (let i = 0; i < count && shown.steps < mostSteps; i++) {
      shown.net = deltagraphPlayground.step(shown.net, gradient(), rate());
      shown.steps++;
      shown.losses.push(gradient().loss);
    }
    look();
    if (shown.steps >= mostSteps) { pause(); }
  }
  function pause() {
    clearTimeout(shown.timer);
    shown.timer = 0;
    find('train').textContent = 'Train';
  }
  function run() {
    advance(calm.matches ? 25 : 2);
    if (shown.steps < mostSteps) { shown.timer = setTimeout(run, calm.matches ? 1000 : 40); }
  }

  const x = (value) => plane.left + (value - plane.low) / (plane.high - plane.low) * (plane.right - plane.left);
  const y = (value) => plane.bottom + (value - plane.low) / (plane.high - plane.low) * (plane.top - plane.bottom);
  const at = (corner) => plane.low + (plane.high - plane.low) * corner / cells;

  /* Small rectangles where the net says 1, those of a row together. */
  function area() {
    let path = '';
    for (let row = 0; row < cells; row++) {
      let from = -1;
      for (let column = 0; column <= cells; column++) {
        const one = column < cells && deltagraphPlayground.answer(shown.net, [at(column + 0.5), at(row + 0.5)]) >= 0.5;
        if (one && from < 0) { from = column; }
        if (!one && from >= 0) {
          path += 'M' + x(at(from)).toFixed(1) + ' ' + y(at(row + 1)).toFixed(1) + 'H' + x(at(column)).toFixed(1)
            + 'V' + (y(at(row)) + 0.2).toFixed(1) + 'H' + x(at(from)).toFixed(1) + 'z';
          from = -1;
        }
      }
    }
    return path || 'M0 0';
  }

  function line() {
    return shown.losses.map((loss, i) => {
      const across = curve.left + (i + 1) / mostSteps * (curve.right - curve.left);
      const part = (Math.log10(Math.min(1e9, Math.max(1e-9, loss || 1e9))) - curve.low) / (curve.high - curve.low);
      return across.toFixed(1) + ',' + (curve.bottom + part * (curve.top - curve.bottom)).toFixed(1);
    }).join(' ');
  }

  function text(number) {
    return Number.isFinite(number) ? number.toPrecision(4).replace('-', '−') : 'not finite';
  }

  function add(parent, name, content) {
    const element = document.createElement(name);
    if (content !== undefined) { element.textContent = content; }
    parent.append(element);
    return element;
  }

  /* A table for each layer: a row for each neuron, each number with its gradient below. */
  function tables() {
    const place = find('numbers');
    place.replaceChildren();
    shown.numbers = [];
    shown.net.layers.forEach((layer, l) => {
      const box = add(place, 'div');
      box.className = 'scroll';
      box.tabIndex = 0;
      box.setAttribute('role', 'region');
      const last = l === shown.net.layers.length - 1;
      const name = last ? 'Layer ' + (l + 1) + ', the output' : 'Layer ' + (l + 1);
      box.setAttribute('aria-label', name);
      const table = add(box, 'table');
      add(table, 'caption', name);
      const head = add(add(table, 'thead'), 'tr');
      ['Neuron', ...layer.weights[0].map((w, j) => (l === 0 ? 'from x' : 'from neuron ') + (j + 1)), 'bias'].forEach((title) => {
        add(head, 'th', title).scope = 'col';
      });
      const body = add(table, 'tbody');
      layer.weights.forEach((w, i) => {
        const row = add(body, 'tr');
        add(row, 'th', String(i + 1)).scope = 'row';
        [...w.map((each, j) => [l, i, j]), [l, i, -1]].forEach((where) => {
          const cell = add(row, 'td');
          cell.className = 'number';
          const value = add(cell, 'div');
          const slope = add(cell, 'div');
          slope.className = 'gradient';
          shown.numbers.push({ where, value, slope });
        });
      });
    });
  }

  function look() {
    const now = gradient();
    const { rows, targets } = points();
    const wrong = rows.filter((row, r) => (deltagraphPlayground.answer(shown.net, row) >= 0.5 ? 1 : 0) !== targets[r]).length;
    find('area').setAttribute('d', area());
    find('line').setAttribute('points', line());
    find('state').textContent = shown.steps + (shown.steps >= mostSteps ? ' (the end)' : '');
    find('loss').textContent = text(now.loss);
    find('wrong').textContent = wrong + ' of ' + rows.length;
    for (const name of Object.keys(sets)) { find('points-' + name).classList.toggle('away', name !== find('data').value); }
    const pick = (layers, [l, i, j]) => (j < 0 ? layers[l].bias[i] : layers[l].weights[i][j]);
    for (const { where, value, slope } of shown.numbers) {
      value.textContent = text(pick(shown.net.layers, where));
      slope.textContent = '∂ ' + text(pick(now.layers, where));
    }
  }

  for (const id of ['data', 'depth', 'width', 'activation']) { find(id).addEventListener('change', start); }
  for (const id of ['rate', 'penalty']) { find(id).addEventListener('change', look); }
  find('train').addEventListener('click', () => {
    if (shown.timer) { pause(); return; }
    if (shown.steps >= mostSteps) { start(); }
    find('train').textContent = 'Pause';
    shown.timer = setTimeout(run, 0);
  });
  find('step').addEventListener('click', () => { pause(); advance(1); });
  find('again').addEventListener('click', () => { shown.seed++; start(); });
  start();
})();
