using System.Globalization;
using System.Security.Cryptography;
using Detector.Tests.Support;
using Detector.Worker.Ingestion;
using Detector.Worker.Publishing;
using Detector.Worker.Tests.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Kafka;

/// <summary>Sources and sinks through a gate that asks for TLS and SASL, and what is said where it refuses.</summary>
public sealed class KafkaSecurityTests : IDisposable
{
    private const string User = "detector", Password = "correct horse";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private readonly TestTopic _topic = new(1);

    private int Broker => int.Parse(_topic.Broker.BootstrapServers.Split(':')[1], CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _topic.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task Sasl_OverTls_PublishesAndReads(string mechanism)
    {
        await using var gate = new KafkaGate(Broker, _authority.Issue("broker"), sasl: () => Server(mechanism));
        PublishAndRead(gate, Sasl(mechanism, Password));
    }

    [Fact]
    public async Task Sasl_WithoutTls_PublishesAndReads()
    {
        await using var gate = new KafkaGate(Broker, sasl: () => Server("SCRAM-SHA-256"));
        PublishAndRead(gate, [("security.protocol", "sasl_plaintext"), .. Sasl("SCRAM-SHA-256", Password).Where(setting => setting.Key.StartsWith("sasl", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task Tls_WithAClientCertificate_PublishesAndReads()
    {
        await using var gate = new KafkaGate(Broker, _authority.Issue("broker"), _authority.Root);
        (string certificate, string key) = _authority.Write(_directory.Path, "client");
        PublishAndRead(gate, [.. Tls(), ("ssl.certificate.location", certificate), ("ssl.key.location", key)]);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Sasl_WrongPassword_IsNamed(string mechanism)
    {
        await using var gate = new KafkaGate(Broker, _authority.Issue("broker"), sasl: () => Server(mechanism));
        string problem = Problem(gate, Sasl(mechanism, "wrong"));
        Assert.StartsWith($"Sources:plant: no answer from the cluster at 127.0.0.1:{gate.Port}", problem, StringComparison.Ordinal);
        Assert.Contains("Authentication failed", problem, StringComparison.Ordinal);
        Assert.Equal(0, gate.Connections);
    }

    [Fact]
    public async Task Tls_BrokerOfAnotherAuthority_IsNamed()
    {
        using var stranger = new TestAuthority();
        await using var gate = new KafkaGate(Broker, stranger.Issue("broker"));
        Assert.Contains("certificate verify failed", Problem(gate, Tls()), StringComparison.Ordinal);
        Assert.Equal(0, gate.Connections);
    }

    private static SaslServer Server(string mechanism) => mechanism switch
    {
        "PLAIN" => new PlainServer(User, Password),
        "SCRAM-SHA-256" => new ScramServer(HashAlgorithmName.SHA256, User, Password),
        _ => new ScramServer(HashAlgorithmName.SHA512, User, Password),
    };

    private (string Key, string Value)[] Tls() => [("security.protocol", "ssl"), ("ssl.ca.location", _authority.WriteRoot(_directory.Path))];

    private (string Key, string Value)[] Sasl(string mechanism, string password) =>
    [
        .. Tls(), ("security.protocol", "sasl_ssl"), ("sasl.mechanism", mechanism), ("sasl.username", User), ("sasl.password", password),
    ];

    /// <summary>Ten records through a sink, and as messages of a source, both by the gate.</summary>
    private void PublishAndRead(KafkaGate gate, (string Key, string Value)[] security)
    {
        var claims = new Claims();
        using (var sink = new KafkaSink("alerts", _topic.Sink([("bootstrap.servers", $"127.0.0.1:{gate.Port}"), .. security]), NullLogger.Instance, _ => { }))
        {
            for (int i = 0; i < 10; i++)
                sink.Publish(claims.Record(i), CancellationToken.None);
            Assert.Equal(0, sink.Flush(s_soon));
        }

        using var source = new RunningSource(Source(gate, security));
        source.UntilReceived(10);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), source.Inbox.Messages.Select(message => message.Payload));
        Assert.True(gate.Connections >= 2, $"{gate.Connections} connections came through the gate.");
    }

    private static string Problem(KafkaGate gate, (string Key, string Value)[] security)
    {
        var client = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = $"127.0.0.1:{gate.Port}" };
        foreach ((string key, string value) in security)
            client[key] = value;
        return KafkaReachability.Problem("Sources:plant", client, [TestTopic.Name], TimeSpan.FromSeconds(5))!;
    }

    private SourceOptions Source(KafkaGate gate, (string Key, string Value)[] security)
    {
        SourceOptions options = _topic.Source();
        options.Client["bootstrap.servers"] = $"127.0.0.1:{gate.Port}";
        foreach ((string key, string value) in security)
            options.Client[key] = value;
        return options;
    }
}
