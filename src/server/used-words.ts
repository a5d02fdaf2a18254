import ts from 'typescript'

/** One source file, as text. */
export type Source = { path: string; text: string }

/** What a screen's code asks the catalogues for, and what it says without them. */
export type UsedWords = {
  /** Ids named outright in `t('…')` and `find('…')`. */
  ids: { id: string; at: string }[]
  /** Ids put together from data: what stands before and after each hole. */
  patterns: RegExp[]
  /** Every other text in the code that could be an id or the beginning of one, such as a table of ids. */
  literals: Set<string>
  /** Words a person reads that no catalogue knows. */
  bare: { text: string; at: string }[]
}

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['aria-label', 'aria-description', 'title', 'alt', 'placeholder', 'label', 'hint', 'lead'])

/** Reads screens and shell. */
export function usedWords(sources: readonly Source[]): UsedWords {
  const used: UsedWords = { ids: [], patterns: [], literals: new Set(), bare: [] }
  for (const source of sources) {
    const file = parse(source)
    walk(file, (node) => {
      const at = placeOf(node, file)
      if (ts.isStringLiteralLike(node)) used.literals.add(node.text)
      if (ts.isCallExpression(node) && isAsking(node.expression)) readAsked(node.arguments[0], at, used)
      if (ts.isJsxText(node) && hasWords(node.text)) used.bare.push({ text: node.text.trim(), at })
      if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) readBare(node.expression, at, used)
      if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(file))) readSpoken(node, at, used)
    })
  }
  return used
}

function isAsking(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : ''
  return name === 't' || name === 'find'
}

function readAsked(asked: ts.Expression | undefined, at: string, used: UsedWords): void {
  if (asked === undefined) return
  if (ts.isStringLiteralLike(asked)) used.ids.push({ id: asked.text, at })
  else if (ts.isConditionalExpression(asked)) {
    readAsked(asked.whenTrue, at, used)
    readAsked(asked.whenFalse, at, used)
  } else if (ts.isTemplateExpression(asked) && asked.head.text !== '') used.patterns.push(patternOf(asked))
}

/** A hole takes one word of an id or several; one without a beginning would match every id and so tells nothing. */
function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const rest = templateSpans.map((span) => `.+${escaped(span.literal.text)}`).join('')
  return new RegExp(`^${escaped(head.text)}${rest}$`)
}

function readBare(expression: ts.Expression | undefined, at: string, used: UsedWords): void {
  if (expression === undefined) return
  if (ts.isConditionalExpression(expression)) {
    readBare(expression.whenTrue, at, used)
    readBare(expression.whenFalse, at, used)
  } else if (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  ) {
    readBare(expression.right, at, used)
  } else {
    const text = saidBy(expression)
    if (hasWords(text)) used.bare.push({ text, at })
  }
}

function readSpoken({ initializer }: ts.JsxAttribute, at: string, used: UsedWords): void {
  if (initializer === undefined) return
  if (ts.isJsxExpression(initializer)) readBare(initializer.expression, at, used)
  else if (ts.isStringLiteral(initializer) && hasWords(initializer.text)) used.bare.push({ text: initializer.text, at })
}

function saidBy(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text
  if (ts.isTemplateExpression(expression))
    return [expression.head.text, ...expression.templateSpans.map((span) => span.literal.text)].join(' ').trim()
  return ''
}

/** Codes that rules and server can answer with; each wants its sentence. */
export type Codes = { wanted: { id: string; at: string }[] }

/** Reads rules and server: refusal reasons, error codes, operations, and the fields that take somebody's words. */
export function codesOf(sources: readonly Source[]): Codes {
  const wanted: Codes['wanted'] = []
  for (const source of sources) {
    const file = parse(source)
    const isOps = source.path.endsWith('ops.ts')
    walk(file, (node) => {
      const want = (id: string) => wanted.push({ id, at: placeOf(node, file) })
      // An answer written out by hand, where no request has been read yet.
      const written = ts.isStringLiteral(node) ? /^\{"error":"(\w+)"\}$/.exec(node.text)?.[1] : undefined
      if (written !== undefined) want(`error.${written}`)
      if (isOps && ts.isStringLiteral(node) && /^[a-z_]+\.[a-z_]+$/.test(node.text)) want(`did.${node.text}`)
      if (ts.isPropertyAssignment(node)) {
        const name = node.name.getText(file)
        const says = ts.isStringLiteral(node.initializer) ? node.initializer.text : null
        if (name === 'reason' && says !== null)
          want(`${source.path.includes('/crypto/') ? 'passphrase' : 'refused'}.${says}`)
        if (name === 'error' && says !== null) want(`error.${says}`)
        if (node.initializer.getText(file).startsWith('words(')) want(`field.name.${name}`)
      }
      if (
        (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
        /^(Refused|errorAnswer)$/.test(node.expression.getText(file))
      )
        for (const code of node.arguments ?? []) if (ts.isStringLiteral(code)) want(`error.${code.text}`)
    })
  }
  return { wanted }
}

function parse({ path, text }: Source): ts.SourceFile {
  return ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ES2023,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

function placeOf(node: ts.Node, file: ts.SourceFile): string {
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`
}

function hasWords(text: string): boolean {
  return /\p{L}{2}/u.test(text)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
