using System.Security.Cryptography;
using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;
using Detector.Worker.Publishing.Webhook;
using Detector.Worker.Tests.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing.Http;

public sealed class WebhookSinkTests : IDisposable
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _errors = [];

    private string Queue => Path.Combine(_directory.Path, "sinks", "hook.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Publish_Alert_ArrivesSigned()
    {
        await using var listener = new Listener();
        using WebhookSink sink = Sink(listener.Url);
        sink.Publish(AlertWriter.Write(Alerts.Firing("pump-1"), Receipt.None), CancellationToken.None);
        await listener.WaitForAsync(1);
        (Dictionary<string, string> headers, string body, _) = listener.Requests.First();

        Assert.Equal("pump-1", AlertWriter.Read(Encoding.UTF8.GetBytes(body))!.Series);
        byte[] key = Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef");
        byte[] signed = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        Assert.Equal("v1," + Convert.ToBase64String(signed), headers["webhook-signature"]);
        Assert.Equal(("io.detector.alert.firing", "pump-1"), (headers["ce-type"], headers["ce-subject"]));
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("evil\r\nX-Injected: yes", "evil%0D%0AX-Injected:%20yes")]
    [InlineData("pümp %41", "p%C3%BCmp%20%2541")]
    [InlineData("\0<script>", "%00<script>")]
    public async Task Publish_SeriesNameThatWouldBeAHeader_IsEncoded(string series, string expected)
    {
        await using var listener = new Listener();
        using WebhookSink sink = Sink(listener.Url);
        sink.Publish(AlertWriter.Write(Alerts.Firing(series), Receipt.None), CancellationToken.None);
        await listener.WaitForAsync(1);
        Assert.Equal(expected, listener.Requests.First().Headers["ce-subject"]);
        Assert.DoesNotContain("X-Injected", listener.Requests.First().Headers.Keys);
    }

    [Fact]
    public async Task Publish_AddressDown_ReceiptIsReleasedAndTheNextProcessDelivers()
    {
        int port = FreePort.Next();
        var ledger = new ClaimLedger();
        using (WebhookSink sink = Sink($"http://127.0.0.1:{port}/hook"))
        {
            for (int i = 0; i < 3; i++)
                sink.Publish(AlertWriter.Write(Alerts.Firing($"pump-{i}"), ledger.Begin()), CancellationToken.None);
            Assert.True(SpinWait.SpinUntil(() => !ledger.Unfinished.Any(), TimeSpan.FromSeconds(30)), "Nothing was stored.");
            Assert.Equal(0, sink.Flush(TimeSpan.Zero));
        }

        await using var listener = new Listener(port);
        using (WebhookSink again = Sink(listener.Url))
            await listener.WaitForAsync(3);
        Assert.Equal(["pump-0", "pump-1", "pump-2"], listener.Requests.Select(request => AlertWriter.Read(Encoding.UTF8.GetBytes(request.Body))!.Series));
    }

    [Fact]
    public async Task Publish_TransientFailure_IsTriedAgainUnderTheSameIdBeforeWhatFollows()
    {
        await using var listener = new Listener();
        foreach (int answer in (int[])[503, 429, 200])
            listener.Answers.Enqueue(answer);
        using WebhookSink sink = Sink(listener.Url);
        sink.Publish(AlertWriter.Write(Alerts.Firing("first"), Receipt.None), CancellationToken.None);
        sink.Publish(AlertWriter.Write(Alerts.Firing("second"), Receipt.None), CancellationToken.None);
        await listener.WaitForAsync(4);
        Assert.Equal(["first", "first", "first", "second"], listener.Requests.Select(request => request.Headers["ce-subject"]));
        Assert.Single(listener.Requests.Take(3).Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.Equal(["unreachable", "other"], _errors);
    }

    [Theory]
    [InlineData(400, "invalid_record")]
    [InlineData(401, "not_authorized")]
    [InlineData(302, "invalid_record")]
    [InlineData(413, "too_large")]
    public async Task Publish_PermanentFailure_IsCountedAndLeftOut(int answer, string reason)
    {
        await using var listener = new Listener();
        listener.Answers.Enqueue(answer);
        listener.Answers.Enqueue(200);
        using WebhookSink sink = Sink(listener.Url);
        sink.Publish(AlertWriter.Write(Alerts.Firing("bad"), Receipt.None), CancellationToken.None);
        sink.Publish(AlertWriter.Write(Alerts.Firing("good"), Receipt.None), CancellationToken.None);
        await listener.WaitForAsync(2);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(10)));
        Assert.Equal(["bad", "good"], listener.Requests.Select(request => request.Headers["ce-subject"]));
        Assert.Equal([reason], _errors);
    }

    private WebhookSink Sink(string url) => new(
        "hook", new SinkOptions { Type = "webhook", Server = url, Secret = Secret, Timeout = TimeSpan.FromSeconds(20) }, Queue, NullLogger.Instance, _errors.Add);
}
