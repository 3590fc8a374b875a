using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The rows of a CSV file, replayed fast enough to be watched. Its label column, if any, is kept back for the summary.</summary>
internal sealed class CsvFeed : IFeed, IMessageSink, ISampleSink
{
    private const string Label = "label";
    private static readonly TimeSpan s_showTime = TimeSpan.FromSeconds(40);
    private readonly List<(long Ticks, double[] Values, bool Label)> _rows = [];
    private readonly List<string> _names = [];
    private readonly IDecoder _decoder;
    private readonly TimeProvider _clock;
    private int _sent;

    /// <exception cref="InvalidDataException">The file holds too few rows that can be read.</exception>
    public CsvFeed(string path, TimeProvider clock)
    {
        _clock = clock;
        Series = FileSeries.NameOf(path);
        _decoder = CsvInput.Decoder(Series, ignore: [], clock);
        CsvInput.Read(path, this);
        if (_rows.Count < 2)
            throw new InvalidDataException($"'{path}' holds {_rows.Count} rows that can be read; a header 'timestamp,<feature>…' and rows below it are needed.");
        RowsPerSecond = Math.Clamp(_rows.Count / s_showTime.TotalSeconds, 50, 5000);
    }

    public string Series { get; }

    public int Rows => _rows.Count;

    public long Sent => Volatile.Read(ref _sent);

    public double RowsPerSecond { get; }

    /// <summary>Rows that the detector learns from: what is labelled in them it cannot find.</summary>
    public int TrainRows { get; set; }

    /// <summary>Event time of a row.</summary>
    public DateTimeOffset TimeOf(int row) => new(_rows[row].Ticks, TimeSpan.Zero);

    public string Description => $"{_rows.Count:N0} rows of {Series} with {_names.Count} features, {RowsPerSecond:N0} rows a second";

    public IReadOnlyList<KnownEvent> Events
    {
        get
        {
            var events = new List<KnownEvent>();
            int sent = Volatile.Read(ref _sent);
            for (int i = 0; i < sent; i++)
            {
                int start = i;
                while (i < sent && _rows[i].Label)
                    i++;
                if (i > start)
                    events.Add(new KnownEvent(Series, $"labelled stretch {events.Count + 1}", TimeOf(start), TimeOf(i - 1), [], Counts: i > TrainRows));
            }

            return events;
        }
    }

    public void Run(ISink topic, CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        for (int i = 0; i < _rows.Count && !stop.IsCancellationRequested; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds(i / RowsPerSecond) - _clock.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(1) && stop.WaitHandle.WaitOne(due))
                return;
            topic.Publish(SampleMessage.Create(Series, TimeOf(i), _names, _rows[i].Values), stop);
            Volatile.Write(ref _sent, i + 1);
        }
    }

    bool IMessageSink.TryAccept(in RawMessage message)
    {
        _decoder.Decode(message, this);
        return true;
    }

    void IMessageSink.Idle()
    {
    }

    void ISampleSink.Accept(DecodedSample sample)
    {
        if (_names.Count == 0)
        {
            for (int i = 0; i < sample.Count; i++)
            {
                string name = System.Text.Encoding.UTF8.GetString(sample.Name(i));
                if (name != Label)
                    _names.Add(name);
            }
        }

        double[] values = new double[_names.Count];
        bool label = false;
        for (int i = 0, column = 0; i < sample.Count; i++)
        {
            if (sample.Name(i).SequenceEqual("label"u8))
                label = sample.Value(i) > 0;
            else if (column < values.Length)
                values[column++] = sample.Value(i);
        }

        _rows.Add((sample.Ticks, values, label));
    }
}
