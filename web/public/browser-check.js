// Says in words that a browser is too old, where the page would stay empty or lose its map. Old
// JavaScript on purpose: the compatibility mode of 360 and QQ is Internet Explorer 11.
;(() => {
  if (Object.hasOwn && Array.prototype.at && window.ResizeObserver && CSS.supports('inset', '0'))
    return
  var note = document.createElement('p')
  note.id = 'browser-note'
  note.setAttribute('role', 'alert')
  note.style.cssText =
    'position:fixed;z-index:1000;left:0;right:0;bottom:0;margin:0;padding:12px 16px;' +
    'background:#fff3d6;color:#6b4700;font:16px/1.5 "Microsoft YaHei",sans-serif'
  note.textContent =
    '这个浏览器太旧，页面可能打不开或显示不全。请换用 Chrome、Edge 94 以上，Firefox 115 以上，Safari 15.4 以上；360、QQ 等浏览器请切换到“极速模式”。' +
    ' This browser is too old: use Chrome or Edge 94, Firefox 115, Safari 15.4 or newer.'
  document.body.appendChild(note)
})()
