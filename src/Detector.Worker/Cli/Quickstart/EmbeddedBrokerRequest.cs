namespace Detector.Worker.Cli.Quickstart;

/// <summary>Kinds of requests that can be made to fail, by their number in Kafka's protocol (https://kafka.apache.org/protocol#protocol_api_keys).</summary>
internal enum EmbeddedBrokerRequest : short
{
    Produce = 0,
    Fetch = 1,
    ListOffsets = 2,
    Metadata = 3,
    OffsetCommit = 8,
    OffsetFetch = 9,
    FindCoordinator = 10,
    JoinGroup = 11,
    Heartbeat = 12,
    LeaveGroup = 13,
    SyncGroup = 14,
    ApiVersion = 18,
    InitProducerId = 22,
    AddPartitionsToTransaction = 24,
    AddOffsetsToTransaction = 25,
    EndTransaction = 26,
    TransactionOffsetCommit = 28,
}
