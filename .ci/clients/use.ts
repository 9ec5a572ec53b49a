// The same as use.py with the types that openapi-typescript has made, and openapi-fetch.
import createClient from "openapi-fetch";
import type { paths } from "./client";

const [url, tracker] = process.argv.slice(2);
const api = (key: string) =>
  createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${key}` } });
const affiliate = api("local-affiliate-77");
const name = `typescript-${Date.now()}`;

async function use() {
  const postback = await affiliate.POST("/v1/affiliates/{affiliate_id}/postbacks", {
    params: { path: { affiliate_id: "77" } },
    body: { url: `${tracker}/${name}?click={ref_id}&payout={sum}`, offer_id: name },
  });
  if (!postback.data) throw new Error(JSON.stringify(postback.error));
  const pushed = await api("local-network").POST("/v1/conversions", {
    body: {
      conversion_id: name,
      affiliate_id: "77",
      offer_id: name,
      status: "approved",
      sum: "12.50",
      ref_id: "w8J3kUG5",
    },
  });
  if (!pushed.data) throw new Error(JSON.stringify(pushed.error));
  let state: string | undefined;
  for (let i = 0; i < 100 && state !== "delivered"; i++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const log = await affiliate.GET("/v1/affiliates/{affiliate_id}/deliveries", {
      params: { path: { affiliate_id: "me" }, query: { conversion_id: name } },
    });
    // The log is also served as CSV.
    state = typeof log.data === "object" ? log.data.items[0]?.state : undefined;
  }
  if (state !== "delivered") throw new Error(`the callback is ${state}`);
  await affiliate.DELETE("/v1/affiliates/{affiliate_id}/postbacks/{postback_id}", {
    params: { path: { affiliate_id: "77", postback_id: postback.data.postback_id } },
  });
  console.log("the TypeScript client:", name, state);
}

use().catch((e) => {
  console.error(e);
  process.exit(1);
});
