package com.contoso.job;

import com.contoso.client.PartnerClient;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.util.Collections;

public class Job {
    public String nightly(ConfidentialClientApplication app) throws Exception {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        String token = app.acquireToken(ClientCredentialParameters
            .builder(Collections.singleton("https://api.partnercenter.microsoft.com/.default")).build()).join().accessToken();
        PartnerClient client = new PartnerClient(token);
        return client.customers() + client.users("7d9e2f10-55aa-4c1b-9f27-1f0b8f3a6c52");
    }
}
