import { html, raw } from 'hono/html'
import type { OpenApi } from './document.ts'

type Operation = OpenApi['paths'][string][string]
interface Route extends Operation {
  method: string
  path: string
}

const style = `
  :root { color-scheme: light dark; --ink: #14202e; --paper: #fff; --line: #d5dce4; --quiet: #566577; --accent: #1f5fbf }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8eef7; --paper: #0b1220; --line: #24324a; --quiet: #8fa1ba; --accent: #7fb0ff } }
  body { margin: 0 auto; padding: 24px 16px 64px; max-width: 960px; font: 16px/1.6 system-ui, 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; color: var(--ink); background: var(--paper) }
  h1 { font-size: 28px } h2 { margin-top: 40px; font-size: 20px; border-bottom: 1px solid var(--line) }
  a { color: var(--accent) } p { white-space: pre-line; color: var(--quiet) }
  details { border-bottom: 1px solid var(--line); padding: 8px 0 } summary { cursor: pointer }
  summary b { display: inline-block; width: 64px; font: 600 13px ui-monospace, monospace }
  summary span { color: var(--quiet); margin-left: 12px } code { font: 14px ui-monospace, monospace }
  table { border-collapse: collapse; margin: 8px 0 } td, th { text-align: left; padding: 4px 16px 4px 0; vertical-align: top }
  pre { overflow: auto; max-height: 480px; padding: 12px; border: 1px solid var(--line); font: 13px/1.5 ui-monospace, monospace }
`

/** The document as one readable page without scripts: every route, its parameters, body and answers. */
export function documentPage(document: OpenApi) {
  const routes: Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, ...operation })),
  )
  const tags = [...new Set(routes.map((route) => route.tags[0] ?? ''))]
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title>
<style>${raw(style)}</style>
</head>
<body>
<h1>${document.info.title} ${document.info.version}</h1>
<p>${document.info.description}</p>
<p><a href="/api/openapi.json">openapi.json</a>（OpenAPI ${document.openapi}）</p>
${tags.map(
  (tag) => html`<h2>${tag}</h2>
${routes.filter((route) => (route.tags[0] ?? '') === tag).map(routeText)}`,
)}
</body>
</html>`
}

function routeText(route: Route) {
  return html`<details>
<summary><b>${route.method.toUpperCase()}</b><code>${route.servers ? '' : '/api'}${route.path}</code><span>${route.summary}</span></summary>
${
  route.parameters.length > 0
    ? html`<table><tr><th>参数</th><th>位置</th><th>必填</th><th>格式</th></tr>
${route.parameters.map(
  (parameter) =>
    html`<tr><td><code>${parameter.name}</code></td><td>${parameter.in}</td><td>${parameter.required ? '是' : ''}</td><td><code>${JSON.stringify(parameter.schema)}</code></td></tr>`,
)}</table>`
    : ''
}
${route.requestBody ? html`<div>请求内容</div><pre>${pretty(route.requestBody)}</pre>` : ''}
${Object.entries(route.responses).map(
  ([status, answer]) => html`<div>返回 ${status}</div><pre>${pretty(answer)}</pre>`,
)}
</details>`
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2)
