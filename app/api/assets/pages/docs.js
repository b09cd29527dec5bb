// An access token from `./run token` or from elsewhere: it stays in this page and goes with each request.
const token = document.getElementById("token");

loadChapter().then((contract) => SwaggerUIBundle({
  spec: contract,
  dom_id: "#docs",
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  requestInterceptor(request) {
    const value = token.value.trim();
    if (value) {
      request.headers.Authorization = `Bearer ${value}`;
    }
    return request;
  },
}));
