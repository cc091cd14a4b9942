import { defineConfig } from 'vite';

/** The server that makes client tokens: the one of the example in plain HTML, for instance. */
const { SERVER_URL = 'http://localhost:3000' } = process.env;

export default defineConfig({ server: { proxy: { '/client-tokens': SERVER_URL, '/account': SERVER_URL } } });
