package com.contoso.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

public class SyncSettings {
    @JsonProperty("Endpoints")
    private Map<String, String> addresses;

    @JsonProperty("app_id")
    private String clientId;

    public Map<String, String> getAddresses() {
        return addresses;
    }

    public String getClientId() {
        return clientId;
    }
}
