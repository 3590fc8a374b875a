using System.Collections.Concurrent;
using System.Net;
using Detector.Tests.Support;

namespace Detector.Worker.Tests.Publishing.Http;

/// <summary>A web server that keeps what it is sent and answers as it is told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Listener(int? port = null)
    {
        Port = port ?? FreePort.Next();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hook";

    /// <summary>Status of the next answers; the last holds on.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public ConcurrentQueue<(Dictionary<string, string> Headers, string Body, int Answer)> Requests { get; } = new();

    public async Task WaitForAsync(int requests)
    {
        for (int i = 0; i < 3000 && Requests.Count < requests; i++)
            await Task.Delay(10);
        Assert.True(Requests.Count >= requests, $"There were {Requests.Count} requests, not {requests}.");
    }

    private async Task ServeAsync()
    {
        int answer = 200;
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                string body = await reader.ReadToEndAsync();
                if (Answers.TryDequeue(out int next))
                    answer = next;
                Requests.Enqueue((context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase), body, answer));
                context.Response.StatusCode = answer;
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }
}
