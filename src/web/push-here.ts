/** Whether this browser can show notices: yes, not at all, or not since its owner said no. */
export function pushState(): 'can' | 'cannot' | 'denied' {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'cannot'
  return Notification.permission === 'denied' ? 'denied' : 'can'
}

/** No notice reaches this browser any more, whether or not our server hears of it. */
export async function unsubscribeHere(): Promise<void> {
  if (pushState() === 'cannot') return
  const registration = await navigator.serviceWorker.getRegistration()
  const made = await registration?.pushManager.getSubscription()
  await made?.unsubscribe().catch(() => false) // without a line it goes with the next answer of its push service
}
