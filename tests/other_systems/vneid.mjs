// Plays VNeID on oidc-provider: whoever signs in is whom he says to be, in the claim names of the national portal.
// What is typed as the name: "number name", such as "096190000123 Lê Thị Sen".
import Provider from "oidc-provider";

const { PORT, BACK, LEFT, CLIENT = "camaug", SECRET = "open-sesame-for-trials" } = process.env;
const issuer = `http://localhost:${PORT}`;
const known = ["SoDinhDanh", "HoVaTen", "NgayThangNamSinh", "LoaiTaiKhoan", "TechID", "loginIdp"];

const provider = new Provider(issuer, {
  clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [BACK], post_logout_redirect_uris: [LEFT] }],
  claims: { openid: ["sub", ...known], acr: null, auth_time: null },
  acrValues: ["LoA1", "LoA2"],
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: [SECRET] },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => {
      const [number, ...name] = id.split(" ");
      return { sub: number, SoDinhDanh: number, HoVaTen: name.join(" "), NgayThangNamSinh: "", LoaiTaiKhoan: "1", TechID: `t-${number}`, loginIdp: "BCA" };
    },
  }),
});

provider.listen(Number(PORT), "127.0.0.1");
