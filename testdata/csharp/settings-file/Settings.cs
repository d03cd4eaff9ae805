using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Contoso.Sync;

public class Settings
{
    [JsonPropertyName("partner")]
    [JsonProperty("partner")]
    public PartnerSettings PartnerCenter { get; set; } = new();

    public static Settings Load() => JsonSerializer.Deserialize<Settings>(File.ReadAllText("partner.json"))!;

    public static Settings LoadFromBase()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "partner.json");
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(stream);
        return JsonConvert.DeserializeObject<Settings>(reader.ReadToEnd());
    }

    public static string ResourceOfTree() =>
        (string)JObject.Parse(File.ReadAllText("partner.json"))["partner"]["token_resource"];

    public static Settings LoadCurrent() =>
        JsonSerializer.Deserialize<Settings>(File.ReadAllText("partner.current.json"))!;
}

public class PartnerSettings
{
    [JsonPropertyName("token_resource")]
    public string Resource { get; set; } = "https://api.partnercenter.microsoft.com";

    public string ApiRoot { get; set; } = "";
}
