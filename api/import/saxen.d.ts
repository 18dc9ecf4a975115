declare module 'saxen' {
  type Attributes = () => Record<string, string>
  type Decode = (text: string) => string
  export class Parser {
    on(
      name: 'openTag',
      listener: (name: string, attributes: Attributes, decode: Decode) => void,
    ): this
    on(name: 'closeTag', listener: (name: string) => void): this
    on(name: 'text', listener: (text: string, decode: Decode) => void): this
    on(name: 'cdata', listener: (text: string) => void): this
    on(name: 'error', listener: (error: Error) => void): this
    parse(xml: string): void
  }
}
