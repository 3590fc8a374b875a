namespace Detector.Worker.Web;

/// <summary>The HTTP endpoint: the page, the API, metrics and health.</summary>
public sealed class HttpOptions
{
    /// <summary>Whether anything is served. Without it nothing can be asked: neither metrics nor health.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Address to listen on. Localhost unless told otherwise: page and metrics name pipelines, sources and series.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port to listen on; 0 takes a free one. 9464 is the port OpenTelemetry's exporters use for Prometheus.</summary>
    public int Port { get; set; } = 9464;

    /// <summary>
    /// Bearer token that reading the API and every write must carry; null asks for none. <c>Token.file</c> names a file that holds it. The page itself
    /// (which holds no data), metrics and health are served without.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// Names under which a browser may call the page and the API, beside IP addresses, localhost and the name of this machine. They matter where no
    /// token is set: a page of another site whose name resolves to this machine must not be taken for ours.
    /// </summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>
    /// Event time that the page shows of a series. A series keeps as many points of it as a shared bound of 64 MiB allows, 720 at most, and of each
    /// stretch between two points the sample with the highest score.
    /// </summary>
    public TimeSpan History { get; set; } = TimeSpan.FromHours(1);
}
