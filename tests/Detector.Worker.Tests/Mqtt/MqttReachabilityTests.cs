using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Tests.Mqtt;

/// <summary>What validate asks a broker, and with it how our options become connections.</summary>
public sealed class MqttReachabilityTests : IDisposable
{
    private const string Mutual = """
        cafile {directory}/ca.pem
        certfile {directory}/server.pem
        keyfile {directory}/server.key
        require_certificate true
        """;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private readonly TestAuthority _authority = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task ProblemAsync_BrokerThatTakesUs_None(string version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();

        Assert.Null(await ProblemAsync("mqtt", broker.Port, new MqttOptions { ProtocolVersion = version, StatusTopic = "status" }));
    }

    [Fact]
    public async Task ProblemAsync_NobodyThere_SaysWhere()
    {
        int port = FreePort.Next();

        string? problem = await ProblemAsync("mqtt", port, new MqttOptions());

        Assert.StartsWith($"S: the broker at mqtt://127.0.0.1:{port} cannot be reached (Connection refused", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProblemAsync_WrongPassword_SaysWhatToCheckAndNotThePassword()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("password_file {directory}/passwords", anonymous: false, directory =>
        {
            string file = Path.Combine(directory, "passwords");
            File.WriteAllText(file, "plant:secret\n");
            ExternalTool.RunAsync("mosquitto_passwd", ["-U", file]).GetAwaiter().GetResult();
        });

        string? problem = await ProblemAsync("mqtt", broker.Port, new MqttOptions { Username = "plant", Password = "guess" });

        Assert.Contains("refuses the connection", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", problem, StringComparison.Ordinal);
        Assert.Null(await ProblemAsync("mqtt", broker.Port, new MqttOptions { Username = "plant", Password = "secret" }));
    }

    [Fact]
    public async Task ProblemAsync_MutualTls_TakesTheConfiguredFiles()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Mutual, prepare: directory =>
        {
            _authority.WriteRoot(directory);
            _authority.Write(directory, "server");
        });
        string authority = _authority.WriteRoot(_directory.Path);
        (string certificate, string key) = _authority.Write(_directory.Path, "detector");

        Assert.Null(await ProblemAsync("mqtts", broker.Port, new MqttOptions { Tls = { Ca = authority, Certificate = certificate, Key = key } }));
        Assert.Contains("cannot be reached", await ProblemAsync("mqtts", broker.Port, new MqttOptions { Tls = { Ca = authority } }), StringComparison.Ordinal);
        Assert.Contains("cannot be reached", await ProblemAsync("mqtts", broker.Port, new MqttOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProblemAsync_CertificateThatIsNone_NamesTheFile()
    {
        string file = _directory.Write("broken.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");

        string? problem = await ProblemAsync("mqtts", 1, new MqttOptions { Tls = { Certificate = file, Key = file } });

        Assert.StartsWith($"S:Mqtt:Tls:Certificate names {file}, which cannot be used", problem, StringComparison.Ordinal);
    }

    private static Task<string?> ProblemAsync(string scheme, int port, MqttOptions options) =>
        MqttReachability.ProblemAsync("S", string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{port}"), options, s_timeout);
}
