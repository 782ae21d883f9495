// The built site on a server of this machine, with the headers that a careful host sends.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types = {
  ".atom": "application/atom+xml",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

// Serves `folder` on loopback until `close()`. `more` adds to the headers or, with `null`, takes from them.
export async function serve(folder, more = {}) {
  const headers = { "content-security-policy": policy, "x-content-type-options": "nosniff", "cache-control": "no-store", ...more };
  for (const name of Object.keys(headers)) if (headers[name] === null) delete headers[name];
  const server = createServer((request, response) => {
    const wanted = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    let path = join(folder, wanted);
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    const isThere = existsSync(path);
    if (!isThere) path = join(folder, "404.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(isThere ? 200 : 404, { ...headers, "content-type": types[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
