using System.Net;
using System.Net.Sockets;
using System.Text;
using Detector.Worker.Ingestion;

namespace Detector.Worker.Tests.Ingestion;

public sealed class SyslogSourceTests : IDisposable
{
    private readonly SyslogSource _source = SyslogSource.Open("syslog", new IPEndPoint(IPAddress.Loopback, 0), 1024, maxMessageBytes: 2000);
    private readonly Inbox _inbox = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    public SyslogSourceTests()
    {
        _thread = new Thread(() => _source.Run(_inbox, _stop.Token));
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _source.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Run_Datagrams_AreMessages()
    {
        using var client = new UdpClient();
        client.Connect(_source.Address);
        client.Send("<34>1 2025-06-01T12:00:00Z h app - - - one"u8);
        Expect("<34>1 2025-06-01T12:00:00Z h app - - - one");
        Assert.Equal("127.0.0.1", _inbox.Messages.First().Key);
    }

    [Fact]
    public void Run_FramesAndLinesOverTcp_AreTakenApart()
    {
        Send("11 <34>1 - a\nb", "5 hel", "lo<14>line\n", "\n", "12 monkeys\n", new string('y', 5000) + "\n", "3 end");
        Expect("<34>1 - a\nb", "hello", "<14>line", "monkeys\n" + new string('y', 4), new string('y', 2001), "end");
    }

    [Fact]
    public void Run_BrokenFrame_LosesNothingButItself()
    {
        Send("99999999 cut off");
        Send("7 <1>fine");
        Expect("<1>fine"[..7]);
    }

    private void Send(params string[] parts)
    {
        using var client = new TcpClient();
        client.Connect(_source.Address);
        foreach (string part in parts)
            client.GetStream().Write(Encoding.UTF8.GetBytes(part));
    }

    private void Expect(params string[] messages)
    {
        SpinWait.SpinUntil(() => _inbox.Messages.Count >= messages.Length, TimeSpan.FromSeconds(30));
        Assert.Equal(messages, _inbox.Messages.Select(message => message.Payload));
    }
}
