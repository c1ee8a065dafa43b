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
