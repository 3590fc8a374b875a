using System.Buffers;
using System.Text;
using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>A sample as the JSON message of the quickstart's topic: <c>{"device":…,"ts":…,"values":{…}}</c>, keyed by series.</summary>
internal static class SampleMessage
{
    public static OutboundRecord Create(string series, DateTimeOffset at, IReadOnlyList<string> names, ReadOnlySpan<double> values)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("device", series);
            json.WriteString("ts", at);
            json.WriteStartObject("values");
            for (int i = 0; i < names.Count; i++)
            {
                if (double.IsFinite(values[i]))
                    json.WriteNumber(names[i], values[i]);
                else
                    json.WriteNull(names[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new OutboundRecord("sample", Encoding.UTF8.GetBytes(series), buffer.WrittenSpan.ToArray(), [], Receipt.None);
    }
}
