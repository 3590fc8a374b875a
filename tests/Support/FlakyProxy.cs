using System.Net;
using System.Net.Sockets;

namespace Detector.Tests.Support;

/// <summary>A bad network between a client and its server: slow, in small pieces, with cuts and standstills.</summary>
internal sealed class FlakyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _sockets = [];
    private readonly int _server;
    private readonly Task _accepting;

    public FlakyProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that pass at a time.</summary>
    public int PieceBytes { get; set; } = 64 * 1024;

    /// <summary>Rest between two pieces.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Bytes after which each connection is cut, counted in both directions together; 0 is never.</summary>
    public int CutAfterBytes { get; set; }

    /// <summary>Lets nothing through, as if cables were pulled; nobody is told.</summary>
    public bool IsStill { get; set; }

    public int Connections { get; private set; }

    /// <summary>Breaks every connection, with a reset.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
                Reset(socket);
            _sockets.Clear();
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself, perhaps in this moment.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                lock (_sockets)
                    _sockets.AddRange([client, server]);
                Connections++;
                _ = ServeAsync(client, server);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // What a stopped listener throws depends on how far the call was.
        }
    }

    private async Task ServeAsync(Socket client, Socket server)
    {
        int[] passed = [0];
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(PassAsync(client, server, passed), PassAsync(server, client, passed));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }

        client.Close();
        server.Close();
    }

    private async Task PassAsync(Socket from, Socket to, int[] passed)
    {
        byte[] piece = new byte[PieceBytes];
        while (await from.ReceiveAsync(piece) is int length and > 0)
        {
            while (IsStill)
                await Task.Delay(10, _stop.Token);
            if (CutAfterBytes > 0 && Interlocked.Add(ref passed[0], length) > CutAfterBytes)
                return;
            await to.SendAsync(piece.AsMemory(0, length));
            if (Pause > TimeSpan.Zero)
                await Task.Delay(Pause, _stop.Token);
        }
    }
}
