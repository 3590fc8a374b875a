namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>Which of its value fields a metric carries.</summary>
internal enum WireValue
{
    None,
    Integer32,
    Integer64,
    Float,
    Double,
    Boolean,

    /// <summary>Text, bytes, a data set or a template.</summary>
    Other,
}
