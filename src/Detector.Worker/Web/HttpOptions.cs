namespace Detector.Worker.Web;

/// <summary>The HTTP endpoint for metrics and health.</summary>
public sealed class HttpOptions
{
    /// <summary>Whether anything is served. Without it nothing can be asked: neither metrics nor health.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Address to listen on. Localhost unless told otherwise: metrics name pipelines and sources.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port to listen on; 0 takes a free one. 9464 is the port OpenTelemetry's exporters use for Prometheus.</summary>
    public int Port { get; set; } = 9464;
}
