// Plays VNeID on oidc-provider, for demos and tests alone: whoever signs in is whom he says to be, in the claim names
// of the national portal. It keeps nothing and listens on loopback.
import Provider from "oidc-provider";
import { ask, choose, gone, read } from "./pages.mjs";

const { port, back, left, told, client, secret, citizens = [] } = JSON.parse(process.env.STAND_IN);
const known = ["SoDinhDanh", "HoVaTen", "NgayThangNamSinh", "LoaiTaiKhoan", "TechID", "loginIdp"];
const born = new Map(citizens.map(({ number, born }) => [number, born]));

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: client, client_secret: secret, redirect_uris: [back], post_logout_redirect_uris: [left],
    backchannel_logout_uri: told, backchannel_logout_session_required: true,
  }],
  claims: { openid: ["sub", "sid", ...known], acr: null, auth_time: null },
  acrValues: ["LoA1", "LoA2"],
  discovery: { camaug_stand_in: true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: ask, postLogoutSuccessSource: gone },
  },
  fetch: (url, { dispatcher, ...asked }) => fetch(url, asked), // the site is on loopback too
  interactions: { url: (_context, { uid }) => `/choose/${uid}` },
  pkce: { required: () => true },
  cookies: { keys: [secret] },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  findAccount: (_context, accountId) => {
    const [number, ...name] = accountId.split(" ");
    const who = { SoDinhDanh: number, HoVaTen: name.join(" "), NgayThangNamSinh: born.get(number) ?? "" };
    return { accountId, claims: () => ({ sub: number, ...who, LoaiTaiKhoan: "1", TechID: `t-${number}`, loginIdp: "BCA" }) };
  },
});

provider.use(async (context, next) => {
  if (!context.path.startsWith("/choose/")) return next();
  if (context.method === "GET") return choose(context, citizens);
  const given = await read(context.req);
  context.respond = false;
  const who = given.get("who") || `${given.get("number")} ${given.get("name")}`;
  return provider.interactionFinished(context.req, context.res, { login: { accountId: who.trim() } });
});

provider.listen(Number(port), "127.0.0.1");
