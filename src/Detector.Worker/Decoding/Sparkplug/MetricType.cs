namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>Data types of metrics that hold a number. Others (text, date and time, data set, template, arrays) are no features.</summary>
/// <remarks>Sparkplug 3.0.0, chapter 6.4.16.</remarks>
internal enum MetricType : uint
{
    /// <summary>Not stated: the value is what the wire says it is.</summary>
    Unknown = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float = 9,
    Double = 10,
    Boolean = 11,
}
