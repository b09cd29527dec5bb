const sans = { fontFamily: "system-ui, sans-serif" };
const mono = { fontFamily: "ui-monospace, monospace" };

Redoc.init(
  "/openapi.json",
  { theme: { typography: { ...sans, headings: sans, code: mono } } },
  document.getElementById("redoc"),
);
