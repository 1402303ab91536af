// `npm start`: serves the build on PORT. Next itself reads .env too late to know the port. What is configured is
// checked by instrumentation.ts, before the first request.
process.argv.splice(2, process.argv.length, 'start', '--port', process.env.PORT || '3000')
await import('next/dist/bin/next')
