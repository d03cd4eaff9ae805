package contoso.vault;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;

interface SecretStore {
    String read(String name);

    void keep(String name, String value);
}

/** Key Vault behind an interface. */
public class Vault implements SecretStore {
    private SecretClient client;

    public Vault(String url) {
        client = new SecretClientBuilder()
            .vaultUrl(url)
            .credential(new DefaultAzureCredentialBuilder().build())
            .buildClient();
    }

    public String read(String name) {
        return client.getSecret(name).getValue();
    }

    public void keep(String name, String value) {
        client.setSecret(name, value);
    }
}
