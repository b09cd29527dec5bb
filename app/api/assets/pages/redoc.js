const sans = { fontFamily: "system-ui, sans-serif" };
const mono = { fontFamily: "ui-monospace, monospace" };

loadChapter().then((contract) =>
  Redoc.init(
    contract,
    { theme: { typography: { ...sans, headings: sans, code: mono } } },
    document.getElementById("redoc"),
  ),
);
