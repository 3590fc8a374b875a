using System.Text;
using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.State;

/// <summary>The state of one partition in a topic, with its copy on this machine.</summary>
internal sealed class TopicPartitionState(
    IProducer<byte[], byte[]> producer, TopicPartition place, string prefix, TopicState found, DirectoryPartition local) : IPartitionState
{
    private const string NumberName = "checkpoint";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);
    private long _number = found.Number;
    private long _prepared;
    private bool _inTransaction;

    public long? Position => local.Position;

    public byte[] Common => local.Common;

    public IReadOnlyList<string> Keys => local.Keys;

    public bool Has(string key) => local.Has(key);

    public byte[]? Read(string key) => local.Read(key);

    public long Append(StateDelta delta)
    {
        long number = _number + 1;
        long bytes = 0;
        try
        {
            if (_inTransaction)
                producer.AbortTransaction(s_timeout);
            producer.BeginTransaction();
            _inTransaction = true;
            foreach (StateRecord record in delta.Records)
                bytes += Send(record.Name, record.IsGone ? null : TopicState.Record(number, record));
            bytes += Send("", TopicState.Mark(number, delta.Position, delta.Common));
            producer.CommitTransaction(s_timeout);
            _inTransaction = false;
        }
        catch (KafkaException error) when (error.Error.IsFatal || error.Error.Code is ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch or ErrorCode.ProducerFenced)
        {
            throw new StateLostException($"The state in topic '{place.Topic}' belongs to another process ({error.Error.Reason}).", error);
        }
        catch (KafkaException error)
        {
            throw new IOException($"Topic '{place.Topic}' does not take it: {error.Error.Reason}", error);
        }

        _number = number;
        local.Append(delta with { Records = [.. delta.Records, NumberRecord(number)] });
        return bytes;
    }

    /// <summary>The records go with the transaction of the outputs, so that only the copy has to be put in force afterwards.</summary>
    public PreparedState Prepare(StateDelta delta)
    {
        _prepared = _number + 1;
        PreparedState copy = local.Prepare(delta with { Records = [.. delta.Records, NumberRecord(_prepared)] });
        return copy with
        {
            Outputs =
            [
                .. delta.Records.Select(record => Output(record.Name, record.IsGone ? null : TopicState.Record(_prepared, record))),
                Output("", TopicState.Mark(_prepared, delta.Position, delta.Common)),
            ],
        };
    }

    public long PutInForce()
    {
        _number = _prepared;
        return local.PutInForce();
    }

    /// <summary>The record by which a copy knows which checkpoint it is of.</summary>
    public static StateRecord NumberRecord(long number) => new(NumberName, BitConverter.GetBytes(number));

    /// <summary>The checkpoint that a copy is of; 0 when it does not say.</summary>
    public static long Number(DirectoryPartition copy) => copy.Read(NumberName) is { Length: sizeof(long) } bytes ? BitConverter.ToInt64(bytes) : 0;

    public void Dispose()
    {
        producer.Dispose();
        local.Dispose();
    }

    private byte[] Key(string name) => Encoding.UTF8.GetBytes(prefix + name);

    private StateOutput Output(string name, byte[]? value) => new(place.Topic, place.Partition.Value, Key(name), value);

    private int Send(string name, byte[]? value)
    {
        byte[] key = Key(name);
        while (true)
        {
            try
            {
                producer.Produce(place, new Message<byte[], byte[]> { Key = key, Value = value! });
                return key.Length + (value?.Length ?? 0);
            }
            catch (ProduceException<byte[], byte[]> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
