package com.example.identity;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.UsernamePasswordCredential;
import com.azure.identity.UsernamePasswordCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClientBuilder;

class Credentials {
    private static final String SCOPE = "https://api.partnercenter.microsoft.com/.default";

    String user(String name, String password) {
        UsernamePasswordCredential credential = new UsernamePasswordCredentialBuilder()
            .clientId("id")
            .username(name)
            .password(password)
            .build();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return credential.getTokenSync(new TokenRequestContext().addScopes(SCOPE)).getToken();
    }

    AccessToken device() {
        TokenCredential credential = new DeviceCodeCredentialBuilder().clientId("id").build();
        // pcmfa: acquisition flow=device-code verdict=capable pc=yes
        return credential.getToken(new TokenRequestContext().addScopes(SCOPE)).block();
    }

    AccessToken app(String secret) {
        TokenCredential credential = new ClientSecretCredentialBuilder().tenantId("t").clientId("id").clientSecret(secret).build();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        return credential.getToken(new TokenRequestContext().addScopes(SCOPE)).block();
    }

    /** The vault asks for its own token. */
    String vault() {
        // pcmfa: decoy
        return new SecretClientBuilder().credential(new ManagedIdentityCredentialBuilder().build()).buildClient()
            .getSecret("refresh-token").getValue();
    }
}
