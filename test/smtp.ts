import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { ROOT } from './security/program.ts'

/** One e-mail as the mail server took it. */
export type TakenMail = {
  to: string[]
  secure: boolean
  subject: string
  id: string
  headers: string
  text: string
  raw: string
}

/** A real mail server, as a process of its own. */
export type MailServer = {
  port: number
  taken: TakenMail[]
  /** Resolves when everything it took so far stands in `taken`. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

export async function startMailServer(
  way: 'takes' | 'hangs' | 'no_address' | 'tls' = 'takes',
  port = 0,
  taken: TakenMail[] = [],
): Promise<MailServer> {
  const child = spawn(process.execPath, [join(ROOT, 'test', 'smtp-process.mjs'), String(port), way], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [first] = (await once(lines, 'line')) as [string] // the first line says where it listens
  const waiting: (() => void)[] = []
  lines.on('line', (line) => {
    const said = JSON.parse(line) as Pick<TakenMail, 'to' | 'secure' | 'raw'> | { settled: true } // our own process
    if ('settled' in said) waiting.shift()?.()
    else taken.push(readMail(said))
  })
  return {
    port: (JSON.parse(first) as { port: number }).port, // as above
    taken,
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        child.stdin.write('?')
      }),
    stop: () => stop(child),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function readMail({ to, secure, raw }: Pick<TakenMail, 'to' | 'secure' | 'raw'>): TakenMail {
  const [headers = '', body = ''] = raw.split(/\r\n\r\n([^]*)/)
  const header = (name: string) =>
    new RegExp(`^${name}: ([^]*?)(?=\r\n[^ \t]|$)`, 'im').exec(headers)?.[1]?.replaceAll(/\r\n[ \t]/g, ' ') ?? ''
  const how = header('Content-Transfer-Encoding')
  return {
    to,
    secure,
    raw,
    headers,
    id: header('Message-ID'),
    subject: decodeWords(header('Subject')),
    text: (how === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : how === 'quoted-printable'
        ? quoted(body)
        : body
    ).trim(),
  }
}

function quoted(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Header words of RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?(B|Q)\?(.*?)\?=/gi, (_all, how: string, word: string) =>
      how.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replaceAll('_', ' ')),
    )
}
