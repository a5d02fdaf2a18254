/** Whatever was wrong with something sealed, it is this one error: which check failed is nobody's to learn. */
export class EnvelopeError extends Error {
  constructor() {
    super('the envelope cannot be opened')
    this.name = 'EnvelopeError'
  }
}
