import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Everything the pages need lies in files of their own: the content policy allows nothing inline and nothing foreign. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4980' } },
});
