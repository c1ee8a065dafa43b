(function () {
  // The dark colours are a style sheet of their own: the button switches the screens it is for.
  var dark = document.getElementById('dark');
  var button = document.getElementById('theme');
  var isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  function show() {
    button.textContent = isDark ? 'Light colours' : 'Dark colours';
  }
  button.addEventListener('click', function () {
    isDark = !isDark;
    dark.media = isDark ? 'screen' : 'not all';
    show();
  });
  button.hidden = false;
  show();
})();

// A trace's slider shows one picture of each strip, and its probabilities.
document.querySelectorAll('figure.trace').forEach(function (figure) {
  var slider = figure.querySelector('input');
  var value = figure.querySelector('output');
  var players = figure.querySelectorAll('.player');
  var strips = figure.querySelectorAll('.strips .grid');
  function show() {
    var k = Number(slider.value);
    players.forEach(function (player, i) {
      var step = strips[i].children[k];
      var image = player.querySelector('img');
      image.src = step.querySelector('img').src;
      image.alt = step.querySelector('img').alt;
      player.classList.toggle('wrong', step.classList.contains('wrong'));
      var bars = player.querySelectorAll('li');
      step.dataset.p.split(';').forEach(function (pair, c) {
        var both = pair.split('|');
        bars[c].querySelector('b').style.width = both[0] + '%';
        bars[c].querySelector('em').textContent = both[1];
      });
      value.textContent = step.dataset.at;
    });
    slider.setAttribute('aria-valuetext', slider.dataset.axis + ' ' + value.textContent);
  }
  slider.addEventListener('input', show);
  figure.classList.add('moving');
  figure.querySelector('.slider').hidden = false;
  figure.querySelector('.players').hidden = false;
  show();
});
