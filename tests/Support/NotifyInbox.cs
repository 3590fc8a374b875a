using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Detector.Tests.Support;

/// <summary>What systemd would hear: a datagram socket that a service is told of by NOTIFY_SOCKET.</summary>
internal sealed class NotifyInbox : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[4096];

    /// <param name="name">Path of the socket, or with <c>@</c> in front a name in the abstract namespace.</param>
    public NotifyInbox(string name)
    {
        Name = name;
        _socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? $"\0{name[1..]}" : name));
    }

    public string Name { get; }

    /// <summary>The assignments of the next datagram.</summary>
    public async Task<string[]> NextAsync()
    {
        using var limit = new CancellationTokenSource(s_timeout);
        try
        {
            int length = await _socket.ReceiveAsync(_buffer, limit.Token);
            return Encoding.UTF8.GetString(_buffer, 0, length).Split('\n');
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing was said on {Name} within {s_timeout}.");
        }
    }

    /// <summary>Reads on until an assignment comes; returns what was read up to and with it.</summary>
    public async Task<IReadOnlyList<string[]>> UntilAsync(string assignment)
    {
        var heard = new List<string[]>();
        long started = Stopwatch.GetTimestamp();
        do
        {
            if (Stopwatch.GetElapsedTime(started) > s_timeout)
                throw new TimeoutException($"{assignment} was not said on {Name} within {s_timeout}: {string.Join(" / ", heard.TakeLast(5).SelectMany(line => line))}");
            heard.Add(await NextAsync());
        }
        while (!heard[^1].Contains(assignment));

        return heard;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (Name[0] != '@')
            File.Delete(Name);
    }
}
