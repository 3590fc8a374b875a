using System.Runtime.InteropServices;
using System.Text;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The part of rdkafka.h and rdkafka_mock.h that the embedded broker stands on. Errors are <c>rd_kafka_resp_err_t</c>, 0 = none.</summary>
internal static partial class EmbeddedBrokerNative
{
    private const string Library = "librdkafka";

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void DestroyConfiguration(nint configuration);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfiguration(nint configuration, string name, string value, [Out] byte[] errorText, nuint errorTextLength);

    /// <summary>Takes over <paramref name="configuration"/>, unless it returns 0.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint NewClient(int type, nint configuration, [Out] byte[] errorText, nuint errorTextLength);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    public static partial void DestroyClient(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_err2str")]
    public static partial nint Describe(int error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    public static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    public static partial void DestroyCluster(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint Bootstraps(EmbeddedBrokerHandle cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateTopic(EmbeddedBrokerHandle cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    public static partial int SetDown(EmbeddedBrokerHandle cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    public static partial int SetUp(EmbeddedBrokerHandle cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    public static partial int SetRoundTripTime(EmbeddedBrokerHandle cluster, int broker, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    public static partial void PushRequestErrors(EmbeddedBrokerHandle cluster, short apiKey, nuint count, int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_clear_request_errors")]
    public static partial void ClearRequestErrors(EmbeddedBrokerHandle cluster, short apiKey);

    public static string Text(nint zeroTerminated) => Marshal.PtrToStringUTF8(zeroTerminated) ?? "";

    public static string Text(ReadOnlySpan<byte> zeroTerminated) => Encoding.UTF8.GetString(zeroTerminated[..Math.Max(0, zeroTerminated.IndexOf((byte)0))]);
}
