using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>What the quickstart sends to its broker.</summary>
internal interface IFeed
{
    /// <summary>One line for people: what is sent, how fast.</summary>
    string Description { get; }

    /// <summary>Sends samples as JSON messages, in real time or faster, until the input ends or <paramref name="stop"/> is signalled.</summary>
    void Run(ISink topic, CancellationToken stop);

    /// <summary>Messages sent so far.</summary>
    long Sent { get; }

    /// <summary>What is known to have gone wrong in the samples sent so far.</summary>
    IReadOnlyList<KnownEvent> Events { get; }
}
