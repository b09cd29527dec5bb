// The contract has hundreds of operations: one chapter is drawn at once, all of it takes long.
const ALL = "*";

function chaptersOf(contract) {
  const operations = Object.values(contract.paths).flatMap((path) => Object.values(path));
  return [...new Set(operations.flatMap((operation) => operation.tags ?? []))].sort();
}

function chosen(chapters) {
  const [, linked] = /^#\/([^/]+)/.exec(location.hash) ?? []; // a link to a chapter or an operation
  const wanted = [decodeURIComponent(linked ?? ""), new URLSearchParams(location.search).get("chapter")];
  return wanted.find((one) => one === ALL || chapters.includes(one)) ?? "units";
}

function offer(chapters, chapter) {
  const choice = document.getElementById("chapter");
  for (const one of chapters) choice.append(new Option(one, one));
  choice.append(new Option("— tất cả / all —", ALL));
  choice.value = chapter;
  choice.addEventListener("change", () => {
    const target = new URL(location);
    target.search = new URLSearchParams({ chapter: choice.value });
    target.hash = "";
    location.assign(target);
  });
}

function narrow(contract, chapter) {
  const belongs = ([, operation]) => operation.tags?.includes(chapter);
  const paths = Object.entries(contract.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).filter(belongs)),
  ]);
  const left = paths.filter(([, operations]) => Object.keys(operations).length > 0);
  const tags = (contract.tags ?? []).filter((tag) => tag.name === chapter);
  return { ...contract, paths: Object.fromEntries(left), tags };
}

// The part of the contract that the reader has chosen, once they can choose another.
async function loadChapter() {
  const contract = await (await fetch("/openapi.json")).json();
  const chapters = chaptersOf(contract);
  const chapter = chosen(chapters);
  offer(chapters, chapter);
  return chapter === ALL ? contract : narrow(contract, chapter);
}
