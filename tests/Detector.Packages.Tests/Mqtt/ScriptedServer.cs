using System.Net;
using System.Net.Sockets;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>A server that accepts every CONNECT and then sends what a test tells it to, right or wrong.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _welcome;
    private readonly byte[] _script;
    private readonly Task _serving;

    /// <param name="script">Bytes that follow the welcome.</param>
    /// <param name="welcome">Answer to CONNECT; that of MQTT 5 without properties unless given.</param>
    public ScriptedServer(byte[] script, byte[]? welcome = null)
    {
        _script = script;
        _welcome = welcome ?? [0x20, 3, 0, 0, 0];
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that have come from the client.</summary>
    public MemoryStream Received { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[4096];
                await ReadAsync(stream, buffer);
                await stream.WriteAsync(_welcome);
                await stream.WriteAsync(_script);
                while (await ReadAsync(stream, buffer) > 0)
                {
                }
            }
        }
        catch (Exception error) when (error is SocketException or IOException or InvalidOperationException)
        {
        }
    }

    private async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        int read = await stream.ReadAsync(buffer);
        lock (Received)
            Received.Write(buffer, 0, read);
        return read;
    }
}
