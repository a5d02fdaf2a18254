import { fromBase64url } from '../crypto/base64url.ts'

/** Whether this browser can show notices: yes, not at all, or not since its owner said no. */
export function pushState(): 'can' | 'cannot' | 'denied' {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'cannot'
  return Notification.permission === 'denied' ? 'denied' : 'can'
}

/** What the browser's push service gives out for this page. */
export type Subscribed = { endpoint: string; p256dh: string; auth: string }

/** Asks the person and then the browser; null where one of them says no. */
export async function subscribeHere(serverKey: string): Promise<Subscribed | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  const registration = await navigator.serviceWorker.getRegistration()
  const key = fromBase64url(serverKey)
  if (registration === undefined || key === null) return null
  try {
    // One made for another server's key would be refused.
    await unsubscribeHere()
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
    const { endpoint, keys } = made.toJSON()
    if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return null
    return { endpoint, p256dh: keys.p256dh, auth: keys.auth }
  } catch (error) {
    if (error instanceof DOMException) return null // the browser, or its push service, says no
    throw error
  }
}

/** No notice reaches this browser any more, whether or not our server hears of it. */
export async function unsubscribeHere(): Promise<void> {
  if (pushState() === 'cannot') return
  const registration = await navigator.serviceWorker.getRegistration()
  const made = await registration?.pushManager.getSubscription()
  await made?.unsubscribe().catch(() => false) // without a line it goes with the next answer of its push service
}
