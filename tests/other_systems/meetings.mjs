// A system in Node, on openid-client: /, /in, /cb, /token, /out, /left, and /backchannel for sign-outs elsewhere.
import http from "node:http";
import * as client from "openid-client";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { ISSUER, CLIENT_ID, SECRET, PORT } = process.env;
const here = `http://localhost:${PORT}`;
const insecure = { execute: [client.allowInsecureRequests], algorithm: "oidc" };
const metadata = { client_secret: SECRET, id_token_signed_response_alg: "ES256" };
const ours = await client.discovery(new URL(ISSUER), CLIENT_ID, metadata, client.ClientSecretPost(SECRET), insecure);
const keys = createRemoteJWKSet(new URL(ours.serverMetadata().jwks_uri));
const begun = new Map(); // what was asked, by state
const sessions = new Map(); // who is in, by sid

const answer = (response, status, text, headers = {}) => response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", ...headers }).end(text);
const sidOf = request => /node_sid=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];

const pages = {
  "/": (request, response) => {
    const { name, how } = sessions.get(sidOf(request)) ?? { name: "nobody", how: "" };
    answer(response, 200, `<h1>${name}</h1><p>${how}</p>`);
  },
  "/left": (_request, response) => answer(response, 200, "<h1>left</h1>"),
  "/in": async (_request, response) => {
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
    begun.set(state, { verifier, nonce });
    const asked = { redirect_uri: `${here}/cb`, scope: "openid profile post", state, nonce, max_age: "3600",
      code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
    answer(response, 302, "", { Location: client.buildAuthorizationUrl(ours, asked).href });
  },
  "/cb": async (request, response) => {
    const at = new URL(request.url, here);
    const { verifier, nonce } = begun.get(at.searchParams.get("state"));
    const expected = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: at.searchParams.get("state"), maxAge: 3600, idTokenExpected: true };
    let tokens = await client.authorizationCodeGrant(ours, at, expected);
    const told = tokens.claims();
    tokens = { ...tokens, ...await client.refreshTokenGrant(ours, tokens.refresh_token) };
    const known = await client.fetchUserInfo(ours, tokens.access_token, told.sub);
    sessions.set(told.sid, { name: known.name, how: `${told.acr} ${told.amr}`, ...tokens });
    answer(response, 302, "", { Location: "/", "Set-Cookie": `node_sid=${told.sid}; HttpOnly; Path=/` });
  },
  "/token": (request, response) => answer(response, 200, sessions.get(sidOf(request)).access_token),
  "/out": (request, response) => {
    const { id_token } = sessions.get(sidOf(request));
    const asked = { id_token_hint: id_token, post_logout_redirect_uri: `${here}/left`, state: "bye" };
    answer(response, 302, "", { Location: client.buildEndSessionUrl(ours, asked).href });
  },
  "/backchannel": async (request, response) => {
    let form = "";
    for await (const part of request) form += part;
    const token = new URLSearchParams(form).get("logout_token");
    const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: CLIENT_ID, typ: "logout+jwt" });
    if (!payload.events["http://schemas.openid.net/event/backchannel-logout"] || "nonce" in payload) throw new Error("no logout token");
    sessions.delete(payload.sid);
    answer(response, 200, "");
  },
};

http.createServer(async (request, response) => {
  try {
    await pages[new URL(request.url, here).pathname](request, response);
  } catch (wrong) {
    answer(response, 500, `<h1>${wrong.code ?? ""} ${wrong.message} ${wrong.cause?.message ?? ""}</h1>`);
  }
}).listen(Number(PORT), "127.0.0.1");
