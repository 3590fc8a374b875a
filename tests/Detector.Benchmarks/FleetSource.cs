using System.Buffers.Text;
using System.Text;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>
/// Messages of any number of pumps, made as they are read: the values of one pump, which each of the others sends at another time. They would not fit into
/// memory otherwise. A message takes some 40 ns to make.
/// </summary>
/// <param name="series">Pumps, each of which sends one message a second.</param>
/// <param name="messages">How many come in all.</param>
/// <param name="progress">Told of the number of the next message.</param>
internal sealed class FleetSource(int series, long messages, Action<long> progress) : ISource
{
    private const int Steps = 4096, Apart = 37;
    private const string Name6 = "pump-000000";
    private static readonly byte[][] s_templates = Create();
    private static readonly int s_name = s_templates[0].AsSpan().IndexOf("000000"u8), s_time = s_templates[0].AsSpan().IndexOf("2026-01-01T"u8) + "2026-01-01T".Length;
    private readonly byte[] _buffer = new byte[s_templates.Max(template => template.Length)];

    public string Name => "memory";

    public long Lag => 0;

    public bool IsReady => true;

    /// <summary>Name of one of the pumps.</summary>
    public static string Key(int series) => FormattableString.Invariant($"pump-{series:D6}");

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        for (long i = 0; i < messages && !stop.IsCancellationRequested; i++)
        {
            progress(i);
            var message = new RawMessage(Make((int)(i % series), (int)(i / series)), default, "sensors", 0, i, Receipt.None);
            while (!sink.TryAccept(message))
            {
                sink.Idle();
                Thread.Yield();
            }
        }
    }

    public void StoreFinished()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>The message of a pump at a second of the month.</summary>
    private ReadOnlyMemory<byte> Make(int pump, int second)
    {
        byte[] template = s_templates[(second + (long)pump * Apart) % Steps];
        template.CopyTo(_buffer.AsSpan());
        Utf8Formatter.TryFormat(pump, _buffer.AsSpan(s_name), out _, new System.Buffers.StandardFormat('D', 6));
        Two(1 + second / 86_400, s_time - 3);
        Two(second / 3600 % 24, s_time);
        Two(second / 60 % 60, s_time + 3);
        Two(second % 60, s_time + 6);
        return _buffer.AsMemory(0, template.Length);
    }

    private void Two(int number, int at) => (_buffer[at], _buffer[at + 1]) = ((byte)('0' + number / 10), (byte)('0' + number % 10));

    private static byte[][] Create()
    {
        var pump = new PumpSimulator(1);
        double[] values = new double[PumpSimulator.Sensors.Count];
        var templates = new byte[Steps][];
        for (int i = 0; i < Steps; i++)
        {
            pump.Next(null, 0, values);
            templates[i] = SampleMessage.Create(Name6, PlantMessages.Start, PumpSimulator.Sensors, values).Payload;
        }

        return Encoding.UTF8.GetString(templates[0]).Contains("T00:00:00", StringComparison.Ordinal) ? templates : throw new InvalidDataException("The messages have no place for the time.");
    }
}
