import { fromBase64url } from '../../../crypto/base64url.ts'
import { unsubscribeHere } from '../../../web/push-here.ts'

/** What the browser's push service gives out for this page. */
type Subscribed = { endpoint: string; p256dh: string; auth: string }

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
