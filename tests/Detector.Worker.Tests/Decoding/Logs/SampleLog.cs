using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Decoding.Logs;

/// <summary>Keeps samples with their values by name.</summary>
internal sealed class SampleLog : ISampleSink
{
    public List<LoggedSample> Samples { get; } = [];

    public List<DropReason> Reasons { get; } = [];

    public IEnumerable<LoggedSample> Of(string series) => Samples.Where(sample => sample.Series == series);

    public void Accept(DecodedSample sample)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < sample.Count; i++)
            values[Encoding.UTF8.GetString(sample.Name(i))] = sample.Value(i);
        Samples.Add(new LoggedSample(Encoding.UTF8.GetString(sample.Series), new DateTime(sample.Ticks, DateTimeKind.Utc), values));
    }

    public void Drop(DropReason reason, int samples) => Reasons.AddRange(Enumerable.Repeat(reason, samples));
}
