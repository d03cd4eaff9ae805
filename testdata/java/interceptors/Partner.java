package northwind;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;

public class Partner {
    private static final String API = "https://api.partnercenter.microsoft.com/v1";

    private final OkHttpClient client;
    private final OkHttpClient plain = new OkHttpClient();

    public Partner(TokenSource source) {
        client = new OkHttpClient.Builder().addInterceptor(new BearerInterceptor(source)).build();
    }

    String customers() throws IOException {
        Request request = new Request.Builder().url(API + "/customers").build();
        // pcmfa: call verdict=blocked from=ropc
        return client.newCall(request).execute().body().string();
    }

    String weather() throws IOException {
        Request request = new Request.Builder().url("https://weather.example/v1/customers").build();
        // pcmfa: decoy
        return plain.newCall(request).execute().body().string();
    }
}
