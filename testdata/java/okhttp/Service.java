package com.example.ok;

import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.json.JSONObject;

class Service {
    private final OkHttpClient login = new OkHttpClient();

    String token(String refreshToken) throws IOException {
        RequestBody form = new FormBody.Builder()
            .add("client_id", "id")
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            .add("grant_type", "refresh_token")
            .add("refresh_token", refreshToken)
            .add("scope", "https://api.partnercenter.microsoft.com/.default")
            .build();
        Request request = new Request.Builder()
            .url("https://login.microsoftonline.com/common/oauth2/v2.0/token")
            .post(form)
            .build();
        try (Response response = login.newCall(request).execute()) {
            return new JSONObject(response.body().string()).getString("access_token");
        }
    }

    /** Every request of this client carries the token. */
    OkHttpClient signed(String refreshToken) throws IOException {
        String token = token(refreshToken);
        return new OkHttpClient.Builder()
            .addInterceptor(new Interceptor() {
                @Override
                public Response intercept(Chain chain) throws IOException {
                    Request signed = chain.request().newBuilder().header("Authorization", "Bearer " + token).build();
                    // pcmfa: call verdict=capable from=refresh-token
                    return chain.proceed(signed);
                }
            })
            .build();
    }

    String subscriptions(String customer, String refreshToken) throws IOException {
        Request request = new Request.Builder()
            .url("https://api.partnercenter.microsoft.com/v1/customers/" + customer + "/subscriptions")
            .header("Authorization", "Bearer " + token(refreshToken))
            .build();
        // pcmfa: call verdict=capable from=refresh-token
        return login.newCall(request).execute().body().string();
    }

    String profile(String refreshToken) throws IOException {
        OkHttpClient client = signed(refreshToken);
        Request request = new Request.Builder().url("https://api.partnercenter.microsoft.com/v1/profiles/mpn").build();
        // pcmfa: call verdict=capable from=refresh-token
        return client.newCall(request).execute().body().string();
    }

    String decoy() throws IOException {
        Request request = new Request.Builder().url("https://weather.example.com/v1/customers").build();
        // pcmfa: decoy
        return login.newCall(request).execute().body().string();
    }
}
