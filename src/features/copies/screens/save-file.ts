/** Gives a text to the browser to keep as a file; nothing of it goes over the network. */
export function saveFile(name: string, type: string, text: string): void {
  // A mark in front, so that spreadsheets read other letters than Latin ones as what they are.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
