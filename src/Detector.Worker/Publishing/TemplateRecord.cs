namespace Detector.Worker.Publishing;

/// <summary>A kind of log lines.</summary>
internal sealed record TemplateRecord(string Id, string Source, string Template, long Count, string Example);
