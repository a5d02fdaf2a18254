/** Gives a text to the browser to keep as a file; nothing of it goes over the network. */
export function saveFile(name: string, type: string, text: string): void {
  // A mark in front, so that spreadsheets read other letters than Latin ones as what they are.
  save(name, new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
}

/** The same for what is sealed. */
export function saveSealed(name: string, bytes: Uint8Array): void {
  save(name, new Blob([bytes.slice()], { type: 'application/octet-stream' }))
}

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
