import fc from 'fast-check'

// A gate that fails must fail for the next one too. Elsewhere each run plays new cases; a failing
// one is printed with its seed.
if (process.env['CI']) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20230531 })
