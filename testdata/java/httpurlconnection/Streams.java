package com.example.raw;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

class Streams {
    private static final String HOST = "https://api.partnercenter.microsoft.com";

    /** No method is named: writing makes a POST of it. */
    String login(String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/token").toURL().openConnection();
        connection.setDoOutput(true);
        try (OutputStreamWriter writer = new OutputStreamWriter(connection.getOutputStream())) {
            writer.write(form);
        }
        return new String(connection.getInputStream().readAllBytes());
    }

    void agreements(String user, String password) throws IOException {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        String answer = login("grant_type=password&scope=" + HOST + "/user_impersonation&username=" + user + "&password=" + password);
        HttpURLConnection connection = (HttpURLConnection) new URL(HOST + "/v1/agreements").openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + new org.json.JSONObject(answer).getString("access_token"));
        // pcmfa: call verdict=blocked from=ropc
        int length = connection.getContentLength();
        // The answer is there already.
        System.out.println(length + connection.getContentType());
    }

    /** Nothing is sent: there is no answer yet that could have failed. */
    Object nothing(String token) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(HOST + "/v1/invoices").openConnection();
        connection.setRequestProperty("Authorization", token);
        // pcmfa: decoy
        return connection.getErrorStream();
    }
}
