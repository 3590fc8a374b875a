using System.Security.Cryptography.X509Certificates;
using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

public sealed class TlsTests : IAsyncLifetime
{
    private const string Settings = """
        cafile {directory}/ca.pem
        certfile {directory}/server.pem
        keyfile {directory}/server.key
        """;

    private readonly TestAuthority _authority = new();
    private MosquittoBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync(Settings, prepare: Prepare);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task ConnectAsync_TrustedAuthority_MessagesPassBothWays()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options.WithTlsOptions(Trusting));
        var inbox = new Inbox(client);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);

        await client.PublishStringAsync("t", new string('x', 100_000), MqttQualityOfServiceLevel.ExactlyOnce, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(100_000, (await inbox.TakeAsync()).ApplicationMessage.Payload.Length);
    }

    [Fact]
    public async Task ConnectAsync_UnknownAuthority_Throws()
    {
        using var stranger = new TestAuthority();
        using IMqttClient client = Clients.Create();
        MqttClientOptions options = Clients.To(_broker.Port).WithTlsOptions(tls => tls.WithTrustChain([stranger.Root])).Build();

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.ConnectAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ConnectAsync_NoTrustGiven_Throws()
    {
        using IMqttClient client = Clients.Create();
        MqttClientOptions options = Clients.To(_broker.Port).WithTlsOptions(tls => tls.UseTls()).Build();

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.ConnectAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ConnectAsync_OwnJudge_DecidesAlone()
    {
        string? subject = null;
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options.WithTlsOptions(tls => tls.WithCertificateValidationHandler(e =>
        {
            subject = e.Certificate.Subject;
            return true;
        })));

        Assert.Equal("CN=server", subject);
    }

    [Fact]
    public async Task ConnectAsync_MutualTls_NeedsTheClientsCertificate()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            Settings + "\nrequire_certificate true\nuse_identity_as_username true", anonymous: false, Prepare);
        using IMqttClient stranger = Clients.Create();
        using IMqttClient client = Clients.Create();
        using X509Certificate2 certificate = _authority.Issue("detector");
        using X509Certificate2 loaded = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(
            () => stranger.ConnectAsync(Clients.To(broker.Port).WithTlsOptions(Trusting).Build(), TestContext.Current.CancellationToken));
        await Clients.ConnectAsync(client, broker, configure: options => options.WithTlsOptions(tls =>
        {
            Trusting(tls);
            tls.WithClientCertificates([loaded]);
        }));

        Assert.True(client.IsConnected);
    }

    private void Trusting(MqttClientTlsOptionsBuilder tls) => tls.WithTrustChain([_authority.Root]);

    private void Prepare(string directory)
    {
        _authority.WriteRoot(directory);
        _authority.Write(directory, "server");
    }
}
