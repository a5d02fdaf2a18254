/** What stands on every page of a copy, and what it tells; all of it in words already. */
export type CopyDocument = {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  head: string
  foot: string
  about: readonly { label: string; text: string }[]
  sections: readonly { label: string; rows: readonly { label: string; text: string }[] }[]
}

/**
 * A copy as one page that any browser opens and prints, with nothing in it that runs or asks for anything. Head and foot are
 * those of a table: the only ones that every browser prints on every sheet.
 */
export function documentOf({ language, direction, title, head, foot, about, sections }: CopyDocument): string {
  const table = (rows: CopyDocument['about']) =>
    `<table class="said">${rows.map(({ label, text }) => `<tr><th scope="row">${plain(label)}</th><td>${plain(text)}</td></tr>`).join('')}</table>`
  const body = [
    `<h1>${plain(title)}</h1>`,
    table(about),
    ...sections.map(({ label, rows }) => `<h2>${plain(label)}</h2>${table(rows)}`),
  ].join('\n')
  return `<!doctype html>
<html lang="${plain(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>${plain(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<table class="sheet">
<thead><tr><td>${plain(head)}</td></tr></thead>
<tfoot><tr><td>${plain(foot)}</td></tr></tfoot>
<tbody><tr><td>
${body}
</td></tr></tbody>
</table>
</body>
</html>
`
}

const STYLE =
  'body{font:11pt/1.5 sans-serif;margin:1.5rem auto;max-width:45rem;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}h1{font-size:1.3rem}h2{font-size:1.05rem;margin:1.2rem 0 .3rem}' +
  '.sheet>thead td,.sheet>tfoot td{font-size:.8rem;border-block:1px solid #555;padding:.3rem 0}' +
  '.said th{text-align:start;vertical-align:top;width:35%;padding:.3rem 1rem .3rem 0}' +
  '.said td{white-space:pre-wrap;overflow-wrap:anywhere;vertical-align:top;padding:.3rem 0}' +
  '@page{margin:1.5cm}'

/** Words as words: nothing somebody wrote becomes part of the page. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
