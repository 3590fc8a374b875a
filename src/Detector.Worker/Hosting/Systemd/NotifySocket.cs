using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Detector.Worker.Hosting.Systemd;

/// <summary>
/// Tells systemd how the service fares: datagrams to the socket that <c>NOTIFY_SOCKET</c> names, as sd_notify(3) describes them. Without that variable
/// nobody listens and nothing is sent. What cannot be delivered is dropped: the service does not depend on who watches it.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly UnixDomainSocketEndPoint? _address;
    private readonly Socket? _socket;
    private readonly TimeProvider _clock;

    /// <param name="path">Path of a socket, or a name in the abstract namespace, which begins with <c>@</c>; null when nobody listens.</param>
    /// <param name="clock">Its timestamps are those of CLOCK_MONOTONIC.</param>
    public NotifySocket(string? path, TimeProvider clock)
    {
        _clock = clock;
        if (string.IsNullOrEmpty(path) || path[0] is not ('/' or '@'))
            return;
        _address = new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    }

    /// <summary>Whether anybody is told.</summary>
    public bool IsHeard => _socket is not null;

    /// <summary>The service does its work.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={Line(status)}");

    /// <summary>It is not ready yet and needs more time, from now on.</summary>
    public void Starting(string status, TimeSpan more) => Send(Text($"EXTEND_TIMEOUT_USEC={Microseconds(more)}\nSTATUS={Line(status)}"));

    /// <summary>A new configuration is being taken up; <see cref="Ready"/> says that it has been.</summary>
    public void Reloading() => Send(Text($"RELOADING=1\nMONOTONIC_USEC={Microseconds(_clock.GetElapsedTime(0, _clock.GetTimestamp()))}\nSTATUS=Taking up a new configuration"));

    /// <summary>It is finishing what is in flight and needs this much time for it.</summary>
    public void Stopping(TimeSpan drain) => Send(Text($"STOPPING=1\nEXTEND_TIMEOUT_USEC={Microseconds(drain)}\nSTATUS=Finishing what is in flight"));

    /// <summary>It makes progress.</summary>
    public void Alive() => Send("WATCHDOG=1");

    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _address!);
        }
        catch (SocketException)
        {
            // Nobody listens any more.
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;

    /// <summary>A line break would begin another assignment.</summary>
    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
