import { createInterface } from 'node:readline'

/** Asks whoever sits at the terminal, or reads the lines of a pipe; questions go to stderr, so that stdout stays an answer. */
export type Terminal = {
  isPerson: boolean
  ask: (question: string) => Promise<string>
  /** Like `ask`, and what is typed is not shown. */
  askSecret: (question: string) => Promise<string>
  close: () => void
}

export function openTerminal(): Terminal {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return pipe()
  return {
    isPerson: true,
    ask: (question) =>
      new Promise((resolve) => {
        const lines = createInterface({ input: stdin, output: stderr })
        lines.question(question, (line) => {
          lines.close()
          resolve(line)
        })
      }),
    askSecret: (question) => {
      stderr.write(question)
      return typedUnseen(stdin).finally(() => stderr.write('\n'))
    },
    close: () => stdin.pause(),
  }
}

function pipe(): Terminal {
  const lines = createInterface({ input: process.stdin })
  const next = lines[Symbol.asyncIterator]()
  const ask = async (question: string) => {
    process.stderr.write(`${question}\n`)
    const line = await next.next()
    if (line.done === true) throw new NothingTyped()
    return line.value
  }
  return { isPerson: false, ask, askSecret: ask, close: () => lines.close() }
}

/** The pipe ended, or somebody pressed Ctrl-C: nothing is done. */
export class NothingTyped extends Error {}

const ENTER = ['\r', '\n', '\u0004']
const CTRL_C = '\u0003'
const BACKSPACE = ['\u007F', '\b']

function typedUnseen(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = ''
    stdin.setRawMode(true).setEncoding('utf8').resume()
    const end = (done: () => void) => {
      stdin.off('data', take)
      stdin.setRawMode(false).pause()
      done()
    }
    function take(text: string): void {
      for (const sign of text) {
        if (sign === CTRL_C) return end(() => reject(new NothingTyped()))
        if (ENTER.includes(sign)) return end(() => resolve(typed))
        typed = BACKSPACE.includes(sign) ? Array.from(typed).slice(0, -1).join('') : typed + sign
      }
    }
    stdin.on('data', take)
  })
}
