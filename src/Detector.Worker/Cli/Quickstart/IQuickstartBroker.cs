using Detector.Worker.Ingestion;
using Detector.Worker.Publishing;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The broker that the quickstart starts, and how one talks to it.</summary>
internal interface IQuickstartBroker : IDisposable
{
    /// <summary>What a client is given to connect.</summary>
    string Address { get; }

    /// <summary>Protocol, and where to find what.</summary>
    string Description { get; }

    /// <summary>A command for the shell that shows the alerts.</summary>
    string ShowAlerts { get; }

    /// <summary>What names the series of a sample's message.</summary>
    string SeriesRule { get; }

    /// <summary>Whether a reader finds what was published before it came.</summary>
    bool KeepsMessages { get; }

    SinkOptions Sink(string topic);

    /// <param name="reader">Name of who reads.</param>
    SourceOptions Source(string topic, string reader);
}
