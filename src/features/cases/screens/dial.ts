/** What the phone is asked to call: only the digits of a number and its plus, however somebody wrote it. */
export function dial(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+]/g, '')}`
}
