// An access token from `./run token` or from elsewhere: it stays in this page and goes with each request.
const token = document.getElementById("token");

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
  docExpansion: "none", // 170 operations: a tag opens when it is clicked, or by its address
  defaultModelsExpandDepth: -1,
  requestInterceptor(request) {
    const value = token.value.trim();
    if (value) {
      request.headers.Authorization = `Bearer ${value}`;
    }
    return request;
  },
});
