package northwind;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Signs whatever passes. */
public class BearerInterceptor implements Interceptor {
    private final TokenSource source;

    public BearerInterceptor(TokenSource source) {
        this.source = source;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request original = chain.request();
        Request signed = original.newBuilder().header("Authorization", "Bearer " + source.token()).build();
        // pcmfa: call verdict=blocked from=ropc
        return chain.proceed(signed);
    }
}
