import './files.css'

type Props = { label: string; accept: string; camera?: boolean; take: (files: FileList | null) => Promise<void> }

/** The browser's own way to a camera or a file, under a button that says what it is for. */
export function Pick({ label, accept, camera = false, take }: Props) {
  return (
    <label className={camera ? 'button file-pick' : 'button second file-pick'}>
      {label}
      <input
        type="file"
        accept={accept}
        {...(camera ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          const { files } = event.target
          void take(files).then(() => (event.target.value = ''))
        }}
      />
    </label>
  )
}
