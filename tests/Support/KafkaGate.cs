using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Detector.Tests.Support;

/// <summary>
/// What a broker that asks for security has in front of it: TLS, with a client's certificate where it is asked for, and SASL as of KIP-43 and
/// KIP-152. Behind it is a broker that has neither; the addresses in its answers are replaced by the gate's.
/// </summary>
internal sealed class KafkaGate : IAsyncDisposable
{
    /// <summary>Keys of the requests that come before the client is known.</summary>
    private const short SaslHandshake = 17, ApiVersions = 18, SaslAuthenticate = 36;

    private const short AuthenticationFailed = 58;

    private static readonly byte[] s_host = "127.0.0.1"u8.ToArray();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _broker;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Func<SaslServer>? _sasl;
    private readonly Func<TimeSearch>? _search;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="broker">Port of the broker on the loopback address.</param>
    /// <param name="certificate">The gate's own; null for no TLS.</param>
    /// <param name="clients">Whose certificates a client must show; null for none.</param>
    /// <param name="sasl">The mechanism of each connection; null for none.</param>
    /// <param name="search">Answers searches by time on each connection; null leaves them to the broker.</param>
    public KafkaGate(int broker, X509Certificate2? certificate = null, X509Certificate2? clients = null, Func<SaslServer>? sasl = null, Func<TimeSearch>? search = null)
    {
        _broker = broker;
        _search = search;
        _sasl = sasl;
        _tls = certificate is null ? null : new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = clients is not null,
            RemoteCertificateValidationCallback = (_, shown, _, _) => clients is null || IsIssuedBy(clients, shown),
        };
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were let through.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private static bool IsIssuedBy(X509Certificate2 authority, X509Certificate? shown)
    {
        if (shown is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(shown));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // What a stopped listener throws depends on how far the call was.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        try
        {
            using TcpClient client = accepted;
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            Stream near = client.GetStream();
            if (_tls is not null)
            {
                var secured = new SslStream(near);
                await secured.AuthenticateAsServerAsync(_tls, _stop.Token);
                near = secured;
            }

            await server.ConnectAsync(IPAddress.Loopback, _broker, _stop.Token);
            Stream far = server.GetStream();
            if (_sasl is not null)
            {
                SaslServer sasl = _sasl();
                while (!sasl.IsDone)
                    await WriteAsync(near, await BeforeAuthenticationAsync(sasl, await ReadAsync(near), far));
            }

            Interlocked.Increment(ref _connections);
            TimeSearch? search = _search?.Invoke();
            await Task.WhenAny(search is null ? near.CopyToAsync(far, _stop.Token) : AskAsync(near, far, search), AnswerAsync(far, near, search));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or UnauthorizedAccessException
            or System.Security.Authentication.AuthenticationException)
        {
            // The connection ends; the client has to see why.
        }
    }

    /// <summary>Answers one of the requests by which a client finds out what it may ask, and says who it is.</summary>
    private async Task<byte[]> BeforeAuthenticationAsync(SaslServer sasl, byte[] request, Stream far)
    {
        byte[] id = request[4..8];
        byte[] body = request[(10 + Math.Max((short)0, BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8))))..];
        switch (BinaryPrimitives.ReadInt16BigEndian(request))
        {
            case ApiVersions:
                await WriteAsync(far, request);
                return WithSasl(await ReadAsync(far));
            case SaslHandshake:
                return [.. id, .. Number((short)0), .. Number(0)];
            case SaslAuthenticate:
                try
                {
                    byte[] answer = sasl.Answer(body[sizeof(int)..]);
                    return [.. id, .. Number((short)0), .. Number((short)-1), .. Number(answer.Length), .. answer];
                }
                catch (UnauthorizedAccessException)
                {
                    byte[] words = "Authentication failed"u8.ToArray();
                    return [.. id, .. Number(AuthenticationFailed), .. Number((short)words.Length), .. words, .. Number(0)];
                }

            default:
                throw new IOException("A client must say who it is first.");
        }
    }

    /// <summary>Adds to the requests that a broker knows those of SASL.</summary>
    private static byte[] WithSasl(byte[] answer) => BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(4)) != 0
        ? answer
        :
        [
            .. answer[..6], .. Number(BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(6)) + 2),
            .. Number(SaslHandshake), .. Number((short)0), .. Number((short)1), .. Number(SaslAuthenticate), .. Number((short)0), .. Number((short)0), .. answer[10..],
        ];

    private static byte[] Number(short value)
    {
        byte[] bytes = new byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private async Task AskAsync(Stream near, Stream far, TimeSearch search)
    {
        while (true)
        {
            byte[] request = await ReadAsync(near);
            search.See(request);
            await WriteAsync(far, request);
        }
    }

    private async Task AnswerAsync(Stream far, Stream near, TimeSearch? search)
    {
        while (true)
        {
            byte[] answer = await ReadAsync(far);
            Replace(answer);
            search?.Answer(answer);
            await WriteAsync(near, answer);
        }
    }

    /// <summary>A broker's address is its host, and behind that its port as a 32-bit number.</summary>
    private void Replace(Span<byte> answer)
    {
        for (int at; (at = answer.IndexOf(s_host)) >= 0; answer = answer[(at + s_host.Length)..])
        {
            Span<byte> behind = answer[(at + s_host.Length)..];
            if (behind.Length >= sizeof(int) && BinaryPrimitives.ReadInt32BigEndian(behind) == _broker)
                BinaryPrimitives.WriteInt32BigEndian(behind, Port);
        }
    }

    private async Task<byte[]> ReadAsync(Stream stream)
    {
        byte[] length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, _stop.Token);
        byte[] frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, _stop.Token);
        return frame;
    }

    private async Task WriteAsync(Stream stream, byte[] frame)
    {
        byte[] bytes = new byte[sizeof(int) + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Length);
        frame.CopyTo(bytes, sizeof(int));
        await stream.WriteAsync(bytes, _stop.Token);
    }
}
