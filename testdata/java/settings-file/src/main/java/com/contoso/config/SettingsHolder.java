package com.contoso.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;

public final class SettingsHolder {
    private static SettingsHolder instance;
    private static SyncSettings settings;

    private SettingsHolder() {
        ObjectMapper mapper = new ObjectMapper();
        InputStream stream = SettingsHolder.class.getClassLoader().getResourceAsStream("partner-sync.json");
        try {
            settings = mapper.readValue(stream, SyncSettings.class);
        } catch (IOException e) {
            throw new IllegalStateException("partner-sync.json cannot be read", e);
        }
    }

    public static SettingsHolder getInstance() {
        if (instance == null) {
            instance = new SettingsHolder();
        }
        return instance;
    }

    public SyncSettings getSettings() {
        return settings;
    }

    public static SyncSettings current() throws IOException {
        return new ObjectMapper().readValue(new File("src/main/resources/current-sync.json"), SyncSettings.class);
    }
}
