package com.contoso.client;
import java.util.Map;
public class Job {
    public void policies(PartnerClient client, Map<String, String> paths) throws Exception {
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        client.put("SelfServePolicy");
        client.put(paths.get("UpdateAgreement"));
        client.put(paths.get("UpdateCart"));
    }
}
