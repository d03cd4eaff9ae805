package com.example.apache;

import java.util.ArrayList;
import java.util.List;
import org.apache.http.NameValuePair;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicNameValuePair;
import org.apache.http.util.EntityUtils;
import org.json.JSONObject;

class Client {
    private final CloseableHttpClient http = HttpClients.createDefault();
    private String token;

    private void signIn(String user, String password) throws Exception {
        HttpPost post = new HttpPost("https://login.windows.net/common/oauth2/token");
        List<NameValuePair> form = new ArrayList<>();
        form.add(new BasicNameValuePair("resource", "https://api.partnercenter.microsoft.com"));
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.add(new BasicNameValuePair("grant_type", "password"));
        form.add(new BasicNameValuePair("username", user));
        form.add(new BasicNameValuePair("password", password));
        post.setEntity(new UrlEncodedFormEntity(form));
        try (CloseableHttpResponse response = http.execute(post)) {
            token = new JSONObject(EntityUtils.toString(response.getEntity())).getString("access_token");
        }
    }

    String orders(String user, String password, String customer) throws Exception {
        signIn(user, password);
        HttpGet get = new HttpGet("https://api.partnercenter.microsoft.com/v1/customers/" + customer + "/orders");
        get.addHeader("Authorization", "Bearer " + token);
        // pcmfa: call verdict=blocked from=ropc
        try (CloseableHttpResponse response = http.execute(get)) {
            return EntityUtils.toString(response.getEntity());
        }
    }

    void decoy(java.util.concurrent.Executor pool) throws Exception {
        // pcmfa: decoy
        pool.execute(() -> System.out.println("https://api.partnercenter.microsoft.com/v1/customers"));
        // pcmfa: decoy
        http.execute(new HttpGet("https://graph.microsoft.com/v1.0/users"));
    }
}
