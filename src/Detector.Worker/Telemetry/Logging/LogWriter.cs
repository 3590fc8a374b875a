namespace Detector.Worker.Telemetry.Logging;

/// <summary>Writes log records of every category to one text writer, one line at a time.</summary>
/// <param name="output">Where lines go: the standard error stream in the service.</param>
/// <param name="format">How a line is written.</param>
/// <param name="color">Whether levels are coloured; for people on a terminal only.</param>
/// <param name="least">Records below this level are not written.</param>
/// <param name="time">Clock of the time stamps.</param>
internal sealed class LogWriter(TextWriter output, LogFormat format, bool color, LogLevel least, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new CategoryLogger(this, categoryName);

    public void Dispose() => output.Flush();

    private void Write(in LogRecord record)
    {
        string line = format == LogFormat.Json ? JsonLine.Of(record) : TextLine.Of(record, color);
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private sealed class CategoryLogger(LogWriter writer, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= writer.Least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            writer.Write(new LogRecord(
                writer.Now, logLevel, category, eventId.Name, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], exception));
        }
    }

    private LogLevel Least => least;

    private DateTimeOffset Now => time.GetUtcNow();
}
