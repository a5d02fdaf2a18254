/** What we use of saxen, which ships no types of its own. */
declare module 'saxen' {
  type Decode = (text: string) => string
  export class Parser {
    on(name: 'error', heard: (error: Error) => void): this
    on(name: 'openTag', heard: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this
    on(name: 'closeTag', heard: (name: string) => void): this
    on(name: 'text', heard: (text: string, decode: Decode) => void): this
    on(name: 'cdata', heard: (text: string) => void): this
    parse(xml: string): Error | null
  }
}
