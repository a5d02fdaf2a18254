import * as z from 'zod'

// The content policy forbids making functions from text, which zod would try for speed. Imported before anything that makes a
// schema: each schema looks at this once, when it is made.
z.config({ jitless: true })
