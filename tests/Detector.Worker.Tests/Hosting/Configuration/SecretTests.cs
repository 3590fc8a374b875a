using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Tests.Hosting.Configuration;

public sealed class SecretTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_SecretByFile_OutranksFilesAndYieldsToTheEnvironment()
    {
        string secret = _directory.Write("kafka-password", "from file\n");
        string config = _directory.Write("a.json", $$"""
            {"Detector":{"Sources":{"s":{"Client":{"sasl.password":"in clear","sasl.password.file":"{{secret}}" } } } } }
            """);

        Assert.Equal("from file", Password(Load([config], [])));
        Assert.Equal("from environment", Password(Load([config], new() { ["Detector__Sources__s__Client__sasl_password"] = "from environment" })));
        Assert.DoesNotContain("sasl.password.file", Load([config], []).Options.Sources["s"].Client.Keys);
    }

    [Fact]
    public void Load_MqttPasswordByFile_OutranksFilesAndIsNeverShown()
    {
        string secret = _directory.Write("mqtt-password", "from file\n");
        string config = _directory.Write("m.json", $$"""
            {"Detector":{"Sources":{"s":{"Type":"mqtt","Mqtt":{"Username":"u","Password":"in clear","Password.file":"{{secret}}" } } } } }
            """);

        LoadedConfiguration loaded = Load([config], []);

        Assert.Equal("from file", loaded.Options.Sources["s"].Mqtt.Password);
        Assert.Equal("from environment", Load([config], new() { ["Detector__Sources__s__Mqtt__Password"] = "from environment" }).Options.Sources["s"].Mqtt.Password);
        Assert.DoesNotContain(loaded.Values, value => value.Value.Contains("from file", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_SecretFileMissing_IsAnError()
    {
        LoadedConfiguration loaded = Load([], new() { ["Detector__Sources__s__Client__sasl_password_file"] = "/nowhere/at/all" });

        Assert.Contains(loaded.Errors, error => error.StartsWith("Detector:Sources:s:Client:sasl.password.file names /nowhere/at/all", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_Secrets_AreRedactedAndLeftOutOfTheHash()
    {
        LoadedConfiguration one = Load([], new() { ["Detector__Sources__s__Client__sasl_password"] = "one" });
        LoadedConfiguration two = Load([], new() { ["Detector__Sources__s__Client__sasl_password"] = "two" });
        LoadedConfiguration other = Load([], new() { ["Detector__Sources__s__Client__sasl_username"] = "one" });

        Assert.Equal(one.Hash, two.Hash);
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.Matches("^[0-9a-f]{12}$", one.Hash);
        Assert.Equal(SecretKeys.Redacted, one.Values.Single(value => value.Key.EndsWith("sasl.password", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData("sasl.password", true)]
    [InlineData("ssl.key.password", true)]
    [InlineData("Detector:Sources:s:Client:sasl.oauthbearer.client.secret", true)]
    [InlineData("ssl.key.pem", true)]
    [InlineData("Password", true)]
    [InlineData("ApiToken", true)]
    [InlineData("sasl.password.file", false)]
    [InlineData("sasl.username", false)]
    [InlineData("sasl.oauthbearer.token.endpoint.url", false)]
    [InlineData("ssl.key.location", false)]
    [InlineData("Detector:Sources:token:Type", false)]
    public void IsSecret_Key_IsJudgedByItsLastPart(string key, bool secret) => Assert.Equal(secret, SecretKeys.IsSecret(key));

    private static string Password(LoadedConfiguration loaded) => loaded.Options.Sources["s"].Client["sasl.password"];

    private LoadedConfiguration Load(string[] files, Dictionary<string, string> environment) => ConfigurationLoader.Load(files, [], environment, _directory.Path);
}
