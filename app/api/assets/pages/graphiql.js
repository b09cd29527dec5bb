const FIRST_QUERY = `# Dán token vào tab Headers:
# Paste your token in the Headers tab:
# {"Authorization": "Bearer ..."}

{
  units(
    where: {level: {eq: PROVINCE}}
    first: 34
  ) {
    totalCount
    nodes {
      code
      name
    }
  }
}
`;

// The schema needs no token, and every query does: so the page reads it from a file.
async function open() {
  const schema = await (await fetch("/graphql/schema.json")).json();
  const workbench = React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    schema: schema.data,
    plugins: [GraphiQLPluginExplorer.explorerPlugin()],
    defaultQuery: FIRST_QUERY,
    defaultEditorToolsVisibility: "headers",
    inputValueDeprecation: true,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(workbench);
}

open();
