import { Component, type ReactNode } from 'react'

type Props = { at: string; children: ReactNode; instead: ReactNode }
type State = { at: string; failed: boolean }

/** Holds a page that cannot be shown, so that everything around it stands: the menu, Hide screen, what waits to be sent. */
export class Mishap extends Component<Props, State> {
  override state: State = { at: this.props.at, failed: false }
  static getDerivedStateFromError(): Partial<State> {
    return { failed: true }
  }
  /** Another page is not to blame for the last one. */
  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, failed: false }
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
