using System.Buffers;
using System.Globalization;
using System.Text;

namespace Prometheus;

/// <summary>Writes metrics as the Prometheus text format 0.0.4 or as OpenMetrics 1.0.0.</summary>
/// <remarks>
/// https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md. Help is written as it was given, without escaping.
/// </remarks>
internal sealed class TextExposition(ExpositionFormat format)
{
    private static readonly SearchValues<byte> MarksOfAFloat = SearchValues.Create(".e"u8);

    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly bool _openMetrics = format == ExpositionFormat.OpenMetricsText;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Labels as <c>a="1",b="2"</c>, values escaped.</summary>
    public static byte[] Encode(ReadOnlySpan<string> names, ReadOnlySpan<string> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < names.Length; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(names[i]).Append("=\"");
            foreach (var c in values[i])
            {
                _ = c switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append(@"\"""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return PrometheusConstants.ExportEncoding.GetBytes(text.ToString());
    }

    public void Declare(string name, string help, MetricType type)
    {
        // OpenMetrics names a counter's family without the suffix, and has no counters without it.
        var typeName = TypeName(type);
        if (_openMetrics && type == MetricType.Counter)
        {
            if (name.EndsWith("_total", StringComparison.Ordinal)) name = name[..^"_total".Length];
            else typeName = "unknown";
        }

        Write("# HELP "u8);
        Write(name);
        Write(" "u8);
        if (!string.IsNullOrWhiteSpace(help)) Write(help);
        Write("\n# TYPE "u8);
        Write(name);
        Write(" "u8);
        Write(typeName);
        Write("\n"u8);
    }

    public void Point(string name, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labels, double value)
    {
        Identify(name, suffix, labels);
        Write(" "u8);
        Number(_openMetrics && value == 0 ? 0 : value); // OpenMetrics has no -0.
        Write("\n"u8);
    }

    public void Point(string name, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labels, long value)
    {
        Identify(name, suffix, labels);
        Write(" "u8);
        Number(value);
        Write("\n"u8);
    }

    public void Bucket(string name, ReadOnlySpan<byte> labels, double bound, long cumulative)
    {
        Write(name);
        Write("_bucket{"u8);
        Write(labels);
        if (!labels.IsEmpty) Write(","u8);
        Write("le=\""u8);
        if (double.IsPositiveInfinity(bound)) Write("+Inf"u8);
        else Number(bound);
        Write("\"} "u8);
        Number(cumulative);
        Write("\n"u8);
    }

    public void End()
    {
        if (_openMetrics) Write("# EOF\n"u8);
    }

    public static string TypeName(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        MetricType.Summary => "summary",
        _ => "histogram",
    };

    private void Identify(string name, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labels)
    {
        Write(name);
        Write(suffix);
        if (labels.IsEmpty) return;
        Write("{"u8);
        Write(labels);
        Write("}"u8);
    }

    private void Number(double value)
    {
        if (_openMetrics && !double.IsFinite(value))
        {
            Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[32];
        value.TryFormat(digits, out var length, "g", CultureInfo.InvariantCulture);
        Write(digits[..length]);
        if (_openMetrics && !digits[..length].ContainsAny(MarksOfAFloat)) Write(".0"u8);
    }

    private void Number(long value)
    {
        Span<byte> digits = stackalloc byte[32];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Write(digits[..length]);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    private void Write(string text) => PrometheusConstants.ExportEncoding.GetBytes(text, _buffer);
}
