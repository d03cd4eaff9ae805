dependencies {
    implementation("com.microsoft.azure:adal4j:1.6.7") // pcmfa: finding retired-library
    // implementation("com.microsoft.azure:adal4j:1.6.0")
    implementation("com.squareup.okhttp3:okhttp:4.12.0") // pcmfa: decoy
}
