using Microsoft.Win32.SafeHandles;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>Owns a mock cluster and the client handle it lives on.</summary>
internal sealed class EmbeddedBrokerHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Producer = 0;
    private const int TextLength = 512;

    private readonly nint _client;

    private EmbeddedBrokerHandle(nint cluster, nint client)
        : base(ownsHandle: true)
    {
        _client = client;
        SetHandle(cluster);
    }

    public static EmbeddedBrokerHandle Create(int brokers)
    {
        // The client has no brokers of its own and is never polled: it only keeps the books. Errors are logged; that it has no brokers is a warning.
        var text = new byte[TextLength];
        var configuration = EmbeddedBrokerNative.NewConfiguration();
        var refused = EmbeddedBrokerNative.SetConfiguration(configuration, "log_level", "3", text, TextLength) != 0;
        var client = refused ? 0 : EmbeddedBrokerNative.NewClient(Producer, configuration, text, TextLength);
        if (client == 0)
        {
            EmbeddedBrokerNative.DestroyConfiguration(configuration);
            throw new InvalidOperationException($"The embedded broker could not be started: {EmbeddedBrokerNative.Text(text)}.");
        }

        var cluster = EmbeddedBrokerNative.NewCluster(client, brokers);
        if (cluster == 0)
        {
            EmbeddedBrokerNative.DestroyClient(client);
            throw new InvalidOperationException($"The embedded broker could not open {brokers} ports on the loopback address.");
        }

        return new EmbeddedBrokerHandle(cluster, client);
    }

    protected override bool ReleaseHandle()
    {
        EmbeddedBrokerNative.DestroyCluster(handle);
        EmbeddedBrokerNative.DestroyClient(_client);
        return true;
    }
}
