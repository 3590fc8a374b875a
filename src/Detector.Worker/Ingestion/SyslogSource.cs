using System.Net;
using System.Net.Sockets;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Receives syslog on a port of this machine: a datagram is a message (RFC 5426), and over TCP each is preceded by its length or ends with a line feed
/// (RFC 6587). Key is the sender's address. Nobody is told of delivery: what arrives while the pipeline is full waits in a bounded queue, UDP beyond
/// it is dropped and counted as <c>overload</c>, TCP is held back.
/// </summary>
internal sealed class SyslogSource : ISource
{
    private const int QueuedMessages = 16_384;
    private const int MaxConnections = 256;
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(20);

    private readonly OffsetLedger _ledger;
    private readonly int _maxMessageBytes;
    private readonly System.Collections.Concurrent.BlockingCollection<(byte[] Message, string Sender)> _queue = new(QueuedMessages);
    private readonly CancellationTokenSource _stop = new();
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;
    private readonly List<Task> _tasks = [];
    private readonly SemaphoreSlim _connections = new(MaxConnections);
    private long _refused;
    private long _number;

    /// <summary>Takes the port.</summary>
    /// <exception cref="IOException">The address or port cannot be taken.</exception>
    public static SyslogSource Open(string name, IPEndPoint address, int maxInFlight, int maxMessageBytes)
    {
        try
        {
            return new SyslogSource(name, address, maxInFlight, maxMessageBytes);
        }
        catch (SocketException error)
        {
            throw new IOException($"Source '{name}' cannot listen on {address} ({error.Message}): name a free address and port under Listen.", error);
        }
    }

    private SyslogSource(string name, IPEndPoint address, int maxInFlight, int maxMessageBytes)
    {
        Name = name;
        _ledger = new OffsetLedger(maxInFlight);
        _maxMessageBytes = maxMessageBytes;
        _tcp = new TcpListener(address);
        _tcp.Start();
        // With port 0 both get the one that the system chose.
        Address = (IPEndPoint)_tcp.LocalEndpoint;
        _udp = new UdpClient(Address);
        _udp.Client.ReceiveBufferSize = 4 * 1024 * 1024;
    }

    public string Name { get; }

    /// <summary>Where it listens, with UDP and TCP.</summary>
    public IPEndPoint Address { get; }

    public long Lag => _queue.Count;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        // No sender sends anything again, but what is known of the messages before goes on.
        _ledger.KeepsState = sink.KeepsState;
        if (sink.Assigned(_ledger, "port", null) is { } point)
            _number = point.Position;
        _tasks.Add(Task.Run(ReceiveAsync, CancellationToken.None));
        _tasks.Add(Task.Run(ListenAsync, CancellationToken.None));
        while (!stop.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref _refused, 0) is > 0 and long refused)
                sink.Lost(DropReason.Overload, (int)Math.Min(int.MaxValue, refused));
            if (!_queue.TryTake(out (byte[] Message, string Sender) next))
            {
                sink.Idle();
                stop.WaitHandle.WaitOne(s_idle);
            }
            else if (next.Message.Length > 0)
            {
                Deliver(next.Message, next.Sender, sink, stop);
            }
        }
    }

    public void StoreFinished()
    {
    }

    public void Dispose()
    {
        _stop.Cancel();
        _udp.Dispose();
        _tcp.Dispose();
        Task.WaitAll([.. _tasks], TimeSpan.FromSeconds(2));
        _queue.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                UdpReceiveResult datagram = await _udp.ReceiveAsync(_stop.Token).ConfigureAwait(false);
                if (!_queue.TryAdd((datagram.Buffer, datagram.RemoteEndPoint.Address.ToString())))
                    Interlocked.Increment(ref _refused);
            }
            catch (SocketException)
            {
                // A sender that is gone is told of here; others go on.
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await _connections.WaitAsync(_stop.Token).ConfigureAwait(false);
                TcpClient client = await _tcp.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // Stopped: which of them a listener throws depends on how far the call was.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                string sender = ((IPEndPoint)client.Client.RemoteEndPoint!).Address.ToString();
                var frames = new SyslogFrames(client.GetStream(), _maxMessageBytes);
                while (await frames.NextAsync(_stop.Token).ConfigureAwait(false) is { } frame)
                    _queue.Add((frame, sender), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The sender is gone, or this source is.
        }
        finally
        {
            try
            {
                _connections.Release();
            }
            catch (ObjectDisposedException)
            {
                // This source is gone.
            }
        }
    }

    private void Deliver(byte[] message, string sender, IMessageSink sink, CancellationToken stop)
    {
        Receipt receipt;
        while (!_ledger.TryBegin(_number, out receipt))
        {
            sink.Exhausted();
            if (!Wait(sink, stop))
                return;
        }

        var raw = new RawMessage(message, System.Text.Encoding.ASCII.GetBytes(sender), sender, 0, _number++, receipt);
        while (!sink.TryAccept(raw))
        {
            if (!Wait(sink, stop))
                return;
        }
    }

    private static bool Wait(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        return !stop.WaitHandle.WaitOne(s_busy);
    }
}
