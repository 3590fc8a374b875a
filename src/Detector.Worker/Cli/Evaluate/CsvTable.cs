using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Evaluate;

/// <summary>A CSV file in memory, read as the service reads one: times, and columns of numbers with NaN where a cell is empty.</summary>
internal sealed class CsvTable : IMessageSink, ISampleSink
{
    private readonly IDecoder _decoder = CsvInput.Decoder("table", [], TimeProvider.System);
    private readonly List<string> _columns = [];
    private readonly List<long> _ticks = [];
    private readonly List<double> _values = [];

    private CsvTable()
    {
    }

    /// <summary>Names of the columns but for the timestamp.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Rows that could be read.</summary>
    public int Count => _ticks.Count;

    /// <summary>Event times, UTC ticks, in the order of the file.</summary>
    public IReadOnlyList<long> Ticks => _ticks;

    /// <summary>Rows that could not be read: malformed, or without a time.</summary>
    public int Unreadable { get; private set; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvTable Read(string path)
    {
        var table = new CsvTable();
        CsvInput.Read(path, table);
        return table;
    }

    /// <summary>Index of a column, -1 when there is none of that name; case does not matter.</summary>
    public int IndexOf(string column) => _columns.FindIndex(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    public double Value(int row, int column) => _values[(row * _columns.Count) + column];

    /// <summary>All values of a column.</summary>
    public double[] Column(int column) => [.. Enumerable.Range(0, Count).Select(row => Value(row, column))];

    bool IMessageSink.TryAccept(in RawMessage message)
    {
        Unreadable += _decoder.Decode(message, this) == DropReason.None ? 0 : 1;
        return true;
    }

    void IMessageSink.Idle()
    {
    }

    void ISampleSink.Accept(DecodedSample sample)
    {
        if (_columns.Count == 0)
        {
            for (int i = 0; i < sample.Count; i++)
                _columns.Add(Encoding.UTF8.GetString(sample.Name(i)));
        }

        _ticks.Add(sample.Ticks);
        for (int i = 0; i < sample.Count; i++)
            _values.Add(sample.Value(i));
    }
}
