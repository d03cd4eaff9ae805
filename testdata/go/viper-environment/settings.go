package main

import (
	"strings"

	"github.com/spf13/viper"
)

// settings tells where keys come from: variables of the container.
func settings() {
	viper.SetEnvPrefix("partner")
	viper.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	viper.AutomaticEnv()
	_ = viper.BindEnv("api")
	_ = viper.BindEnv("login", "SYNC_LOGIN_URL")
}
