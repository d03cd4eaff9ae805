package com.example.apache5;

import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.fluent.Form;
import org.apache.hc.client5.http.fluent.Request;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.json.JSONObject;

class Tokens {
    private static final String LOGIN = "https://login.microsoftonline.com/common/oauth2/token";
    private static final String RESOURCE = "https://api.partnercenter.microsoft.com";

    private final CloseableHttpClient http = HttpClients.custom().build();

    String asUser(String user, String password) throws Exception {
        HttpPost post = new HttpPost(LOGIN);
        post.setEntity(new UrlEncodedFormEntity(List.of(
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            new BasicNameValuePair("grant_type", "password"),
            new BasicNameValuePair("resource", RESOURCE),
            new BasicNameValuePair("username", user),
            new BasicNameValuePair("password", password))));
        String answer = http.execute(post, response -> EntityUtils.toString(response.getEntity()));
        return new JSONObject(answer).getString("access_token");
    }

    String asApplication(String secret) throws Exception {
        ClassicHttpRequest request = ClassicRequestBuilder.post(LOGIN)
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            .addParameter("grant_type", "client_credentials")
            .addParameter("resource", RESOURCE)
            .addParameter("client_secret", secret)
            .build();
        String answer = http.execute(request, response -> EntityUtils.toString(response.getEntity()));
        return new JSONObject(answer).getString("access_token");
    }

    String renewed(String refresh) throws Exception {
        String answer = Request.post(LOGIN)
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            .bodyForm(Form.form().add("grant_type", "refresh_token").add("resource", RESOURCE).add("refresh_token", refresh).build())
            .execute()
            .returnContent()
            .asString();
        return new JSONObject(answer).getString("access_token");
    }
}
