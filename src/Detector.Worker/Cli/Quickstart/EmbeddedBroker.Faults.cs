namespace Detector.Worker.Cli.Quickstart;

// Faults on request: what a network or a cluster does to its clients on a bad day.
internal sealed partial class EmbeddedBroker
{
    // librdkafka's number for "all brokers".
    private const int All = -1;

    /// <summary>Cuts the connections of a broker, or of all, and refuses new ones. Messages and committed offsets stay.</summary>
    public void SetBrokerDown(int? broker = null) =>
        Require(EmbeddedBrokerNative.SetDown(_cluster, Known(broker)), $"{Name(broker)} could not be taken down");

    /// <summary>Lets a broker, or all, take connections again.</summary>
    public void SetBrokerUp(int? broker = null) =>
        Require(EmbeddedBrokerNative.SetUp(_cluster, Known(broker)), $"{Name(broker)} could not be brought up");

    /// <summary>Delays every answer of a broker, or of all. Zero answers at once again.</summary>
    public void SetRoundTripTime(TimeSpan time, int? broker = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Require(EmbeddedBrokerNative.SetRoundTripTime(_cluster, Known(broker), checked((int)time.TotalMilliseconds)), $"{Name(broker)} could not be slowed down");
    }

    /// <summary>Answers the next requests of this kind with these errors, one each, on whichever broker they arrive.</summary>
    /// <param name="request">The kind of request.</param>
    /// <param name="errors">Kafka's error codes; 0 lets a request pass, and -195 cuts the connection instead of answering.</param>
    public void PushRequestErrors(EmbeddedBrokerRequest request, params int[] errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        EmbeddedBrokerNative.PushRequestErrors(_cluster, (short)request, (nuint)errors.Length, errors);
    }

    /// <summary>Takes back the errors that no request has met yet.</summary>
    public void ClearRequestErrors(EmbeddedBrokerRequest request) => EmbeddedBrokerNative.ClearRequestErrors(_cluster, (short)request);

    private static string Name(int? broker) => broker is null ? "The embedded brokers" : $"Embedded broker {broker}";

    private int Known(int? broker) => broker switch
    {
        null => All,
        >= 1 when broker <= _brokers => broker.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(broker), broker, $"Embedded brokers are numbered from 1 to {_brokers}."),
    };
}
