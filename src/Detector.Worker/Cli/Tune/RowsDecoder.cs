using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Tune;

/// <summary>Rows in memory as samples: the offset of a message is the row.</summary>
/// <param name="names">(F) names of the features.</param>
/// <param name="ticks">(N) event times.</param>
/// <param name="values">N × F, NaN where missing.</param>
internal sealed class RowsDecoder(IReadOnlyList<string> names, long[] ticks, double[] values) : IDecoder
{
    private readonly DecodedSample _sample = new();
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        int row = (int)message.Offset;
        _sample.Begin("rows"u8);
        _sample.Ticks = ticks[row];
        for (int feature = 0; feature < _names.Length; feature++)
        {
            double value = values[(row * _names.Length) + feature];
            if (double.IsNaN(value))
                _sample.AddMissing(_names[feature]);
            else
                _sample.Add(_names[feature], value);
        }

        sink.Accept(_sample);
        return DropReason.None;
    }

    /// <summary>Hands all rows over.</summary>
    public void Feed(IMessageSink sink)
    {
        for (int row = 0; row < ticks.Length; row++)
            sink.TryAccept(new RawMessage(default, default, "rows", 0, row, Receipt.None));
    }
}
