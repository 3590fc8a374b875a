using System.Text;
using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Templates of log lines as records, keyed by their id, so that a compacted topic holds each once.</summary>
internal static class TemplateWriter
{
    public const string Kind = "template";

    /// <param name="text">Escaped.</param>
    /// <param name="example">Escaped.</param>
    public static OutboundRecord Write(string source, string id, string text, long count, string example, Receipt receipt) => new(
        Kind, Encoding.UTF8.GetBytes(id), JsonSerializer.SerializeToUtf8Bytes(new TemplateRecord(id, source, text, count, example), RecordJson.Plain.TemplateRecord), [], receipt);
}
