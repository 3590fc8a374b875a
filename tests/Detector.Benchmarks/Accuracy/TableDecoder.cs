using System.Text;
using Detector.Worker.Cli.Evaluate;
using Detector.Worker.Contracts;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Rows of a table in memory as samples: the offset of a message is the row. The labels stay behind.</summary>
/// <param name="replaced">Rows that take their values, but not their time, from elsewhere.</param>
internal sealed class TableDecoder(CsvTable table, IReadOnlyDictionary<int, (CsvTable Table, int Row)>? replaced = null) : IDecoder
{
    public const string Label = "label";

    private readonly DecodedSample _sample = new();
    private readonly byte[][] _names = [.. table.Columns.Select(Encoding.UTF8.GetBytes)];
    private readonly int _label = table.IndexOf(Label);

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        int row = (int)message.Offset;
        _sample.Begin("table"u8);
        _sample.Ticks = table.Ticks[row];
        (CsvTable source, int sourceRow) = replaced?.GetValueOrDefault(row, (table, row)) ?? (table, row);
        for (int column = 0; column < _names.Length; column++)
        {
            if (column == _label)
                continue;
            double value = source.Value(sourceRow, column);
            if (double.IsNaN(value))
                _sample.AddMissing(_names[column]);
            else
                _sample.Add(_names[column], value);
        }

        sink.Accept(_sample);
        return DropReason.None;
    }

    /// <summary>Hands rows over, <paramref name="from"/> up to but without <paramref name="to"/>.</summary>
    public static void Feed(IMessageSink sink, int from, int to)
    {
        for (int row = from; row < to; row++)
            sink.TryAccept(new RawMessage(default, default, "table", 0, row, Receipt.None));
    }
}
