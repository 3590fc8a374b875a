using System.Text;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>JSON messages of simulated pumps with 8 sensors, one sample a second, without faults.</summary>
internal static class PlantMessages
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Samples of every series in turn, in order of time.</summary>
    public static byte[][] Create(int series, int samplesEach)
    {
        PumpSimulator[] pumps = [.. Enumerable.Range(1, series).Select(seed => new PumpSimulator(seed))];
        double[] values = new double[PumpSimulator.Sensors.Count];
        var messages = new byte[series * samplesEach][];
        for (int i = 0; i < messages.Length; i++)
        {
            pumps[i % series].Next(null, 0, values);
            messages[i] = SampleMessage.Create(
                FormattableString.Invariant($"pump-{i % series}"), Start.AddSeconds(i / series), PumpSimulator.Sensors, values).Payload;
        }

        return messages;
    }

    public static RawMessage Message(byte[] payload, long offset = 0) => new(payload, default, "sensors", 0, offset, Receipt.None);

    /// <summary>Length of a typical message.</summary>
    public static string Describe(byte[] message) => $"`{Encoding.UTF8.GetString(message)}` ({message.Length} bytes)";
}
