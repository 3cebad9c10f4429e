// The first real provider: oidc-provider as its authors ship it, with one client and the pages it brings for trying out.
// What to serve comes as JSON in the first argument: { port, clients }.
import { Provider } from "oidc-provider";

const { port, clients } = JSON.parse(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
  cookies: { keys: ["only for a test"] },
  features: { backchannelLogout: { enabled: true } },
  // Its own dispatcher refuses to call this machine, which is where the Accord of the test is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} (fictional)`, preferred_username: id, email: `${id}@example.org`, email_verified: true }),
  }),
  pkce: { required: () => true },
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
