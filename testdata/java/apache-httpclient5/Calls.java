package com.example.apache5;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.fluent.Request;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;

class Calls {
    private static final String API = "https://api.partnercenter.microsoft.com";

    private final CloseableHttpClient http = HttpClients.createMinimal();
    private final Tokens tokens = new Tokens();

    String customers(String user, String password) throws Exception {
        HttpGet get = new HttpGet("/v1/customers");
        get.setHeader("Authorization", "Bearer " + tokens.asUser(user, password));
        // pcmfa: call verdict=blocked from=ropc
        return http.execute(new HttpHost("https", "api.partnercenter.microsoft.com"), get, response -> EntityUtils.toString(response.getEntity()));
    }

    void invoices(String secret) throws Exception {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
            client.start();
            SimpleHttpRequest request = SimpleRequestBuilder.get(API + "/v1/invoices")
                .setHeader("Authorization", "Bearer " + tokens.asApplication(secret))
                .build();
            // pcmfa: call verdict=exempt from=client-credentials
            client.execute(request, null).get();
        }
    }

    String agreements(String refresh) throws Exception {
        // pcmfa: call verdict=capable from=refresh-token
        return Request.get(API + "/v1/agreements")
            .addHeader("Authorization", "Bearer " + tokens.renewed(refresh))
            .execute()
            .returnContent()
            .asString();
    }

    void decoys(java.util.concurrent.Executor pool) throws Exception {
        // pcmfa: decoy
        pool.execute(() -> System.out.println(API + "/v1/customers"));
        // pcmfa: decoy
        Request.get("https://contoso.example/v1/customers").execute();
    }
}
