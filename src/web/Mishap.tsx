import { Component, type ReactNode } from 'react'

type Props = { at: string; children: ReactNode; instead: ReactNode }

/** Holds a page that cannot be shown, so that everything around it stands: the menu, Hide screen, what waits to be sent. */
export class Mishap extends Component<Props, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override componentDidUpdate({ at }: Props) {
    // Another page is not to blame for the last one.
    if (this.state.failed && at !== this.props.at) this.setState({ failed: false })
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
