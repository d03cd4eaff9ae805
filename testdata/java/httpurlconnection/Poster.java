package com.example.raw;

import java.io.DataOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.json.JSONObject;

class Poster {
    private static final String API = "https://api.partnercenter.microsoft.com";

    /** The form is written piece by piece. */
    String token(String user, String password) throws Exception {
        StringBuilder form = new StringBuilder();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.append("grant_type=password");
        form.append("&resource=").append(URLEncoder.encode(API, "UTF-8"));
        form.append("&username=").append(user).append("&password=").append(password);
        URL url = new URL("https://login.microsoftonline.com/common/oauth2/token");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new JSONObject(read(connection.getInputStream())).getString("access_token");
    }

    String appToken(String secret) throws Exception {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        String form = String.format("grant_type=client_credentials&client_id=%s&client_secret=%s&resource=%s", "id", secret, API);
        HttpURLConnection connection = (HttpURLConnection) new URL("https://login.microsoftonline.com/contoso.com/oauth2/token").openConnection();
        connection.setRequestMethod("POST");
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeBytes(form);
        out.flush();
        return new JSONObject(read(connection.getInputStream())).getString("access_token");
    }

    String customers(String user, String password) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(API + "/v1/customers").openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token(user, password));
        // pcmfa: call verdict=blocked from=ropc
        return read(connection.getInputStream());
    }

    String invoices(String secret) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(API + "/v1/invoices").openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + appToken(secret));
        // pcmfa: call verdict=exempt from=client-credentials
        return read(connection.getInputStream());
    }

    /** One request, looked at twice. */
    boolean suspend(String id, String secret) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(API + "/v1/customers/" + id).openConnection();
        connection.setRequestMethod("DELETE");
        connection.setRequestProperty("Authorization", "Bearer " + appToken(secret));
        // pcmfa: call verdict=exempt from=client-credentials
        if (connection.getResponseCode() >= 400) {
            System.err.println(read(connection.getErrorStream()));
            return false;
        }
        return read(connection.getInputStream()).isEmpty();
    }

    String weather() throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL("https://weather.example.com/v1/customers").openConnection();
        // pcmfa: decoy
        return read(connection.getInputStream());
    }

    private static String read(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
