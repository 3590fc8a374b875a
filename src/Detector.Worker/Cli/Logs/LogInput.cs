using Detector.Models.Logs;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Logs;

/// <summary>Log files as commands read them.</summary>
internal static class LogInput
{
    /// <summary>Buckets that the training part is cut into when nobody says how long one is.</summary>
    private const int Buckets = 1000;

    /// <summary>Share of the training part, its first, in which templates are learned and nothing is counted.</summary>
    private const double LearnShare = 0.25;

    private static readonly double[] s_buckets = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

    /// <summary>A decoder whose bucket and time of learning fit the training part; the pipeline's period is set to the bucket.</summary>
    /// <param name="training">File whose first lines are learned from.</param>
    /// <param name="lines">How many of them; null for all.</param>
    /// <exception cref="InvalidDataException">The training part has no times, or the layout is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogDecoder Decoder(LogChoice choice, string training, int? lines, string series, TimeProvider clock, PipelineOptions pipeline)
    {
        LogOptions logs = Options(choice, training, lines, clock);
        pipeline.Window.Period ??= logs.Bucket;
        pipeline.Window.Length ??= pipeline.Window.Period * 8;
        return Create(new DecodeOptions { Format = DecoderFactory.Logs, Series = "=" + series, Logs = logs }, clock);
    }

    /// <summary>Bucket and time of learning that fit the training part.</summary>
    /// <exception cref="InvalidDataException">The training part has no times, or the layout is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogOptions Options(LogChoice choice, string training, int? lines, TimeProvider clock)
    {
        var options = new LogOptions { Layout = choice.Layout, Session = choice.Session };
        if (choice.Layout is not null && LogLayout.Parse(choice.Layout, out string error) is null)
            throw new InvalidDataException($"--layout is '{choice.Layout}', but {error}.");
        TimeSpan span = Span(training, lines, choice.Layout, clock.GetUtcNow().UtcTicks);
        options.Bucket = choice.Bucket ?? TimeSpan.FromSeconds(s_buckets.LastOrDefault(seconds => seconds <= span.TotalSeconds / Buckets, s_buckets[0]));
        options.Learn = span * LearnShare;
        if (choice.Session is not null)
            options.SessionTimeout = TimeSpan.FromTicks(Math.Min(options.SessionTimeout.Ticks, span.Ticks / 8));
        string[] errors = [.. LogOptionsCheck.Errors("Logs", options)];
        return errors.Length == 0 ? options : throw new InvalidDataException(string.Join(' ', errors));
    }

    public static LogDecoder Create(DecodeOptions options, TimeProvider clock) =>
        (LogDecoder)DecoderFactory.Create(options, new DecodeLimits(MaxMessageBytes: 1024 * 1024, EarliestTicks: 0, MaxFuture: TimeSpan.FromDays(365_000), clock));

    /// <summary>Event time between the first and the last line of the training part.</summary>
    private static TimeSpan Span(string path, int? lines, string? layout, long now)
    {
        var times = new LineTimes(lines ?? int.MaxValue, layout is null ? null : LogLayout.Parse(layout, out _), now);
        CsvInput.Read(path, times);
        return times.Span > TimeSpan.Zero
            ? times.Span
            : throw new InvalidDataException($"No times are recognised in the lines of '{path}', so nothing can be counted over time: say with --layout where they are.");
    }

    private sealed class LineTimes(int lines, LogLayout? layout, long now) : IMessageSink
    {
        private readonly StructuredLine _structured = new();
        private long _first;
        private long _last;

        public TimeSpan Span => TimeSpan.FromTicks(_last - _first);

        public bool TryAccept(in RawMessage message)
        {
            if (message.Offset >= lines || message.Payload.IsEmpty)
                return true;
            long ticks = Ticks(message.Payload.Span);
            if (ticks == 0)
                return true;
            _first = _first == 0 ? ticks : Math.Min(_first, ticks);
            _last = Math.Max(_last, ticks);
            return true;
        }

        public void Idle()
        {
        }

        private long Ticks(ReadOnlySpan<byte> line)
        {
            if (layout is not null)
                return layout.TryRead(line, now, out LogHeader given) ? given.Ticks : 0;
            return _structured.TryRead(line, now, out LogHeader structured) ? structured.Ticks : LogHeaders.Read(line, now).Ticks;
        }
    }
}
